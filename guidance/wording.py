"""procedures_corpus/words.yml -> who is writing and which contact they need, read from everyday words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from guidance.records import Audience, Need, Record, convert
from guidance.text import words
from guidance.yaml_files import read_yaml


class WordLists(Record, frozen=True):
    audience: dict[Audience, tuple[str, ...]]
    needs: dict[Need, tuple[str, ...]]


def read_words(path: Path) -> WordLists:
    """Read words.yml.

    raises  ContentError: an unknown audience or need, or a list that is not one
    """
    return convert(read_yaml(path), WordLists, path)


def read_audience(text: str, lists: WordLists) -> str | None:
    """public, professional or child, if the words say who is writing; None if they do not."""
    return _first(text, lists.audience)


def read_need(text: str, lists: WordLists) -> str | None:
    """The need of contacts.yml that the words name, the most particular first; None if they name none."""
    return _first(text, lists.needs)


def _first(text: str, lists: Mapping[Any, Sequence[str]]) -> str | None:
    said = f" {' '.join(words(text))} "
    return next(
        (key for key, phrases in lists.items() if any(f" {' '.join(words(p))} " in said for p in phrases)), None
    )
