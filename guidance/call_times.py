"""When somebody says that they rang ("today at 3.15pm", "20 minutes ago", "last night about 9") -> the moment, or that it is not clear.

A day without a clock time is not enough: 24 hours are counted from the call. Runs in the app only: Rasa's environment has no dateparser.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta

import dateparser

from guidance.hours import LONDON
from guidance.text import lowered

LONGEST_AGO = timedelta(days=92)
_HALVES = (
    (r"\bhalf (?:an )?hour ago\b", "30 minutes ago"),
    (r"\b(?:an|one) hour and a half ago\b|\b(?:one|1) and a half hours ago\b", "90 minutes ago"),
    (r"\bquarter of an hour ago\b", "15 minutes ago"),
    (r"\ba couple of (hours|minutes|mins) ago\b", r"2 \1 ago"),
    (r"\ba few (minutes|mins) ago\b", r"5 \1 ago"),
)
_AGO = re.compile(
    r"\b(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty)\s+(?:min(?:ute)?|hour|hr)s?\s+ago\b"
)
_NOW = re.compile(r"\b(?:just now|right now|just (?:rang|called|phoned)|a moment ago|this minute)\b|^now$")
_NUMBER = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12,
}  # fmt: skip
_HOUR = rf"(?P<h>\d{{1,2}}|{'|'.join(_NUMBER)})"
_HALF_DAY = r"\s*(?P<half>a\.?m\b\.?|p\.?m\b\.?)"
_CLOCKS = (
    re.compile(rf"\b(?P<past>half past|half|quarter past|quarter to)\s+{_HOUR}\b(?:{_HALF_DAY})?"),
    re.compile(rf"(?<![\d/]){_HOUR}(?:[:.](?P<m>\d{{2}}))?(?:\s*o'?clock)?{_HALF_DAY}"),
    re.compile(r"(?<![\d/.:])(?P<h>\d{1,2})[:.](?P<m>\d{2})(?![\d/.:])"),
    re.compile(r"(?<![\d/])(?P<h>[01]\d|2[0-3])(?P<m>[0-5]\d)\s*(?:hrs?|hours)?(?!\d)"),
    re.compile(
        rf"\b(?:at|about|around|roughly)\s+(?:about |around )?{_HOUR}\b(?!\s*(?:st|nd|rd|th|min|hour|day|/|[:.]\d))(?:\s*o'?clock)?"
    ),
    re.compile(rf"\b{_HOUR}\s*o'?clock\b"),
    re.compile(r"\b(?P<word>midday|noon|midnight)\b"),
)
_PARTS = {
    "morning": (0, 12),
    "afternoon": (12, 18),
    "evening": (16, 24),
    "tonight": (16, 24),
    "last night": (16, 24),
    "night": (16, 24),
}
_DAY = re.compile(
    r"\b(?:today|yesterday|the day before yesterday|tonight|last night|this (?:morning|afternoon|evening)|tomorrow"
    r"|(?:last |on |this )?(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
    r"|\d{1,2}/\d{1,2}(?:/\d{2,4})?|\d{4}-\d\d-\d\d|(?:the )?\d{1,2}(?:st|nd|rd|th)?(?: of)?"
    r" (?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*(?: \d{4})?"
    r"|the \d{1,2}(?:st|nd|rd|th))\b"
)
_BY_DAY = (7, 19)  # "at 10" of another day is taken for an hour of the working day; the caller is told how it was read
_MINUTES = {"half past": 30, "half": 30, "quarter past": 15, "quarter to": -15}


@dataclass(frozen=True, slots=True)
class CallTime:
    """`at` is None if the words do not give a day and a clock time; `future` is True if they give one that has not come yet."""

    at: datetime | None
    future: bool = False


def read_call_time(text: str, now: datetime) -> CallTime:
    """Read a moment in the past. A clock time alone is the last such time; one without am or pm the last that fits."""
    said, local = lowered(text), now.astimezone(LONDON)
    for pattern, words in _HALVES:
        said = re.sub(pattern, words, said)
    if _NOW.search(said):
        return CallTime(local.replace(second=0, microsecond=0))
    ago = _AGO.search(said)
    if ago:
        return _checked(_parsed(ago[0], local), now)
    named = _DAY.search(said)
    day = _parsed(re.sub(r"^(?:on|this) (?!morning|afternoon|evening)", "", named[0]), local) if named else None
    clock = next((m for p in _CLOCKS if (m := p.search(said.replace(named[0], " ", 1) if named else said))), None)
    if clock is None or (named and day is None):
        return CallTime(None)
    days = [day.date()] if day else [local.date(), local.date() - timedelta(days=1)]
    if named and day and day.weekday() == local.weekday() and named[0].removeprefix("on ")[:3] == f"{local:%a}".lower():
        days.append(local.date())  # "saturday" said on a Saturday
    moments = [datetime.combine(d, t, LONDON) for d in days for t in _times(clock, said)]
    past = [m for m in moments if m <= now]
    if local.date() not in days:
        past = [m for m in past if _BY_DAY[0] <= m.hour < _BY_DAY[1]] or past
    return _checked(max(past), now) if past else CallTime(None, future=bool(moments))


def _parsed(phrase: str, local: datetime) -> datetime | None:
    settings = {"DATE_ORDER": "DMY", "RELATIVE_BASE": local.replace(tzinfo=None), "PREFER_DATES_FROM": "past"}
    phrase = re.sub(
        r"^(?:last night|tonight|the )", lambda m: {"last night": "yesterday", "tonight": "today"}.get(m[0], ""), phrase
    )
    phrase = re.sub(r"^this (?:morning|afternoon|evening)$", "today", phrase)
    found: datetime | None = dateparser.parse(phrase, languages=["en"], settings=settings)  # type: ignore[arg-type]
    return found.replace(tzinfo=LONDON, second=0, microsecond=0) if found else None


def _checked(at: datetime | None, now: datetime) -> CallTime:
    if at is None or at < now - LONGEST_AGO:
        return CallTime(None)
    return CallTime(at) if at <= now else CallTime(None, future=True)


def _times(clock: re.Match[str], said: str) -> list[time]:
    """The times of day that a clock phrase may mean: two where it may be morning or afternoon."""
    named = clock.groupdict()
    if named.get("word"):
        return [time(0) if named["word"] == "midnight" else time(12)]
    hour = _NUMBER.get(named["h"]) if named["h"] in _NUMBER else int(named["h"])
    minute, past = int(named.get("m") or 0), _MINUTES.get(named.get("past") or "")
    if hour is None or hour > 23 or minute > 59:
        return []
    if past is not None:
        hour, minute = (hour, past) if past > 0 else (hour - 1, 60 + past)
    half, sure = named.get("half"), hour > 12 or (len(named["h"]) == 2 and named["h"].startswith("0"))
    hours = [hour % 24] if sure else [hour % 12, hour % 12 + 12]
    if half:
        hours = [hour % 12 + (12 if half.startswith("p") else 0)]
    elif not sure:
        part = next((span for word, span in _PARTS.items() if re.search(rf"\b{word}\b", said)), None)
        hours = [h for h in hours if part is None or part[0] <= h < part[1]] or hours
    return [time(h, minute) for h in hours if h < 24]
