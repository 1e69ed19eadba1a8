"""Measures FAISS index types on up to a million vectors that resemble ours: build time, memory, recall and latency. `python -m tools.index_scale`

Writes its table into docs/benchmarks.md (not with --quick). Every index is built in one fresh process and searched in another, so that
its memory is its own. Takes up to 25 minutes on two cores, and 6 GB of memory and of disk (in the folder for temporary files).
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import faiss
import numpy as np

from tools.bench_peers import timed
from tools.progress import Progress
from tools.search_figures import markdown, put_between
from tools.stamps import ROOT

PAGE = ROOT / "docs" / "benchmarks.md"
SIZES = (10_000, 100_000, 1_000_000)
KINDS = ("IndexFlatIP", "IndexHNSWFlat", "IndexIVFFlat", "IndexIVFScalarQuantizer", "IndexIVFPQ")
K, WANTED_RECALL, CLOSE = 10, 0.95, 0.005
TUNED_ON, WARM_UP, BLOCK = 200, 20, 50_000
NOISE, LEAST_SHARE = 0.3, 0.5  # of a real vector's spread; of the first of a pair
NEIGHBOURS, WIDTH_OF_BUILDING = 32, 40  # HNSW
LADDER = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512)
BUILDERS, TRAINED_ON, ROUNDS = 2, 10_000, 10  # threads; vectors and rounds of training, for quantisers
MIB = 2**20


@dataclass(frozen=True, slots=True)
class Measured:
    kind: str
    setting: str
    build_s: float
    resident: int
    on_disk: int
    recall: float
    ms: dict[int, list[float]]  # threads -> of single queries

    def row(self) -> tuple[str, ...]:
        latency = ("{:.2f} / {:.2f}".format(*np.quantile(ms, [0.5, 0.95])) for ms in self.ms.values())
        memory = (f"{self.resident / MIB:,.0f}", f"{self.on_disk / MIB:,.0f}")
        return f"`{self.kind}`", self.setting, f"{self.build_s:.1f}", *memory, f"{self.recall:.3f}", *latency


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.index_scale", description="Measure FAISS index types on vectors like ours.")
    parser.add_argument("--quick", action="store_true", help="the two smaller sizes; write nothing")
    parser.add_argument("--built", type=Path, default=ROOT / "built", metavar="FOLDER", help="what make index left")
    arguments, progress, load_before = parser.parse_args(), Progress(), os.getloadavg()[0]
    from index.embedder import Embedder  # here, since each fresh process reads this file again
    from index.store import load
    from tools.bench import cpu_model

    os.environ["OMP_WAIT_POLICY"] = "passive"  # for the processes to come: on a shared machine, threads that wait busily hold one another up
    stored = load(arguments.built / "index").vectors
    real = stored.reconstruct_n(0, stored.ntotal)
    asked = [question.question for question in import_module("tests.evaluation.questions").answerable()]
    queries = np.random.default_rng(1).permutation(Embedder(arguments.built / "model").encode(asked))
    parts = []
    for size in (None, *SIZES[: 2 if arguments.quick else 3]):
        name = f"{size:,} vectors made from them" if size else f"Our {len(real):,} real rows"
        progress.say(name)
        with tempfile.TemporaryDirectory(prefix="waymark-scale-") as folder_name:
            folder = Path(folder_name)
            np.save(folder / "vectors.npy", simulate(real, size) if size else real)
            np.save(folder / "queries.npy", queries)
            similarity, found = measure_all(folder, progress)
        parts.append(f"{name}; the nearest is {similarity[0]:.2f} near a question on average, the tenth {similarity[1]:.2f}:\n\n{table(found)}")
    facts = (
        f"`python -m tools.index_scale`, {date.today():%d %B %Y}: {os.cpu_count()} cores ({cpu_model()}) shared with other work, load {load_before:.1f} "
        f"before and {os.getloadavg()[0]:.1f} after; {(time.monotonic() - progress.started) / 60:.0f} minutes; FAISS {faiss.__version__}."
    )
    text = "\n\n".join([facts, *parts])
    print(f"\n{text}")
    if not arguments.quick:
        PAGE.write_text(put_between(PAGE.read_text(encoding="utf-8"), "scale", text), encoding="utf-8")
    return 0


def simulate(real: np.ndarray, size: int) -> np.ndarray:
    """Vectors like the real ones: a real vector mixed with another (at least half of it the first), and noise that spreads as real vectors do.

    shapes  real (n, d), returns (size, d); float32, rows of length 1
    """
    random = np.random.default_rng(0)
    values, directions = np.linalg.eigh(np.cov(real, rowvar=False))
    spread = (directions * np.sqrt(np.maximum(values, 0))).T.astype(np.float32) * NOISE
    made = np.empty((size, real.shape[1]), np.float32)
    for start in range(0, size, BLOCK):
        rows = made[start : start + BLOCK]
        first, second = random.integers(0, len(real), (2, len(rows)))
        share = random.uniform(LEAST_SHARE, 1, (len(rows), 1)).astype(np.float32)
        rows[:] = share * real[first] + (1 - share) * real[second] + random.standard_normal(rows.shape, np.float32) @ spread
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return made


def measure_all(folder: Path, progress: Progress) -> tuple[tuple[float, float], list[Measured]]:
    """Build, tune and measure every kind; returns also how near the first and the tenth vector are to a question."""
    nearness, coarse_s, found = alone(answer_exactly, folder), alone(divide, folder), []
    for kind in KINDS:
        build_s = alone(build, folder, kind) + (coarse_s if "IVF" in kind else 0)
        measured = alone(measure, folder, kind, build_s)
        progress.say(f"  {' '.join(measured.row())}")
        (folder / kind).unlink()
        found.append(measured)
    return nearness, found


def alone(work: Callable[..., Any], *arguments: Any) -> Any:
    """Do it in a fresh process, whose memory is of this work only."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *arguments).result()


