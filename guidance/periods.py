"""Months and years that people say ("in 2019", "since january 2021", "between 2016 and 2018", "last year") -> a span of months.

Used by the skill changes. A year stands for its twelve months; "since" includes what it names, "after" and "before" do not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from guidance.date_phrases import MONTHS, mended

_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b"
_YEAR = r"(?:19|20)\d\d"


def _point_pattern(number: int, year: str = "?") -> str:
    """A month, with its year or (year "?") perhaps without, or a year; the groups are numbered, since two may stand in one pattern."""
    n = number
    return (
        rf"(?:(?:the\s+)?(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?P<m{n}>{_MONTH})\.?(?:,?\s+(?P<y{n}>{_YEAR})\b){year}"
        rf"|(?P<n{n}>\d{{1,2}})/(?P<z{n}>{_YEAR})\b|(?P<i{n}>{_YEAR})(?:-(?P<j{n}>\d\d))?\b(?!/))"
    )


_PATTERNS = (
    ("between", re.compile(rf"\b(?:between|from)\s+{_point_pattern(1)}\s+(?:and|to|until|till|-)\s+{_point_pattern(2)}")),
    ("last", re.compile(r"\b(?:in\s+|over\s+|within\s+)?(?:the\s+)?(?:last|past)\s+(?P<n>\d{1,2}|few|couple\s+of|six|two|three|five)\s+(?P<u>month|year)s\b")),
    ("year", re.compile(r"\b(?P<w>last|this)\s+(?P<u>month|year)\b")),
    ("since", re.compile(rf"\b(?P<w>since|from|after|before|until|up\s+to|prior\s+to|by)\s+{_point_pattern(1)}")),
    ("in", re.compile(rf"\b(?:in|during|for|of|dated)\s+{_point_pattern(1)}")),
    ("in", re.compile(rf"\b{_point_pattern(1, '')}")),
    ("in", re.compile(rf"\b(?!may\b|march\b){_point_pattern(1)}")),
)  # fmt: skip
_COUNTS = {"few": 3, "couple of": 2, "two": 2, "three": 3, "five": 5, "six": 6}


@dataclass(frozen=True, slots=True)
class Period:
    """The first and last month, "2019-01" to "2019-12"; None where it is open. `rest` is the text without it; `wrong` what cannot be."""

    first: str | None
    last: str | None
    rest: str
    wrong: str | None = None

    def holds(self, dated: str) -> bool:
        """True if a month ("2019-07") or a year ("2014") lies in the period, or partly so."""
        start, end = (dated, dated) if "-" in dated else (f"{dated}-01", f"{dated}-12")
        return (self.first is None or end >= self.first) and (self.last is None or start <= self.last)


def read_period(text: str, today: date) -> Period:
    """The span of months that a message names; open at both ends if it names none."""
    lowered = mended(text.lower())
    for kind, pattern in _PATTERNS:
        match = pattern.search(lowered)
        if match is None:
            continue
        rest = f"{lowered[: match.start()]} {lowered[match.end() :]}"
        try:
            first, last = _span(kind, match, today)
        except ValueError:
            return Period(None, None, rest, match[0].strip())
        return Period(first, last, rest)
    return Period(None, None, lowered)


def _span(kind: str, match: re.Match[str], today: date) -> tuple[str | None, str | None]:
    said = match.groupdict()
    if kind == "last":
        count = int(said["n"]) if (said["n"] or "").isdigit() else _COUNTS.get(" ".join((said["n"] or "").split()), 1)
        back = relativedelta(months=count) if said["u"] == "month" else relativedelta(years=count)
        return f"{today - back:%Y-%m}", None
    if kind == "year":
        day = today - (
            relativedelta(months=said["u"] == "month", years=said["u"] == "year")
            if said["w"] == "last"
            else relativedelta()
        )
        return (f"{day:%Y-%m}",) * 2 if said["u"] == "month" else (f"{day.year}-01", f"{day.year}-12")  # type: ignore[return-value]
    first, last = _point(said, 1, today)
    if kind == "between":
        return first, _point(said, 2, today)[1]
    word = " ".join((said.get("w") or "").split())
    if word in ("since", "from"):
        return first, None
    if word == "after":
        return _shifted(last, 1), None
    if word in ("before", "prior to"):
        return None, _shifted(first, -1)
    return (None, last) if word else (first, last)


def _point(said: dict[str, str | None], number: int, today: date) -> tuple[str, str]:
    """The first and last month of a month or a year as said; a month without a year is the last such month.

    raises  ValueError: there is no such month
    """
    name, year = said[f"m{number}"], said[f"y{number}"] or said[f"z{number}"] or said[f"i{number}"]
    digits = said[f"n{number}"] or said[f"j{number}"]
    if name is None and digits is None:
        return f"{year}-01", f"{year}-12"
    month = next(i for i, m in enumerate(MONTHS, 1) if m[:3] == name[:3]) if name else int(digits or 0)
    if year is None:
        year = str(today.year if month <= today.month else today.year - 1)
    at = f"{date(int(year), month, 1):%Y-%m}"
    return at, at


def _shifted(month: str, by: int) -> str:
    return f"{date.fromisoformat(f'{month}-01') + relativedelta(months=by):%Y-%m}"
