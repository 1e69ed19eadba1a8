"""The numbers -> the rows of one sheet of paper for the night desk: each need by day, and at night, at weekends and on bank holidays.

Paper cannot say who answers now, so each service stands where it answers, with its hours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from guidance.contacts import find_contacts, say_clock
from guidance.content import Content
from guidance.hours import LONDON, bank_holidays
from guidance.records import Contact

# The needs that somebody at a desk at night rings for; one sheet holds no more.
ROWS = {
    "emergency": "Danger now, badly hurt",
    "report-concern": "Worried about a child: referral",
    "police": "Police, not an emergency",
    "allegation": "Somebody who works with children (LADO)",
    "mental-health-crisis": "Mental health crisis",
    "mental-health-advice": "Mental health advice",
    "early-help": "Early help for a family",
    "child-helpline": "For a child to ring",
    "adult-helpline": "For an adult to ring",
    "bereavement": "A child has died: family",
}
_AT_NIGHT = {"report-concern": "out-of-hours", "allegation": "out-of-hours"}
_HOURS = {"always": "24 hours", "not-stated": "no hours printed", "office": "office hours", "out-of-office": "when the offices are shut"}
_DAYS = {"Mo-Fr": "Monday to Friday", "Mo-Su": "every day"}
_TIMES = re.compile(r"(?P<days>Mo-Fr|Mo-Su) (?P<from>\d\d:\d\d)-(?P<to>\d\d:\d\d)(; PH (off|(?P=from)-(?P=to)))?")


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    number: str
    hours: str
    conflicting: bool


@dataclass(frozen=True, slots=True)
class Row:
    """`night` is None where the same services answer day and night."""

    title: str
    day: tuple[Line, ...]
    night: tuple[Line, ...] | None


@dataclass(frozen=True, slots=True)
class Sheet:
    rows: tuple[Row, ...]
    holidays: tuple[tuple[date, str], ...]
    office_hours: str
    printed_on: date


def desk_sheet(content: Content, now: datetime) -> Sheet:
    """What stands on the sheet when it is printed at `now`."""
    day = _working_day(now)
    rows = [_row(content, need, title, day) for need, title in ROWS.items()]
    return Sheet(tuple(rows), next_holidays(now), content.office_day.note, now.astimezone(LONDON).date())


def next_holidays(now: datetime) -> tuple[tuple[date, str], ...]:
    """England's bank holidays of the twelve months from this day on."""
    first = now.astimezone(LONDON).date()
    last = first + timedelta(days=365)
    known = {**bank_holidays(first.year), **bank_holidays(first.year + 1)}
    return tuple((on, name) for on, name in sorted(known.items()) if first <= on <= last)


def _working_day(now: datetime) -> datetime:
    """Eleven o'clock on the next day on which offices are open."""
    at = now.astimezone(LONDON).replace(hour=11, minute=0, second=0, microsecond=0)
    while at.weekday() > 4 or at.date() in bank_holidays(at.year):
        at += timedelta(days=1)
    return at


def _row(content: Content, need: str, title: str, day: datetime) -> Row:
    saturday = day + timedelta(days=5 - day.weekday())
    shut = (day.replace(hour=3), saturday, saturday.replace(hour=20))  # what answers at only one of these has its hours beside it
    by_day = _lines(content, need, day)
    by_night = tuple(dict.fromkeys(line for at in shut for line in _lines(content, need, at)))
    return Row(title, by_day, None if set(by_night) == set(by_day) else by_night)


def _lines(content: Content, need: str, at: datetime) -> tuple[Line, ...]:
    chiefly = {need, _AT_NIGHT.get(need, need)}
    found = find_contacts(content, [need], None, "professional", at)
    return tuple(
        Line(c.contact.name, c.contact.number, _hours(c.contact), c.contact.status == "conflicting")
        for c in found
        if c.contact.number and c.open_now is not False and c.contact.needs[0] in chiefly
    )


def _hours(contact: Contact) -> str:
    times = _TIMES.fullmatch(contact.hours)
    if times:
        return f"{_clock(times['from'])} to {_clock(times['to'])}, {_DAYS[times['days']]}"
    return _HOURS.get(contact.hours) or contact.hours_printed or contact.hours


def _clock(time: str) -> str:
    return say_clock(datetime.combine(date(2000, 1, 1), datetime.strptime(time, "%H:%M").time(), LONDON))
