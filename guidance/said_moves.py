"""A message that says where the child lives after all -> the council area, or the address, now: "actually mum lives in peterborough".

Called by actions/referral_turn.py, with the place that guidance/places.py has read in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from guidance.compose import AREAS
from guidance.field_names import MOST_WORDS_OF_A_FACT
from guidance.fields import ReferralForm
from guidance.places import AreaReading
from guidance.said_corrections import after_opening
from guidance.text import has_digit, words

_LIVES = re.compile(
    r"\b(?:lives?|living|live now|staying|stays|moved)(?: now)?(?: in| at| to| on| with \w+(?: \w+)? (?:in|at))?\s+(?P<where>\S.*?)(?: now)?[.! ]*$", re.I
)


_INSTEAD = re.compile(r"^(?:.*?\b(?:in|from|it'?s|its|is)\s+)?(?P<new>\w[\w ]*?),?\s+not\s+(?:in\s+)?(?P<old>\w+)\b", re.I)


def read_move(form: ReferralForm, area: str | None, read: Callable[[str], AreaReading], text: str) -> dict[str, str]:
    """Field id -> words: the address where a house is named, else the area; {} where the message says no such thing.

    area  the council area told before, as its option is labelled: only what was told can be put right
    read  words -> the place that they name
    """
    instead = _INSTEAD.match(text)
    if instead and area and area in (AREAS.get(str(read(instead["old"]).area)), instead["old"].capitalize()):
        now = AREAS.get(str(read(instead["new"]).area))  # "it is in Cambridgeshire not Peterborough"
        if now and now != area:
            return {"area": now}
    place = read(text)
    rest, opening = after_opening(form, text)
    lives = _LIVES.search(rest)
    if not (opening and lives and area and place.kind == "known" and place.area) or len(words(text)) > MOST_WORDS_OF_A_FACT:
        return {}
    if has_digit(lives["where"]):
        return {"child-address": lives["where"]}
    return {} if AREAS[place.area] == area else {"area": AREAS[place.area]}
