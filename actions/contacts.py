"""Skill contacts: who to ring, for the need, the area, the person and the moment that the message speaks of."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import learn, said, send
from guidance import compose
from guidance.moments import said_moment
from guidance.places import AreaReading
from guidance.replies import Reply
from guidance.wording import read_need
from index.guide import Guide, current

DEFAULT_NEED = "report-concern"


def find(guide: Guide, text: str, known: dict[str, str], place: AreaReading, before: str | None = None) -> Reply:
    """Who to ring for what the text asks; `before` is the need last asked about. Also for a question inside a walk-through."""
    need = read_need(text, guide.content.words) or before or DEFAULT_NEED
    now = guide.now()
    return compose.contacts(guide.content, [need], known, place, now, said_moment(text, now))


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
        return [*events, SlotSet("contacts_needs", read_need(text, guide.content.words) or before)]
