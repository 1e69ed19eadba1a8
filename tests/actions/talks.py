"""A conversation with one skill's action, without Rasa: slots are kept from turn to turn, buttons are pressed by their label."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from guidance.replies import Reply
from index.guide import Guide, open_guide, use
from tests.conftest import ROOT, SATURDAY_NIGHT


@lru_cache(maxsize=1)
def guide() -> Guide:
    return open_guide(ROOT / "built", lambda: SATURDAY_NIGHT)


class ActionTalk:
    """One conversation with one action, on a Saturday night unless told otherwise."""

    def __init__(self, action: Action, now: datetime = SATURDAY_NIGHT) -> None:
        self.action, self.slots, self.now = action, {}, now
        self.reply = Reply("error", ())

    def say(self, text: str, intent: str = "") -> Reply:
        return self._turn({"text": text, "intent": {"name": intent}, "entities": []})

    def press(self, label: str) -> Reply:
        """Press the button whose label starts so."""
        choice = next(o for m in self.reply.messages for o in m.options if o.label.startswith(label))
        intent, values = re.fullmatch(r"/(\w+)(\{.*\})?", choice.payload).groups()  # type: ignore[union-attr]
        entities = [{"entity": k, "value": v} for k, v in json.loads(values or "{}").items()]
        return self._turn({"text": choice.payload, "intent": {"name": intent}, "entities": entities})

    @property
    def text(self) -> str:
        return "\n".join(m.text for m in self.reply.messages)

    @property
    def labels(self) -> list[str]:
        return [o.label for m in self.reply.messages for o in m.options]

    def _turn(self, message: dict[str, Any]) -> Reply:
        use(replace(guide(), now=lambda: self.now))
        tracker = Tracker("test", dict(self.slots), message, [], False, None, {}, "action_listen")
        dispatcher = CollectingDispatcher()
        events = asyncio.run(self.action.run(dispatcher, tracker, {}))
        self.slots.update({e["name"]: e["value"] for e in events if e["event"] == "slot"})
        self.reply = Reply.from_dict(dispatcher.messages[-1]["custom"])
        return self.reply
