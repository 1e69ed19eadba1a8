"""Times that people say when they ask for a number ("saturday night", "christmas day", "tomorrow morning") -> a moment.

Only what decides between a day line and the duty team is read: the day and the part of the day. Exact dates belong to the deadlines skill.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from guidance.hours import LONDON, bank_holidays

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY = re.compile(r"\b(mon|tues?|wed(?:nes)?|thurs?|fri|sat(?:ur)?|sun)(?:day)?s?\b", re.I)
_PARTS = {
    "morning": 10,
    "lunchtime": 12,
    "midday": 12,
    "noon": 12,
    "afternoon": 14,
    "evening": 20,
    "night": 22,
    "midnight": 23,
}
_PART = re.compile(r"\b(" + "|".join(_PARTS) + r")\b", re.I)
_CLOCK = re.compile(r"\b(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)\b", re.I)
_GREETING = re.compile(r"\bgood (morning|afternoon|evening)\b")
_FEASTS = {
    "christmas": "Christmas Day",
    "xmas": "Christmas Day",
    "boxing day": "Boxing Day",
    "new year": "New Year's Day",
    "good friday": "Good Friday",
    "easter monday": "Easter Monday",
}


def said_moment(text: str, now: datetime) -> datetime | None:
    """The moment a message speaks of, not before `now`; None if it names no day or time. `now` itself if it fits what was said."""
    lowered = _GREETING.sub(" ", text.lower())
    local = now.astimezone(LONDON)
    part = _hour(lowered)
    day = _day(lowered, local.date())
    if day is None and part is None:
        return None
    if day in (None, local.date()) and (part is None or abs(local.hour + local.minute / 60 - part) <= 4):
        return now
    moment = datetime.combine(day or local.date(), datetime.min.time(), LONDON) + timedelta(
        hours=12 if part is None else part
    )
    if moment >= now:
        return moment
    return now if day else moment + timedelta(days=1)


def _hour(text: str) -> float | None:
    clock = _CLOCK.search(text)
    if clock and int(clock[1]) <= 12:
        return int(clock[1]) % 12 + (12 if clock[3].lower() == "pm" else 0) + int(clock[2] or 0) / 60
    if "tonight" in text or "2nite" in text or "tonite" in text:
        return _PARTS["night"]
    part = _PART.search(text)
    return _PARTS[part[1].lower()] if part else None


def _day(text: str, today: date) -> date | None:
    if "tomorrow" in text:
        return today + timedelta(days=1)
    if re.search(r"\b(today|tonight|now)\b", text):
        return today
    for words, name in _FEASTS.items():
        if words in text:
            return _next_holiday(today, name)
    if "bank holiday" in text:
        return _next_holiday(today, "")
    if "weekend" in text:
        return today if today.weekday() >= 5 else today + timedelta(days=5 - today.weekday())
    named = _DAY.search(text)
    if named:
        wanted = next(i for i, d in enumerate(_DAYS) if d.startswith(named[1].lower()[:3]))
        return today + timedelta(days=(wanted - today.weekday()) % 7)
    return None


def _next_holiday(today: date, name: str) -> date | None:
    days = sorted(
        d
        for year in (today.year, today.year + 1)
        for d, n in bank_holidays(year).items()
        if d >= today and n.startswith(name)
    )
    return days[0] if days else None
