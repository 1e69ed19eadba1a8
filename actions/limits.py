"""A duty and the day it runs from -> when it is due, with the days counted; asks for what was not said, and never guesses.

Holds no Action class; actions/deadlines.py calls it, and skills whose messages may ask for a time limit all the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from msgspec.structs import replace
from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

from actions.contacts import asks_who_to_ring
from actions.conversation import entity, said
from actions.searching import answer, with_walk
from guidance import compose, deadlines
from guidance import deadline_cues as cues
from guidance.deadline_doubts import maybe_reply, trouble_reply
from guidance.deadlines import Start
from guidance.followups import leans
from guidance.hours import LONDON
from guidance.interpret import asks
from guidance.records import AbsentLimit, Timescale
from guidance.replies import Message, PassageRef, Reply
from guidance.said_dates import DateReading, read_date
from guidance.said_limits import read_lengths, read_limits
from guidance.text import capped, sentences, words
from index.guide import Guide, refs
from index.timescales import Found, TimescaleFinder, timescale_finder


@dataclass(frozen=True, slots=True)
class Outcome:
    """The reply, and what the next turn goes on from: the limits spoken of, those offered as options, and the start."""

    reply: Reply
    held: Sequence[Timescale] = ()
    start: Start | None = None
    offered: Sequence[Timescale] = ()

    @property
    def is_guess(self) -> bool:
        """True if no limit was found that is surely meant."""
        return bool(self.offered) or self.reply.status not in ("deadline", "not_held")


@dataclass(frozen=True, slots=True)
class _Before:
    """What the conversation has come to: limits settled, limits offered, the start, and what was spoken of."""

    held: list[Timescale]
    offered: list[Timescale]
    start: Start | None
    topic: str

    @property
    def day(self) -> date | None:
        """The day around which a bare "24th" is looked for, if a deadline was just spoken of."""
        return self.start.day if self.start and (self.held or self.offered) else None


def work_out(guide: Guide, tracker: Tracker, known: dict[str, str]) -> Outcome:
    """Read the latest message, typed or a button, and answer it."""
    before = _before(guide, tracker)
    chosen, day = entity(tracker, "deadlines_choice"), Start.read(entity(tracker, "deadlines_day"))
    if chosen and chosen not in guide.content.timescales:
        return Outcome(Reply("no_passage", (_set(guide, "deadlines-none-of-these"),)))
    if chosen:
        return _settled(guide, [guide.content.timescales[chosen]], before.start)
    if day:
        start = Start(day.day, before.start.time if before.start else None)
        return _counted(guide, before, start)
    text = capped(said(tracker))
    return _from_when(guide, text, before) or _typed(guide, text, before) or _none(guide, text, known, before)


def plainly_asked(guide: Guide, tracker: Tracker) -> Outcome | None:
    """The answer to a message that plainly is about a time limit: it asks when a known duty is due, goes on from the last one, asks whether it
    may wait, or asks for a limit that the manual does not have. None for any other.

    For the ask skill, whose messages are those that no other intent claimed.
    """
    text, before, finder = capped(said(tracker)), _before(guide, tracker), timescale_finder(guide)
    numbers = tracker.get_slot("contacts_needs")
    if numbers and asks_who_to_ring(text, guide.places.read(text), numbers, guide):
        return None
    from_when = _from_when(guide, text, before)
    if from_when:
        return from_when
    if cues.asks_to_wait(text) or (before.day and cues.asks_how_counted(text)):
        return _typed(guide, text, before)
    reading = read_date(text, guide.now(), before.day)
    goes_on = bool(before.held or before.offered) and not finder.speaks_of_a_duty(reading.rest)
    if goes_on and reading.said:
        return _typed(guide, text, before)
    found = _found(finder, reading.rest, before.topic)
    narrow = any(deadlines.scope(limit) for limit in found.timescales)  # a passage alone might be taken for the rule of every case
    believed = bool(read_limits(text)) and cues.asserts(text)
    asked = believed or (cues.asks_date(text) if reading.said or narrow else cues.asks_when_due(text))
    if asked and (found.sure or found.absent):
        return _typed(guide, text, before)
    maybe, a_rule = found.timescales and cues.asks_when_due(text), cues.asks_a_rule(text)
    by_search = answer(guide, text, {}).status if maybe or a_rule else ""
    if maybe and by_search in ("weak", "no_passage"):
        return _typed(guide, text, before)
    if a_rule and by_search == "no_passage":
        return _typed(guide, text, before) if found.sure else _none(guide, text, {}, before)
    return None


def _from_when(guide: Guide, text: str, before: _Before) -> Outcome | None:
    """The limit that was told, or asked about, counted from the day that a message only says: "it was the 6th, they got the referral". None for any other
    message: another limit's name may stand in it.
    """
    if before.start or before.offered or asks(text):
        return None
    reading = read_date(text, guide.now())
    if reading.said is None or reading.said.trouble or not cues.says_from_when(reading.rest):
        return None
    limits: Sequence[Timescale] = before.held
    if not limits and cues.asks_limit(before.topic):
        found = timescale_finder(guide).find(before.topic)
        limits = found.timescales if found.sure else ()
    start = deadlines.start_of(reading.said, None, guide.now()) if limits else None
    return _settled(guide, limits, start, reading, text) if start else None


def kept(outcome: Outcome) -> list[EventType]:
    """The slots that the next turn goes on from."""
    return [
        SlotSet("deadlines_timescales", [t.id for t in outcome.held]),
        SlotSet("deadlines_offered", [t.id for t in outcome.offered]),
        SlotSet("deadlines_start", outcome.start.kept() if outcome.start else None),
    ]


def _typed(guide: Guide, text: str, before: _Before) -> Outcome | None:
    """The answer to typed words, or None if the manual has no limit that fits them."""
    now, finder, held, offered = guide.now(), timescale_finder(guide), before.held, before.offered
    reading = read_date(text, now)
    found = _found(finder, reading.rest, before.topic)
    if cues.asks_how_counted(text) and before.day:
        return _counted(guide, before, before.start)
    beside = [t for t in found.timescales if _chapters(held) & _chapters([t])] if leans(text) and not found.sure else []
    found = Found(tuple(beside[:1]), True) if beside else found  # "and the acknowledgement to the school?"
    if cues.asks_to_wait(text):  # "can i wait till monday" names no day to count from
        return _counted(guide, before, before.start) if before.day else _waiting(guide)
    if found.absent:
        return _not_held(guide, text, found.absent)
    another = found.sure and list(found.timescales) != held
    goes_on = bool(held) and not another and finder.fits(_plain(text, now, before), held)
    names_none = not finder.speaks_of_a_duty(_plain(text, now, before))
    if goes_on or (offered and names_none):
        reading = read_date(text, now, before.day)
    if reading.said and reading.said.trouble:
        keep = found.timescales if found.sure else held
        return Outcome(trouble_reply(guide.content, reading.said, keep, now), keep, before.start, offered)
    carried = another and leans(text) and _chapters(held) & _chapters(found.timescales)
    same = found.sure and not another
    spoken_of = before.start if goes_on or same or not held or carried else None
    start = deadlines.start_of(reading.said, spoken_of, now) if reading.said else spoken_of
    if found.sure or goes_on:
        return _settled(guide, held if goes_on else found.timescales, start, reading, text)
    if found.timescales:
        return _maybe(guide, found.timescales, start, reading)
    of_topic = bool(before.topic) and leans(text) and not (held or offered)  # "how long have they got", behind a term: its limit, if it has one
    return _counted(guide, before, start, reading, text) if names_none and not of_topic else None


def _counted(guide: Guide, before: _Before, start: Start | None, reading: DateReading | None = None, text: str = "") -> Outcome:
    """The limits spoken of before, settled or offered, counted from a start."""
    if before.offered and not before.held:
        return _maybe(guide, before.offered, start, reading)
    return _settled(guide, before.held, start, reading, text)


def _maybe(guide: Guide, limits: Sequence[Timescale], start: Start | None, reading: DateReading | None) -> Outcome:
    limits = sorted(limits, key=lambda limit: start is not None and limit.within.value is None)  # a day was said: what has a date comes first
    return Outcome(maybe_reply(guide.content, limits, start, guide.now(), reading), (), start, limits)


def _plain(text: str, now: datetime, before: _Before) -> str:
    """The words without the day that they say, read beside the day spoken of before."""
    return read_date(text, now, before.day).rest


def _chapters(limits: Sequence[Timescale]) -> set[str]:
    return {source.chapter for limit in limits for source in (limit.source, *limit.also_in)}


def _found(finder: TimescaleFinder, text: str, topic: str) -> Found:
    """The limits that a message speaks of: as a whole, else in those of its sentences that ask when, else by the length of time that it names."""
    found, parts = finder.find(text, topic), sentences(text)
    asking = " ".join(sentence for sentence in parts if cues.asks_date(sentence))
    if not found and asking and asking != text:
        found = finder.find(asking, topic)
    if not found and len(parts) > 1:  # "Assessment opened on 3 November. I have inherited it. When is it due?"
        telling = [part for part in parts if finder.names_a_duty(part)]
        found = next((one for part in telling if (one := finder.find(part, topic)).sure or one.absent), found)
    found = found or Found(finder.of_length(read_lengths(text)))
    points_back = cues.asks_date(text) and not {"it", "that", "this"}.isdisjoint(words(text))
    return found or (finder.find(topic) if points_back else found)  # "what time is that due, he was confirmed dead at 22.15"


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


def _waiting(guide: Guide) -> Outcome:
    """Whether telling somebody may wait: no, with the passage that says so."""
    message = guide.content.messages["deadlines-wait"]
    passages = tuple(PassageRef(section) for section in message.source)
    return Outcome(Reply("answered", (Message(message.text.strip(), passages=passages),)), _not_delayed(guide))


def _not_delayed(guide: Guide) -> list[Timescale]:
    """The limits that stand in the passage on not waiting."""
    content = guide.content
    sections = {limit.id: content.section_for(limit.source) for limit in content.timescales.values()}
    return [content.timescales[i] for i, s in sections.items() if s and s.id in content.messages["deadlines-wait"].source]


def _none(guide: Guide, text: str, known: dict[str, str], before: _Before) -> Outcome:
    """What search finds; where a limit was asked for, it is said first that the manual has none."""
    found = answer(guide, text, known, before.topic or None)
    if not (cues.asks_limit(text) or read_lengths(text)):  # "they fly on 20 december": a day is named, but no limit is asked for
        return Outcome(with_walk(found, guide.fitting_walks(text)))
    return Outcome(Reply(found.status, (_set(guide, "deadlines-none"), *found.messages)))


def _not_held(guide: Guide, text: str, limit: AbsentLimit) -> Outcome:
    """The limit stands in a text that is not held: said, with that text's name, what is held on it, and whom to ask."""
    entry, near = guide.content.not_held[limit.not_held], refs(guide.search(text).hits, 2)
    named = compose.passages(guide.content, "not_held", near, entry, {}, guide.now())
    lead = guide.content.messages["deadlines-not-held"].filled(duty=limit.duty)
    return Outcome(replace(named, messages=(Message(lead), *named.messages)))


def _set(guide: Guide, message_id: str) -> Message:
    return Message(guide.content.messages[message_id].text.strip())


def _before(guide: Guide, tracker: Tracker) -> _Before:
    walk = guide.content.pathways.get(str(tracker.get_slot("pathways_id") or ""))
    topic = " ".join(filter(None, (tracker.get_slot("ask_question"), walk.title if walk else None)))
    start = Start.read(tracker.get_slot("deadlines_start"))
    return _Before(_kept(guide, tracker, "deadlines_timescales"), _kept(guide, tracker, "deadlines_offered"), start, topic)


def _kept(guide: Guide, tracker: Tracker, slot: str) -> list[Timescale]:
    kept = tracker.get_slot(slot)
    ids = kept if isinstance(kept, list) else []
    return [guide.content.timescales[i] for i in ids if i in guide.content.timescales]
