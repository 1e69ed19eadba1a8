"""Skill contacts: who to ring, for the need, the area, the person and the moment that the message speaks of."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import learn, said, send
from guidance import compose
from guidance.contacts import asked_by_name
from guidance.followups import corrects, leans
from guidance.moments import said_moment
from guidance.places import AreaReading
from guidance.replies import Reply
from guidance.text import words
from guidance.wording import read_need
from index.guide import Guide, current

DEFAULT_NEED = "report-concern"
PLACE_WORDS = 2


def asks_who_to_ring(text: str, place: AreaReading, before: str | None, guide: Guide) -> bool:
    """True where the message is a bare place ("ely"), or moves the question of whom to ring to another place, time or need: "and in cambs?",
    "sorry, I meant ely", "no, I need the LADO".

    before  the need last asked about, if numbers were the last thing asked for
    """
    if place.kind != "none" and len(words(text)) <= PLACE_WORDS:
        return True
    if not before or not (leans(text) or corrects(text)):
        return False
    moved = place.kind != "none" or said_moment(text, guide.now()) is not None
    return moved or (corrects(text) and read_need(text, guide.content.words) is not None)


def find(guide: Guide, text: str, known: dict[str, str], place: AreaReading, before: str | None = None) -> Reply:
    """Who to ring for what the text asks; `before` is the need last asked about. Also for a question inside a walk-through."""
    named = [] if known.get("audience") == "child" else asked_by_name(guide.content, text)
    needs = [need_of(guide, text, before)] if not named or named[0].needs[0] != "other" else []
    needs += [DEFAULT_NEED] if needs == ["out-of-hours"] else []  # by day, when that team is shut, who takes its calls
    now = guide.now()
    return compose.contacts(guide.content, needs, known, place, now, said_moment(text, now), named)


def need_of(guide: Guide, text: str, before: str | None) -> str:
    """What is needed: what a service named in the message is for, what its words say, what was needed before, or somebody to tell."""
    named = next((c.needs[0] for c in asked_by_name(guide.content, text) if c.needs[0] != "other"), None)
    return named or read_need(text, guide.content.words) or before or DEFAULT_NEED


class FindContacts(Action):
    """Steps: need, area, audience, moment; find; reply; remember the need for 'and in Peterborough?'."""

    def name(self) -> str:
        return "action_contacts_find"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        guide = current()
        text = said(tracker)
        known, place, events = learn(guide, tracker)
        before = tracker.get_slot("contacts_needs")
        send(dispatcher, find(guide, text, known, place, before))
        return [*events, SlotSet("contacts_needs", need_of(guide, text, before))]
