"""The latest message -> its set replies, if its intent has one and they are what was meant.

Holds no Action class; actions/smalltalk.py and actions/answers.py (inside a walk-through) call it. The thinking is in guidance/about.py.
"""

from __future__ import annotations

import msgspec
from rasa_sdk import Tracker

from actions import limits
from actions.contacts import DEFAULT_NEED, asks_who_to_ring
from actions.conversation import intent, ranking, said
from guidance import about
from guidance.followups import leans
from guidance.interpret import asks
from guidance.replies import Reply
from guidance.text import capped, holds
from guidance.wording import asks_number, read_audience, says_reported
from index.guide import Guide, refs

LIKELY_NUMBER = 0.3  # of the intent classifier
_OF_A_REPORT = ("ask_after_report", "ask_removed", about.OFF_TOPIC)
NEARBY = 12  # passages: a few plain words ("what if i am wrong") come near to many


def set_replies(guide: Guide, tracker: Tracker, known: dict[str, str], in_walk: bool = False) -> list[Reply]:
    """The replies in order; none where the message is no small talk, or is likelier something else."""
    asked, text, content = intent(tracker), said(tracker), guide.content
    plain = plainly_meant(guide, tracker, known, in_walk)
    if plain:
        return [plain]
    likely = ranking(tracker)
    if asked == "ask_presence" and holds(text, content.words.to_a_person):
        asked, likely = "ask_person", {}
    if asked not in about.REPLIES and asked != about.REPEAT:
        return []
    if asked in _OF_A_REPORT and _was_given(guide, tracker, about.REPORTED):
        return [_one(guide, tracker, about.REPORTED, known, in_walk)]  # "how long does it take", "should i get a solicitor"
    before = tracker.get_slot("contacts_needs")
    if before and asks_who_to_ring(text, guide.places.read(text), before, guide):
        return []  # "what about boxing day"
    if asked == about.REPORTED and (known.get("audience") == "professional" or _goes_on(guide, tracker)):
        return []
    if asked == "ask_after_report" and not (in_walk or tracker.active_loop) and leans(text) and asks(str(tracker.get_slot("ask_question") or "")):
        return []  # "can i find out about her girlfriend?", "how long does it take"
    by_child = known.get("audience") == "child"
    if not about.is_meant(asked, text, likely, content.words, in_walk, by_child, asked == about.OFF_TOPIC and guide.rather_outside(text)):
        return []
    if (asked == "thank" and read_audience(text, content.words)) or (asked == about.REPEAT and asks_number(text, content.words)):
        return []  # "i'm a TA" thanks nobody; "what did you say the number was" asks for a number
    if asked in about.REPLIES and about.REPLIES[asked].status == "out_of_scope" and wants_number(guide, tracker, text):
        return []  # "he's hit me before, which number": a number is asked for, not a file
    if asked == "ask_anonymous" and by_child and asks_number(text, content.words):
        return []  # "can i text someone instead i dont want to be heard"
    in_walk = in_walk or bool(tracker.active_loop)
    if asked == about.REPEAT:
        return about.again(content, _said_last(tracker), known, guide.now(), in_walk)
    chapters = about.must_be_borne_out(content, asked)
    if text and chapters and not by_child and chapters.isdisjoint(s.chapter for s in guide.searcher.nearest(capped(text), NEARBY)):
        return []
    return [_one(guide, tracker, asked, known, in_walk)]


def _one(guide: Guide, tracker: Tracker, asked: str, known: dict[str, str], in_walk: bool = False) -> Reply:
    sections = guide.content.messages[about.REPLIES[asked].message].source if about.REPLIES[asked].shows_source else ()
    shown = refs(guide.searcher.nearest_of(capped(said(tracker)), sections, about.SHOWN))
    walk = guide.content.pathways.get(str(tracker.get_slot("pathways_id") or ""))
    needs = (*walk.needs, DEFAULT_NEED) if walk and asked == "ask_person" else ()
    return about.reply(guide.content, asked, known, guide.now(), in_walk, shown, _was_given(guide, tracker, asked), needs)


def plainly_meant(guide: Guide, tracker: Tracker, known: dict[str, str], in_walk: bool = False) -> Reply | None:
    """The set reply that the words of a message ask for, however likely another intent was; None where they ask for none."""
    asked = about.surely(said(tracker), guide.content.words, known.get("audience") == "child")
    return _one(guide, tracker, asked, known, in_walk) if asked else None


def to_parent(guide: Guide, tracker: Tracker, known: dict[str, str]) -> Reply | None:
    """The reply to a parent whom others are worried about, where the message may be theirs although another intent was likelier; None if not."""
    text, likely = said(tracker), {about.REPORTED: 0.0, **ranking(tracker)}
    if not text or tracker.active_loop or _goes_on(guide, tracker) or known.get("audience") == "professional":
        return None
    if likely.get("ask_harm", 0.0) > likely[about.REPORTED]:
        return None
    if not (says_reported(text, guide.content.words) or about.is_meant(about.REPORTED, text, likely, guide.content.words)):
        return None
    return _one(guide, tracker, about.REPORTED, known)


def to_parent_again(guide: Guide, tracker: Tracker, known: dict[str, str]) -> Reply | None:
    """For a parent who has been told what is held: what comes nearest to what they say next, where it is no worry about another child."""
    if tracker.active_loop or not said(tracker) or known.get("audience") == "professional" or not _was_given(guide, tracker, about.REPORTED):
        return None
    return _one(guide, tracker, about.REPORTED, known)


def _goes_on(guide: Guide, tracker: Tracker) -> bool:
    """True for words that lean on something other than a report ("who has to come to it?", the day that was asked for), or ask about a text that is
    listed and not held ("can i bring my sister to the conference"): that is said by its name.
    """
    if said(tracker) and guide.search(capped(said(tracker))).status == "not_held":
        return True
    if _was_given(guide, tracker, about.REPORTED):
        return False
    return bool(tracker.get_slot("ask_question") and leans(said(tracker))) or limits.plainly_asked(guide, tracker) is not None


def _was_given(guide: Guide, tracker: Tracker, asked: str) -> bool:
    """True if the set reply has been given in this conversation."""
    text = guide.content.messages[about.REPLIES[asked].message].text.strip()
    given = (reply for event in tracker.events if event.get("event") == "bot" for reply in _reply(event))
    return any(message.text == text for reply in given for message in reply.messages)


def wants_number(guide: Guide, tracker: Tracker, text: str) -> bool:
    """True if a message asks for somebody to ring, and not about something that the manual has nothing to do with."""
    if not asks_number(text, guide.content.words):
        return False
    return ranking(tracker).get("find_contact", 0.0) >= LIKELY_NUMBER or not guide.outside(guide.places.without(text))


def _said_last(tracker: Tracker) -> list[Reply]:
    """Waymark's replies to the message before the latest."""
    turns: list[list[Reply]] = []
    for event in tracker.events or []:
        if event.get("event") == "user":
            turns.append([])
        elif event.get("event") == "bot" and turns:
            turns[-1].extend(_reply(event))
    return turns[-2] if len(turns) > 1 else []


def _reply(event: dict[str, object]) -> list[Reply]:
    data = event.get("data")
    try:
        return [Reply.from_dict(data.get("custom"))] if isinstance(data, dict) else []
    except msgspec.ValidationError:
        return []
