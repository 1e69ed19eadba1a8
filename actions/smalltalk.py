"""Skill smalltalk: set replies about Waymark itself, to what people ask before they report, and to what Waymark does not do."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.ask import answer_question
from actions.conversation import learn, send
from actions.set_replies import set_replies
from index.guide import current


class ReplyToSmalltalk(Action):
    """Steps: which set reply?, is it meant?, send it; where it is not meant, search for what was said."""

    def name(self) -> str:
        return "action_smalltalk_reply"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        guide = current()
        known, _, events = learn(guide, tracker)
        found = set_replies(guide, tracker, known)
        if not found:
            return answer_question(dispatcher, tracker)
        for reply in found:
            send(dispatcher, reply)
        return events
