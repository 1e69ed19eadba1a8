"""A conversation with the actions of a skill, without Rasa: it keeps slots and the active form as Rasa would, and runs what the rules say."""

from __future__ import annotations

import asyncio
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import referral
from guidance.replies import Reply

START, SHOW, RESTART = referral.StartReferral(), referral.ShowReferral(), referral.RestartReferral()
DELETE, REVISE = referral.DeleteReferral(), referral.ReviseReferral()


class Talk:
    """`replies` holds what the last call answered."""

    def __init__(self, **slots: Any) -> None:
        self.slots: dict[str, Any] = dict(slots)
        self.events: list[dict[str, Any]] = []
        self.loop: str | None = None
        self.replies: list[Reply] = []

    def tracker(self, text: str, intent: str, choice: str | None = None, **entities: str) -> Tracker:
        found = {**entities, **({"referral_choice": choice} if choice else {})}
        message = {
            "intent": {"name": intent, "confidence": 1.0},
            "text": text,
            "entities": [{"entity": name, "value": value} for name, value in found.items()],
        }
        self.events.append({"event": "user", "text": text, "parse_data": message})
        loop = {"name": self.loop} if self.loop else {}
        return Tracker("t", dict(self.slots), message, list(self.events), False, None, loop, "action_listen")

    def run(
        self, action: Action, text: str = "", intent: str = "", choice: str | None = None, **entities: str
    ) -> list[Reply]:
        """One turn outside the form, then the form's question if it was opened."""
        dispatcher = CollectingDispatcher()
        before = self.loop
        events = asyncio.run(action.run(dispatcher, self.tracker(text, intent, choice, **entities), {}))
        self._apply(events)
        if self.loop == referral.FORM and before != referral.FORM:
            self._ask(dispatcher)
        return self._heard(dispatcher)

    def say(self, text: str, intent: str = "answer_pathway") -> list[Reply]:
        """One typed message while the form is open."""
        return self._in_form(self.tracker(text, intent))

    def press(self, choice: str) -> list[Reply]:
        """One button while the form is open."""
        return self._in_form(self.tracker(f"/choose_in_referral{{{choice}}}", "choose_in_referral", choice))

    def press_other(self, intent: str, **entities: str) -> list[Reply]:
        """A button of another skill while the form is open."""
        return self._in_form(self.tracker(f"/{intent}", intent, **entities))

    def _in_form(self, tracker: Tracker) -> list[Reply]:
        assert self.loop == referral.FORM
        dispatcher, form = CollectingDispatcher(), referral.ValidateReferralForm()
        self.slots.update(asyncio.run(form.validate_referral_answer("x", dispatcher, tracker, {})))
        after = Tracker("t", dict(self.slots), {}, [], False, None, {"name": self.loop}, "action_listen")
        if asyncio.run(form.required_slots(["referral_answer"], dispatcher, after, {})):
            self._ask(dispatcher)
        else:
            self.loop = None
        return self._heard(dispatcher)

    def _ask(self, dispatcher: CollectingDispatcher) -> None:
        tracker = Tracker("t", dict(self.slots), {}, [], False, None, {"name": self.loop}, "action_listen")
        self._apply(asyncio.run(referral.AskReferralQuestion().run(dispatcher, tracker, {})))

    def _apply(self, events: list[dict[str, Any]]) -> None:
        for event in events:
            if event["event"] == "slot":
                self.slots[event["name"]] = event["value"]
            elif event["event"] == "active_loop":
                self.loop = event["name"]

    def _heard(self, dispatcher: CollectingDispatcher) -> list[Reply]:
        self.replies = [Reply.from_dict(m["custom"]) for m in dispatcher.messages]
        return self.replies

    # --- what was said ---
    @property
    def state(self) -> dict[str, Any]:
        return dict(self.slots["referral_state"])

    @property
    def answers(self) -> dict[str, str]:
        return dict(self.state["answers"])

    @property
    def text(self) -> str:
        return "\n".join(m.text for r in self.replies for m in r.messages)

    @property
    def asked(self) -> str:
        """The question that stands last."""
        return self.replies[-1].messages[-1].text

    @property
    def noted(self) -> list[tuple[str, str, str | None]]:
        return [(n.label, n.words, n.before) for r in self.replies for m in r.messages for n in m.noted]

    @property
    def buttons(self) -> list[str]:
        return [
            c.payload.split('"')[3]
            for r in self.replies
            for m in r.messages
            for c in m.options
            if "choose_in" in c.payload
        ]

    @property
    def statuses(self) -> list[str]:
        return [r.status for r in self.replies]
