"""A question -> the passages that answer it, best first, with an honest status.

Three looks, each cheap: exact search for the nearest texts and questions in meaning, BM25 over the words, and for the passages that these
two put first a comparison word by word (each word of the question with the nearest word, in its context, of the passage and its questions).
Whether anything was found at all is decided apart, in index/judgement.py.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from guidance.chapters import Section
from guidance.content import Content
from guidance.records import NotHeld
from guidance.text import without_markup
from index.build import Reader
from index.judgement import Signs, Verdict, sureness, verdict
from index.lexical import Lexical
from index.marks import Mark
from index.passages import NOT_HELD, plain
from index.slips import Slips
from index.store import Built

Outside = Callable[[Sequence[str]], "np.ndarray"]
SearchStatus = Literal["answered", "weak", "no_passage", "not_held"]

# Chosen on the development questions by cross-validation: docs/decisions/0004.
TEXT, ANY_TEXT, WORDS, WORD_BY_WORD = 0.3, 0.3, 0.2, 1.5
NOT_HELD_LEAD, NOT_HELD_MIN, NOT_HELD_SURE = 0.03, 0.62, 0.86
# What is asked about a text that is not held, against what is asked about passages: enough where nothing answers well, and beyond any doubt.
ASKED_MIN, ASKED_SURE = 0.50, 0.05
OTHER_KIND_PENALTY = 0.06
COMPARED = 40
NEAR = 20
_ROWS_READ = 400


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found. `score` orders the hits; `best` is the span of section.text nearest to the question."""

    section: Section
    score: float
    best: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class SearchResult:
    """`confidence` orders questions by how sure the status is that something answers them (higher is surer)."""

    question: str
    status: SearchStatus
    hits: tuple[Hit, ...]
    not_held: NotHeld | None = None
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Candidates:
    """The passages worth comparing, best first by `base`; entry k of the arrays belongs to passages[k].

    absent  the place in not_held of the text whose name comes nearest; asked_absent, of the one that is asked about in the nearest words
    """

    passages: tuple[int, ...]
    base: np.ndarray
    text: np.ndarray
    any_text: np.ndarray
    lexical: np.ndarray
    absent: int
    absent_nearness: float
    asked_absent: int
    asked_nearness: float

    @property
    def nearest(self) -> float:
        """How near the nearest text or question of any passage comes."""
        return float(self.any_text.max())


@dataclass(frozen=True, slots=True)
class Ranking:
    """One comparison: candidate k has compared[k] (word by word) and scores[k]; `order` lists candidates, best first. `vector`, `words`: the
    question's, as a whole and word by word.
    """

    question: str
    vector: np.ndarray
    words: np.ndarray
    found: Candidates
    compared: np.ndarray
    scores: np.ndarray
    order: np.ndarray


