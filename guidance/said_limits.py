"""Lengths of time that people believe to be the limit ("it's 5 days isn't it?", "within 24 hours?") -> limits to hold against the manual's.

How long ago something was, or how old somebody is, is not a limit and is left alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from guidance.records import Limit, Unit
from guidance.text import lowered

_COUNTS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "fifteen": 15, "twenty": 20,
}  # fmt: skip
_UNITS: tuple[tuple[str, Unit], ...] = (
    ("hour", "hours"),
    ("hr", "hours"),
    ("day", "days"),
    ("week", "weeks"),
    ("month", "months"),
    ("year", "years"),
)
_LENGTH = re.compile(
    rf"\b(?P<n>\d{{1,3}}|{'|'.join(_COUNTS)})(?:st|nd|rd|th)?[\s-]*(?P<w>(?:working|business|school)\s+)?(?P<u>hour|hr|day|week|month|year)s?\b"
    r"(?!\s*(?:ago|old|later|before|after|since|pregnant|gone|time))"
)
_FORTNIGHT = re.compile(r"\b(?:a\s+)?fortnight\b(?!\s+ago)")
_BELIEF = re.compile(
    r"\b(?:isn'?t|is\s+it|aren'?t|don'?t|doesn'?t|right|correct|true|innit|yeah|thought|told|believe|sure|it'?s|that'?s|within|only|still|has\s+to\s+be|we\s+have|i\s+have|we\s+get|i\s+get|got)\b"
)
_DAYS = {"days": 1, "weeks": 7}


@dataclass(frozen=True, slots=True)
class SaidLimit:
    """A length of time as said, and what it is."""

    words: str
    limit: Limit

    def agrees_with(self, limit: Limit) -> bool:
        """True if it is the same length, counted in the same way: 2 weeks are 14 days, but 3 days are not 3 working days."""
        return _plain(self.limit) == _plain(limit)


def read_limits(text: str) -> list[SaidLimit]:
    """Every length of time that a message gives as the limit, in order; [] if it only mentions one."""
    return read_lengths(text) if _BELIEF.search(lowered(text)) else []


def read_lengths(text: str) -> list[SaidLimit]:
    """Every length of time that a message names, whether or not it gives it as the limit: "the 35th working day" names 35 working days."""
    said = lowered(text)
    found = [SaidLimit(" ".join(m[0].split()), _limit(m)) for m in _LENGTH.finditer(said)]
    return found + [SaidLimit(m[0], Limit(value=2, unit="weeks")) for m in _FORTNIGHT.finditer(said)]


def _limit(match: re.Match[str]) -> Limit:
    unit = next(u for name, u in _UNITS if name == match["u"])
    number = int(match["n"]) if match["n"].isdigit() else _COUNTS[match["n"]]
    return Limit(value=number, unit="working_days" if match["w"] and unit == "days" else unit)


def _plain(limit: Limit) -> tuple[float | None, str]:
    if limit.unit in _DAYS and limit.value is not None:
        return limit.value * _DAYS[limit.unit], "days"
    return limit.value, limit.unit
