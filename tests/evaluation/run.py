"""Asks every question of the real index and sums up: `make eval`.

Usage: python -m tests.evaluation [--accept] [--out FILE]
--accept makes this run the baseline that later runs, and the tests, are compared with.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import msgspec

from index.search import Searcher, SearchResult
from tests.evaluation.measures import area_under, f2, interval, mrr, recall_at, risk_coverage
from tests.evaluation.questions import MustNot, Question, right

BASELINE = Path(__file__).parent / "baseline.json"
SHOWN = 5
REFUSED = ("no_passage", "not_held")


class Result(msgspec.Struct, frozen=True):
    """How one question went, as a person would see it: a refused question shows no passage and has no rank."""

    id: str
    question: str
    status: str
    rank: int | None
    f2: float
    chapter_first: bool
    confidence: float
    top: list[str]
    answerable: bool
    groups: dict[str, str]


def ask(searcher: Searcher, question: Question, relevant: Sequence[str]) -> Result:
    """relevant: the ids of all passages that are right for this question."""
    found = searcher.search(question.question, SHOWN)
    shown = [hit.section.id for hit in found.hits]
    rank = next((i for i, one in enumerate(shown, 1) if one in relevant), None)
    groups = {"audience": question.audience, "kind": question.kind, "style": question.style}
    first = bool(shown) and shown[0].split("#")[0] in question.chapters
    return Result(
        question.id, question.question, found.status, rank, f2(shown[:3], relevant) if relevant else 0.0, first, found.confidence, shown, True, groups
    )  # fmt: skip


def ask_unanswerable(searcher: Searcher, question: MustNot) -> Result:
    found: SearchResult = searcher.search(question.question, SHOWN)
    shown = [hit.section.id for hit in found.hits]
    groups = {"audience": question.audience, "group": question.group, "style": question.style}
    return Result(question.id, question.question, found.status, None, 0.0, False, found.confidence, shown, False, groups)


def run(searcher: Searcher, questions: Iterable[Question], must_not: Iterable[MustNot]) -> list[Result]:
    sections = searcher.sections
    results = []
    for question in questions:
        near = [s for s in sections if s.chapter in question.chapters]
        relevant = [s.id for s in near if right(question, s.chapter, f"{s.heading} {s.text}")]
        results.append(ask(searcher, question, relevant))
    return results + [ask_unanswerable(searcher, question) for question in must_not]


def summary(results: Sequence[Result]) -> dict[str, float]:
    """The figures that are compared with the targets: answerable questions first, then the refusals."""
    asked = [r for r in results if r.answerable]
    other = [r for r in results if not r.answerable]
    ranks = [r.rank for r in asked]
    figures = {f"R@{k}": recall_at(ranks, k) for k in (1, 3, 5)}
    figures |= {"MRR": mrr(ranks), "F2": _mean(asked, lambda r: r.f2), "chapter@1": _mean(asked, lambda r: r.chapter_first)}
    figures["answerable refused"] = _mean(asked, lambda r: r.status in REFUSED)
    figures["must-not refused"] = _mean(other, lambda r: r.status in REFUSED)
    figures["must-not answered outright"] = _mean(other, lambda r: r.status == "answered")
    curve = risk_coverage([r.confidence for r in results], [r.rank is not None and r.rank <= 3 for r in results])
    return figures | {"risk-coverage area": area_under(curve)}


def _mean(results: Sequence[Result], value: Callable[[Result], float]) -> float:
    return sum(map(value, results)) / max(1, len(results))


def report(results: Sequence[Result]) -> str:
    """The figures as plain text: totals, then by audience, kind, style and group."""
    asked = [r for r in results if r.answerable]
    figures = summary(results)
    lines = [f"{len(asked)} answerable questions, {len(results) - len(asked)} that must not be answered"]
    for name, value in figures.items():
        note = ""
        if name.startswith("R@"):
            low, high = interval([r.rank for r in asked], int(name[2:]))
            note = f"   (95%: {low:.3f} to {high:.3f})"
        lines.append(f"  {name:28s} {value:.3f}{note}")
    for group in ("audience", "kind", "style", "group"):
        parts: dict[str, list[Result]] = defaultdict(list)
        for result in results:
            if group in result.groups:
                parts[result.groups[group]].append(result)
        lines.append(f"by {group}:")
        for name, members in sorted(parts.items()):
            lines.append(f"  {name:22s} {_line(members)}")
    curve = risk_coverage([r.confidence for r in results], [r.rank is not None and r.rank <= 3 for r in results])
    lines.append("risk when the surest share of all questions is answered (wrong: not among the first three, or not to be answered):")
    lines += [f"  {share:.0%}: {curve[max(0, int(share * len(curve)) - 1)].risk:.3f}" for share in (0.25, 0.5, 0.7, 0.8, 0.9, 1.0)]
    return "\n".join(lines)


def _line(members: Sequence[Result]) -> str:
    asked, other = [r for r in members if r.answerable], [r for r in members if not r.answerable]
    words = []
    if asked:
        ranks = [r.rank for r in asked]
        words.append(f"n={len(asked):3d} " + " ".join(f"R@{k} {recall_at(ranks, k):.3f}" for k in (1, 3, 5)))
        words.append(f"refused {_mean(asked, lambda r: r.status in REFUSED):.3f}")
    if other:
        words.append(f"must not: n={len(other):3d} refused {_mean(other, lambda r: r.status in REFUSED):.3f}")
    return "  ".join(words)


def good(result: Result) -> bool:
    """What a baseline remembers of a question: shown among the first three, or rightly refused."""
    return (result.rank is not None and result.rank <= 3) if result.answerable else result.status in REFUSED


def changes(results: Sequence[Result], baseline: dict[str, bool]) -> tuple[list[Result], list[Result]]:
    """Questions lost and won since the baseline."""
    lost = [r for r in results if baseline.get(r.id) and not good(r)]
    won = [r for r in results if r.id in baseline and not baseline[r.id] and good(r)]
    return lost, won


def read_baseline(path: Path = BASELINE) -> dict[str, bool]:
    return json.loads(path.read_text(encoding="utf-8"))["good"] if path.exists() else {}


def write_baseline(results: Sequence[Result], path: Path = BASELINE) -> None:
    data = {"figures": {k: round(v, 4) for k, v in summary(results).items()}, "good": {r.id: good(r) for r in results}}
    path.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