class Searcher:
    """Answers questions from one loaded index."""

    def __init__(self, content: Content, built: Built, embedder: Reader, outside: Outside) -> None:
        """outside: texts -> raw scores, the last column high where the manual cannot answer (index/reader.py)."""
        self._built, self._embedder, self._outside = built, embedder, outside
        self._lexical = Lexical(content)
        self._slips = Slips(content, embedder.vocabulary)
        self.sections = content.searched_sections()
        self._number = {section.id: i for i, section in enumerate(self.sections)}
        absent = {NOT_HELD + name: len(self.sections) + i for i, name in enumerate(content.not_held)}
        self._absent = tuple(content.not_held.values())
        numbers = {**self._number, **absent}
        self._of_row = np.array([numbers[row.passage] for row in built.rows])
        kinds = np.array([row.kind for row in built.rows])
        self._is_text = kinds == "text"
        self._is_asked = (kinds == "question") & (self._of_row >= len(self.sections))
        self._penalty = np.array(
            [OTHER_KIND_PENALTY * (content.chapters[s.chapter].meta.kind != "procedure") for s in self.sections]
        )
        bounds = np.searchsorted(self._of_row, np.arange(len(self.sections) + 1))
        self._words_from = built.word_starts[bounds]
        self._marks: dict[str, list[Mark]] = {}
        for mark in built.marks:
            self._marks.setdefault(mark.passage, []).append(mark)

    def search(self, question: str, k: int = 5) -> SearchResult:
        """Return the passages that answer the question best.

        question  cleaned and capped, as guidance.text makes it
        returns   at most k hits (COMPARED at the most); none with status no_passage
        """
        if not question.strip():
            return SearchResult(question, "no_passage", ())
        ranking = self.rank(question)
        found, scores, order = ranking.found, ranking.scores, ranking.order
        sure = sureness(self.signs(ranking))
        hits = tuple(
            Hit(self.sections[found.passages[i]], float(scores[i]), self._best(found.passages[i], ranking.words)) for i in order[:k]
        )
        judged = verdict(sure)
        if judged == "none" and self._is_subject(question, hits[0].section):
            judged = "weak"
        absent = self.not_held(found, judged)
        if absent:
            return SearchResult(question, "not_held", hits[: min(k, 2)], absent, sure)
        return SearchResult(question, "no_passage", (), None, sure) if judged == "none" else SearchResult(question, judged, hits, None, sure)

    def not_held(self, found: Candidates, judged: Verdict) -> NotHeld | None:
        """The text that the question is about, if it is one that is not held: by its name, or by what people ask about it."""
        if found.absent_nearness >= min(NOT_HELD_SURE, max(NOT_HELD_MIN, found.nearest + NOT_HELD_LEAD)):
            return self._absent[found.absent]
        lead = found.asked_nearness - found.nearest
        asked = found.asked_nearness >= ASKED_MIN and (lead >= ASKED_SURE or (lead > 0 and judged != "answered"))
        return self._absent[found.asked_absent] if asked else None

    def words_found(self, question: str, section: Section) -> list[str]:
        """The words of the question that a passage's own heading or text holds."""
        return self._lexical.shared(question, f"{section.heading} {plain(section.text)}")

    def within(self, question: str, chapters: Collection[str], k: int = 3) -> tuple[Hit, ...]:
        """The k passages of these chapters that come nearest, for a question that leaves its topic unsaid: all of them are compared, if the search
        of all chapters comes near any.
        """
        own = [i for i, section in enumerate(self.sections) if section.chapter in chapters]
        if not (own and question.strip()):
            return ()
        ranking = self.rank(question)
        if set(own).isdisjoint(ranking.found.passages[i] for i in ranking.order[:NEAR]):
            return ()
        return self._hits(self._compared(ranking.question, ranking.vector, ranking.words, own), k)

    def nearest_of(self, question: str, sections: Collection[str], k: int = 3) -> tuple[Hit, ...]:
        """Of these sections the k that come nearest to a question, whether or not they answer it."""
        own = [i for i, section in enumerate(self.sections) if section.id in sections]
        if not (own and question.strip()):
            return ()
        return self._hits(self._compared(*self._read(question), own), k)

    def _hits(self, ranking: Ranking, k: int) -> tuple[Hit, ...]:
        found = ranking.found.passages
        return tuple(Hit(self.sections[found[i]], float(ranking.scores[i]), self._best(found[i], ranking.words)) for i in ranking.order[:k])

    def nearest(self, question: str, k: int = 3) -> list[Section]:
        """The passages that a search puts first, whether or not they answer the question."""
        if not question.strip():
            return []
        ranking = self.rank(question)
        return [self.sections[ranking.found.passages[i]] for i in ranking.order[:k]]

    def rank(self, question: str) -> Ranking:
        """Compare the question with the corpus; decides nothing. Markup and brackets around the words tell nothing and are left out."""
        return self._compared(*self._read(question))

    def _read(self, question: str) -> tuple[str, np.ndarray, np.ndarray]:
        """The question as it is searched for, and its vectors, as a whole and word by word."""
        question = self._slips(without_markup(question) or question)
        (vector,), (words,) = self._embedder.read([question])
        return question, vector, words

    def _compared(self, question: str, vector: np.ndarray, words: np.ndarray, among: Sequence[int] | None = None) -> Ranking:
        """The comparison with the COMPARED passages that come nearest, or with all of `among`."""
        found = self._candidates(question, vector, among)
        compared = self._word_by_word(words, found.passages)
        scores = found.base + WORD_BY_WORD * compared
        return Ranking(question, vector, words, found, compared, scores, np.argsort(-scores, kind="stable"))

    def signs(self, ranking: Ranking) -> Signs:
        """What the ranking shows of whether the manual answers at all."""
        found, compared, scores, order = ranking.found, ranking.compared, ranking.scores, ranking.order
        top, second, fifth = order[0], order[min(1, len(order) - 1)], order[min(4, len(order) - 1)]
        return Signs(
            outside=float(self._outside([ranking.question])[0, -1]),
            word_by_word=float(compared[top]),
            text=float(found.text[top]),
            any_text=float(found.any_text[top]),
            lead=float(scores[top] - scores[second]),
            lead_of_five=float(scores[top] - scores[fifth]),
            lexical=float(found.lexical[top]),
            nearest_text=float(found.text.max()),
            absent=found.absent_nearness,
            absent_lead=found.absent_nearness - found.nearest,
            asked_lead=found.asked_nearness - found.nearest,
            brevity=1 / max(1, len(ranking.words)),
        )

    def _is_subject(self, question: str, section: Section) -> bool:
        """True if the question is no more than a word or two of the passage's heading: too few to tell that it is answered, enough to show it."""
        return self._lexical.names(question, section.heading)

    def _candidates(self, question: str, vector: np.ndarray, among: Sequence[int] | None) -> Candidates:
        """The COMPARED passages that meaning and words put first (of `among`: all of them), and the nearest chapter that is not held."""
        count = len(self._built.rows) if among else min(_ROWS_READ, len(self._built.rows))
        similarities, rows = self._built.vectors.search(vector[None], count)
        floor = float(similarities[0][-1])
        total = len(self.sections) + len(self._absent)
        any_text, text = np.full(total, floor), np.full(total, floor)
        owners, texts, asked = self._of_row[rows[0]], self._is_text[rows[0]], self._is_asked[rows[0]]
        asked_text = np.full(total, floor)
        np.maximum.at(any_text, owners[~asked], similarities[0][~asked])
        np.maximum.at(asked_text, owners[asked], similarities[0][asked])
        np.maximum.at(text, owners[texts], similarities[0][texts])
        lexical = self._lexical.scores(question)
        held = len(self.sections)
        base = TEXT * text[:held] + ANY_TEXT * any_text[:held] + WORDS * lexical - self._penalty
        best = np.argsort(-base, kind="stable")[:COMPARED] if among is None else np.asarray(among)
        absent, asked_absent = int(np.argmax(any_text[held:])), int(np.argmax(asked_text[held:]))
        return Candidates(
            tuple(map(int, best)), base[best], text[best], any_text[best], lexical[best], absent, float(any_text[held + absent]),
            asked_absent, float(asked_text[held + asked_absent]),
        )  # fmt: skip

    def _word_by_word(self, words: np.ndarray, passages: Sequence[int]) -> np.ndarray:
        """For each passage, how near its nearest word comes to each word of the question, on average (-1 to 1)."""
        if not len(words):
            return np.zeros(len(passages))
        pieces = [self._built.words[self._words_from[p] : self._words_from[p + 1]] for p in passages]
        starts = np.cumsum([0, *(len(piece) for piece in pieces[:-1])])
        nearness = words @ (np.concatenate(pieces).astype(np.float32).T / 127)
        return np.asarray(np.maximum.reduceat(nearness, starts, axis=1).mean(axis=0))

    def _best(self, passage: int, words: np.ndarray) -> tuple[int, int] | None:
        """The place of the sentence that comes nearest to the question's words, each taken with the nearest word of the sentence."""
        marks = self._marks.get(self.sections[passage].id, [])
        if not marks or not len(words):
            return None
        best = max(marks, key=lambda mark: float((words @ self._built.words[mark.first : mark.last].astype(np.float32).T).max(axis=1).sum()))
        return best.start, best.end
