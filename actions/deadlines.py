"""Skill deadlines: a duty and the day it runs from -> when it is due, with the days counted; asks for what was not said, and never guesses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.contacts import asks_who_to_ring, find
from actions.conversation import entity, learn, said, send
from actions.searching import answer
from guidance import deadlines
from guidance.deadline_doubts import maybe_reply, trouble_reply
from guidance.deadlines import Start
from guidance.hours import LONDON
from guidance.records import Timescale
from guidance.replies import Message, Reply
from guidance.said_dates import DateReading, read_date
from guidance.said_limits import read_lengths, read_limits
from guidance.text import capped, sentences
from index.guide import Guide, current
from index.timescales import Found, TimescaleFinder, timescale_finder

_WHEN = re.compile(r"\b(?:when|due|deadline|by what|what (?:date|day|time)|how long|how many days)\b", re.I)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The reply, and what the next turn goes on from: the limits spoken of, those offered as options, and the start."""

    reply: Reply
    held: Sequence[Timescale] = ()
    start: Start | None = None
    offered: Sequence[Timescale] = ()


def work_out(guide: Guide, tracker: Tracker, known: dict[str, str]) -> Outcome:
    """Read the latest message, typed or a button, and answer it."""
    held = _kept(guide, tracker, "deadlines_timescales")
    before = Start.read(tracker.get_slot("deadlines_start"))
    chosen, day = entity(tracker, "deadlines_choice"), Start.read(entity(tracker, "deadlines_day"))
    if chosen and chosen not in guide.content.timescales:
        return Outcome(Reply("no_passage", (_set(guide, "deadlines-none-of-these"),)))
    if chosen:
        return _settled(guide, [guide.content.timescales[chosen]], before)
    if day:
        return _settled(guide, held, Start(day.day, before.time if before else None))
    text = capped(said(tracker))
    return _typed(guide, text, held, before, _kept(guide, tracker, "deadlines_offered")) or _none(guide, text, known)


def plainly_asked(guide: Guide, tracker: Tracker) -> Outcome | None:
    """The answer to a message that names a day, and asks when a known duty is due or only goes on from the last one; None for any other.

    For the ask skill, whose messages are those that no other intent claimed.
    """
    text = capped(said(tracker))
    held, before = _kept(guide, tracker, "deadlines_timescales"), Start.read(tracker.get_slot("deadlines_start"))
    reading = read_date(text, guide.now())
    if reading.said is None:
        return None
    finder = timescale_finder(guide)
    goes_on = bool(held) and not finder.speaks_of_a_duty(reading.rest)
    if goes_on or (_WHEN.search(text) and _found(finder, reading.rest).sure):
        return _typed(guide, text, held, before, [])
    return None


def kept(outcome: Outcome) -> list[EventType]:
    """The slots that the next turn goes on from."""
    return [
        SlotSet("deadlines_timescales", [t.id for t in outcome.held]),
        SlotSet("deadlines_offered", [t.id for t in outcome.offered]),
        SlotSet("deadlines_start", outcome.start.kept() if outcome.start else None),
    ]


def _typed(
    guide: Guide, text: str, held: list[Timescale], before: Start | None, offered: list[Timescale]
) -> Outcome | None:
    """The answer to typed words, or None if the manual has no limit that fits them."""
    now, finder = guide.now(), timescale_finder(guide)
    reading = read_date(text, now)
    found = _found(finder, reading.rest)
    another = found.sure and list(found.timescales) != held
    goes_on = bool(held) and not another and finder.fits(reading.rest, held)
    if goes_on:
        reading = read_date(text, now, before.day if before else None)
    if reading.said and reading.said.trouble:
        keep = found.timescales if found.sure else held
        return Outcome(trouble_reply(guide.content, reading.said, keep, now), keep, before, offered)
    spoken_of = before if goes_on or not held else None
    start = deadlines.start_of(reading.said, spoken_of, now) if reading.said else spoken_of
    if found.sure or goes_on:
        return _settled(guide, held if goes_on else found.timescales, start, reading, text)
    if found.timescales or (offered and not finder.speaks_of_a_duty(reading.rest)):
        maybe = found.timescales or offered
        return Outcome(maybe_reply(guide.content, maybe, start, now, reading, read_limits(text)), (), start, maybe)
    if not finder.speaks_of_a_duty(reading.rest):
        return Outcome(Reply("clarify", (_set(guide, "deadlines-ask-which"),)), (), start)
    return None


def _found(finder: TimescaleFinder, text: str) -> Found:
    """The limits that a message speaks of: as a whole, else in those of its sentences that ask when, else by the length of time that it names."""
    found = finder.find(text)
    asking = " ".join(sentence for sentence in sentences(text) if _WHEN.search(sentence))
    if not found.timescales and asking and asking != text:
        found = finder.find(asking)
    return found if found.timescales else Found(finder.of_length(read_lengths(text)))


def _settled(
    guide: Guide,
    meant: Sequence[Timescale],
    start: Start | None,
    reading: DateReading | None = None,
    text: str = "",
) -> Outcome:
    """The limits are known: count if there is a day to count from and a number to count, else say the limit and ask."""
    limits = read_limits(text)
    if not meant:
        return Outcome(Reply("clarify", (_set(guide, "deadlines-ask-which"),)), (), start)
    if start is None and any(t.within.value is not None for t in meant):
        return Outcome(deadlines.ask_start(guide.content, meant, None, limits), meant)
    counted_from = start or Start(guide.now().astimezone(LONDON).date())  # for a duty without a number any day will do
    reply = deadlines.due_reply(guide.content, meant, counted_from, guide.now(), reading, limits)
    return Outcome(reply, meant, start)


def _none(guide: Guide, text: str, known: dict[str, str]) -> Outcome:
    """The manual has no such limit: said first, then what search finds."""
    found = answer(guide, text, known)
    return Outcome(Reply(found.status, (_set(guide, "deadlines-none"), *found.messages)))


def _set(guide: Guide, message_id: str) -> Message:
    return Message(guide.content.messages[message_id].text.strip())


def _kept(guide: Guide, tracker: Tracker, slot: str) -> list[Timescale]:
    kept = tracker.get_slot(slot)
    ids = kept if isinstance(kept, list) else []
    return [guide.content.timescales[i] for i in ids if i in guide.content.timescales]


class WorkOutDeadline(Action):
    """Steps: which limit, from when; count; reply; remember both for "and if it was on the 24th?"."""

    def name(self) -> str:
        return "action_deadlines_work_out"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        guide = current()
        known, place, events = learn(guide, tracker)
        text, before = said(tracker), tracker.get_slot("contacts_needs")
        if before and asks_who_to_ring(text, place, before, guide):  # "and on monday morning?"
            send(dispatcher, find(guide, text, known, place, before))
            return events
        outcome = work_out(guide, tracker, known)
        send(dispatcher, outcome.reply)
        return [*events, SlotSet("contacts_needs", None), *kept(outcome)]
