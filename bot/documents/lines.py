"""What every format of the summary prints in the same words: contacts and time limits as lines, and which way a text runs."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

NO_BREAK = "\u00a0"


def contact_line(contact: dict[str, Any], space: str = " ") -> str:
    """One service: name, number or address, when it answers. `space` stands between the digits: print keeps them on one line."""
    reach = next((contact[k] for k in ("number", "email", "website", "text") if contact[k]), "")
    return f"{contact['name']}: {reach.replace(' ', space)}. {contact['why']}"


def deadline_line(deadline: dict[str, Any]) -> str:
    """One duty: what, who, how long, and by when."""
    by = f": {deadline['due_words']}" if deadline["due_words"] else ""
    return f"{deadline['duty']} ({deadline['who']}), {deadline['within']}{by}."


def runs_right_to_left(text: str) -> bool:
    """True if the first letter with a direction runs from right to left (Arabic, Urdu, Hebrew ...)."""
    return next((rtl for rtl in map(_direction, text) if rtl is not None), False)


def runs(text: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces of one direction; signs and digits go with the letters before them, at the start with those after."""
    rtl, piece = runs_right_to_left(text), ""
    for char in text:
        own = _direction(char)
        if own is not None and own != rtl:
            if piece:
                yield piece, rtl
            rtl, piece = own, ""
        piece += char
    if piece:
        yield piece, rtl


def _direction(char: str) -> bool | None:
    """True for a right-to-left letter, False for a left-to-right one, None for digits, signs and spaces."""
    return {"R": True, "AL": True, "L": False}.get(unicodedata.bidirectional(char))
