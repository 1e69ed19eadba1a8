"""Words -> how well each passage matches them (BM25), over a passage's title, heading, text and the questions it answers.

Finds what meaning alone misses: acronyms, names of forms, exact terms. A question's acronyms are joined by what they stand for, and the other
way round (glossary.yml); a word that the corpus does not know is read as the nearest one that it knows. Built in a second when the
index is opened; nothing is stored.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import bm25s
import numpy as np
import Stemmer

from guidance.content import Content
from index.passages import plain
from index.spelling import Speller

NAMING = 2  # words, small ones not counted: who writes no more names a subject


class Lexical:
    """BM25 over the passages of one content."""

    def __init__(self, content: Content) -> None:
        asked: dict[str, list[str]] = {}
        for question in content.questions:
            asked.setdefault(question.section, []).append(question.text)
        texts = [
            " ".join(
                (content.chapters[s.chapter].meta.title, s.heading, s.heading, plain(s.text), *asked.get(s.id, ()))
            )
            for s in content.searched_sections()
        ]
        self._stemmer = Stemmer.Stemmer("english")
        self._index = bm25s.BM25()
        tokens = self._tokens(texts)
        self._index.index(tokens, show_progress=False)
        self._passages = len(texts)
        self._known = frozenset(token for passage in tokens for token in passage if token)
        self._corrected = Speller(token for token in self._known if token)
        self._expansions = dict(_expansions(content))

    def _tokens(self, texts: list[str]) -> list[list[str]]:
        found = bm25s.tokenize(texts, stopwords="en", stemmer=self._stemmer, return_ids=False, show_progress=False)
        return [tokens or [""] for tokens in found]  # bm25s cannot index a text without a word

    def scores(self, question: str) -> np.ndarray:
        """How well each passage matches the question's words: (passages,), 0 for no shared word, 1 for the best."""
        (tokens,) = self._tokens([self._expanded(question)])
        known = [token for token in map(self._corrected, tokens) if token in self._known]
        if not known:
            return np.zeros(self._passages)
        values: np.ndarray = self._index.get_scores(known)
        return np.asarray(values / max(float(values.max(initial=0.0)), 1e-9))

    def shared(self, question: str, passage: str) -> list[str]:
        """The words of the question that stand in the passage, in any form, as the question has them; misspelt ones too."""
        (there,) = self._tokens([passage])
        words = list(dict.fromkeys(_words(question)))
        return [word for word, (token, *_) in zip(words, self._tokens(words)) if token and self._corrected(token) in there]

    def names(self, question: str, passage: str) -> bool:
        """True if a question is nothing but a word or two that stand in the passage: "bruise", "child in need"."""
        (asked,), (there,) = self._tokens([question]), self._tokens([passage])
        asked = [token for token in asked if token]
        return 0 < len(asked) <= NAMING and all(self._corrected(token) in there for token in asked)

    def _expanded(self, question: str) -> str:
        """The question, with what its acronyms stand for, and the acronyms of what it spells out."""
        said = f" {' '.join(_words(question))} "
        return " ".join([question, *(other for term, other in self._expansions.items() if f" {term} " in said)])


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())


def _expansions(content: Content) -> Iterator[tuple[str, str]]:
    """Pairs from the glossary, both ways: an acronym or other name, and what it stands for."""
    for entry in content.glossary:
        names: Iterable[str] = (entry.term, *entry.also_called)
        for name in names:
            if entry.expansion and name.lower() != entry.expansion.lower():
                yield " ".join(_words(name)), entry.expansion
        if entry.expansion and len(_words(entry.expansion)) > 1:
            yield " ".join(_words(entry.expansion)), entry.term
