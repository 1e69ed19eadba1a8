"""Skill deadlines: when something is due. The thinking is in actions/limits.py."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import limits
from actions.contacts import asks_who_to_ring, tell
from actions.conversation import learn, said, send
from actions.searching import matter
from actions.set_replies import to_parent, to_parent_again
from guidance.followups import leans
from index.guide import current


class WorkOutDeadline(Action):
    """Steps: which limit, from when; count; reply; remember both for "and if it was on the 24th?"."""

    def name(self) -> str:
        return "action_deadlines_work_out"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        guide = current()
        known, place, events = learn(guide, tracker)
        text, before = said(tracker), tracker.get_slot("contacts_needs")
        if before and asks_who_to_ring(text, place, before, guide):  # "and on monday morning?"
            return [*events, *tell(guide, dispatcher, tracker, known, place, before)]
        outcome = limits.work_out(guide, tracker, known)
        if outcome.is_guess:  # "its been 7 weeks since the health visitor reported us" asks for no limit of staff
            to_them = to_parent(guide, tracker, known) or to_parent_again(guide, tracker, known)
            if to_them:
                send(dispatcher, to_them)
                return events
        send(dispatcher, outcome.reply)
        topic = [SlotSet("ask_question", matter(guide, text))] if text and not leans(text) else []  # "do I have to suspend her" may follow
        return [*events, *topic, SlotSet("contacts_needs", None), *limits.kept(outcome)]
