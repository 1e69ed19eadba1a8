"""A question that leans on the one before it ("and at the weekend?", "who does that?") -> the question to search for.

Nothing is rewritten: the earlier question is put in front of the later one, word for word, and both are searched together.
"""

from __future__ import annotations

import re

from guidance.text import words

_OPENING = re.compile(r"\s*(and|but|or|so|then|also|what about|how about|what if|same (for|with)|ok|okay)\b", re.I)
_CORRECTING = re.compile(r"\s*(sorry|no|nope|oops|wait|hang on|actually|i mean|i mea?nt|i said|my mistake|correction|that'?s wrong)\b", re.I)
_CORRECTION = re.compile(r"\s*(?:(?:i (?:already )?(?:said|told you)|i mean|i mea?nt|sorry|actually|correction)\b[\s,:]*(?:that |its |it's )?)+", re.I)
_LEANING = frozenset(words("it that this they them those these he she him her his their there who when where why how long soon same one ones"))
_EMPTY = frozenset(
    words(
        "a an the is are was were be do does did has have had can could should must will would may might i we you me us my our your to of in on "
        "at for by with from as if not no yes and or but so then also what which ok okay please about up out need someone anyone"
    )
)
MOST_WORDS, OPENING_WORDS = 6, 9


def leans(text: str) -> bool:
    """True for a short question that says little by itself: it opens like a continuation, or holds no word of its own."""
    said = words(text)
    if not said or len(said) > OPENING_WORDS:
        return False
    if _OPENING.match(text):
        return True
    own = [word for word in said if word not in _EMPTY and word not in _LEANING]
    return len(said) <= MOST_WORDS and len(own) <= 1 and any(word in _LEANING for word in said)


def corrects(text: str) -> bool:
    """True for a short message that opens by putting something right ("sorry, I meant ely", "no, tonight")."""
    return opens_correcting(text) and len(words(text)) <= OPENING_WORDS


def opens_correcting(text: str) -> bool:
    """True for a message of any length that opens by putting something right."""
    return bool(_CORRECTING.match(text))


def without_correction(text: str) -> str:
    """The message without the words that open a correction: "i said, a coach" is "a coach". A bare "no" is no correction."""
    rest = _CORRECTION.sub("", text, count=1) if _CORRECTION.match(text) else text
    return rest if words(rest) else text


def whole(text: str, earlier: str | None) -> str:
    """The question to search for."""
    return f"{earlier} {text}" if earlier and leans(text) else text
