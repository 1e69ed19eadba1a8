"""Measures our search beside its peers, over the same passages and questions in one run: `python -m tools.bench_search` (`make bench-search`).

Writes its table into docs/benchmarks.md and its picture to docs/search-peers.svg. The peers run in .venv-peers, made on the first run
(tools/bench_peers.py); our own questions are asked half before and half after theirs. --quick asks every eighth question and writes nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import partial
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

import index.search
from guidance.content import Content
from guidance.yaml_files import ContentError
from index.embedder import ModelNotReady
from index.guide import open_guide
from index.model import PACKAGED_MODEL, resolve
from index.passages import plain
from index.reader import ReaderNotReady
from index.search import Searcher
from index.store import IndexNotReady, load
from tools import install, locks
from tools.bench import cpu_model
from tools.bench_peers import Search, ask_all, timed
from tools.progress import Progress, SetupError, run
from tools.pythons import OLDEST_FOR_APP, clean_environment
from tools.search_figures import OWN_INDEX, System, put_between, rank_of, report, svg
from tools.stamps import APP, ROOT, Environment, State, state_of

LOADS = (("torch", "torch"), ("faiss-cpu", "faiss"), ("haystack-ai", "haystack"), ("txtai", "txtai"))
PEERS = Environment(".venv-peers", "requirements/peers.txt", (OLDEST_FOR_APP, (3, 99)), LOADS, needs_gb=3)
OFFLINE = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "HAYSTACK_TELEMETRY_ENABLED": "False", "TOKENIZERS_PARALLELISM": "false"}
CACHE = ROOT / "built" / "peers" / "vectors.npz"
PAGE, PICTURE = ROOT / "docs" / "benchmarks.md", ROOT / "docs" / "search-peers.svg"
OURS, AS_IT_RUNS = ("Waymark, refusals off", OWN_INDEX), ("Waymark, as it runs", OWN_INDEX)
SHOWN, THREADS, WARM_UP = 5, 1, 12  # as many shown as in `make eval`


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.bench_search", description="Measure our search beside its peers.")
    parser.add_argument("--quick", action="store_true", help="every eighth question; write nothing")
    parser.add_argument("--lock", action="store_true", help="compile requirements/peers.in and stop")
    parser.add_argument("--built", type=Path, default=ROOT / "built", metavar="FOLDER", help="what make index and make train left")
    arguments, progress = parser.parse_args(), Progress()
    try:
        if arguments.lock:
            lock_peers(progress)
            return 0
        make_peers(progress)
        table, picture = measure(arguments.built, arguments.quick, progress)
    except (SetupError, ContentError, IndexNotReady, ModelNotReady, ReaderNotReady) as error:
        print(f"\n{type(error).__name__}: {error}", file=sys.stderr)
        return 1
    print(f"\n{table}")
    if not arguments.quick:
        PICTURE.write_text(picture, encoding="utf-8")
        PAGE.write_text(put_between(PAGE.read_text(encoding="utf-8"), "search", table), encoding="utf-8")
        progress.say("docs/benchmarks.md and docs/search-peers.svg written")
    return 0


def lock_peers(progress: Progress) -> None:
    """Compile requirements/peers.txt as `make lock` does the others; app.txt is its constraint."""
    settings = locks.without_local_indexes(install.prepare_uv(progress))
    text = locks.compile_lock(PEERS, "3.11", str(APP.python), settings, progress, upgrade=False)
    PEERS.requirements_file.write_text(text.replace("make lock", "python -m tools.bench_search --lock", 1), encoding="utf-8")
    progress.say(f"{PEERS.requirements} written")


def make_peers(progress: Progress) -> None:
    """Bring .venv-peers to what its lock says."""
    state = state_of(PEERS)
    if state is State.READY:
        return
    progress.say(f"{PEERS.name}: {state.value}. It holds the peers only; nothing but this benchmark needs it.")
    install.check_disk(install.CHANGE_NEEDS_GB if state.is_kept else PEERS.needs_gb)
    settings = install.prepare_uv(progress)
    if not state.is_kept:
        install.remove(PEERS.folder)
        command: list[str | Path] = [install.UV, "venv", "--quiet", "--no-project", "--python", APP.python, PEERS.folder]
        install.carry_out(command, PEERS, progress, settings)
    install.fill(PEERS, settings, progress)


def measure(built: Path, quick: bool, progress: Progress) -> tuple[str, str]:
    """Ask everybody; returns the section of the page and the picture."""
    load_before = os.getloadavg()[0]
    guide = open_guide(built)
    sets = import_module("tests.evaluation.questions")  # by name: mypy takes the folder questions/ beside it for the module
    questions = sets.answerable()[:: 8 if quick else 1]
    texts = [question.question for question in questions]
    warm_up = [question.question for question in sets.unanswerable()[:WARM_UP]]
    sections = guide.searcher.sections
    gold = [{s.id for s in sections if sets.right(question, s.chapter, f"{s.heading} {s.text}")} for question in questions]
    # Where nobody refuses, the reader, which only judges whether to, is not asked either.
    ranking = Searcher(guide.content, load(built / "index"), guide.embedder, lambda asked: np.zeros((len(asked), 5), np.float32))
    ours: dict[tuple[str, str], Search] = {OURS: partial(unrefused, ranking), AS_IT_RUNS: partial(as_it_runs, guide.searcher)}
    progress.say(f"Asking our own search {len(texts)} questions: one half now, the other after the peers")
    early = ask_all(ours, texts[::2], warm_up, SHOWN, lambda line: None)
    theirs = ask_peers(guide.content, texts, warm_up, progress)
    late = ask_all(ours, texts[1::2], warm_up, SHOWN, lambda line: None)
    asked = {key: (alternate(early[key][0], late[key][0]), alternate(early[key][1], late[key][1])) for key in ours}
    check_same_order(asked[OURS][0], asked[AS_IT_RUNS][0])
    asked |= {(one["name"], one["entries"]): (one["ids"], one["ms"]) for one in theirs["systems"]}
    systems = [System(*key, [rank_of(ids, ids_right) for ids, ids_right in zip(rows, gold)], ms) for key, (rows, ms) in asked.items()]
    embed_ms = [timed(lambda text: guide.embedder.read([text]), text)[0] for text in texts[:128]]
    versions = {name: version(name) for name in ("onnxruntime",)} | theirs["versions"]
    facts = [
        f"`make bench-search`, {date.today():%d %B %Y}: {os.cpu_count()} cores ({cpu_model()}) shared with other work, load {load_before:.1f} before and "
        f"{os.getloadavg()[0]:.1f} after; {THREADS} thread for everybody, one question at a time, in process.",
        f"{len(texts)} questions, {len(sections)} passages with {len(guide.content.questions)} questions written beside them; {sum(not one for one in gold)} "
        "of the questions have no right passage and count against everybody.",
        f"Embedding alone is {np.median(embed_ms):.1f} ms of each latency of ours (int8 ONNX) and {np.median(theirs['embed_ms']):.1f} ms of those of the "
        f"peers that embed (PyTorch). Versions: {', '.join(f'{name} {number}' for name, number in versions.items())}.",
    ]
    groups = [{"audience": q.audience, "kind": q.kind, "style": q.style} for q in questions]
    return "\n\n".join([" ".join(facts), report(systems, groups)]), svg(systems)


def ask_peers(content: Content, questions: list[str], warm_up: list[str], progress: Progress) -> Any:
    """Run tools/bench_peers.py in its environment, without a network; returns what it wrote."""
    beside: dict[str, list[str]] = {}
    for question in content.questions:
        beside.setdefault(question.section, []).append(question.text)
    passages = [
        {"id": s.id, "text": f"{s.heading}. {plain(s.text)}", "questions": beside.get(s.id, [])} for s in content.searched_sections()
    ]
    given = {"model": resolve(PACKAGED_MODEL), "cache": str(CACHE), "threads": THREADS, "shown": SHOWN, "passages": passages}
    with tempfile.TemporaryDirectory(prefix="waymark-bench-") as folder:
        read_from, write_to = Path(folder) / "in.json", Path(folder) / "out.json"
        read_from.write_text(json.dumps(given | {"questions": questions, "warm_up": warm_up}), encoding="utf-8")
        progress.say("Building the peers (embedding takes minutes the first time), then asking them")
        command: list[str | Path] = [PEERS.python, "-W", "ignore", "-m", "tools.bench_peers", read_from, write_to]
        code, said = run(command, progress, environment=clean_environment(os.environ) | OFFLINE, folder=ROOT, shows=lambda line: "Loading" not in line)
        if code:
            raise SetupError(f"tools/bench_peers.py failed:\n{said[-3000:]}")
        return json.loads(write_to.read_text(encoding="utf-8"))


@contextmanager
def refusals_off() -> Iterator[None]:
    """Search as if everything asked stood in the manual."""
    with patch.multiple(index.search, NOT_HELD_MIN=9.0, NOT_HELD_SURE=9.0, verdict=lambda sure: "answered"):
        yield


def unrefused(searcher: Searcher, question: str) -> list[str]:
    with refusals_off():
        found = searcher.search(question, SHOWN)
    if found.status != "answered" or not found.hits:
        raise SetupError(f"index/search.py refuses in a way that refusals_off in tools/bench_search.py does not know ({found.status}).")
    return [hit.section.id for hit in found.hits]


def as_it_runs(searcher: Searcher, question: str) -> list[str]:
    return [hit.section.id for hit in searcher.search(question, SHOWN).hits]


def check_same_order(unrefused_rows: Sequence[Sequence[str]], rows: Sequence[Sequence[str]]) -> None:
    """A refusal may show fewer passages, never others.

    raises  SetupError: switching refusals off has changed the order, so that the figures would be of another search
    """
    for whole, shown in zip(unrefused_rows, rows):
        if list(shown) != list(whole[: len(shown)]):
            raise SetupError(f"With refusals off another order is found ({whole} instead of {shown}): mend refusals_off in tools/bench_search.py.")


def alternate(even: Sequence[Any], odd: Sequence[Any]) -> list[Any]:
    """The two halves of a list again, as one."""
    whole: list[Any] = [None] * (len(even) + len(odd))
    whole[::2], whole[1::2] = even, odd
    return whole


if __name__ == "__main__":
    sys.exit(main())
