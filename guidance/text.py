"""What a person typed -> text that is safe to read on: one Unicode form, nothing invisible, no leading slash, capped.

The danger check scans the cleaned text whole; only afterwards is it capped. Runs on both sides.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

MAX_QUESTION_CHARS = 2000

_INVISIBLE = {
    "Cc",
    "Cf",
    "Co",
    "Cs",
    "Cn",
}  # control, format (bidirectional, zero-width, tags), private, surrogate, unassigned
_KEPT = {"\n", "\t"}


def clean(text: str) -> str:
    """Normalise to NFKC and remove control, bidirectional, zero-width and tag characters."""
    text = unicodedata.normalize("NFKC", text)
    kept = (c if c not in _KEPT else " " for c in text if c in _KEPT or unicodedata.category(c) not in _INVISIBLE)
    return re.sub(r"\s+", " ", "".join(kept)).strip()


def without_command(text: str) -> str:
    """Neutralise slash commands: Rasa would read a leading '/' as an intent with slots."""
    return re.sub(r"^[/\\\s]+", "", text)


def without_markup(text: str) -> str:
    """The words without tags, braces and what else belongs to a program: typed or pasted, they say nothing of what is asked."""
    return " ".join(re.sub(r"<[^<>]*>|[{}\[\]<>|\\\"]+", " ", text).split())


def capped(text: str, limit: int = MAX_QUESTION_CHARS) -> str:
    """At most `limit` characters, cut at a word where possible."""
    if len(text) <= limit:
        return text
    return text[:limit].rsplit(" ", 1)[0]


def lowered(text: str) -> str:
    """Lower case, with straight apostrophes: how patterns are looked for."""
    return text.lower().replace("’", "'")


def sentences(text: str) -> list[str]:
    """What a person typed, cut after full stops, question marks and exclamation marks."""
    return [piece for piece in re.split(r"(?<=[.!?])\s+", text) if piece]


def words(text: str) -> list[str]:
    """Lower-case words, straight apostrophes kept inside them."""
    return re.findall(r"[a-z0-9]+(?:'[a-z]+)?", lowered(text).replace("‘", "'"))


def holds(text: str, phrases: Iterable[str]) -> bool:
    """True if one of the phrases stands in the text, word for word."""
    said = f" {' '.join(words(text))} "
    return any(f" {' '.join(words(phrase))} " in said for phrase in phrases)


def has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


def added(before: str | None, more: str) -> str:
    """What was told, and on a line of its own what is told now."""
    return "\n".join(filter(None, (before, more)))
