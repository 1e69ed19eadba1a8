"""Corpus -> a published index, doing only what changed: the model is exported once, and texts embedded before are not embedded again."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from guidance.content import Content, load_content
from index.embedder import Embedder, ModelNotReady
from index.marks import marks
from index.passages import rows
from index.store import Built, Embedded, IndexNotReady, build_id, load, publish

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / "built" / "index"
MODEL = ROOT / "built" / "model"
Say = Callable[[str], None]
_BATCH = 2048
# The int8 form rounds by what else stands in a batch: the same text comes back as near as .97, one of its words as near as .95 (measured over
# 448 texts of the corpus). Another text, or the words of one moved by a place, is further off.
SAME_TEXT, SAME_WORD = 0.95, 0.9
WORKERS = os.cpu_count() or 2


class Reader(Protocol):
    """What embeds: index.embedder.Embedder, or a small one in tests."""

    info: dict[str, Any]
    vocabulary: frozenset[str]

    def encode(self, texts: Sequence[str]) -> np.ndarray: ...

    def read(self, texts: Sequence[str]) -> tuple[np.ndarray, list[np.ndarray]]: ...

    def pieces(self, texts: Sequence[str]) -> list[np.ndarray]: ...


def build(model_name: str, say: Say = print, home: Path = HOME, model_folder: Path = MODEL) -> Path:
    """Make the index of procedures_corpus/ and publish it; returns its folder.

    raises  guidance.yaml_files.ContentError, index.model.ParityError
    """
    content = load_content()
    say(
        f"content: {len(content.chapters)} chapters, {len(content.sections())} sections, {len(content.questions)} questions"
    )
    embedder = _embedder(model_name, model_folder, [r.text for r in rows(content) if r.kind == "text"], say)
    target = home / build_id(content.sha256, embedder.info)
    old = _old(home)
    if old and old.manifest["build_id"] == target.name:
        say(f"index {target.name}: nothing changed")
        return target
    made = embed(content, old, embedder, say)
    folder = publish(home, made, content.sha256, embedder.info)
    say(f"index {folder.name}: {len(made.rows)} rows and {len(made.marks)} sentences published")
    return folder


def _embedder(model_name: str, folder: Path, samples: list[str], say: Say) -> Embedder:
    try:
        embedder = Embedder(folder)
        if embedder.info["name"] == model_name:
            return Embedder(folder, workers=WORKERS)
    except ModelNotReady:
        pass
    say(f"embedding model {model_name}: writing its int8 form (about half a minute)")
    from index.model import export

    folder.parent.mkdir(parents=True, exist_ok=True)
    info = export(model_name, folder, samples[:: max(1, len(samples) // 200)])
    say(f"embedding model: mean cosine with the original {info['parity']}")
    return Embedder(folder, workers=WORKERS)


def _old(home: Path) -> Built | None:
    try:
        return load(home)
    except IndexNotReady:
        return None


def embed(content: Content, old: Built | None, embedder: Reader, say: Say) -> Embedded:
    """Embed what the old build does not hold already."""
    wanted = rows(content)
    known: dict[str, tuple[np.ndarray, np.ndarray]] = {}
    if old and old.manifest["embedder"] == embedder.info:
        stored = old.vectors.reconstruct_n(0, len(old.rows))
        ends = old.word_starts
        known = {_digest(r.text): (stored[i], old.words[ends[i] : ends[i + 1]]) for i, r in enumerate(old.rows)}
    new = list(dict.fromkeys(r.text for r in wanted if _digest(r.text) not in known))
    say(f"embedding {len(new)} new texts of {len(wanted)}")
    for batch in _batches(new, say):
        vectors, words = embedder.read(batch)
        known.update(zip(map(_digest, batch), zip(vectors, (np.rint(w * 127).astype(np.int8) for w in words))))
    found = [known[_digest(r.text)] for r in wanted]
    starts = np.cumsum([0, *(len(words) for _, words in found)])
    vectors = np.stack([vector for vector, _ in found]).astype(np.float32)
    return Embedded(wanted, vectors, np.concatenate([words for _, words in found]), starts, marks(content, wanted, starts, embedder.pieces))


def _batches(texts: list[str], say: Say) -> Iterator[list[str]]:
    for start in range(0, len(texts), _BATCH):
        yield texts[start : start + _BATCH]
        say(f"  {min(start + _BATCH, len(texts))} of {len(texts)}")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def check(say: Say = print, home: Path = HOME, model_folder: Path = MODEL, sample: int = 64) -> None:
    """Verify the current index: hashes, corpus, model, and a sample embedded afresh.

    raises  IndexNotReady: something does not match; the message says what
    """
    embedder = Embedder(model_folder)
    content = load_content()
    built = load(home, content.sha256, embedder.info)
    step = max(1, len(built.rows) // sample)
    numbers = list(range(0, len(built.rows), step))
    stored = np.stack([built.vectors.reconstruct(n) for n in numbers])
    vectors, words = embedder.read([built.rows[n].text for n in numbers])
    kept = [_unit(built.words[built.word_starts[n] : built.word_starts[n + 1]].astype(np.float32)) for n in numbers]
    worst = float(np.min(np.sum(stored * vectors, axis=1)))
    worst_word = min(float(np.min(np.sum(a * b, axis=1))) if a.shape == b.shape else 0.0 for a, b in zip(kept, words))
    if worst < SAME_TEXT or worst_word < SAME_WORD:
        raise IndexNotReady(f"stored vectors differ from fresh ones (cosine {worst:.3f}, of words {worst_word:.3f}): remove built/index, then run 'make index'")
    say(
        f"index {built.manifest['build_id']}: sound; {json.dumps({k: built.manifest[k] for k in ('passages', 'rows', 'sentences', 'embedder')})}"
    )


def _unit(rows: np.ndarray) -> np.ndarray:
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9))
