"""An index on disk: `built/index/<build id>/` with the arrays and rows of one build, and `built/index/current` that names the live one.

A build is made aside, checked, renamed into place, and only then named in `current`; `rollback` names an older one.
`load` refuses an index that another model, corpus or code has made. A process that has loaded a build keeps it while another is made.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import faiss
import numpy as np

from index.marks import Mark
from index.passages import Row

SCHEMA = 3
KEPT_BUILDS = 5
_FILES = ("vectors.faiss", "rows.jsonl", "words.npy", "word_starts.npy", "marks.jsonl")


class IndexNotReady(Exception):
    """No usable index: nothing built, or the manifest does not match. The message says what to run."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """Everything a build stores.

    shapes  vectors (n, d) float32 and words[word_starts[i]:word_starts[i+1]] (int8, unit rows times 127) belong to rows[i]
    """

    rows: Sequence[Row]
    vectors: np.ndarray
    words: np.ndarray
    word_starts: np.ndarray
    marks: Sequence[Mark]


@dataclass(frozen=True, slots=True)
class Built:
    """A loaded index: as Embedded, with the vectors in FAISS and the large arrays mapped from disk."""

    manifest: dict[str, Any]
    rows: tuple[Row, ...]
    vectors: faiss.Index
    words: np.ndarray
    word_starts: np.ndarray
    marks: tuple[Mark, ...]


def build_id(corpus_sha256: str, embedder: dict[str, Any]) -> str:
    """The name of the build that this corpus, model and code make: the same inputs give the same id."""
    made_of = json.dumps([SCHEMA, corpus_sha256, embedder["name"], embedder["dimension"], embedder.get("parity")])
    return hashlib.sha256(made_of.encode()).hexdigest()[:16]


def publish(home: Path, made: Embedded, corpus_sha256: str, embedder: dict[str, Any]) -> Path:
    """Write a build, verify it by reading it back, and make it the current one.

    returns the build's folder
    """
    name = build_id(corpus_sha256, embedder)
    home.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix="making-", dir=home))
    try:
        flat = faiss.IndexFlatIP(made.vectors.shape[1])
        flat.add(made.vectors)
        faiss.write_index(flat, str(work / "vectors.faiss"))
        _write(work / "rows.jsonl", made.rows)
        _write(work / "marks.jsonl", made.marks)
        np.save(work / "words.npy", made.words)
        np.save(work / "word_starts.npy", made.word_starts)
        manifest = {
            "schema": SCHEMA,
            "build_id": name,
            "corpus_sha256": corpus_sha256,
            "passages": len({row.passage for row in made.rows}),
            "rows": len(made.rows),
            "sentences": len(made.marks),
            "embedder": embedder,
            "faiss": {"index": "IndexFlatIP", "version": faiss.__version__},
            "python": platform.python_version(),
            "files": {f: _sha256(work / f) for f in _FILES},
        }
        (work / "manifest.json").write_text(json.dumps(manifest, indent=1))
        _read(work)
        shutil.rmtree(home / name, ignore_errors=True)
        work.rename(home / name)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise
    _point(home, name)
    for old in builds(home)[KEPT_BUILDS:]:
        shutil.rmtree(home / old, ignore_errors=True)
    return home / name


def builds(home: Path) -> list[str]:
    """The names of the builds that are kept, the current one first, then the newest."""
    made = [f.parent for f in home.glob("*/manifest.json") if not f.parent.name.startswith("making-")]
    current = (home / "current").read_text().strip() if (home / "current").exists() else ""
    return [f.name for f in sorted(made, key=lambda f: (f.name != current, -f.stat().st_mtime))]


def rollback(home: Path, name: str) -> None:
    """Make an older build the current one, after reading it whole.

    raises  IndexNotReady: there is no such build, or it is damaged
    """
    if name not in builds(home):
        raise IndexNotReady(f"no build '{name}' in {home}; kept: {', '.join(builds(home)) or 'none'}")
    _read(home / name)
    _point(home, name)


def _point(home: Path, name: str) -> None:
    pointer = home / "current.new"
    pointer.write_text(name + "\n")
    os.replace(pointer, home / "current")


def _write(path: Path, records: Sequence[Row] | Sequence[Mark]) -> None:
    path.write_text("".join(json.dumps(asdict(record), ensure_ascii=False) + "\n" for record in records), encoding="utf-8")


def load(home: Path, corpus_sha256: str | None = None, embedder: dict[str, Any] | None = None) -> Built:
    """Open the current index.

    raises  IndexNotReady: nothing built, a file is damaged, or corpus or model are not those it was built from
    """
    pointer = home / "current"
    if not pointer.exists():
        raise IndexNotReady(f"no index in {home}: run 'make index'")
    built = _read(home / pointer.read_text().strip())
    if corpus_sha256 and built.manifest["corpus_sha256"] != corpus_sha256:
        raise IndexNotReady("the procedures have changed since the index was built: run 'make index'")
    if embedder and built.manifest["embedder"] != embedder:
        raise IndexNotReady("the index was built with another embedding model: run 'make index'")
    return built


def _read(folder: Path) -> Built:
    try:
        manifest = json.loads((folder / "manifest.json").read_text())
        if manifest["schema"] != SCHEMA:
            raise IndexNotReady(f"{folder.name} was built by other code: run 'make index'")
        for name, digest in manifest["files"].items():
            if _sha256(folder / name) != digest:
                raise IndexNotReady(f"{folder.name}/{name} is damaged: run 'make index'")
        rows = tuple(Row(**record) for record in _records(folder / "rows.jsonl"))
        marks = tuple(Mark(**record) for record in _records(folder / "marks.jsonl"))
        vectors = faiss.read_index(str(folder / "vectors.faiss"))
        words, starts = (np.load(folder / f, mmap_mode="r") for f in ("words.npy", "word_starts.npy"))
    except (FileNotFoundError, KeyError, ValueError) as error:
        raise IndexNotReady(f"the index in {folder} is incomplete ({error}): run 'make index'") from None
    if vectors.ntotal != len(rows) or manifest["rows"] != len(rows) or len(starts) != len(rows) + 1:
        raise IndexNotReady(f"{folder.name} holds {vectors.ntotal} vectors for {len(rows)} rows: run 'make index'")
    return Built(manifest, rows, vectors, words, np.asarray(starts), marks)


def _records(path: Path) -> Iterator[dict[str, Any]]:
    return map(json.loads, path.read_text(encoding="utf-8").splitlines())


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
