"""Skill contacts: who to ring, for the need, the area, the person and the moment that the message speaks of."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import learn, said, send
from actions.searching import answer, with_walk
from actions.starting import PLAIN, STORY, plainly_told, start
from guidance import about, compose
from guidance.contacts import asked_by_name
from guidance.followups import corrects, leans
from guidance.moments import only_a_moment, said_beside, said_moment
from guidance.places import AreaReading
from guidance.replies import Reply
from guidance.text import holds, lowered, words
from guidance.wording import read_need, without_introduction, without_signature
from index.guide import Guide, current

DEFAULT_NEED = "report-concern"
PLACE_WORDS, FEW, OPENING_WORDS = 2, 6, 14
_OPENS = re.compile(r"\b(?:open|opens|opening|shut|shuts|closed|closes?|answering|manned)\b")
_OFFICE = re.compile(r"\b(?:(?:the|their|your) (?:office|offices|lines?|team|council)|social care|social services|duty team)\b")
_OF_A_CASE = re.compile(r"\b(?:case|cases|referral|file|record|plan|investigation|enquiry|assessment|meeting|door|mouth|eyes)\b")


def asks_who_to_ring(text: str, place: AreaReading, before: str | None, guide: Guide) -> bool:
    """True where the message is a bare place ("ely"), or after numbers a bare time ("boxing day"), asks when somebody answers ("is the lado
    open now"), or moves the question of whom to ring to another place, time or need: "and in cambs?", "sorry, I meant ely", "no, I need the LADO".

    before  the need last asked about, if numbers were the last thing asked for
    """
    if place.kind != "none" and len(words(text)) <= PLACE_WORDS:
        return True
    if asks_when_open(text, before, guide):
        return True
    if before and (only_a_moment(text, guide.now()) or _asks_which(guide, text)):
        return True
    if not before or not (leans(text) or corrects(text)):
        return False
    moved = place.kind != "none" or said_moment(text, guide.now()) is not None
    return moved or (corrects(text) and read_need(text, guide.content.words) is not None)


def _asks_which(guide: Guide, text: str) -> bool:
    """True for a few words that ask which of the services that were named: "is it police or who"."""
    said_words = words(text)
    named = "police" in said_words or bool(asked_by_name(guide.content, text))
    return len(said_words) <= FEW and bool({"who", "which", "or"} & set(said_words)) and named


def asks_when_open(text: str, before: str | None, guide: Guide) -> bool:
    """True where the message asks whether a service, or after a question of whom to ring the office, answers at some time."""
    said = lowered(text)
    if not _OPENS.search(said) or _OF_A_CASE.search(said) or len(words(text)) > OPENING_WORDS:
        return False
    return bool(_OFFICE.search(said) or asked_by_name(guide.content, text) or (before and said_moment(text, guide.now())))


def _moment(guide: Guide, tracker: Tracker, place: AreaReading) -> datetime | None:
    """The time that the message asks about; where it is a bare place, or the button of an area, the one that was asked about before."""
    text, slot = said(tracker), tracker.get_slot("contacts_moment")
    kept = datetime.fromisoformat(slot) if slot and tracker.get_slot("contacts_needs") else None
    asked = said_beside(text, kept, guide.now())
    only_place = not text or (place.kind != "none" and len(words(text)) <= PLACE_WORDS)
    return kept if asked is None and only_place else asked


def tell(
    guide: Guide, dispatcher: CollectingDispatcher, tracker: Tracker, known: dict[str, str], place: AreaReading, before: str | None
) -> list[EventType]:
    """Send who to ring for the latest message, and keep the time that it asks about for the place that may be named next."""
    at, text = _moment(guide, tracker, place), said(tracker)
    reply = find(guide, text, known, place, before, at)
    if not tracker.active_loop and len(words(text)) >= STORY and known.get("audience") != "child":
        fits = guide.fitting_walks(text)
        reply = with_walk(reply, fits) if fits[0].fit >= PLAIN else reply  # "baby has just died, who rings who"
    send(dispatcher, reply)
    return [SlotSet("contacts_moment", at.isoformat() if at else None)]


def find(
    guide: Guide, text: str, known: dict[str, str], place: AreaReading, before: str | None = None, at: datetime | None = None
) -> Reply:
    """Who to ring for what the text asks, at the time that it asks about, or `at`; `before` is the need last asked about. Also for a question inside
    a walk-through.
    """
    asked = about.surely(text, guide.content.words, known.get("audience") == "child")
    if asked:  # "i dont no how to ring"
        return about.reply(guide.content, asked, known, guide.now())
    if known.get("audience") == "child" and not read_need(text, guide.content.words) and place.kind != "outside":
        listens = compose.set_message(guide.content, "smalltalk-person-child", known, guide.now(), needs=[DEFAULT_NEED])
        return Reply("contacts", (listens,))
    named = [] if known.get("audience") == "child" else asked_by_name(guide.content, _asked_for(guide, text))
    needs = [need_of(guide, text, before)] if not named or named[0].needs[0] != "other" else []
    # By day, when the duty team is shut, who takes its calls; beside a crisis line, who keeps a child safe.
    needs += [DEFAULT_NEED] if needs in (["out-of-hours"], ["mental-health-crisis"], ["adult-helpline"]) else []
    now = guide.now()
    return compose.contacts(guide.content, needs, known, place, now, at or said_moment(text, now), named)


def _asked_for(guide: Guide, text: str) -> str:
    """The message without who asks: "edt here. number for a mental health crisis" wants no duty team, and a school nurse no school nurse."""
    lists = guide.content.words
    return without_introduction(without_signature(text, lists), lists) or text


def need_of(guide: Guide, text: str, before: str | None) -> str:
    """What is needed: what a service named in the message is for, what its words say, what was needed before, or somebody to tell."""
    text = _asked_for(guide, text)
    said_need = read_need(text, guide.content.words)
    named = next((c.needs[0] for c in asked_by_name(guide.content, text) if c.needs[0] != "other"), None)
    if named == "out-of-hours" and said_need:  # "im on edt tonight, number for a mental health crisis"
        return said_need
    return named or said_need or before or DEFAULT_NEED


def _asks_who_does_it(guide: Guide, text: str, place: AreaReading) -> bool:
    """True for a short question that leans on the one before and names nobody to reach, nor a place or a time: "who chairs that"."""
    if not leans(text) or place.kind != "none" or said_moment(text, guide.now()):
        return False
    lists = guide.content.words
    return not holds(text, (*lists.reaching, *lists.helping)) and read_need(text, lists) is None and not asked_by_name(guide.content, text)


class FindContacts(Action):
    """Steps: need, area, audience, moment; find; reply; remember the need for 'and in Peterborough?'."""

    def name(self) -> str:
        return "action_contacts_find"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        guide = current()
        text = said(tracker)
        known, place, events = learn(guide, tracker)
        told = None if tracker.active_loop else plainly_told(guide, text)
        if told:
            return [*events, *start(told, text)]
        earlier = tracker.get_slot("ask_question")
        if earlier and not tracker.get_slot("contacts_needs") and _asks_who_does_it(guide, text, place):
            send(dispatcher, answer(guide, text, known, earlier))
            return events
        walk = guide.content.pathways.get(str(tracker.get_slot("pathways_id") or "")) if tracker.active_loop else None
        before = tracker.get_slot("contacts_needs") or (walk.needs[0] if walk else None)
        kept = tell(guide, dispatcher, tracker, known, place, before)
        return [*events, *kept, SlotSet("contacts_needs", need_of(guide, text, before))]
