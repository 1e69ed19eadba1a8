"""A typed answer to one field -> what to put in: the option it means, the moment of the call, the area that an address lies in.

Most fields take the words as they are. Runs in the app only: places and call times need libraries that Rasa's environment lacks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as default
from datetime import datetime

from guidance.call_times import read_call_time
from guidance.compose import AREAS
from guidance.contacts import say_time
from guidance.content import Content
from guidance.fields import Field, FieldOption
from guidance.interpret import Embed, match_option
from guidance.pathways import Option
from guidance.places import PlaceFinder
from guidance.said_roles import works_with_children
from guidance.wording import read_audience

UNCLEAR_OPTION, UNCLEAR_TIME, FUTURE_TIME = "pathways-no-match", "referral-time-unclear", "referral-time-future"


@dataclass(frozen=True, slots=True)
class Read:
    """Field id -> words (the answered field, and what follows from it), facts learnt, the call's moment.

    unclear  the set message to say where the answer does not fit; the words stand in `values` all the same
    """

    values: dict[str, str]
    facts: dict[str, str] = default(default_factory=dict)
    call_at: datetime | None = None
    unclear: str | None = None


class AnswerReader:
    """Reads answers against the content, the places and the meaning of words."""

    def __init__(self, content: Content, places: PlaceFinder, embed: Embed) -> None:
        self._content, self._places, self._embed = content, places, embed

    def read(self, told: Field, text: str, facts: Mapping[str, str], now: datetime) -> Read:
        """Read an answer to the field `told`."""
        if told.id == "area":
            return self._area(told, text)
        if told.id == "call-made":
            return self._call_made(told, text, now)
        if told.options:
            option = self._option(told, text)
            return Read({told.id: option.label}) if option else Read({told.id: text}, unclear=UNCLEAR_OPTION)
        if told.id == "call-when":
            return self._call_when(told, text, now)
        if told.id == "child-address":
            place = self._places.read(text)
            if place.kind == "known" and place.area:
                return Read({told.id: text, "area": AREAS[place.area]}, {"area": place.area})
        if told.id == "caller-role":
            works = works_with_children(self._content, text)  # whoever says so is one, whatever button was pressed before
            audience = "professional" if works else None if "audience" in facts else read_audience(text, self._content.words)
            return Read({told.id: text}, {"audience": audience} if audience else {})
        return Read({told.id: text})

    def _area(self, told: Field, text: str) -> Read:
        place = self._places.read(text)
        option = next((o for o in told.options if o.id == (place.area or "elsewhere")), None)
        if place.kind not in ("known", "outside") or option is None:
            option = self._option(told, text)
        return (
            Read({told.id: option.label}, {"area": option.id})
            if option
            else Read({told.id: text}, unclear=UNCLEAR_OPTION)
        )

    def _call_made(self, told: Field, text: str, now: datetime) -> Read:
        """'yes, 20 minutes ago' answers two questions."""
        at = read_call_time(text, now).at
        option = self._made(told) if at else self._option(told, text)
        if option is None:
            return Read({told.id: text}, unclear=UNCLEAR_OPTION)
        return Read({told.id: option.label, **({"call-when": text} if at else {})}, call_at=at)

    def _call_when(self, told: Field, text: str, now: datetime) -> Read:
        """A time says that the call was made, too."""
        call = read_call_time(text, now)
        if call.at is None and not call.future:
            call = read_call_time(f"at {text}", now)
        if call.at is None:
            return Read({told.id: text}, unclear=FUTURE_TIME if call.future else UNCLEAR_TIME)
        asked = self._content.referral.field("call-made")
        made = {asked.id: self._made(asked).label} if asked else {}
        return Read({**made, told.id: text}, call_at=call.at)

    @staticmethod
    def _made(asked: Field) -> FieldOption:
        return next(o for o in asked.options if o.id == "made")

    def _option(self, told: Field, text: str) -> FieldOption | None:
        options = [Option(id=o.id, label=o.label, next="", also=o.also) for o in told.options]
        match = match_option(text, options, self._embed)
        return next(o for o in told.options if o.id == match.option.id) if match and match.sure else None


def said_back(at: datetime, now: datetime) -> str:
    """How the moment of the call was read, for the person to check."""
    return say_time(at, now)
