"""Skill ask: a question to the procedures -> up to three passages, word for word, or an honest 'not found' with who to ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import limits
from actions.contacts import asks_who_to_ring, find, need_of, tell
from actions.conversation import learn, ranking, said, send
from actions.searching import QUESTION_KEPT, answer, matter, with_walk
from actions.set_replies import plainly_meant, to_parent, to_parent_again, wants_number
from actions.starting import called_for, of_topic, start
from guidance import compose, glossary
from guidance.followups import whole
from guidance.interpret import asks
from guidance.pathways import Pathway
from guidance.replies import Reply
from guidance.text import capped, words
from guidance.wording import speaks_of_somebody
from index.guide import Guide, current

__all__ = ["AnswerQuestion", "answer"]
SURE_QUESTION = 0.8
SHORT = 14  # words: a question of whom to ring that holds no question of its own beside it


def answer_question(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """Take the latest message for a question and answer it: for this skill, and for messages that only looked like small talk."""
    guide = current()
    known, place, events = learn(guide, tracker)
    question, earlier = said(tracker), tracker.get_slot("ask_question")
    outcome = limits.plainly_asked(guide, tracker)  # "what about the 29th?" tells the intent classifier too little
    if outcome:
        send(dispatcher, outcome.reply)
        return [*events, *limits.kept(outcome)]
    if asks_who_to_ring(question, place, tracker.get_slot("contacts_needs"), guide):
        return [*events, *tell(guide, dispatcher, tracker, known, place, tracker.get_slot("contacts_needs"))]
    entries = glossary.asked_entries(capped(question), guide.content.glossary)  # and so does "edt?"
    if entries:
        send(dispatcher, glossary.reply(guide.content, entries, known, guide.now()))
        return events
    to_them = plainly_meant(guide, tracker, known) or to_parent(guide, tracker, known)
    if to_them:
        send(dispatcher, to_them)
        return [*events, SlotSet("contacts_needs", None)]
    case = _case(guide, tracker, question, earlier)
    reply = answer(guide, question, known, earlier, case.walk if case.is_meant else None)
    if case.walk and not case.is_meant and reply.status in ("weak", "no_passage") and len(words(question)) <= SHORT:
        reply = answer(guide, question, known, earlier, case.walk)  # a short question soon after a walk-through may mean its matter
    again = to_parent_again(guide, tracker, known) if reply.status in ("weak", "no_passage") else None
    if again:
        send(dispatcher, again)
        return events
    if wants_number(guide, tracker, question):
        before = tracker.get_slot("contacts_needs")
        send(dispatcher, find(guide, question, known, place, before))
        if len(words(question)) <= SHORT or reply.status == "no_passage":
            return [*events, SlotSet("contacts_needs", need_of(guide, question, before))]
    if question and not tracker.active_loop:
        fits = guide.fitting_walks(question)
        called = called_for(guide, question, fits, reply.status, ranking(tracker).get("ask_procedure", 0.0) >= SURE_QUESTION)
        if called:
            if reply.status == "no_passage" and asks(question):
                send(dispatcher, Reply("pathway", (compose.set_message(guide.content, "ask-none-led", known, guide.now()),)))
            return [*events, SlotSet("contacts_needs", None), *start(called, question)]
        fits = guide.fitting_walks(case.told) if case.told and case.is_meant else fits
        reply = reply if known.get("audience") == "child" else with_walk(reply, fits)
    send(dispatcher, reply)
    kept = case.told or capped(whole(matter(guide, question), earlier), QUESTION_KEPT) or None
    needs = tracker.get_slot("contacts_needs") if reply.status == "no_passage" else None  # its numbers stay the last thing spoken of
    return [*events, SlotSet("contacts_needs", needs), SlotSet("ask_question", kept)]


@dataclass(frozen=True, slots=True)
class _Case:
    """The situation in which a question is asked.

    walk      the walk-through that is or was open, or that fits what was told before
    is_meant  the question is about it, and not for a rule: it is searched for as if inside the walk-through
    told      what was told before, where general advice on it may do harm: it is not let go of ("should i ring dad to hear his side")
    """

    walk: Pathway | None
    is_meant: bool
    told: str | None


def _case(guide: Guide, tracker: Tracker, question: str, earlier: str | None) -> _Case:
    told, of_them = of_topic(guide, earlier), speaks_of_somebody(question, guide.content.words)
    walk = guide.content.pathways.get(tracker.get_slot("pathways_id") or "") or (told if of_them else None)
    careful = walk is not None and not walk.general_advice and of_them
    return _Case(walk, walk is not None and bool(tracker.active_loop or careful), earlier if told and not told.general_advice else None)


class AnswerQuestion(Action):
    """Steps: learn area and audience; a due date, the numbers or the meaning of a term, if that is plainly what was asked; else search, say how
    sure, offer the walk-through that fits."""

    def name(self) -> str:
        return "action_ask_answer"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        return answer_question(dispatcher, tracker)
