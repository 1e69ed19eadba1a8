"""An index on disk: `built/index/<build id>/{vectors.faiss, rows.jsonl, manifest.json}`, and `built/index/current` that names the live one.

A build is made aside, checked, renamed into place, and only then named in `current`; rollback is writing an older id there.
`load` refuses an index that another model, corpus or code has made.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import faiss
import numpy as np

from index.passages import Row

SCHEMA = 1


class IndexNotReady(Exception):
    """No usable index: nothing built, or the manifest does not match. The message says what to run."""


@dataclass(frozen=True, slots=True)
class Built:
    """A loaded index: row i of `vectors` belongs to rows[i]."""

    manifest: dict[str, Any]
    rows: tuple[Row, ...]
    vectors: faiss.Index


def build_id(corpus_sha256: str, embedder: dict[str, Any]) -> str:
    """The name of the build that this corpus, model and code make: the same inputs give the same id."""
    made_of = json.dumps([SCHEMA, corpus_sha256, embedder["name"], embedder["dimension"], embedder.get("parity")])
    return hashlib.sha256(made_of.encode()).hexdigest()[:16]


def publish(home: Path, rows: list[Row], vectors: np.ndarray, corpus_sha256: str, embedder: dict[str, Any]) -> Path:
    """Write a build, verify it by reading it back, and make it the current one.

    shapes  vectors (len(rows), d), float32, rows of length 1
    returns the build's folder
    """
    name = build_id(corpus_sha256, embedder)
    home.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix="making-", dir=home))
    try:
        flat = faiss.IndexFlatIP(vectors.shape[1])
        flat.add(vectors)
        faiss.write_index(flat, str(work / "vectors.faiss"))
        (work / "rows.jsonl").write_text(
            "".join(json.dumps(asdict(row), ensure_ascii=False) + "\n" for row in rows), encoding="utf-8"
        )
        manifest = {
            "schema": SCHEMA,
            "build_id": name,
            "corpus_sha256": corpus_sha256,
            "passages": len({row.passage for row in rows}),
            "rows": len(rows),
            "embedder": embedder,
            "faiss": {"index": "IndexFlatIP", "version": faiss.__version__},
            "python": platform.python_version(),
            "files": {f: _sha256(work / f) for f in ("vectors.faiss", "rows.jsonl")},
        }
        (work / "manifest.json").write_text(json.dumps(manifest, indent=1))
        _read(work)
        shutil.rmtree(home / name, ignore_errors=True)
        work.rename(home / name)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise
    pointer = home / "current.new"
    pointer.write_text(name + "\n")
    os.replace(pointer, home / "current")
    return home / name


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
        lines = (folder / "rows.jsonl").read_text(encoding="utf-8").splitlines()
        vectors = faiss.read_index(str(folder / "vectors.faiss"))
    except (FileNotFoundError, KeyError, json.JSONDecodeError) as error:
        raise IndexNotReady(f"the index in {folder} is incomplete ({error}): run 'make index'") from None
    if vectors.ntotal != len(lines) or manifest["rows"] != len(lines):
        raise IndexNotReady(f"{folder.name} holds {vectors.ntotal} vectors for {len(lines)} rows: run 'make index'")
    return Built(manifest, tuple(Row(**json.loads(line)) for line in lines), vectors)


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
