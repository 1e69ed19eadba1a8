"""Days and times that people say ("friday 18 december", "18/12", "last tuesday at 4pm", "an hour ago") -> a day and a clock time.

Phrases are found here and read by dateparser, day before month. A day that cannot be, or whose weekday does not fit, is told as such and
never mended. Runs in the app only: Rasa's environment has no dateparser.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal

import dateparser
from dateutil.relativedelta import relativedelta, weekday

from guidance.date_phrases import FEASTS, MONTH_ALONE, MONTHS, PHRASES, WEEKDAYS, mended
from guidance.hours import LONDON, bank_holidays
from guidance.said_clocks import read_clocks
from guidance.text import lowered, words

Trouble = Literal["impossible", "weekday"]

_BACK_WORDS = (
    "was|were|had|happened|died|took|made|rang|got|been|told|did|said|found|sent|gave|went|heard|saw|met|held|knew|came|began|spoke|left|wrote|hit"
    "|hurt|brought"
)
_AHEAD = re.compile(
    r"\b(?:will|going to|(?:is|are) (?:on|due|at|set|planned|moving)|planned|coming|expected|expecting|moves|due on)\b"
    r"|(?<!were )(?<!was )(?<!been )\bmoving\b"
)
_SHOULD_IT = re.compile(  # "if the lado agrees it on monday", "when we move on friday": a condition in the present looks ahead
    r"\b(?:if|when|once|as soon as)\s+(?:(?:i|we|they|you)\s+(?!are\b|have\b|\w+ed\b)[a-z]+\b"
    r"|(?:(?:the|my|our|his|her|their|a|an)\s+(?:\w+\s+)?\w+|he|she|it|lado)\s+(?!(?:has|is|this|his|minutes|does)\b)[a-z]+s\b)"
)
_BACK = re.compile(rf"\b(?:{_BACK_WORDS})\b")
_DENIED = re.compile(r"\bnot\s+(?:on\s+|the\s+|from\s+|until\s+|till\s+)*$")
_MONTH_ONLY = 6  # words: "no, december obviously", not a sentence in which a month is named
_SOON = timedelta(60)
_HALF_A_YEAR, _NEXT = timedelta(182), timedelta(300)
FIRST_YEAR, LAST_YEAR = 1900, 2199  # what lies outside is a slip of the finger
_EXACT = ("minute", "min", "hour", "hr")


@dataclass(frozen=True, slots=True)
class SaidDate:
    """A day, a time, or both, as a message says them.

    day      None if only a time was said, or if the day is in trouble
    time     None if no time was said
    trouble  impossible: there is no such day or time; weekday: the weekday said does not fit the day
    others   with trouble: the days that may be meant; without: another year's day that the words fit too
    """

    words: str
    day: date | None = None
    time: time | None = None
    trouble: Trouble | None = None
    others: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class DateReading:
    """The date that a message states, the other days that it names, its words without dates and times, and whether they look ahead."""

    said: SaidDate | None
    more: tuple[date, ...]
    rest: str
    ahead: bool = False


@dataclass(frozen=True, slots=True)
class _Scene:
    """What a phrase is read against: the moment, the day spoken of before, and whether the words look ahead or back."""

    now: datetime
    near: date | None
    ahead: bool
    back: bool

    @property
    def today(self) -> date:
        return self.now.astimezone(LONDON).date()


def read_date(text: str, now: datetime, near: date | None = None) -> DateReading:
    """Read the day and time that a message states: the first day it names (not a mere "today" beside another), and its clock time.

    text  as typed, cleaned
    near  the day spoken of before: a day without a month, or a bare weekday, is looked for around it
    """
    clocks, left = read_clocks(mended(lowered(text)))
    back = bool(_BACK.search(left))
    scene = _Scene(now, near, bool(_AHEAD.search(left) or (not back and _SHOULD_IT.search(left))), back)
    found: list[tuple[int, SaidDate]] = []
    for kind, pattern in PHRASES:
        for match in pattern.finditer(left):
            said = _read(kind, match, scene)
            if said:
                if not _DENIED.search(left[: match.start()]):  # "not yesterday, it was thursday"
                    found.append((match.start(), said))
                left = left[: match.start()] + " " * len(match[0]) + left[match.end() :]
    if not found and near and (alone := MONTH_ALONE.search(left)) and len(words(left)) <= (2 if alone["m"] in ("may", "march", "mar") else _MONTH_ONLY):
        found.append((alone.start(), _dated(alone[0], {"d": str(near.day), "m": alone["m"]}, None, scene)))
        left = left.replace(alone[0], " ", 1)
    named = [said for _, said in sorted(found, key=lambda f: f[0])]
    days = [said for said in named if said.day != scene.today] or named[:1]
    first = days[0] if days else None
    for clock in clocks[:1]:
        if clock.at is None:
            first = SaidDate(clock.words, trouble="impossible")
        elif first is None:
            first = SaidDate(clock.words, time=clock.at)
        else:
            first = replace(first, time=clock.at)
    more = dict.fromkeys(said.day for said in days[1:] if said.day and first and said.day != first.day)
    return DateReading(first, tuple(more), " ".join(left.split()), scene.ahead)


def coming_day(text: str, now: datetime) -> date | None:
    """The next day that fits a date or a feast ("monday 28 december", "the 28th", "boxing day"), for who asks about what is to come.

    The number wins over a weekday beside it that does not fit. None if no such day is named, or one without a year that has only just been.
    """
    left, today = read_clocks(mended(lowered(text)))[1], now.astimezone(LONDON).date()
    for kind, pattern in PHRASES:
        match = pattern.search(left) if kind in ("date", "feast", "nth") else None
        said = _read(kind, match, _Scene(now, None if kind == "nth" else today + _HALF_A_YEAR, True, False)) if match else None
        day = (said.day or next(iter(said.others), None)) if said else None
        if day and today <= day <= today + _NEXT:
            return day
    return None


def _parsed(phrase: str, now: datetime) -> datetime | None:
    settings = {
        "DATE_ORDER": "DMY",
        "RELATIVE_BASE": now.astimezone(LONDON).replace(tzinfo=None),
        "PREFER_DATES_FROM": "past",
        "RETURN_AS_TIMEZONE_AWARE": False,
    }
    found: datetime | None = dateparser.parse(phrase, languages=["en"], settings=settings)
    return found


def _read(kind: str, match: re.Match[str], scene: _Scene) -> SaidDate | None:
    words, named = " ".join(match[0].split()), match.groupdict()
    index = next((i for i, d in enumerate(WEEKDAYS) if d[:3] == (named.get("w") or named.get("v") or "")[:3]), None)
    if kind == "date":
        return _dated(words, named, index, scene)
    if kind == "feast":
        return _feast(words, scene)
    if kind == "nth":
        return _nth(words, int(named["d"][:-2]), index, scene)
    if kind == "ago":
        return _ago(words, named["n"], named["u"], scene)
    if kind == "near":
        at = _parsed(re.sub(r"tonight|right now", "today", words), scene.now)
        exact = at.time().replace(second=0, microsecond=0) if at and words.endswith("now") else None
        return SaidDate(words, at.date(), exact) if at else None
    if index is None:
        return None
    if kind == "week":
        return SaidDate(words, scene.today + relativedelta(days=-1, weekday=weekday(index)(-1)) - timedelta(7))
    if kind == "last week":
        return SaidDate(words, scene.today - timedelta(scene.today.weekday() + 7 - index))
    return _weekday(words, index, named, scene)


def _dated(words: str, named: dict[str, str], index: int | None, scene: _Scene) -> SaidDate:
    """A day and a month: without a year, the nearest such day; the year before is kept as another possibility."""
    number, month, year = re.sub(r"\D", "", named["d"]), named["m"].strip("."), (named.get("y") or "").strip("'")
    anchor = scene.near or scene.today
    years = [int(year) + (2000 if len(year) == 2 else 0)] if year else [anchor.year + n for n in (-1, 0, 1)]
    form = "{0}/{1}/{2}" if month.isdigit() else "{0} {1} {2}"
    read = [(y, _parsed(form.format(number, month, y), scene.now)) for y in years]
    days = [
        r.date()
        for y, r in read
        if r
        and FIRST_YEAR <= y <= LAST_YEAR
        and (r.year, r.day) == (y, int(number))
        and month in (str(r.month), f"{r:%m}", *_names(r))
    ]
    if not days:
        return SaidDate(words, trouble="impossible")
    day = min(days, key=lambda d: abs(d - anchor))
    before = tuple(d for d in days if d < day and (index is None or d.weekday() == index))[-1:]
    if index is not None and day.weekday() != index:
        past = next((d for d in before if anchor - d <= timedelta(366)), None)
        if past and day - scene.today > _SOON and not scene.ahead:  # the weekday tells which year; a date near by may be a slip, so it is asked
            return SaidDate(words, past)
        fits = day + relativedelta(days=-3, weekday=weekday(index)(1))
        return SaidDate(words, trouble="weekday", others=(day, fits, *before))
    unsure = index is None and day > scene.today and not scene.ahead and scene.near is None
    return SaidDate(words, day, others=before if unsure else ())


def _names(at: datetime) -> tuple[str, ...]:
    name = MONTHS[at.month - 1]
    return (name, name[:3], name[:4])


def _feast(words: str, scene: _Scene) -> SaidDate | None:
    anchor = scene.near or scene.today
    fixed = FEASTS.get(words.replace("'", ""))
    if fixed:
        return _dated(words, dict(zip("dm", fixed.split())), None, scene)
    days = [
        d
        for y in (anchor.year - 1, anchor.year, anchor.year + 1)
        for d, n in bank_holidays(y).items()
        if n.lower() == words
    ]
    return SaidDate(words, min(days, key=lambda d: abs(d - anchor))) if days else None


def _nth(words: str, number: int, index: int | None, scene: _Scene) -> SaidDate:
    """A day of the month: around the day spoken of before, else the last such day (the next, if the words look ahead)."""
    anchor = scene.near or scene.today
    firsts = [anchor.replace(day=1) + relativedelta(months=n) for n in (-2, -1, 0, 1, 2)]
    days = [f + timedelta(number - 1) for f in firsts if number > 0 and (f + timedelta(number - 1)).month == f.month]
    if scene.near is None:
        days = [d for d in days if (d >= anchor if scene.ahead else d <= anchor)]
    if not days:
        return SaidDate(words, trouble="impossible")
    day = min(days, key=lambda d: abs(d - anchor))
    if index is not None and day.weekday() != index:
        return SaidDate(words, trouble="weekday", others=(day, day + relativedelta(days=-3, weekday=weekday(index)(1))))
    return SaidDate(words, day)


def _ago(words: str, count: str, unit: str, scene: _Scene) -> SaidDate | None:
    if count.startswith("half"):
        count, unit = "30", "minute"
    at = _parsed(f"{'2' if 'couple' in count else count} {unit} ago", scene.now)
    if at is None or at.year < FIRST_YEAR:
        return None
    return SaidDate(words, at.date(), at.time().replace(second=0, microsecond=0) if unit in _EXACT else None)


def _weekday(words: str, index: int, named: dict[str, str], scene: _Scene) -> SaidDate | None:
    mod, today = named.get("mod") or named.get("suf"), scene.today
    if len(named["w"]) <= 3 and not mod:  # "the child sat", "in the sun"
        return None
    if mod and mod.strip() in ("last", "previous", "past", "gone"):
        return SaidDate(words, today + relativedelta(days=-1, weekday=weekday(index)(-1)))
    if mod in ("next", "coming") or (mod == "this" and not scene.back):
        return SaidDate(words, today + relativedelta(days=1, weekday=weekday(index)(1)))
    if scene.near:
        return SaidDate(words, scene.near + relativedelta(days=-3, weekday=weekday(index)(1)))
    return SaidDate(words, today + relativedelta(weekday=weekday(index)(1 if scene.ahead else -1)))
