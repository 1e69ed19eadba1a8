"""The sentences of every section, and where the words of each stand among the word vectors of an index: so that a search can mark the best
sentence of a passage without embedding sentences of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from guidance.content import Content
from index.passages import OVERLAP_WORDS, Row, plain, sentences

Pieces = Callable[[Sequence[str]], list[np.ndarray]]


@dataclass(frozen=True, slots=True)
class Mark:
    """One sentence: the passage's text[start:end], word for word, and words[first:last] of the index."""

    passage: str
    start: int
    end: int
    first: int
    last: int


def marks(content: Content, rows: Sequence[Row], word_starts: np.ndarray, pieces: Pieces) -> list[Mark]:
    """Every sentence that the model has read; those of one passage stand together.

    rows, word_starts  as in index.store.Embedded
    pieces             texts -> for each, the places (start, end) of its word pieces: (words, 2)
    """
    texts = [number for number, row in enumerate(rows) if row.kind == "text"]
    windows: dict[str, list[_Window]] = {}
    for number, places in zip(texts, pieces([rows[number].text for number in texts])):
        windows.setdefault(rows[number].passage, []).append(_Window(rows[number].text, places, int(word_starts[number])))
    found = []
    for section in content.searched_sections():
        for start, end in sentences(section.text):
            place = _place(section.text[start:end], windows[section.id])
            if place:
                found.append(Mark(section.id, start, end, *place))
    return found


@dataclass(frozen=True, slots=True)
class _Window:
    """A row of a passage's text, the places of its word pieces, and where these begin among all of the index."""

    text: str
    places: np.ndarray
    first: int


def _place(sentence: str, windows: Sequence[_Window]) -> tuple[int, int] | None:
    """The words of a sentence, in the first window that holds it. A long one may run over the window's end: its first words, which fit into the
    overlap, stand for it.
    """
    opening = " ".join(plain(sentence).split()[:OVERLAP_WORDS])
    for window in windows:
        at = window.text.find(opening)
        inside = np.flatnonzero((window.places[:, 0] >= at) & (window.places[:, 1] <= at + len(opening)))
        if opening and at >= 0 and len(inside):
            return window.first + int(inside[0]), window.first + int(inside[-1]) + 1
    return None