def answer_exactly(folder: Path) -> tuple[float, float]:
    """Store the true nearest rows of every question."""
    similarities, rows = faiss.knn(read(folder, "queries"), read(folder, "vectors"), K, metric=faiss.METRIC_INNER_PRODUCT)
    np.save(folder / "truth.npy", rows)
    return float(similarities[:, 0].mean()), float(similarities[:, -1].mean())


def divide(folder: Path) -> float:
    """Store the cells that all inverted files share, and each vector's cell; returns the seconds."""
    faiss.omp_set_num_threads(BUILDERS)
    vectors, begun = read(folder, "vectors"), time.perf_counter()
    count = min(round(4 * len(vectors) ** 0.5), len(vectors) // 39)  # FAISS wants 39 vectors for each cell
    means = faiss.Kmeans(vectors.shape[1], count, niter=ROUNDS, spherical=True, max_points_per_centroid=40, seed=1)
    means.train(vectors)
    np.save(folder / "centres.npy", np.asarray(means.centroids))
    np.save(folder / "cells.npy", means.index.search(vectors, 1)[1][:, 0])
    return time.perf_counter() - begun


def build(folder: Path, kind: str) -> float:
    """Build one index and write it; returns the seconds, without those of `divide`."""
    vectors, centres, cells = (read(folder, name) for name in ("vectors", "centres", "cells"))
    begun = time.perf_counter()
    index = empty(kind, vectors.shape[1], centres)
    faiss.omp_set_num_threads(1)  # training is many small steps, at which two threads mostly wait for one another
    index.train(vectors[:: max(1, len(vectors) // TRAINED_ON)])
    faiss.omp_set_num_threads(BUILDERS)
    if "IVF" in kind:
        index.add_core(len(vectors), faiss.swig_ptr(vectors), None, faiss.swig_ptr(cells))
    else:
        index.add(vectors)
    seconds = time.perf_counter() - begun
    faiss.write_index(index, str(folder / kind))
    return seconds


def empty(kind: str, d: int, centres: np.ndarray) -> Any:
    """An index of this kind with its settings, not yet trained."""
    if kind == "IndexFlatIP":
        return faiss.IndexFlatIP(d)
    if kind == "IndexHNSWFlat":
        index = faiss.IndexHNSWFlat(d, NEIGHBOURS, faiss.METRIC_INNER_PRODUCT)
        index.hnsw.efConstruction = WIDTH_OF_BUILDING
        return index
    cells = faiss.IndexFlatIP(d)
    cells.add(centres)
    rest = {"IndexIVFFlat": (), "IndexIVFScalarQuantizer": (faiss.ScalarQuantizer.QT_8bit,), "IndexIVFPQ": (d // 4, 8)}
    index = getattr(faiss, kind)(cells, d, len(centres), *rest[kind], faiss.METRIC_INNER_PRODUCT)
    if kind == "IndexIVFPQ":
        index.pq.cp.niter = ROUNDS
    return index


def measure(folder: Path, kind: str, build_s: float) -> Measured:
    """Load one index, choose its setting on some questions, and measure it on the others."""
    queries, truth = read(folder, "queries"), read(folder, "truth")
    before = resident()
    index: Any = faiss.read_index(str(folder / kind))
    memory = resident() - before
    faiss.omp_set_num_threads(BUILDERS)
    setting = tune(index, queries[:TUNED_ON], truth[:TUNED_ON])
    tested = queries[TUNED_ON:]
    reached = recall(index.search(tested, K)[1], truth[TUNED_ON:])
    ms = {}
    for threads in (1, 2):
        faiss.omp_set_num_threads(threads)
        if "IVF" in kind:
            index.parallel_mode = threads - 1  # 1: the cells of one question are shared out among the threads
        ms[threads] = [timed(lambda query: index.search(query[None], K), query)[0] for query in (*tested[:WARM_UP], *tested)][WARM_UP:]
    return Measured(kind, setting, build_s, memory, (folder / kind).stat().st_size, reached, ms)


def tune(index: Any, queries: np.ndarray, truth: np.ndarray) -> str:
    """Set the index to the least effort that reaches WANTED_RECALL, or to the least that comes CLOSE to the best it can; returns the setting."""
    if isinstance(index, faiss.IndexFlat):
        return "exact"
    if isinstance(index, faiss.IndexHNSW):
        options = [e for e in LADDER if e >= K]

        def use(effort: int) -> str:
            index.hnsw.efSearch = effort
            return f"M {NEIGHBOURS}, efConstruction {WIDTH_OF_BUILDING}, efSearch {effort}"
    else:
        options = [e for e in LADDER if e <= index.nlist]

        def use(effort: int) -> str:
            index.nprobe = effort
            return f"nlist {index.nlist}, nprobe {effort}"

    reached: list[float] = []
    for effort in options:
        use(effort)
        reached.append(recall(index.search(queries, K)[1], truth))
        if reached[-1] >= WANTED_RECALL:
            break
    enough = min(WANTED_RECALL, max(reached) - CLOSE)
    return use(next(effort for effort, value in zip(options, reached) if value >= enough))


def recall(rows: np.ndarray, truth: np.ndarray) -> float:
    """The share of the true nearest that was found."""
    return float(np.mean([len(set(found) & set(true)) / len(true) for found, true in zip(rows, truth)]))


def resident() -> int:
    """The bytes of this process in memory, files mapped into it left out."""
    pages = Path("/proc/self/statm").read_text().split()
    return (int(pages[1]) - int(pages[2])) * os.sysconf("SC_PAGE_SIZE")


def read(folder: Path, name: str) -> np.ndarray:
    return np.asarray(np.load(folder / f"{name}.npy"))


def table(found: list[Measured]) -> str:
    heads: tuple[str, ...] = ("index", "setting", "build s", "resident MiB", "on disk MiB", "recall@10", "p50 / p95 ms, 1 thread", "p50 / p95 ms, 2 threads")
    return markdown([heads, ("---",) * len(heads), *(measured.row() for measured in found)])


if __name__ == "__main__":
    sys.exit(main())
