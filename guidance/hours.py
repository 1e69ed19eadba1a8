"""When a service answers: open now? opens or closes when? In Europe/London, with England's bank holidays.

The hours are OSM opening_hours strings; 'PH' is replaced by England's dates, since a GB-wide calendar misses the late summer holiday.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays
from opening_hours import OpeningHours

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class Opening:
    """is_open at the asked moment, and the next change (None if it never changes)."""

    is_open: bool
    opens_at: datetime | None
    closes_at: datetime | None


def bank_holidays(year: int) -> dict[date, str]:
    """England's bank holidays of one year, substitute days included."""
    return dict(holidays.country_holidays("GB", subdiv="ENG", years=year))


def holiday_name(at: datetime) -> str | None:
    """The bank holiday that this moment falls on, or None."""
    return bank_holidays(at.astimezone(LONDON).year).get(at.astimezone(LONDON).date())


@lru_cache(maxsize=512)
def _parsed(hours: str, year: int) -> OpeningHours:
    days = ",".join(f"{d.year} {d:%b %d}" for y in (year, year + 1) for d in sorted(bank_holidays(y)))
    return OpeningHours(hours.replace("PH", days), timezone=LONDON)


def opening(hours: str, at: datetime) -> Opening:
    """Evaluate an opening_hours string at a moment.

    hours   such as "Mo-Fr 09:00-17:00; PH off" or "24/7"
    at      any aware datetime
    raises  opening_hours.ParserError: the string is not in OSM's syntax (content lint finds it first)
    """
    local = at.astimezone(LONDON)
    parsed = _parsed(hours, local.year)
    is_open = bool(parsed.is_open(local))
    change = parsed.next_change(local)
    return Opening(is_open, None if is_open else change, change if is_open else None)
