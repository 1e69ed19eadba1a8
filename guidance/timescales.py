"""A duty with a time limit and the moment its clock starts -> when it is due, with what was counted.

24 hours are hours of the clock; working days skip weekends and England's bank holidays. A duty without a number has no due time.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from guidance.contacts import say_clock, say_day
from guidance.hours import LONDON, bank_holidays
from guidance.records import Timescale


@dataclass(frozen=True, slots=True)
class Due:
    """When a duty is due. `at` is None if the manual gives no number; `whole_day` means by the end of that day."""

    at: datetime | None
    whole_day: bool
    counted: tuple[str, ...]

    @property
    def words(self) -> str:
        if self.at is None:
            return ""
        return (
            f"by the end of {say_day(self.at)}" if self.whole_day else f"by {say_clock(self.at)} on {say_day(self.at)}"
        )


def due(timescale: Timescale, start: datetime) -> Due:
    """Count from `start` (aware) as the timescale's unit says; direction 'before' counts backwards."""
    value, unit = timescale.within.value, timescale.within.unit
    if value is None or unit == "none":
        return Due(None, False, ())
    sign = -1 if timescale.direction == "before" else 1
    local = start.astimezone(LONDON)
    if unit == "hours":
        moment = (start.astimezone(timezone.utc) + timedelta(hours=sign * value)).astimezone(LONDON)
        return Due(moment, False, (f"{value:g} hours by the clock",))
    if unit == "working_days":
        return _working_days(local, int(value), sign)
    if unit in ("days", "weeks"):
        days = int(value) * (7 if unit == "weeks" else 1)
        return Due(local + timedelta(days=sign * days), True, (f"{days} days, weekends and holidays included",))
    return Due(
        _add_months(local, sign * int(value) * (12 if unit == "years" else 1)),
        True,
        (f"{value:g} {unit} by the calendar",),
    )


def _working_days(start: datetime, number: int, sign: int) -> Due:
    day, counted = start, list[str]()
    while len(counted) < number:
        day += timedelta(days=sign)
        if day.weekday() < 5 and day.date() not in bank_holidays(day.year):
            counted.append(say_day(day))
    return Due(day, True, tuple(counted))


def _add_months(start: datetime, months: int) -> datetime:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return start.replace(year=year, month=month + 1, day=min(start.day, calendar.monthrange(year, month + 1)[1]))
