"""Conversations in the edge's memory: what was said, for pages without JavaScript, and the options that are open. Nothing is written to disk."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any, Literal

KEPT_S = 3600
MOST = 5000
MOST_TURNS = 120


# Who writes: as they have said themself or plainly shown; or, "maybe_child", as far as only the danger check's classifier takes them for one.
Writer = Literal["unknown", "grown_up", "maybe_child", "child"]


@dataclass(slots=True)
class Turn:
    """What was said (None where a button was pressed: then its label) and the answer as the API gives it."""

    said: str
    answer: dict[str, Any]


@dataclass(slots=True)
class Conversation:
    """`id` is known to the browser, `sender` only to Rasa; `leaving` can only end it. `options` maps this turn's opaque ids to what they send,
    `walks` the id of a walk-through on its page to the answers given there.
    """

    id: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    sender: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    leaving: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    options: dict[str, tuple[str, str]] = field(default_factory=dict)
    turns: list[Turn] = field(default_factory=list)
    walks: dict[str, list[str]] = field(default_factory=dict)
    searched: str = ""  # the last words looked for in the procedures: so they stand in no address
    nobody_in_danger: bool = False
    writer: Writer = "unknown"
    child_told: bool = False  # a child has been told where to turn
    taken_for_childs: str = ""  # the words for which the writer was taken for a child, until they say that they are none
    in_despair: int = 0  # in how many replies to come the help for somebody who may hurt themself is still shown
    doubted: str = ""  # what raised an alarm that was not sure, until the next turn
    deleted: bool = False
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    used: float = field(default_factory=time.monotonic)

    def offer(self, choices: list[tuple[str, str]]) -> list[dict[str, str]]:
        """Issue opaque ids for (label, payload) pairs, beside those already open in this turn."""
        issued = []
        for label, payload in choices:
            option_id = secrets.token_urlsafe(9)
            self.options[option_id] = (label, payload)
            issued.append({"id": option_id, "label": label})
        return issued

    @property
    def is_asked(self) -> bool:
        """True if a question of a walk-through or of the referral summary was put last."""
        return bool(self.turns) and self.turns[-1].answer["status"] in ("pathway", "summary")

    @property
    def fills_summary(self) -> bool:
        """True if a question of the referral summary is open."""
        return any(payload.startswith("/choose_in_referral") for _, payload in self.options.values())

    def wipe(self) -> None:
        """Let go of all that was said. A turn that still waits for the lock must not go on with this conversation."""
        self.turns.clear()
        self.options.clear()
        self.walks.clear()
        self.searched = self.doubted = self.taken_for_childs = ""
        self.deleted = True

    def record(self, turn: Turn) -> None:
        self.turns.append(turn)
        del self.turns[:-MOST_TURNS]


class Conversations:
    """Finds, opens, ages and forgets conversations."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, Conversation] = OrderedDict()

    def find(self, conversation_id: str | None) -> Conversation | None:
        """The conversation, or None if there is none of that id any more."""
        found = self._known.get(conversation_id or "")
        if found and found.used < time.monotonic() - KEPT_S:
            return None
        if found:
            found.used = time.monotonic()
            self._known.move_to_end(found.id)
        return found

    def count(self) -> int:
        return len(self._known)

    def find_leaving(self, word: str | None) -> Conversation | None:
        """The conversation that this word may end."""
        return next((c for c in self._known.values() if word and c.leaving == word), None)

    def open(self) -> Conversation:
        conversation = Conversation()
        self._known[conversation.id] = conversation
        while len(self._known) > MOST:
            self._known.popitem(last=False)[1].wipe()
        return conversation

    def forget(self, conversation_id: str | None) -> Conversation | None:
        """Drop a conversation and return it, so that Rasa can be told as well."""
        return self._known.pop(conversation_id or "", None)

    def age(self) -> list[Conversation]:
        """Wipe and return the conversations that nobody has used for an hour, so that Rasa can be told as well."""
        limit = time.monotonic() - KEPT_S
        over: list[Conversation] = []
        while self._known and next(iter(self._known.values())).used < limit:
            _, old = self._known.popitem(last=False)
            old.wipe()
            over.append(old)
        return over
