"""Content -> the texts that are embedded: for each section its heading with text, and the questions it answers; and how sentences are cut.

A passage is a section; its id is `chapter#anchor`. Every row points to the passage it finds. Chapters that are not held have rows too,
so that a question about one finds "not held" instead of a near miss.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import spacy
from spacy.language import Language

from guidance.chapters import Section
from guidance.content import Content

RowKind = Literal["text", "question", "alias"]
NOT_HELD = "not-held:"
_WINDOW_WORDS, OVERLAP_WORDS = 110, 30
_MIN_SENTENCE_WORDS = 4


@dataclass(frozen=True, slots=True)
class Row:
    """One embedded text and the passage that it finds."""

    passage: str
    kind: RowKind
    text: str


@lru_cache(maxsize=1)
def _splitter() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp


def plain(markdown: str) -> str:
    """Markdown without its marks, for embedding only; what is shown keeps them."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", markdown)
    text = re.sub(r"^\s*(?:[-*>|]+|\d+\.)\s*", "", text, flags=re.M)
    return re.sub(r"\s+", " ", re.sub(r"[*_`|]", " ", text)).strip()


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """The spans of a section's sentences and list items: text[start:end] is word for word what the section says."""
    for line in re.finditer(r"[^\n]+", text):
        mark = re.match(r"\s*(?:[-*>]\s+)*", line[0])
        offset = line.start() + (mark.end() if mark else 0)
        body = text[offset : line.end()].rstrip()
        if re.fullmatch(r"[\s|:-]*", body):
            continue
        for sentence in _splitter()(body).sents:
            piece = sentence.text.rstrip()
            if len(piece.split()) >= _MIN_SENTENCE_WORDS:
                yield offset + sentence.start_char, offset + sentence.start_char + len(piece)


def rows(content: Content) -> list[Row]:
    """Every row that a search reads, in a fixed order: the rows of one passage stand together."""
    asked: dict[str, list[str]] = {}
    for question in content.questions:
        asked.setdefault(question.section, []).append(question.text)
    result: list[Row] = []
    for section in content.searched_sections():
        result += _windows(section)
        result += [Row(section.id, "question", text) for text in asked.get(section.id, ())]
    for entry in content.not_held.values():
        result += [Row(NOT_HELD + entry.id, "alias", text) for text in (entry.title, *entry.aliases)]
        result += [Row(NOT_HELD + entry.id, "question", text) for text in content.not_held_questions.get(entry.id, ())]
    return result


def _windows(section: Section) -> Iterator[Row]:
    tokens = plain(section.text).split()
    for start in range(0, max(1, len(tokens) - OVERLAP_WORDS), _WINDOW_WORDS - OVERLAP_WORDS):
        yield Row(section.id, "text", f"{section.heading}. {' '.join(tokens[start : start + _WINDOW_WORDS])}")
