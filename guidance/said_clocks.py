"""Clock times that people say ("4pm", "16:30", "half past 3 in the afternoon", "midday") -> times of day, and the text without them.

A time that may be morning or afternoon ("at 4") is not read: the asker is asked. Used by guidance/said_dates.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

_PART = (
    r"(?:\s*(?P<part>a\.?m\.?|p\.?m\.?)(?![a-z])|\s+(?:in\s+the|this|yesterday)\s+(?P<spell>morning|afternoon|evening))"
)
_AT = r"(?:\b(?:at|around|about|by|from)\s+|@\s*)?"
_PATTERNS = (
    re.compile(rf"{_AT}\b(?P<past>half past|quarter past|quarter to)\s+(?P<h>\d{{1,2}}){_PART}"),
    re.compile(rf"{_AT}\b(?P<h>\d{{1,2}})(?:[:.](?P<m>\d{{2}}))?(?:\s*o'?clock)?{_PART}"),
    re.compile(rf"{_AT}(?<![\d/.:])\b(?P<h>\d{{1,2}}):(?P<m>\d{{2}})\b(?::\d{{2}})?"),
    re.compile(r"\b(?:at|@)\s*(?P<h>\d{1,2})\.(?P<m>\d{2})\b(?!\.\d)"),
    re.compile(rf"{_AT}\b(?P<h>[01]\d|2[0-3])(?P<m>[0-5]\d)\s*(?:hrs|hours|h)\b"),
    re.compile(rf"{_AT}\b(?P<word>midday|noon|midnight)\b"),
)
_UNCLEAR = re.compile(
    rf"{_AT}\b(?:(?:half past|quarter past|quarter to)\s+\d{{1,2}}|\d{{1,2}}\s*o'?clock)\b|\bat\s+\d{{1,2}}\b(?!\s*[a-z/.:\d])"
)
_WORDS = {"midday": time(12), "noon": time(12), "midnight": time(0)}
_MINUTES = {"half past": 30, "quarter past": 15, "quarter to": 45}


@dataclass(frozen=True, slots=True)
class Clock:
    """A time as said; `at` is None if there is no such time (25:00)."""

    words: str
    at: time | None


def read_clocks(text: str) -> tuple[list[Clock], str]:
    """Every clock time of a lower-case text, in order, and the text with blanks in their places."""
    found: list[tuple[int, Clock]] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            found.append((match.start(), Clock(" ".join(match[0].split()), _read(match.groupdict()))))
            text = text[: match.start()] + " " * len(match[0]) + text[match.end() :]
    text = _UNCLEAR.sub(lambda match: " " * len(match[0]), text)
    return [clock for _, clock in sorted(found, key=lambda f: f[0])], text


def _read(said: dict[str, str | None]) -> time | None:
    word = said.get("word")
    if word:
        return _WORDS[word]
    hour, minute = int(said["h"] or 0), int(said.get("m") or 0)
    past = said.get("past")
    if past:
        hour, minute = hour - (past == "quarter to"), _MINUTES[past]
    afternoon = (said.get("part") or "").startswith("p") or said.get("spell") in ("afternoon", "evening")
    morning = (said.get("part") or "").startswith("a") or said.get("spell") == "morning"
    if hour == 12 and morning:
        hour = 0
    elif hour < 12 and afternoon:
        hour += 12
    return time(hour, minute) if 0 <= hour < 24 and minute < 60 else None
