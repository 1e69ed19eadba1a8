"""What every action does with Rasa's tracker: read the facts known so far, learn new ones from the message, send a reply.

Holds no Action class. The thinking is in guidance/ and index/.
"""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from guidance.compose import AREAS
from guidance.places import AreaReading
from guidance.replies import Reply
from guidance.wording import read_audience
from index.guide import Guide

FORM = "pathways_form"


def said(tracker: Tracker) -> str:
    """The words of the latest message; empty where a button was pressed."""
    text = (tracker.latest_message or {}).get("text") or ""
    return "" if text.startswith("/") else text


def intent(tracker: Tracker) -> str:
    return str(((tracker.latest_message or {}).get("intent") or {}).get("name") or "")


def ranking(tracker: Tracker) -> dict[str, float]:
    """The classifier's probability of each intent for the latest message; the danger check's own word on the intent is no part of them."""
    ranked = (tracker.latest_message or {}).get("intent_ranking") or []
    return {str(entry.get("name")): float(entry.get("confidence") or 0.0) for entry in ranked}


def heard(tracker: Tracker) -> dict[str, bool]:
    """What the edge knew of the writer when it handed on the latest message: guidance.danger.Heard."""
    latest: dict[str, Any] = next((event for event in reversed(tracker.events) if event.get("event") == "user"), {})
    return dict((latest.get("metadata") or {}).get("heard") or {})


def entity(tracker: Tracker, name: str) -> str | None:
    """The value of an entity that a button of ours carried in the latest message."""
    return next(
        (str(e["value"]) for e in (tracker.latest_message or {}).get("entities") or [] if e.get("entity") == name), None
    )


def facts(tracker: Tracker) -> dict[str, str]:
    """Area and audience, as far as known."""
    known = {"area": tracker.get_slot("shared_area"), "audience": tracker.get_slot("shared_audience")}
    return {name: value for name, value in known.items() if value}


def learn(guide: Guide, tracker: Tracker) -> tuple[dict[str, str], AreaReading, list[EventType]]:
    """The facts after the latest message, how its place was read, and the events that keep what is new."""
    text = said(tracker)
    known = facts(tracker)
    place = guide.places.read(text)
    new: dict[str, str] = {}
    if place.kind == "known" and place.area:
        new["area"] = place.area
    if entity(tracker, "area") in AREAS:
        new["area"] = str(entity(tracker, "area"))
    audience, before = read_audience(text, guide.content.words), heard(tracker)
    if audience and known.get("audience", "child") == "child":
        new["audience"] = audience
    elif known.get("audience") == "child" and before.get("grown_up"):
        new["audience"] = "public"
    elif before.get("a_child") and "audience" not in known:
        new["audience"] = "child"
    return {**known, **new}, place, keep(new)


def keep(new: dict[str, str]) -> list[EventType]:
    """Slot events for facts (area, audience)."""
    return [SlotSet(f"shared_{name}", value) for name, value in new.items() if name in ("area", "audience")]


def send(dispatcher: CollectingDispatcher, reply: Reply) -> None:
    """Hand a reply to the edge."""
    payload: dict[str, Any] = reply.to_dict()
    dispatcher.utter_message(json_message=payload)
