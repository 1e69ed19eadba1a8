"""What a message wants of a time limit: a date or a limit, leave to wait, or a word on how weekends and nights are counted.

Pure functions on what was typed; the time limits themselves are found by index/timescales.py. Called by actions/limits.py.
"""

from __future__ import annotations

import re

from guidance.text import lowered, words

_ASKS = re.compile(
    r"\b(?:when|due|deadlines?|overdue|latest|limits?|timescales?|timeframes?|how (?:long|soon|quick(?:ly)?|fast)|late|last (?:day|date)|missed"
    r"|in time|how many (?:working |school )?(?:days|hours|weeks|months)|(?:by|from) (?:what|which)|(?:what|which) (?:date|day|time)|by then)\b"
)
_DATE = re.compile(r"\b(?:when|due|deadline|by what|what (?:date|day|time)|(?:latest|last possible) (?:dates?|days?)|how long|how many days)\b")
_WHO = r"(?:i|we|they|he|she|the \w+)"
_MINE = re.compile(
    rf"\b(?:by when|deadline|how long (?:have|do|does|did|can|has) {_WHO} (?:got|get|have)|how long (?:have|has) {_WHO} (?:left|to)\b"
    r"|how many (?:working |school )?(?:days|hours|weeks) (?:do|does|did|have|has)\b"
    r"|(?:when|what (?:date|day|time))\b.{0,60}\bby|in by|due (?:in|by))\b"
)
_LIMIT = re.compile(
    r"\b(?:how (?:soon|quick(?:ly)?|fast) (?:must|should|do|does|have|has|will|are|is)"
    r"|how many (?:working )?(?:days|hours|weeks) (?:do|does|have|has|must|is|are)|(?:time ?limit|limit|deadline|timescale|timeframe) (?:for|to|on|of))\b"
)
_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|the morning|morning|the weekend|next week|after|later|then|school|work"
_PERSON = (
    r"(?:the |my |our |a |her |his |their )?(?:designated |safeguarding |line |team |deputy )*(?:leads?|dsl|managers?|boss|head\w*|doctors?|dr|gps?"
    r"|consultant|supervisor|colleagues?|nurse|teacher|school|social worker|permission|approval|go[ -]ahead|answer|reply|proof|evidence|him|her|them"
    r"|someone|somebody|anyone)\b"
)
_LEAVE = (
    r"(?:(?:can|could|may|should|shall|do|does|must|will)\s+(?:i|we|it|this|that|they|you|he|she)"
    r"|(?:ok|okay|alright|all right|safe|fine)\s+(?:to|if))"
)
_WAITS = re.compile(
    rf"\b{_LEAVE}\b[^.?!]{{0,30}}\b(?:wait|hold off|hang on|leave (?:it|this)|hold on)\s+(?:(?:un)?till?\s+|for\s+|over\s+)?(?:{_DAY}|{_PERSON})"
    rf"|^\s*(?:so |and |or )?wait\s+(?:(?:un)?till?|for)\s+(?:{_DAY}|{_PERSON})"
    r"|\b(?:report|ring|tell|refer|call|phone|act)\b[^.?!]{0,40}\bor\s+(?:do i |should i |can i |just )?(?:wait|hold off|leave (?:it|this))\b"
    rf"|\b{_LEAVE}\b[^.?!]{{0,20}}\b(?:ask|check with|speak to|talk to|clear it with|run it past)\s+{_PERSON}[^.?!]{{0,25}}\bfirst\b"
)
_ASSERTS = re.compile(
    r"\bi (?:always )?(?:thought|was told|believed?|understood|assumed)\b"
    r"|\b(?:policy|handbook|kcsie|training|guidance|manual|head|manager|boss|dsl|trainer|lado)"
    r"(?: \w+){0,2} (?:says?|said|gives?|told|reckons?)\b|\bisn'?t it\b|\bsurely\b"
)
_COMES_UP = frozenset(words("reported told rang phoned called sent got came heard received made learnt learned knew known found allegation referral disclosed"))
_MOST_OF_A_DAY = 8  # words
_MOST_ASSERTED = 24  # words
_COUNTED = frozenset(words("weekend weekends night nights holiday holidays"))
_ABOUT_COUNTING = _COUNTED | frozenset(
    words(
        "a also and are as at bank but count counted counts do does during even falls how if in include includes including is it it's its of on over "
        "so still that the this too what about well with ok okay"
    )
)


def asks_limit(text: str) -> bool:
    """True if the words ask when something is due, or how long somebody has."""
    return bool(_ASKS.search(lowered(text)))


def asks_date(text: str) -> bool:
    """True if the words ask when, or for a date: enough where a day and a known duty are named too."""
    return bool(_DATE.search(lowered(text)))


def asks_when_due(text: str) -> bool:
    """True if the words ask by when somebody must have done a thing, so that a date is wanted and not a passage: "how long have i got"."""
    return bool(_MINE.search(lowered(text)))


def asks_a_rule(text: str) -> bool:
    """True if the words ask how long a rule gives for something: "how soon must they ...", "what is the limit for ..."."""
    return bool(_LIMIT.search(lowered(text)))


def says_from_when(text: str) -> bool:
    """True for a short message that can say from when a limit runs: "he was reported to me friday"; not for "he hit her again friday"."""
    said = words(text)
    return len(said) <= _MOST_OF_A_DAY and not _COMES_UP.isdisjoint(said)


def asserts(text: str) -> bool:
    """True if a short message holds a rule against this one's: "I thought I had 3 working days", "our policy says five"."""
    return len(words(text)) <= _MOST_ASSERTED and bool(_ASSERTS.search(lowered(text)))


def asks_to_wait(text: str) -> bool:
    """True if the words ask whether telling somebody may wait, for a day or for a person: "can it wait till monday", "do i ask the dsl first"."""
    said = lowered(text)
    return bool(_WAITS.search(said)) and "how long" not in said


def asks_how_counted(text: str) -> bool:
    """True if a message only asks whether weekends, nights or bank holidays are counted: "and at the weekend?"."""
    said = set(words(text))
    return bool(said & _COUNTED) and said <= _ABOUT_COUNTING
