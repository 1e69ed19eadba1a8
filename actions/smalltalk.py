"""Skill smalltalk: set replies about Waymark itself, by intent."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import facts, intent, send
from guidance import compose
from guidance.replies import Reply
from index.guide import current

MESSAGES = {
    "greet": "smalltalk-greet",
    "thank": "smalltalk-thank",
    "say_goodbye": "smalltalk-goodbye",
    "ask_identity": "smalltalk-identity",
    "ask_privacy": "smalltalk-privacy",
    "ask_person": "smalltalk-person",
    "ask_abilities": "smalltalk-what-can-you-do",
}


class ReplyToSmalltalk(Action):
    """Steps: which set reply?, send it."""

    def name(self) -> str:
        return "action_smalltalk_reply"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        guide = current()
        message_id = MESSAGES.get(intent(tracker), "smalltalk-what-can-you-do")
        send(
            dispatcher,
            Reply("smalltalk", (compose.set_message(guide.content, message_id, facts(tracker), guide.now()),)),
        )
        return []
