"""Times that people say when they ask for a number ("saturday night", "monday 28 december", "after christmas") -> a moment.

Only what decides between a day line and the duty team is read: the day and the part of the day. A day on which something happens to a child,
or that somebody else named ("they said ring monday"), is not the time asked about. Runs in the app only: Rasa's environment has no dateparser.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from guidance.date_phrases import MONTHS
from guidance.followups import without_correction
from guidance.hours import LONDON, bank_holidays
from guidance.said_dates import coming_day
from guidance.text import lowered, words

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
_AFTER = re.compile(
    r"\b(?:after|past|from)\s+(\d{1,2})(?:\s*o'?\s?clock)?\b(?!\s*(?:am|pm|years?|days?|weeks?|months?|hours?|th|st|nd|rd|[a-z]{3,9}day|[:.]\d))", re.I
)
_SPELT = (
    (re.compile(r"\bgood (morning|afternoon|evening)\b"), " "),
    (re.compile(r"\bx-?mas\b"), "christmas"),
    (re.compile(r"\bbank hols?\b"), "bank holiday"),
)
_FEASTS = {
    "christmas": "Christmas Day",
    "boxing day": "Boxing Day",
    "new year": "New Year's Day",
    "good friday": "Good Friday",
    "easter": "Easter Monday",
    "bank holiday": "",
}
_FEAST = re.compile(rf"\b(?P<after>after\s+(?:the\s+)?)?(?P<name>{'|'.join(_FEASTS)})(?:'?s)?(?:\s+day)?\b")

_TIMES = re.compile(
    rf"{_CLOCK.pattern}|{_FEAST.pattern}|{_DAY.pattern}|{_PART.pattern}|\b\d+(?:st|nd|rd|th)?\b"
    rf"|\b(?:{'|'.join(MONTHS)}|eve|day|today|tonight|tomorrow)\b"
)

# A message is read clause by clause, so that what is told beside the question does not move it.
_CLAUSE = re.compile(r"[,.;!?]+(?!\d)|\b(?=(?:who|what number|which number|whats|what's)\b)|\b(?:but|because|cos)\b")
_PAST = re.compile(
    r"\b(?:said|says|saying|told|tells? (?:me|us)|rang|phoned|emailed|tried|spoke|happened|reported|referred|yesterday|ago|last (?!name\b)\w+)\b"
)
_DAY_OF_MONTH = re.compile(r"\bthe \d{1,2}(?:st|nd|rd|th)\b")
_BOUND = re.compile(
    rf"\b(?:until|till|til|before|by|since)\s+(?:the\s+|next\s+|at\s+)?(?:{_DAY.pattern}|tomorrow|christmas|new year|{_CLOCK.pattern})"
)
_ASKING = frozenset(
    words(
        "ring call phone tell contact text email reach speak number numbers line lines open opens opening opened shut shuts closed close closes "
        "answer answers answering answered there available manned hours cover covers about need want talk"
    )
)
_QUESTION = frozenset(words("can could will would do does is are who what which where how"))
_SUPPOSED = re.compile(r"\W*(?:(?:and|but|so|then|what)\s+)*if\b")  # "and if they were in peterborough on tuesday?"
_ON_DUTY = re.compile(r"\b(?:on (?:a |the )?(?:tonight|duty|shift|call|night|nights)|working|covering|nights)\b")
_OF_THE_CHILD = frozenset(words("he she they hes shes theyre he's she's they're mum dad mums dads parents family baby child kid boy girl school"))
_OF_THE_WRITER = frozenset(words("i we im ive we're were we've i'm i've"))
_PLAIN = frozenset(
    words(
        "a am an and are at be by do does for from have here if in is it it's its my now of on our right so the then this to until up what when will "
        "with working duty shift rota nights shifts"
    )
)


def said_moment(text: str, now: datetime) -> datetime | None:
    """The moment a message asks about, not before `now`; None if it asks about no day or time. `now` itself if it fits what was said."""
    told = lowered(without_correction(text))
    for pattern, word in _SPELT:
        told = pattern.sub(word, told)
    asked = " , ".join(_BOUND.sub(" ", clause) for clause in _CLAUSE.split(told) if not _is_told(clause))
    local = now.astimezone(LONDON)
    part = _hour(asked)
    day = _day(asked, now)
    if day is None and part is None:
        return None
    if day in (None, local.date()) and (part is None or abs(local.hour + local.minute / 60 - part) <= 4):
        return now
    moment = datetime.combine(day or local.date(), datetime.min.time(), LONDON) + timedelta(hours=12 if part is None else part)
    if moment >= now:
        return moment
    return now if day else moment + timedelta(days=1)


def said_beside(text: str, kept: datetime | None, now: datetime) -> datetime | None:
    """`said_moment`, where a day without its month ("what about the 28th") is one soon after the time spoken of before."""
    bare = _DAY_OF_MONTH.search(lowered(text)) and not re.search(rf"\b(?:{'|'.join(MONTHS)})", lowered(text))
    return said_moment(text, max(kept, now) if kept and bare else now)


def only_a_moment(text: str, now: datetime) -> bool:
    """True if a message says a day or a time and nothing else: "boxing day", "sorry, i meant christmas eve 4pm"."""
    told = lowered(without_correction(text))
    for pattern, word in _SPELT:
        told = pattern.sub(word, told)
    return said_moment(text, now) is not None and set(words(_TIMES.sub(" ", told))) <= _PLAIN


def _is_told(clause: str) -> bool:
    """True for a clause that tells what was, what somebody said, or what happens to a child ("they fly on 20 december"), and asks nothing."""
    if _PAST.search(clause):
        return True
    if _SUPPOSED.match(clause):
        return False
    said = words(_TIMES.sub(" ", clause))
    if _ASKING & set(said) or (said and said[0] in _QUESTION) or _ON_DUTY.search(clause):
        return False
    own = [word for word in said if word not in _PLAIN and word not in _OF_THE_WRITER]
    return bool(_OF_THE_CHILD & set(said)) or bool(_OF_THE_WRITER & set(said) and own)


def _hour(text: str) -> float | None:
    clock = _CLOCK.search(text)
    if clock and int(clock[1]) <= 12:
        return int(clock[1]) % 12 + (12 if clock[3].lower() == "pm" else 0) + int(clock[2] or 0) / 60
    after = _AFTER.search(text)
    if after and 1 <= int(after[1]) <= 11:  # "after 5": an office's hours are meant, so it is the afternoon or evening
        return int(after[1]) + 12.5
    if "tonight" in text or "2nite" in text or "tonite" in text:
        return _PARTS["night"]
    part = _PART.search(text)
    return _PARTS[part[1].lower()] if part else None


def _day(text: str, now: datetime) -> date | None:
    """The day asked about. A date ("monday 28 december") wins over the weekday beside it."""
    today = now.astimezone(LONDON).date()
    feast, named = _FEAST.search(text), _DAY.search(text)
    dated = None if feast and feast["after"] else coming_day(text, now)
    if dated:
        return dated
    if "tomorrow" in text:
        return today + timedelta(days=1)
    if re.search(r"\b(today|tonight|now)\b", text):
        return today
    wanted = next(i for i, d in enumerate(_DAYS) if d.startswith(named[1].lower()[:3])) if named else None
    if feast:
        day = _next_holiday(today, _FEASTS[feast["name"]], wanted if feast["name"] == "bank holiday" else None)
        return day + timedelta(days=1) if day and feast["after"] else day
    if "weekend" in text:
        return today if today.weekday() >= 5 else today + timedelta(days=5 - today.weekday())
    return None if wanted is None else today + timedelta(days=(wanted - today.weekday()) % 7)


def _next_holiday(today: date, name: str, weekday: int | None) -> date | None:
    """The next bank holiday of that name, on that weekday; any, where neither is said."""
    days = sorted(
        d
        for year in (today.year, today.year + 1)
        for d, n in bank_holidays(year).items()
        if d >= today and n.startswith(name) and weekday in (None, d.weekday())
    )
    return days[0] if days else None
