"""Messages -> raw scores for danger and for "the manual cannot answer this": the mean of a small fine-tuned encoder (int8 ONNX; no PyTorch),
which knows what a message means as a whole, and of a linear model of its words (index/wordings.py).

tools/train_reader.py writes the folder this reads: model.onnx, tokenizer.json, words.npz, reader.json (version).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from index.wordings import Wordings

VERSION = 2
WORDS = "words.npz"
_FILES = ("model.onnx", "tokenizer.json", WORDS, "reader.json")
MAX_TOKENS = 80
_KEPT = 512


class ReaderNotReady(Exception):
    """The reader has not been trained, or by other code; the message says what to run."""


class Reader:
    """The trained reader. Scores of the last few hundred texts are kept, since danger check and search ask about the same message."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
        """Open what was trained.

        raises  ReaderNotReady: the folder is absent, incomplete or of another version
        """
        if not all((folder / name).exists() for name in _FILES):
            raise ReaderNotReady(f"{folder} holds no reader: run 'make train'")
        self.info: dict[str, Any] = json.loads((folder / "reader.json").read_text())
        if self.info["version"] != VERSION:
            raise ReaderNotReady(f"{folder} was trained by other code: run 'make train'")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self._session = onnxruntime.InferenceSession(str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.enable_padding()
        self._wordings = Wordings(folder / WORDS)
        self._one = lru_cache(_KEPT)(self._read_one)

    def scores(self, texts: Sequence[str]) -> np.ndarray:
        """Raw scores.

        shapes  returns (n, 5): one column for each of guidance.danger.LABELS, then "the manual cannot answer this" (a logit)
        """
        return np.stack([self._one(text) for text in texts]) if len(texts) <= 4 else self._read_all(texts)

    def _read_one(self, text: str) -> np.ndarray:
        return np.asarray(self._run([text])[0])

    def _read_all(self, texts: Sequence[str], size: int = 32) -> np.ndarray:
        rows = np.empty((len(texts), 5), np.float32)
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        for start in range(0, len(order), size):
            batch = order[start : start + size]
            rows[batch] = self._run([texts[i] for i in batch])
        return rows

    def _run(self, texts: Sequence[str]) -> np.ndarray:
        encoded = self._tokenizer.encode_batch(list(texts))
        ids = np.array([e.ids for e in encoded], np.int64)
        mask = np.array([e.attention_mask for e in encoded], np.int64)
        feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        (scores,) = self._session.run(["scores"], feed)
        return np.asarray((scores + self._wordings.scores(texts)) / 2, np.float32)


@lru_cache(maxsize=2)
def open_reader(folder: Path) -> Reader:
    """One Reader per folder and process, shared by all that need it."""
    return Reader(folder)
