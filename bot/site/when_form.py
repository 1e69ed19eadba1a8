"""A day, and a time where it counts, from a form: three fields as GOV.UK asks for a date, or free words -> the start, or what is wrong.

Used by bot/site/deadlines.py. Free words are read as in the chat (guidance/said_dates.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time

from guidance.content import Content
from guidance.date_phrases import MONTHS
from guidance.deadline_doubts import trouble_text
from guidance.deadlines import Start, start_of
from guidance.said_clocks import read_clocks
from guidance.said_dates import FIRST_YEAR, LAST_YEAR, DateReading, SaidDate, read_date

Errors = tuple[tuple[str, str], ...]
NO_DAY = "Enter the day from which it is counted, such as 18 12 2026"
NOT_REAL = "The date must be a real date, such as 18 12 2026"
NO_TIME = "Enter the time from which it is counted, such as 4pm or 16:30"
UNREAD_TIME = "Enter the time with am or pm, such as 4.30pm, or as 16:30"
UNREAD_WORDS = "Write a day, such as yesterday, last Tuesday or 18 December 2026"
TWO_DATES = "Give the day once: in the three boxes or in words"
_FIELDS = ("day", "month", "year")


@dataclass(frozen=True, slots=True)
class Entered:
    """The fields as they were typed."""

    day: str = ""
    month: str = ""
    year: str = ""
    time: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class When:
    """The start that was read, with how its words were read; or the errors, each with the id of its field."""

    start: Start | None = None
    reading: DateReading | None = None
    errors: Errors = ()


def read_when(content: Content, entered: Entered, by_clock: bool, now: datetime) -> When:
    """Read a filled-in form.

    by_clock  the limit runs hour by hour, so a time is needed
    """
    parts = [getattr(entered, name).strip() for name in _FIELDS]
    if entered.said.strip():
        return When(errors=((TWO_DATES, "said"),)) if any(parts) else _in_words(content, entered, by_clock, now)
    day = _day(*parts)
    if not isinstance(day, date):
        return When(errors=day)
    at, errors = _time(entered.time) if by_clock else (None, ())
    return When(Start(day, at), _reading(SaidDate(" ".join(parts), day, at)), ()) if not errors else When(errors=errors)


def _in_words(content: Content, entered: Entered, by_clock: bool, now: datetime) -> When:
    reading = read_date(entered.said, now)
    if reading.said is None:
        return When(errors=((UNREAD_WORDS, "said"),))
    if reading.said.trouble:
        return When(errors=((trouble_text(content, reading.said), "said"),))
    start = start_of(reading.said, None, now)
    assert start is not None
    if by_clock and start.time is None:
        at, errors = _time(entered.time)
        return When(Start(start.day, at), reading) if not errors else When(errors=errors)
    return When(start, reading)


def _day(day: str, month: str, year: str) -> date | Errors:
    filled = [bool(day), bool(month), bool(year)]
    if not any(filled):
        return ((NO_DAY, "day"),)
    missing = [name for name, there in zip(_FIELDS, filled) if not there]
    if missing:
        return ((f"The date must include a {' and a '.join(missing)}", missing[0]),)
    number = int(month) if month.isdecimal() else _month(month)
    if not (day.isdecimal() and year.isdecimal() and number):
        return ((NOT_REAL, "day"),)
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        return (("The year must have four numbers, such as 2026", "year"),)
    try:
        return date(int(year), number, int(day))
    except ValueError:
        return ((NOT_REAL, "day"),)


def _month(name: str) -> int:
    """12 for "December" or "dec"; 0 if it is no month."""
    return next((i + 1 for i, m in enumerate(MONTHS) if len(name) >= 3 and m.lower().startswith(name.lower())), 0)


def _time(typed: str) -> tuple[time | None, Errors]:
    typed = typed.strip().lower()
    if not typed:
        return None, ((NO_TIME, "time"),)
    clocks, _ = read_clocks(f"{typed} hrs" if re.fullmatch(r"\d{4}", typed) else f"at {typed}")
    if not clocks or clocks[0].at is None:
        return None, ((UNREAD_TIME, "time"),)
    return clocks[0].at, ()


def _reading(said: SaidDate) -> DateReading:
    return DateReading(said, (), "")
