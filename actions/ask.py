"""Skill ask: a question to the procedures -> up to three passages, word for word, or an honest 'not found' with who to ask."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.contacts import find
from actions.conversation import learn, said, send
from guidance import compose
from guidance.followups import leans, whole
from guidance.moments import said_moment
from guidance.places import AreaReading
from guidance.replies import Choice, Reply
from guidance.text import capped, words
from index.guide import Guide, current, refs

PLACE_WORDS = 2
QUESTION_KEPT = 300  # characters of the question before, on which the next may lean


def answer(guide: Guide, question: str, known: dict[str, str], earlier: str | None = None) -> Reply:
    """Search and compose, for this action and for a question asked in the middle of a walk-through.

    earlier  the question before this one, on which this one may lean ("and at the weekend?")
    """
    if not question:
        return Reply("clarify", (compose.set_message(guide.content, "ask-empty", known, guide.now()),))
    result = guide.search(capped(whole(question, earlier)))
    return compose.passages(guide.content, result.status, refs(result), result.not_held, known, guide.now())


def _offered(guide: Guide, reply: Reply, question: str) -> Reply:
    """The reply with a way into the walk-through that fits the question, if one does."""
    if reply.status not in ("answered", "weak", "no_passage", "not_held"):
        return reply
    pathway = guide.fitting_walks(question).to_offer()
    if pathway is None:
        return reply
    choice = Choice(f"Walk me through it: {pathway.title}", f'/open_pathway{{"pathways_id":"{pathway.id}"}}')
    last = reply.messages[-1]
    return replace(reply, messages=(*reply.messages[:-1], replace(last, options=(*last.options, choice))))


def asks_who_to_ring(text: str, place: AreaReading, before: str | None, guide: Guide) -> bool:
    """True where the message is a bare place ("ely"), or moves the question of whom to ring to another place or time ("and in cambs?")."""
    if place.kind != "none" and len(words(text)) <= PLACE_WORDS:
        return True
    return bool(before) and leans(text) and (place.kind != "none" or said_moment(text, guide.now()) is not None)


class AnswerQuestion(Action):
    """Steps: learn area and audience; the numbers, where only a place or a time was said; else search, say how sure, offer a walk-through."""

    def name(self) -> str:
        return "action_ask_answer"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        guide = current()
        known, place, events = learn(guide, tracker)
        question, earlier = said(tracker), tracker.get_slot("ask_question")
        if asks_who_to_ring(question, place, tracker.get_slot("contacts_needs"), guide):
            send(dispatcher, find(guide, question, known, place, tracker.get_slot("contacts_needs")))
            return events
        reply = answer(guide, question, known, earlier)
        send(dispatcher, reply if tracker.active_loop else _offered(guide, reply, question))
        return [*events, SlotSet("contacts_needs", None), SlotSet("ask_question", capped(whole(question, earlier), QUESTION_KEPT) or None)]
