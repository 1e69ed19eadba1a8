"""The sentences of every section, and where the words of each stand among the word vectors of an index: so that a search can mark the best
sentence of a passage without embedding sentences of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
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
    windows: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        if row.kind == "text":
            windows.setdefault(row.passage, []).append(number)
    numbers = [number for own in windows.values() for number in own]
    read = dict(zip(numbers, pieces([rows[number].text for number in numbers])))
    found = (
        _place(section.id, section.text[start:end], start, end, rows, windows[section.id], read, word_starts)
        for section in content.searched_sections()
        for start, end in sentences(section.text)
    )
    return [mark for mark in found if mark]


def _place(
    passage: str, said: str, start: int, end: int, rows: Sequence[Row], windows: Sequence[int], read: dict[int, np.ndarray], word_starts: np.ndarray
) -> Mark | None:  # fmt: skip
    """A sentence in the first window that holds it. A long one may run over the window's end: its first words, which fit into the overlap, stand for it."""
    opening = " ".join(plain(said).split()[:OVERLAP_WORDS])
    for number in windows:
        at = rows[number].text.find(opening)
        inside = list(_within(read[number], at, at + len(opening))) if opening and at >= 0 else []
        if inside:
            return Mark(passage, start, end, int(word_starts[number]) + inside[0], int(word_starts[number]) + inside[-1] + 1)
    return None


def _within(places: np.ndarray, start: int, end: int) -> Iterator[int]:
    return (i for i, (first, last) in enumerate(places) if first >= start and last <= end)
