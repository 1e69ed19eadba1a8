"""Skill danger: 999 before anything else, on every turn; stand down when it is over. What is in progress is kept."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import facts, intent, learn, said, send
from actions.referral import state_of
from actions.referral_scene import FORM, SLOT, hold
from guidance import compose
from guidance.danger import DangerReading
from guidance.replies import Choice, Reply
from index.guide import Guide, current


def _open_walk(tracker: Tracker) -> bool:
    """True if a walk-through, or the questions of the summary, can be gone on with."""
    state = state_of(tracker)
    return bool(tracker.get_slot("pathways_id") or (state and state["open"]))


def _held(guide: Guide, tracker: Tracker) -> list[EventType]:
    """What was typed while the summary was being asked for is set aside: it may be what was seen, and is not asked for twice."""
    state, text = state_of(tracker), said(tracker)
    if state is None or not text or (tracker.active_loop or {}).get("name") != FORM:
        return []
    return [SlotSet(SLOT, hold(guide, state, facts(tracker), text))]


class RespondToDanger(Action):
    """Steps: which danger?, emergency message, numbers for now, the way back to an open walk-through."""

    def name(self) -> str:
        return "action_danger_respond"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        guide = current()
        known, _, events = learn(guide, tracker)
        level = intent(tracker).removeprefix("signal_")
        reading = DangerReading(level, "intent", {})  # type: ignore[arg-type]
        send(dispatcher, compose.danger(guide.content, reading, known, guide.now(), _open_walk(tracker)))
        return [*events, *_held(guide, tracker)]


class StandDown(Action):
    """Steps: say that it is good, keep 999 in sight, offer the way back."""

    def name(self) -> str:
        return "action_danger_stand_down"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        guide = current()
        options = (
            [Choice("Go on where I was", "/resume_pathway")] if _open_walk(tracker) and not tracker.active_loop else []
        )
        if not options and not tracker.active_loop:
            options = [Choice("Walk me through what to do", "/start_pathway")]
        known, _, events = learn(guide, tracker)
        send(
            dispatcher,
            Reply(
                "smalltalk", (compose.set_message(guide.content, "danger-over", known, guide.now(), options=options),)
            ),
        )
        return events
