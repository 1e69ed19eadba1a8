"""The latest message -> its set replies, if its intent has one and they are what was meant.

Holds no Action class; actions/smalltalk.py and actions/answers.py (inside a walk-through) call it. The thinking is in guidance/about.py.
"""

from __future__ import annotations

import msgspec
from rasa_sdk import Tracker

from actions.conversation import intent, ranking, said
from guidance import about
from guidance.replies import Reply
from guidance.text import capped
from guidance.wording import asks_number, read_audience
from index.guide import Guide

LIKELY_NUMBER = 0.3  # of the intent classifier
NEARBY = 12  # passages: a few plain words ("what if i am wrong") come near to many


def set_replies(guide: Guide, tracker: Tracker, known: dict[str, str], in_walk: bool = False) -> list[Reply]:
    """The replies in order; none where the message is no small talk, or is likelier something else."""
    asked, text, content = intent(tracker), said(tracker), guide.content
    if asked not in about.REPLIES and asked != about.REPEAT:
        return []
    if not about.is_meant(asked, text, ranking(tracker), in_walk):
        return []
    if (asked == "thank" and read_audience(text, content.words)) or (asked == about.REPEAT and asks_number(text, content.words)):
        return []  # "i'm a TA" thanks nobody; "what did you say the number was" asks for a number
    if asked in about.REPLIES and about.REPLIES[asked].status == "out_of_scope" and wants_number(guide, tracker, text):
        return []  # "he's hit me before, which number": a number is asked for, not a file
    in_walk = in_walk or bool(tracker.active_loop)
    if asked == about.REPEAT:
        return about.again(content, _said_last(tracker), known, guide.now(), in_walk)
    if text and about.rests_on(content, asked):
        found = [section.id for section in guide.searcher.nearest(capped(text), NEARBY)]
        if not about.is_borne_out(content, asked, found):
            return []
    return [about.reply(content, asked, known, guide.now(), in_walk)]


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
