"""Where the referral summary stands when a message comes in, and how it begins: shared by actions/referral.py and actions/referral_turn.py.

Holds no Action class.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from rasa_sdk import Tracker

from guidance import compose_referral, referral, told
from guidance.fields import Field
from guidance.pathways import walk
from guidance.referral import State
from guidance.replies import Message, Noted, Reply
from guidance.text import added, words
from index.guide import Guide

FORM, SLOT = "referral_form", "referral_state"
TELLING = ("start_pathway", "signal_urgent")
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
    """A new summary, with what was told in this conversation already: the worry, who the caller is, the walk-through's answers, the area.

    What was told before a summary was deleted is not taken up again, nor is what was typed for an earlier one.
    """
    earlier, walked = _told_so_far(tracker)
    pathway = guide.content.pathways.get(tracker.get_slot("pathways_id") or "") if walked else None
    step = walk(pathway, tracker.get_slot("pathways_answers") or []) if pathway else None
    return told.prefilled(
        guide.content, referral.blank(), facts, pathway.id if pathway else None, step.answered if step else (), earlier
    )


def _told_so_far(tracker: Tracker) -> tuple[told.Earlier, bool]:
    """What was typed outside the summary since one was deleted last, and whether the walk-through belongs to that time."""
    messages, worries, errands = list[str](), list[str](), list[str]()
    walked, made, loop = True, False, None
    for event in tracker.events:
        kind, name, value = event.get("event"), event.get("name"), event.get("value")
        if kind == "active_loop":
            loop = name
        elif kind == "slot" and name == "pathways_answers" and value:
            walked = True
        elif kind == "slot" and name == SLOT:
            if made and value is None:
                messages, worries, errands, walked = [], [], [], False
            made = value is not None
        elif kind == "user" and loop != FORM and not (event.get("text") or "/").startswith("/"):
            messages.append(event["text"])
            wanted = ((event.get("parse_data") or {}).get("intent") or {}).get("name")
            if wanted == "start_referral":
                errands.append(event["text"])
            elif wanted in TELLING and not _SAYS_NOTHING_YET.issuperset(words(event["text"])):
                worries.append(event["text"])
    return told.Earlier(messages, worries, errands), walked


def hold(guide: Guide, state: State, facts: dict[str, str], text: str) -> State:
    """Write down what was typed when an emergency interrupted the questions: as the answer to the open story, else under 'anything else'. It is shown
    back when they go on.
    """
    form = guide.content.referral
    open_field = referral.next_field(form, state, facts)
    story = open_field if open_field and open_field.is_story else None
    target = story.id if story else "anything-else"
    put = (referral.fill if story else referral.correct)(form, state, target, added(state["answers"].get(target), text))
    return {**put, "held": {"words": text, "field": target, "aside": True}}


def offers(state: State) -> list[str]:
    return ["go-on" if waits(state) else "more"] * (state["done"] < 2) + ["change", "delete"]


def waits(state: State) -> bool:
    """True if the questions of the part begun are not at their end."""
    return bool(state["done"] < state["part"])
