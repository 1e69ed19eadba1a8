"""Words -> how well each passage matches them (BM25), over a passage's title, heading, text and the questions it answers.

Finds what meaning alone misses: acronyms, names of forms, exact terms. Built in a second when the index is opened; nothing is stored.
"""

from __future__ import annotations

import bm25s
import numpy as np
import Stemmer

from guidance.content import Content
from index.passages import plain


class Lexical:
    """BM25 over the passages of one content."""

    def __init__(self, content: Content) -> None:
        asked: dict[str, list[str]] = {}
        for question in content.questions:
            asked.setdefault(question.section, []).append(question.text)
        sections = content.searched_sections()
        texts = [
            " ".join(
                (content.chapters[s.chapter].meta.title, s.heading, s.heading, plain(s.text), *asked.get(s.id, ()))
            )
            for s in sections
        ]
        self.passages = tuple(s.id for s in sections)
        self._stemmer = Stemmer.Stemmer("english")
        self._index = bm25s.BM25()
        self._index.index(self._tokens(texts), show_progress=False)

    def _tokens(self, texts: list[str]) -> list[list[str]]:
        found = bm25s.tokenize(texts, stopwords="en", stemmer=self._stemmer, return_ids=False, show_progress=False)
        return [tokens or [""] for tokens in found]  # bm25s cannot index a text without a word

    def scores(self, question: str) -> dict[str, float]:
        """Passages that share a word with the question, each from just above 0 to 1 (the best of them); {} if none does."""
        values: np.ndarray = self._index.get_scores(self._tokens([question])[0])
        best = float(values.max(initial=0.0))
        if best <= 0:
            return {}
        return {self.passages[i]: float(values[i]) / best for i in np.flatnonzero(values > 0)}
