"""A message that says where the child lives after all -> the council area, or the address, now: "actually mum lives in peterborough".

Called by actions/referral_turn.py, with the place that guidance/places.py has read in it.
"""

from __future__ import annotations

import re

from guidance.compose import AREAS
from guidance.field_names import MOST_WORDS_OF_A_FACT
from guidance.fields import ReferralForm
from guidance.places import AreaReading
from guidance.said_corrections import after_opening
from guidance.text import has_digit, words

_LIVES = re.compile(
    r"\b(?:lives?|living|live now|staying|stays|moved)(?: now)?(?: in| at| to| on| with \w+(?: \w+)? (?:in|at))?\s+(?P<where>\S.*?)(?: now)?[.! ]*$", re.I
)


def read_move(form: ReferralForm, area: str | None, place: AreaReading, text: str) -> dict[str, str]:
    """Field id -> words: the address where a house is named, else the area; {} where the message says no such thing.

    area  the council area told before, as its option is labelled: only what was told can be put right
    """
    rest, opening = after_opening(form, text)
    lives = _LIVES.search(rest)
    if not (opening and lives and area and place.kind == "known" and place.area) or len(words(text)) > MOST_WORDS_OF_A_FACT:
        return {}
    if has_digit(lives["where"]):
        return {"child-address": lives["where"]}
    return {} if AREAS[place.area] == area else {"area": AREAS[place.area]}
