"""Texts -> raw scores by their words, pairs of words and parts of words: a linear model beside the encoder of index/reader.py.

An encoder takes a long, detailed message for what such messages mostly are; words do not mind length, and miss what only the sense tells.
Each errs where the other does not (docs/decisions/0008). Features are hashed, so that no list of words is stored.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import HashingVectorizer

_SIZE = 2**16
_KINDS = (
    HashingVectorizer(ngram_range=(1, 2), token_pattern=r"\b\w+'?\w*\b", n_features=_SIZE, alternate_sign=False, norm=None),  # noqa: S106  (no password)
    HashingVectorizer(analyzer="char_wb", ngram_range=(2, 5), n_features=_SIZE, alternate_sign=False, norm=None),
)


def counted(texts: Sequence[str]) -> list[csr_matrix]:
    """How often each word and pair, and each part of a word, stands in each text: two arrays (n, _SIZE)."""
    return [kind.transform(texts).tocsr() for kind in _KINDS]


def rarity(counts: Sequence[csr_matrix]) -> list[np.ndarray]:
    """What each feature weighs, two arrays (_SIZE,): the fewer texts it stands in, the more."""
    return [np.log((1 + c.shape[0]) / (1 + np.bincount(c.indices, minlength=_SIZE))) + 1 for c in counts]


def weighed(counts: Sequence[csr_matrix], rare: Sequence[np.ndarray]) -> list[csr_matrix]:
    """The features of the texts, two arrays (n, _SIZE): damped, weighed, each row of length 1."""
    return [_unit(csr_matrix(((np.log(c.data) + 1) * r[c.indices], c.indices, c.indptr), c.shape)) for c, r in zip(counts, rare)]


def _unit(rows: csr_matrix) -> csr_matrix:
    owner = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
    rows.data /= np.sqrt(np.bincount(owner, rows.data**2, minlength=rows.shape[0]))[owner]
    return rows


class Wordings:
    """The linear model at run time."""

    def __init__(self, file: Path) -> None:
        with np.load(file) as kept:
            self._rare = list(kept["rare"].astype(np.float64))
            self._weights = list(kept["weights"].astype(np.float64))
            self._bias = kept["bias"]

    def scores(self, texts: Sequence[str]) -> np.ndarray:
        """Raw scores, in the columns of index.reader.Reader.scores.

        shapes  returns (n, 5)
        """
        rows = weighed(counted(texts), self._rare)
        return np.asarray(sum(r @ w for r, w in zip(rows, self._weights)) + self._bias, np.float32)


def save(file: Path, rare: Sequence[np.ndarray], weights: np.ndarray, bias: np.ndarray) -> None:
    """Write the model that Wordings opens.

    shapes  rare two of (_SIZE,), weights (2 * _SIZE, 5), bias (5,)
    """
    halves = np.stack(np.split(weights, len(rare))).astype(np.float16)
    np.savez_compressed(file, rare=np.stack(rare).astype(np.float16), weights=halves, bias=bias.astype(np.float32))
