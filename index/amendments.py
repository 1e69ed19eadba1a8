"""Words -> the entries of amendments.yml about that chapter or subject, by the chapter's title or, failing that, by what changed.

Titles are matched by words and by meaning; letters are spelt out from the glossary first (FGM, LADO). Made once per process; nothing stored.
Used by actions/changes.py and the API.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import Stemmer

from guidance.content import Content
from guidance.records import Amendment
from guidance.text import words
from index.guide import Guide

MEANING, WORDS = 0.6, 0.4
FITS, SPREAD = 0.44, 0.16  # between what fitted and what did not, on 40 subjects: docs/decisions/0011

# Words in which people ask about changes; they name no chapter.
_ASKING = frozenset(
    words(
        """
        a about added ago all amended amendment amendments an and any anything are area at been being by came can change changed changes chapter
        chapters child children contents could date dated dates deleted dropped derby derbyshire did do does edited ever find for from give guidance had has
        have how i in into is it its just kind last lately latest list local log made manual manual's me more most much multi agency my new
        newest of on one or other our out page peterborough cambridgeshire cambs please plz policy procedure procedures protocol published
        recent recently removed reviewed reviews revised revision see show since some tell taken than that the their there these they thing things
        this to update updated updates version was we went were what what's whats when when's whens where which with withdrawn working
        """
    )
)


class AmendmentFinder:
    """Finds entries by chapter or subject."""

    def __init__(self, content: Content, encode: Callable[[Sequence[str]], np.ndarray]) -> None:
        self._content, self._encode, self._stemmer = content, encode, Stemmer.Stemmer("english")
        self._titles = tuple(dict.fromkeys(a.chapter for a in content.amendments if not a.chapter.startswith("(")))
        self._vectors = encode(self._titles)
        self._stems = [frozenset(self._stemmed(title)) for title in self._titles]
        self._letters = {e.term.lower(): e.expansion for e in content.glossary if e.expansion and e.term[:2].isupper()}

    def names_a_chapter(self, text: str) -> bool:
        """True if any word is left that is not only a way to ask about changes."""
        return bool(self._stemmed(text))

    def find(self, text: str) -> tuple[Amendment, ...]:
        """The entries about the chapter or subject that a message names, in the order of the file; () if none is."""
        asked = " ".join(word for word in words(text) if word not in _ASKING)
        if not asked:
            return ()
        scores = np.max([self._scores(variant) for variant in self._variants(asked)], axis=0)
        best = float(scores.max())
        if best >= FITS:
            meant = {title for title, score in zip(self._titles, scores) if score >= max(FITS, best - SPREAD)}
            letters = {word for word in asked.split() if word in self._letters}
            return tuple(a for a in self._content.amendments if a.chapter in meant or letters & set(words(a.change)))
        stems = set(self._stemmed(asked))
        return tuple(a for a in self._content.amendments if stems <= set(self._stemmed(f"{a.chapter} {a.change}")))

    def _variants(self, asked: str) -> list[str]:
        """The words as typed, with letters spelt out, and the titles of held chapters that go by that name."""
        spelt = " ".join(self._letters.get(word) or word for word in asked.split())
        held = [
            chapter.meta.title
            for chapter in self._content.chapters.values()
            if set(asked.split()) <= {*chapter.id.split("-"), *words(chapter.meta.title)}
        ]
        return list(dict.fromkeys((asked, spelt, *held[:2])))

    def _scores(self, text: str) -> np.ndarray:
        stems = set(self._stemmed(text)) or {""}
        shares = np.array([len(stems & held) / len(stems) for held in self._stems])
        return np.asarray(MEANING * (self._vectors @ self._encode([text])[0]) + WORDS * shares)

    def _stemmed(self, text: str) -> list[str]:
        return [self._stemmer.stemWord(word) for word in words(text) if word not in _ASKING]


_made: dict[tuple[str, int], AmendmentFinder] = {}


def amendment_finder(guide: Guide) -> AmendmentFinder:
    """The finder for a guide, made on first use and kept."""
    key = (guide.content.sha256, id(guide.embedder))
    if key not in _made:
        _made[key] = AmendmentFinder(guide.content, guide.embedder.encode)
    return _made[key]
