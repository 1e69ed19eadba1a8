"""Words that people misspell -> the nearest word that is known. Used by the word search and by the finder of time limits."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import distance, process

_SHORTEST = 5
_NEAR_ENOUGH = 0.86  # Damerau-Levenshtein similarity: one slip in seven letters


class Speller:
    """Corrects words that are in neither list to the nearest target."""

    def __init__(self, targets: Iterable[str], also_right: Iterable[str] = (), near_enough: float = _NEAR_ENOUGH) -> None:
        wanted = sorted(set(targets))
        self._right = frozenset(wanted) | frozenset(also_right)
        self._near_enough = near_enough
        self._alike: dict[str, list[str]] = {}  # by first letter: people seldom get that wrong, and it saves nine tenths of the looking
        for word in wanted:
            self._alike.setdefault(word[:1], []).append(word)

    def __call__(self, word: str) -> str:
        """The word itself if it is right, short, or like none."""
        if word in self._right or len(word) < _SHORTEST or not word.isalpha():
            return word
        best = process.extractOne(
            word, self._alike.get(word[0], ()), scorer=distance.DamerauLevenshtein.normalized_similarity, score_cutoff=self._near_enough
        )
        return best[0] if best else word
