"""The question sets and what makes a passage right. Gold is for measuring only: nothing here is indexed, trained on or shown.

dev_*.jsonl   questions with the chapter that answers them and the words that a right passage holds
must_not.jsonl  questions that the manual does not answer, in groups; the honest reply is no_passage or not_held
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property, lru_cache
from pathlib import Path

import msgspec

FOLDER = Path(__file__).parent / "questions"


class Question(msgspec.Struct, frozen=True, dict=True):
    """One answerable question. must_contain: for every group, one of its alternatives must stand in the passage."""

    id: str
    question: str
    audience: str
    kind: str
    chapter: str
    must_contain: list[list[str]]
    also: list[str] = []
    lines: list[list[int]] = []
    answer: str = ""
    style: str = "not stated"

    @cached_property
    def chapters(self) -> frozenset[str]:
        return frozenset((self.chapter, *self.also))

    @cached_property
    def wanted(self) -> list[list[tuple[str, str]]]:
        return [[(plain(a), _squeezed(plain(a))) for a in group] for group in self.must_contain]


class MustNot(msgspec.Struct, frozen=True):
    """One question that must not be answered, and why not."""

    id: str
    question: str
    audience: str
    group: str
    why: str
    style: str = "not stated"


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Text as it is compared: one form of quotes and spaces, no marks of emphasis, lower case."""
    text = unicodedata.normalize("NFKC", text).replace("’", "'").replace("‘", "'")
    return re.sub(r"\s+", " ", re.sub(r"[*_`]", "", text)).strip().lower()


@lru_cache(maxsize=4096)
def _squeezed(text: str) -> str:
    return re.sub(r"(?<=\d) (?=\d)", "", text)


def right(question: Question, chapter: str, text: str) -> bool:
    """True if a passage (its heading and text) from this chapter answers the question."""
    if chapter not in question.chapters:
        return False
    whole = plain(text)
    squeezed = _squeezed(whole)
    return all(any(a in whole or b in squeezed for a, b in group) for group in question.wanted)


def _read(paths: Iterable[Path], kind: type) -> list:  # type: ignore[type-arg]
    rows = [line for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [msgspec.convert(json.loads(row), kind) for row in rows]


def answerable(folder: Path = FOLDER) -> list[Question]:
    return _read(sorted(folder.glob("dev_*.jsonl")), Question)


def unanswerable(folder: Path = FOLDER) -> list[MustNot]:
    return _read(sorted(folder.glob("must_not*.jsonl")), MustNot)
