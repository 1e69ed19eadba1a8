"""A question as it was meant: words that the embedding model knows only in pieces, put right where the procedures hold a word one slip away.

"how long does an assesment take" comes near to nothing, since the model has never seen its one telling word. A right word must not become
another one ("tickling" is no slip of "tackling"), so whatever the model knows, as it stands or without its ending, is left alone, and so is a
consonant in the place of another.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection

from guidance.content import Content
from guidance.text import words
from index.passages import plain
from index.spelling import Speller

_SHORTEST, _LEAST_USED = 6, 3  # letters; times in the procedures
_ENDINGS = (("s", ""), ("es", ""), ("ing", ""), ("ing", "e"), ("ed", ""), ("ed", "e"))
_VOWELS, _BEGINNING = frozenset("aeiouy"), 3


class Slips:
    """Puts the spelling of questions right."""

    def __init__(self, content: Content, vocabulary: Collection[str]) -> None:
        """vocabulary: the words that the embedding model knows whole, in lower case."""
        used = Counter(word for section in content.sections() for word in words(f"{section.heading} {plain(section.text)}"))
        self._right = frozenset(used) | frozenset(vocabulary)
        self._spell = Speller((w for w, times in used.items() if times >= _LEAST_USED and len(w) >= _SHORTEST and w.isalpha()), self._right)

    def __call__(self, question: str) -> str:
        """The question with its slips put right, and otherwise as it stands."""
        return re.sub(r"[A-Za-z]+", lambda found: self._meant(found[0]), question)

    def _meant(self, typed: str) -> str:
        word = typed.lower()
        if len(word) < _SHORTEST or self._is_known(word):
            return typed
        meant = self._spell(word)
        return meant if _is_slip(word, meant) else typed

    def _is_known(self, word: str) -> bool:
        bases = (word[: -len(ending)] + instead for ending, instead in _ENDINGS if word.endswith(ending))
        return word in self._right or any(base in self._right for base in bases)


def _is_slip(typed: str, meant: str) -> bool:
    """False for a word that differs in its plural alone, for a consonant in the place of another, and for a vowel in the place of another
    where words begin: people get those right."""
    if typed.rstrip("s") == meant.rstrip("s"):
        return False
    other = [i for i, (a, b) in enumerate(zip(typed, meant)) if a != b] if len(typed) == len(meant) else []
    return len(other) != 1 or (other[0] >= _BEGINNING and {typed[other[0]], meant[other[0]]} <= _VOWELS)
