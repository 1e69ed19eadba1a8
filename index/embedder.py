"""Texts -> unit vectors, with the int8 ONNX form of the embedding model. Loads no PyTorch; runs in both processes.

index/model.py writes the folder this reads: model.onnx, tokenizer.json, embedder.json.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

BATCH = 32


class ModelNotReady(Exception):
    """The embedding model has not been exported; the message says what to run."""


class Embedder:
    """The embedding model at run time."""

    def __init__(self, folder: Path, workers: int = 1) -> None:
        """Open the exported model.

        workers  batches that are read at the same time; one thread each, since the model is too small for several to share a batch

        raises  ModelNotReady: the folder is absent or incomplete
        """
        if not all((folder / name).exists() for name in ("model.onnx", "tokenizer.json", "embedder.json")):
            raise ModelNotReady(f"{folder} holds no embedding model: run 'make index'")
        self.info: dict[str, Any] = json.loads((folder / "embedder.json").read_text())
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._workers = workers
        self._session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._inputs = {i.name for i in self._session.get_inputs()}
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(int(self.info["max_tokens"]))
        self._tokenizer.enable_padding()
        # The words that the model knows whole; others it reads in pieces.
        self.vocabulary = frozenset(word for word in self._tokenizer.get_vocab() if word.isalpha())

    @property
    def dimension(self) -> int:
        return int(self.info["dimension"])

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Embed texts.

        shapes  returns (n, dimension), float32, rows of length 1
        """
        rows = np.zeros((len(texts), self.dimension), np.float32)

        def one(batch: list[int]) -> None:
            feed, _ = self._tokens([texts[i] for i in batch])
            rows[batch] = _unit(self._session.run(["embedding"], feed)[0])

        self._each(_batches(texts), one)
        return rows

    def read(self, texts: Sequence[str]) -> tuple[np.ndarray, list[np.ndarray]]:
        """Embed texts and each of their words (word pieces, to be exact).

        shapes  returns (n, dimension) and n arrays (words, word_dimension), float32, rows of length 1
        """
        rows = np.zeros((len(texts), self.dimension), np.float32)
        words: list[np.ndarray] = [np.zeros((0, 0), np.float32)] * len(texts)

        def one(batch: list[int]) -> None:
            feed, inner = self._tokens([texts[i] for i in batch])
            vectors, every = self._session.run(["embedding", "words"], feed)
            rows[batch] = _unit(vectors)
            for i, own, mask in zip(batch, every, inner):
                words[i] = own[mask]

        self._each(_batches(texts), one)
        return rows, words

    def pieces(self, texts: Sequence[str]) -> list[np.ndarray]:
        """Where the words that `read` returns stand in their texts: n arrays (words, 2) of first and last place, the last not included."""
        return [np.array([place for place, mark in zip(e.offsets, e.special_tokens_mask) if not mark]) for e in self._tokenizer.encode_batch(texts)]

    def _each(self, batches: Iterator[list[int]], work: Callable[[list[int]], None]) -> None:
        if self._workers == 1:  # one message, while running: no pool
            for batch in batches:
                work(batch)
        else:
            with ThreadPoolExecutor(self._workers) as pool:
                list(pool.map(work, batches))

    def _tokens(self, texts: list[str]) -> tuple[dict[str, np.ndarray], np.ndarray]:
        """The model's inputs, and which tokens are words (not marks of beginning, end or padding)."""
        encoded = self._tokenizer.encode_batch(texts)
        ids = np.array([e.ids for e in encoded], np.int64)
        feed = {
            "input_ids": ids,
            "attention_mask": np.array([e.attention_mask for e in encoded], np.int64),
            "token_type_ids": np.zeros_like(ids),
        }
        inner = np.array([e.special_tokens_mask for e in encoded]) == 0
        return {k: v for k, v in feed.items() if k in self._inputs}, inner


def _batches(texts: Sequence[str]) -> Iterator[list[int]]:
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))  # alike lengths together: less padding
    for start in range(0, len(order), BATCH):
        yield order[start : start + BATCH]


def _unit(vectors: np.ndarray) -> np.ndarray:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12), np.float32)


@lru_cache(maxsize=2)
def open_embedder(folder: Path) -> Embedder:
    """One Embedder per folder and process, shared by all that need it."""
    return Embedder(folder)
