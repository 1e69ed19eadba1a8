"""Corpus -> a published index, doing only what changed: the model is exported once, and texts embedded before are not embedded again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np

from guidance.content import load_content
from index.embedder import Embedder, ModelNotReady
from index.passages import Row, rows
from index.store import Built, IndexNotReady, build_id, load, publish

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / "built" / "index"
MODEL = ROOT / "built" / "model"
Say = Callable[[str], None]


def build(model_name: str, say: Say = print, home: Path = HOME, model_folder: Path = MODEL) -> Path:
    """Make the index of procedures_corpus/ and publish it; returns its folder.

    raises  guidance.yaml_files.ContentError, index.model.ParityError
    """
    content = load_content()
    say(
        f"content: {len(content.chapters)} chapters, {len(content.sections())} sections, {len(content.questions)} questions"
    )
    wanted = rows(content)
    embedder = _embedder(model_name, model_folder, [r.text for r in wanted if r.kind == "text"], say)
    target = home / build_id(content.sha256, embedder.info)
    old = _old(home)
    if old and old.manifest["build_id"] == target.name:
        say(f"index {target.name}: nothing changed")
        return target
    vectors = _embed(wanted, old, embedder, say)
    folder = publish(home, wanted, vectors, content.sha256, embedder.info)
    say(f"index {folder.name}: {len(wanted)} rows published")
    return folder


def _embedder(model_name: str, folder: Path, samples: list[str], say: Say) -> Embedder:
    try:
        embedder = Embedder(folder)
        if embedder.info["name"] == model_name:
            return Embedder(folder, threads=2)
    except ModelNotReady:
        pass
    say(f"embedding model {model_name}: writing its int8 form (about half a minute)")
    from index.model import export

    folder.parent.mkdir(parents=True, exist_ok=True)
    info = export(model_name, folder, samples[:: max(1, len(samples) // 200)])
    say(f"embedding model: mean cosine with the original {info['parity']}")
    return Embedder(folder, threads=2)


def _old(home: Path) -> Built | None:
    try:
        return load(home)
    except IndexNotReady:
        return None


def _embed(wanted: list[Row], old: Built | None, embedder: Embedder, say: Say) -> np.ndarray:
    known: dict[str, np.ndarray] = {}
    if old and old.manifest["embedder"] == embedder.info:
        stored = old.vectors.reconstruct_n(0, len(old.rows))
        known = {_digest(row.text): stored[i] for i, row in enumerate(old.rows)}
    new = list(dict.fromkeys(r.text for r in wanted if _digest(r.text) not in known))
    say(f"embedding {len(new)} new texts of {len(wanted)}")
    for start in range(0, len(new), 1024):
        batch = new[start : start + 1024]
        known.update(zip(map(_digest, batch), embedder.encode(batch)))
        say(f"  {min(start + 1024, len(new))} of {len(new)}")
    return np.stack([known[_digest(r.text)] for r in wanted]).astype(np.float32)


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
    worst = float(np.min(np.sum(stored * embedder.encode([built.rows[n].text for n in numbers]), axis=1)))
    if worst < 0.99:
        raise IndexNotReady(f"a stored vector differs from a fresh one (cosine {worst:.3f}): run 'make index'")
    say(
        f"index {built.manifest['build_id']}: sound; {json.dumps({k: built.manifest[k] for k in ('passages', 'rows', 'embedder')})}"
    )
