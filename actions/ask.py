"""Skill ask: a question to the procedures -> up to three passages, word for word, or an honest 'not found' with who to ask."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import learn, said, send
from guidance import compose
from guidance.replies import Reply
from guidance.text import capped
from index.guide import Guide, current, refs


def answer(guide: Guide, question: str, known: dict[str, str]) -> Reply:
    """Search and compose, for this action and for a question asked in the middle of a walk-through."""
    if not question:
        return Reply("clarify", (compose.set_message(guide.content, "ask-empty", known, guide.now()),))
    result = guide.search(capped(question))
    return compose.passages(guide.content, result.status, refs(result), result.not_held, known, guide.now())


class AnswerQuestion(Action):
    """Steps: learn area and audience, search, say how sure, reply."""

    def name(self) -> str:
        return "action_ask_answer"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        guide = current()
        known, _, events = learn(guide, tracker)
        send(dispatcher, answer(guide, said(tracker), known))
        return events
