"""The referral summary -> the dictionary that the API gives, the page shows and the documents print. All words are the corpus's or the person's.

It is made anew on each request from the conversation's slot; nothing of it is stored here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot import shapes
from guidance import referral
from guidance.contacts import describe, say_clock, say_day
from guidance.content import Content
from guidance.fields import Gap
from guidance.referral import Entry, State, Summary


def summary(content: Content, slot: Any, facts: Mapping[str, str], now: datetime) -> dict[str, Any] | None:
    """The summary of a slot's state at `now`; None if the slot holds none."""
    state = referral.restored(slot)
    return shape(content, state, referral.summary(content, state, facts, now), now) if state else None


def shape(content: Content, state: State, told: Summary, now: datetime) -> dict[str, Any]:
    """One summary in the words and the order in which every format shows it."""
    form, messages = content.referral, content.messages
    heading = form.headings["deadlines" if told.call_made else "if-now"]
    return {
        "title": form.headings["title"],
        "made": now.isoformat(),
        "made_words": f"{form.headings['made']} {say_clock(now)}, {say_day(now)} {now.year}",
        "not_sent": messages["referral-not-sent"].text.strip(),
        "unshown": messages["referral-unshown"].text.strip(),
        "about_words": messages["referral-own-words"].text.strip(),
        "contacts_heading": form.headings["contacts"],
        "contacts": [
            shapes.contact(content, describe(content.contacts[i], content.office_day, now)) for i in told.contacts
        ],
        "parts": [
            {
                "id": part.id,
                "heading": form.headings[part.id],
                "entries": [{"field": e.field, "label": e.label, "words": _words(state, e)} for e in part.entries],
            }
            for part in told.parts
        ],
        "call": {"made": told.call_made, "at": state["call_at"], "words": _call(content, told)},
        "deadlines_heading": heading,
        "deadlines": [*_counted(content, told), *(_undated(content, i, now) for i in told.undated)],
        "missing_heading": form.headings["missing"],
        "missing": [{"field": m.field, "label": m.label, "why": m.why} for m in told.missing],
        "missing_words": _missing(form.gaps, told),
    }


def _counted(content: Content, told: Summary) -> list[dict[str, Any]]:
    return [shapes.deadline(content, i, told.counted) for i in told.deadlines] if told.counted else []


def _undated(content: Content, timescale_id: str, now: datetime) -> dict[str, Any]:
    """A time limit that runs from something else than the call: with what it runs from, and without a date."""
    shown = shapes.deadline(content, timescale_id, now)
    return {**shown, "within": f"{shown['within']}, from {shown['from']}", "start": None, "due": None, "due_words": "", "counted": []}


def _words(state: State, entry: Entry) -> str:
    """The answer as told; the time of the call with its date, since "today" means nothing tomorrow."""
    if entry.field != "call-when" or not state["call_at"]:
        return entry.words
    at = datetime.fromisoformat(state["call_at"])
    return f"{say_clock(at)}, {say_day(at)} {at.year} ({entry.words})"


def _call(content: Content, told: Summary) -> str:
    """What is not known of the call, in one sentence; empty if it was made and its time is known."""
    if told.call_made and told.counted:
        return ""
    known = {None: "referral-rung-unknown", False: "referral-not-rung", True: "referral-time-unread"}
    return content.messages[known[told.call_made]].text.strip()


def _missing(gaps: Mapping[Gap, str], told: Summary) -> list[str]:
    """One line for each reason: 'not asked yet: Gender, GP'."""
    found = {why: [m.label for m in told.missing if m.why == why] for why in gaps}
    return [f"{gaps[why]}: {'; '.join(labels)}" for why, labels in found.items() if labels]


def belongs(answer: Mapping[str, Any]) -> bool:
    """True if a turn's answer is part of making the summary, or shows words of it."""
    return answer["status"] == "summary" or any(m["summary"] or m["noted"] for m in answer["messages"])
