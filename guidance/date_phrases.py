"""The phrases in which people say a day ("friday the 18th", "18/12", "a week last tuesday", "an hour ago"): patterns, and names set right.

Each pattern has a kind, which says how guidance/said_dates.py reads it, and named groups: w or v weekday, d day, m month, y year, n and u
count and unit, mod and suf "last", "next" ... Earlier patterns take their words before later ones see them.
"""

from __future__ import annotations

import re
from difflib import get_close_matches

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_WD = r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)\b"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_NTH = r"\d{1,2}(?:st|nd|rd|th)\b"
_YEAR = r"(?:,?\s+(?P<y>(?:19|20)\d\d|'?[012]\d)\b(?!\s*(?:hours?|hrs?|days?|weeks?|months?|working|min)))?"
_LEAD = rf"(?:\b(?P<w>{_WD}),?\s+)?(?:the\s+)?(?<![\d/.:-])\b"
_TAIL = rf"(?:,?\s*\(?(?P<v>{_WD})\)?)?"
_ENDS = r"(?=\s*(?:$|[?.,;!)]|(?:at|when|what|by|how|if|then|instead|and|is|so|around)\b))"
_COUNT = r"\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|half an?|(?:a )?couple of"
FEASTS = {
    "christmas eve": "24 december",
    "christmas day": "25 december",
    "boxing day": "26 december",
    "new years eve": "31 december",
    "new years day": "1 january",
}
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("date", r"\b(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)\b"),
    ("date", rf"{_LEAD}(?P<d>\d{{1,2}})(?P<s>[/.-])(?P<m>\d{{1,2}})(?P=s)(?P<y>\d{{4}}|\d\d)\b{_TAIL}"),
    ("date", rf"{_LEAD}(?!24/7\b)(?P<d>\d{{1,2}})/(?P<m>\d{{1,2}})\b(?!/){_TAIL}"),
    ("date", rf"{_LEAD}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s*(?:of\s+)?(?P<m>{_MONTH}){_YEAR}{_TAIL}"),
    ("date", rf"{_LEAD}(?P<m>{_MONTH})\s+(?:the\s+)?(?P<d>{_NTH}|\d{{1,2}}\b(?!\s*[a-z])){_YEAR}{_TAIL}"),
    ("feast", r"\b(?:christmas eve|christmas day|boxing day|new year'?s eve|new year'?s day|good friday|easter monday)\b"),
    ("nth", rf"\b(?P<w>{_WD}),?\s+(?:the\s+)?(?P<d>{_NTH})"),
    ("nth", rf"(?:\bthe\s+|^(?:it was |on |and |from )*)(?P<d>{_NTH}){_ENDS}"),
    ("ago", rf"\b(?P<n>{_COUNT})\s+(?P<u>minute|min|hour|hr|day|week|fortnight|month)s?\s+ago\b(?!\s+(?:last|on)\b)"),
    ("week", rf"\b(?:a|one)\s+week\s+(?:ago\s+)?(?:last|on|past)\s+(?P<w>{_WD})|\btwo\s+(?P<v>{_WD[:-2]})s\s+ago\b"),
    ("last week", rf"\b(?P<w>{_WD})\s+(?:of\s+)?last\s+week\b|\blast\s+week\s+(?:on\s+)?(?P<v>{_WD})"),
    ("near", r"\b(?:(?:the\s+)?day\s+before\s+yesterday|yesterday|last\s+night|today|tonight|tomorrow)\b"),
    ("near", r"\bthis\s+(?:morning|afternoon|evening)\b|\b(?:just|right)\s+now\b|\bnow\b"),
    ("weekday", rf"\b(?:(?P<mod>last|previous|past|this|coming|next|on|since|from)\s+)?(?P<w>{_WD})(?P<suf>\s+(?:last|gone))?"),
)  # fmt: skip
MONTH_ALONE = re.compile(rf"(?<!\w)(?P<m>{_MONTH})")  # "no, december": read only after a day was spoken of
PHRASES = tuple((kind, re.compile(pattern)) for kind, pattern in _PATTERNS)


_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth"),
    *("fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth"),
    *(f"twenty {one}" for one in ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")), "thirtieth", "thirty first",
)  # fmt: skip
_SAYS = "|".join(word.replace(" ", "[ -]") for word in sorted(_ORDINALS, key=len, reverse=True))
# Only as a day: "the third of december", "thursday the twenty sixth", "sorry, it was the second"; no third meeting, and no second child.
_ORDINAL = re.compile(
    rf"(?:\b(?:{_SAYS})(?=\s+(?:of\s+)?{_MONTH})|(?<=day )(?:the )?(?:{_SAYS})\b|(?<=\bthe )(?:(?:twenty|thirty)[ -]\w+|thirtieth|twentieth)\b"
    rf"|(?<=it was the )(?:{_SAYS})$)"
)


def _in_figures(match: re.Match[str]) -> str:
    said = match[0].removeprefix("the ").replace("-", " ")
    if said not in _ORDINALS:
        return match[0]
    number = _ORDINALS.index(said) + 1
    ending = "th" if 10 < number < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{'the ' if match[0].startswith('the ') else ''}{number}{ending}"


def mended(text: str) -> str:
    """Misspelt names of days and months set right, and a day said in words put in figures ("the third of december"); nothing else is touched."""

    def one(match: re.Match[str]) -> str:
        return next(iter(get_close_matches(match[0], (*WEEKDAYS, *MONTHS, "yesterday", "tomorrow"), 1, 0.82)), match[0])

    return _ORDINAL.sub(_in_figures, re.sub(r"\b(?!\w+days\b)[a-z]{6,10}\b", one, text))
