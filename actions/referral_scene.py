"""Where the referral summary stands when a message comes in, and how it begins: shared by actions/referral.py and actions/referral_turn.py.

Holds no Action class.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from rasa_sdk import Tracker

from guidance import compose_referral, referral
from guidance.fields import Field
from guidance.pathways import walk
from guidance.referral import State
from guidance.replies import Message, Noted, Reply
from guidance.text import words
from index.guide import Guide

FORM, SLOT = "referral_form", "referral_state"
TELLING, FEWEST_WORDS = ("start_pathway", "signal_urgent"), 6
# "I am worried about a child" says that there is a worry, and not yet which.
_SAYS_NOTHING_YET = frozenset(
    words(
        "i i'm im am we're are a an the some this my child children kid kids worry worried concern concerned scared about for who what to do how report it "
        "him her them want need help with please not sure think know don't dont"
    )
)


@dataclass(frozen=True, slots=True)
class Turn:
    """The state after the message (None: deleted), what to say before the next question, and the facts learnt."""

    state: State | None
    messages: tuple[Message, ...] = ()
    facts: dict[str, str] = field(default_factory=dict)
    others: tuple[Reply, ...] = ()  # of other skills: a question that was asked in between


@dataclass(frozen=True, slots=True)
class Scene:
    """What a message is read against. `open_field` is None when no question is open."""

    guide: Guide
    tracker: Tracker
    state: State
    facts: dict[str, str]
    open_field: Field | None

    def say(self, message_id: str, *labels: str, noted: tuple[Noted, ...] = ()) -> Message:
        return compose_referral.say(self.guide.content, message_id, self.facts, self.guide.now(), *labels, noted=noted)

    def show(self, state: State, *labels: str, lead: str = "referral-summary") -> Message:
        return compose_referral.shown(self.guide.content, state, self.facts, self.guide.now(), *labels, lead=lead)


def begin(guide: Guide, tracker: Tracker, facts: dict[str, str]) -> State:
    """A new summary, with what was told in this conversation already: the worry, the walk-through's answers, the area."""
    pathway = guide.content.pathways.get(tracker.get_slot("pathways_id") or "")
    step = walk(pathway, tracker.get_slot("pathways_answers") or []) if pathway else None
    told = [e["text"] for e in tracker.events if e.get("event") == "user" and _tells_a_worry(e)]
    return referral.prefilled(
        guide.content, referral.blank(), facts, pathway.id if pathway else None, step.answered if step else (), told
    )


def _tells_a_worry(event: dict[str, Any]) -> bool:
    text, name = event.get("text") or "", ((event.get("parse_data") or {}).get("intent") or {}).get("name")
    tells = len(words(text)) >= FEWEST_WORDS and not _SAYS_NOTHING_YET.issuperset(words(text))
    return name in TELLING and not text.startswith("/") and tells


def hold(guide: Guide, state: State, facts: dict[str, str], text: str) -> State:
    """Set the words of an interruption aside: they may belong to the open story, else under 'anything else'."""
    open_field = referral.next_field(guide.content.referral, state, facts)
    target = open_field.id if open_field and open_field.is_story else "anything-else"
    return {**state, "held": {"words": text, "field": target}}


def offers(state: State) -> list[str]:
    return ["go-on" if waits(state) else "more"] * (state["done"] < 2) + ["change", "delete"]


def waits(state: State) -> bool:
    """True if the questions of the part begun are not at their end."""
    return bool(state["done"] < state["part"])
