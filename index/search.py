"""A question -> the passages that answer it, best first, with an honest status. Exact search over every row, and BM25 over the words.

A passage's place joins how near its own words are in meaning, how near any question it answers is (lay words meet lay words there), and
how well its words match. Whether anything was found at all is judged on meaning alone, since the best match of words is always somewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from guidance.chapters import Section
from guidance.content import Content
from guidance.records import NotHeld
from index.lexical import Lexical
from index.passages import NOT_HELD
from index.store import Built

SearchStatus = Literal["answered", "weak", "no_passage", "not_held"]

# Chosen on the development questions and 25 unrelated ones: docs/decisions/0004.
OWN_WORDS, ANY_TEXT, WORDS = 0.3, 0.5, 0.2
ANSWERED, WEAK = 0.60, 0.49
NOT_HELD_LEAD, NOT_HELD_MIN, NOT_HELD_SURE = 0.03, 0.62, 0.86
OTHER_KIND_PENALTY = 0.06
_ROWS_READ = 400


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found. `score` orders the hits, `nearness` (-1 to 1) is meaning alone; `best` is the span of section.text nearest to the question."""

    section: Section
    score: float
    nearness: float
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
        self._lexical = Lexical(content)
        self._sections = {section.id: section for section in content.searched_sections()}
        self._other_kinds = {c.id for c in content.chapters.values() if c.meta.kind != "procedure"}

    def search(self, question: str, k: int = 5) -> SearchResult:
        """Return the passages nearest in meaning to the question, best first.

        question  cleaned and capped, as guidance.text makes it
        returns   at most k hits; none with status no_passage
        """
        if not question.strip():
            return SearchResult(question, "no_passage", ())
        ranked, not_held = self._rank(question)
        hits = tuple(ranked[:k])
        nearest = max((hit.nearness for hit in hits), default=-1.0)
        if not_held and not_held[1] >= min(NOT_HELD_SURE, max(NOT_HELD_MIN, nearest + NOT_HELD_LEAD)):
            return SearchResult(question, "not_held", hits[: min(k, 2)], not_held[0])
        if nearest < WEAK:
            return SearchResult(question, "no_passage", ())
        return SearchResult(question, "answered" if nearest >= ANSWERED else "weak", hits)

    def _rank(self, question: str) -> tuple[list[Hit], tuple[NotHeld, float] | None]:
        count = min(_ROWS_READ, len(self._built.rows))
        similarities, numbers = self._built.vectors.search(self._encode([question]), count)
        floor = float(similarities[0][-1])
        matches = self._lexical.scores(question)
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
        for passage in {**best, **matches}:
            top = best.get(passage, floor)
            if passage.startswith(NOT_HELD):
                absent.append((self._content.not_held[passage.removeprefix(NOT_HELD)], top))
                continue
            section = self._sections[passage]
            mine = own.get(passage, floor)
            score = OWN_WORDS * mine + ANY_TEXT * top + WORDS * matches.get(passage, 0.0)
            if section.chapter in self._other_kinds:
                score -= OTHER_KIND_PENALTY
            nearness = (OWN_WORDS * mine + ANY_TEXT * top) / (OWN_WORDS + ANY_TEXT)
            hits.append(Hit(section, score, nearness, spans.get(passage)))
        hits.sort(key=lambda hit: -hit.score)
        return hits, max(absent, key=lambda a: a[1], default=None)
