"""Skill danger: 999 before anything else, on every turn; stand down when it is over. A walk-through in progress is kept."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import intent, learn, send
from guidance import compose
from guidance.danger import DangerReading
from guidance.replies import Choice, Reply
from index.guide import current


def _open_walk(tracker: Tracker) -> bool:
    return bool(tracker.get_slot("pathways_id"))


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
        return events


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
