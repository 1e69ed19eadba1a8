"""What Waymark says in one turn, as data: a status and messages that name passages, contacts and deadlines by id.

Actions send replies to the edge in this form through Rasa; the edge puts in the words, numbers and times. So no procedure text travels
through, or stays in, a conversation's memory.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from guidance.messages import Tone

ReplyStatus = Literal[
    "urgent",
    "crisis",
    "child",
    "pathway",
    "contacts",
    "deadline",
    "definition",
    "changes",
    "summary",
    "answered",
    "weak",
    "no_passage",
    "not_held",
    "clarify",
    "out_of_scope",
    "smalltalk",
    "cleared",
    "error",
]
# The order in which one turn's statuses outrank each other: what a program or a page must not overlook stands first.
RANK: tuple[ReplyStatus, ...] = (
    "urgent",
    "crisis",
    "child",
    "error",
    "not_held",
    "answered",
    "weak",
    "no_passage",
    "contacts",
    "deadline",
    "definition",
    "changes",
    "summary",
    "clarify",
    "out_of_scope",
    "smalltalk",
    "cleared",
    "pathway",
)


class PassageRef(msgspec.Struct, frozen=True):
    """A section, the span of its best sentence, and the score that search gave it (never shown to a person)."""

    id: str
    best: tuple[int, int] | None = None
    score: float = 0.0


class Choice(msgspec.Struct, frozen=True):
    """A button: its label and what it sends to Rasa. The edge hands out an opaque id in place of `payload`."""

    label: str
    payload: str


class Noted(msgspec.Struct, frozen=True):
    """Words of the person, shown back as they are (never as Markdown): what they stand for, and what they replaced."""

    label: str
    words: str
    before: str | None = None


class Message(msgspec.Struct, frozen=True):
    """One bubble. `text` is Markdown, in the `language` named where it is not English (ISO 639-1). `at` is the moment for which contacts are
    shown, `counted_from` the one from which deadlines are counted (ISO); None for now. `summary` is the state of the referral summary and
    the facts known; the edge makes the summary of it.
    """

    text: str
    tone: Tone = "normal"
    passages: tuple[PassageRef, ...] = ()
    contacts: tuple[str, ...] = ()
    deadlines: tuple[str, ...] = ()
    options: tuple[Choice, ...] = ()
    source: tuple[str, ...] = ()
    at: str | None = None
    counted_from: str | None = None
    noted: tuple[Noted, ...] = ()
    summary: dict[str, Any] | None = None
    language: str | None = None


class Reply(msgspec.Struct, frozen=True):
    """One turn, or one skill's part of it."""

    status: ReplyStatus
    messages: tuple[Message, ...]
    pathway: str | None = None

    def to_dict(self) -> dict[str, Any]:
        return dict(msgspec.to_builtins(self))

    @classmethod
    def from_dict(cls, data: Any) -> Reply:
        """Read what to_dict wrote.

        raises  msgspec.ValidationError: it is not a reply
        """
        return msgspec.convert(data, cls)


def joined(replies: list[Reply]) -> Reply:
    """Several skills' replies of one turn as one: all messages in order, the most pressing status, emergencies first."""
    if not replies:
        return Reply("error", ())
    status = min((r.status for r in replies), key=RANK.index)
    messages = sorted((m for r in replies for m in r.messages), key=lambda m: m.tone != "emergency")
    pathway = next((r.pathway for r in reversed(replies) if r.pathway), None)
    return Reply(status, tuple(messages), pathway)
