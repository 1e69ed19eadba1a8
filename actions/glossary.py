"""Skill glossary: letters or a term -> what the manual means by it, with its source; an unknown one is said to be unknown, and searched for."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.contacts import asks_who_to_ring, tell
from actions.conversation import learn, said, send
from actions.searching import answer, matter
from guidance import glossary
from guidance.replies import Message, Reply
from guidance.text import capped
from index.guide import Guide, current


def explain(guide: Guide, text: str, known: dict[str, str]) -> Reply:
    """The entries that a message asks for, or the answer to what it asks about them, if there is a sure one; without any entry, that there is
    none, and what search finds.
    """
    if not text:
        return Reply("clarify", (_set(guide, "glossary-ask-which"),))
    entries, asks_about_them = glossary.find(capped(text), guide.content.glossary)
    if asks_about_them or not entries:
        entries = glossary.pointed_at(capped(text), guide.content.glossary) or entries
    more: tuple[Message, ...] = ()
    if asks_about_them:
        found = answer(guide, text, known)
        if found.status == "answered":
            return found
        more = found.messages if found.status == "weak" else ()
    if entries:
        meaning = glossary.reply(guide.content, entries, known, guide.now())
        return Reply(meaning.status, (*meaning.messages, *more))
    found = answer(guide, text, known)
    return Reply(found.status, (_set(guide, "glossary-unknown"), *found.messages))


def _set(guide: Guide, message_id: str) -> Message:
    return Message(guide.content.messages[message_id].text.strip())


class ExplainTerm(Action):
    """Steps: which term?, its entries, reply."""

    def name(self) -> str:
        return "action_glossary_explain"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        guide = current()
        known, place, events = learn(guide, tracker)
        if asks_who_to_ring(said(tracker), place, tracker.get_slot("contacts_needs"), guide):  # "lincs?" is a place, and no term
            return [*events, *tell(guide, dispatcher, tracker, known, place, tracker.get_slot("contacts_needs"))]
        send(dispatcher, explain(guide, said(tracker), known))
        return [*events, SlotSet("contacts_needs", None), SlotSet("ask_question", matter(guide, said(tracker)) or None)]
