"""A question -> the passages nearest in meaning, best first, with an honest status. Exact search over every row.

A passage's score joins how near its own words are and how near any question it answers is: lay words meet lay words there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from guidance.chapters import Section
from guidance.content import Content
from guidance.records import NotHeld
from index.passages import NOT_HELD
from index.store import Built

SearchStatus = Literal["answered", "weak", "no_passage", "not_held"]

# Chosen on the development questions and 40 unrelated ones: docs/decisions/0004.
OWN_WORDS_WEIGHT = 0.4
ANSWERED, WEAK = 0.52, 0.40
NOT_HELD_LEAD, NOT_HELD_MIN = 0.03, 0.62
OTHER_KIND_PENALTY = 0.06
_ROWS_READ = 400


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found. `best` is the span of section.text that comes nearest to the question, or None."""

    section: Section
    score: float
    best: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class SearchResult:
    question: str
    status: SearchStatus
    hits: tuple[Hit, ...]
    not_held: NotHeld | None = None


class Searcher:
    """Answers questions from one loaded index."""

    def __init__(self, content: Content, built: Built, encode: Callable[[Sequence[str]], np.ndarray]) -> None:
        self._content, self._built, self._encode = content, built, encode

    def search(self, question: str, k: int = 5) -> SearchResult:
        """Return the passages nearest in meaning to the question, best first.

        question  cleaned and capped, as guidance.text makes it
        returns   at most k hits; none with status no_passage; score is between -1 and 1
        """
        if not question.strip():
            return SearchResult(question, "no_passage", ())
        ranked, not_held = self._rank(question)
        hits = tuple(ranked[:k])
        if not_held and not_held[1] >= NOT_HELD_MIN and (not hits or not_held[1] >= hits[0].score + NOT_HELD_LEAD):
            return SearchResult(question, "not_held", hits[: min(k, 2)], not_held[0])
        if not hits or hits[0].score < WEAK:
            return SearchResult(question, "no_passage", ())
        return SearchResult(question, "answered" if hits[0].score >= ANSWERED else "weak", hits)

    def _rank(self, question: str) -> tuple[list[Hit], tuple[NotHeld, float] | None]:
        count = min(_ROWS_READ, len(self._built.rows))
        similarities, numbers = self._built.vectors.search(self._encode([question]), count)
        floor = float(similarities[0][-1])
        best: dict[str, float] = {}
        own: dict[str, float] = {}
        spans: dict[str, tuple[int, int]] = {}
        for similarity, number in zip(similarities[0], numbers[0]):  # best first, so the first of a kind is its best
            row = self._built.rows[number]
            best.setdefault(row.passage, float(similarity))
            if row.kind in ("text", "sentence"):
                own.setdefault(row.passage, float(similarity))
            if row.kind == "sentence":
                spans.setdefault(row.passage, (row.start, row.end))
        hits = []
        absent: list[tuple[NotHeld, float]] = []
        for passage, top in best.items():
            if passage.startswith(NOT_HELD):
                absent.append((self._content.not_held[passage.removeprefix(NOT_HELD)], top))
                continue
            section = self._content.section(passage)
            if section is None:
                continue
            score = OWN_WORDS_WEIGHT * own.get(passage, floor) + (1 - OWN_WORDS_WEIGHT) * top
            if self._content.chapters[section.chapter].meta.kind != "procedure":
                score -= OTHER_KIND_PENALTY
            hits.append(Hit(section, score, spans.get(passage)))
        hits.sort(key=lambda hit: -hit.score)
        return hits, max(absent, key=lambda a: a[1], default=None)
