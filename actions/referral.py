"""Skill referral: the summary of what children's social care will ask for, one question at a time, in one form.

Thin adapters: the state is one slot (guidance/referral.py), a message is read by actions/referral_turn.py. Nothing is sent to anyone.
"""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.events import ActiveLoop, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.ask import answer, answer_question
from actions.conversation import entity, facts, intent, keep, learn, said, send
from actions.referral_scene import FORM, SLOT, Turn, begin, offers, waits
from actions.referral_turn import take
from guidance import compose_referral, referral
from guidance.deadline_cues import asks_when_due
from guidance.interpret import asks
from guidance.referral import State
from guidance.replies import Message, Reply
from guidance.said_commands import read_command
from guidance.said_roles import works_with_children
from guidance.wording import means_no_form
from index.guide import Guide, current


def state_of(tracker: Tracker) -> State | None:
    """The summary of this conversation, or None."""
    return referral.restored(tracker.get_slot(SLOT))


def is_latest(tracker: Tracker) -> bool:
    """True if the summary, and not a walk-through, is what was last asked about: what "go on" and "change" then mean."""
    return tracker.get_slot("shared_form") == FORM and state_of(tracker) is not None


def opened(state: State) -> list[EventType]:
    """The events that open the form at its next question."""
    return [
        SlotSet(SLOT, {**state, "open": True}),
        SlotSet("shared_form", FORM),
        ActiveLoop(FORM),
        SlotSet("requested_slot", "referral_answer"),
    ]


def resume(guide: Guide, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """Go on where the questions stopped; what an emergency interrupted is shown back. At the end: the summary."""
    state, known = state_of(tracker), facts(tracker)
    if state and state["done"] == 1:
        state["part"] = 2  # "go on" after the first part: the other questions
    if state is None or referral.next_field(guide.content.referral, state, known) is None:
        return show(guide, dispatcher, tracker)
    messages = [compose_referral.say(guide.content, "referral-resumed", known, guide.now())]
    if state["held"] and state["held"].get("aside"):
        messages.append(compose_referral.written_down(guide.content, state, known, guide.now()))
    state["held"] = None
    send(dispatcher, Reply("summary", tuple(messages)))
    return opened(state)


def begun(
    guide: Guide, dispatcher: CollectingDispatcher, tracker: Tracker, known: dict[str, str], events: list[EventType]
) -> list[EventType]:
    """A new summary, with what was told already. Whoever said that they work with children is a professional from here on."""
    state = begin(guide, tracker, known)
    if "audience" not in known and works_with_children(guide.content, state["answers"].get("caller-role")):
        known, events = {**known, "audience": "professional"}, [*events, *keep({"audience": "professional"})]
    send(dispatcher, Reply("summary", compose_referral.opening(guide.content, state, known, guide.now())))
    return [*events, *opened(state)]


def show(guide: Guide, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """The summary so far, or the offer to begin one."""
    state, known = state_of(tracker), facts(tracker)
    if state is None:
        send(dispatcher, Reply("summary", (_nothing(guide, known),)))
        return []
    buttons = [] if tracker.active_loop else offers(state)
    send(dispatcher, Reply("summary", (compose_referral.shown(guide.content, state, known, guide.now(), *buttons),)))
    return [] if tracker.active_loop else [SlotSet("shared_form", FORM)]


def revise(guide: Guide, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """A message or button about the summary while no question is open: a correction, more questions, an earlier button."""
    state, known = state_of(tracker), facts(tracker)
    if state is None:
        if intent(tracker) == "correct_referral":
            send(dispatcher, answer(guide, said(tracker), known))
            return []
        send(dispatcher, Reply("summary", (_nothing(guide, known),)))
        return []
    turn = take(guide, tracker, state, known, asking=False)
    tell(dispatcher, turn)
    if turn.state is None:
        return [SlotSet(SLOT, None), SlotSet("shared_form", None)]
    if not (turn.messages or turn.others or turn.state["open"]):
        return show(guide, dispatcher, tracker)
    kept = [*keep(turn.facts), SlotSet(SLOT, turn.state), SlotSet("shared_form", FORM)]
    return [*keep(turn.facts), *opened(turn.state)] if turn.state["open"] else kept


def tell(dispatcher: CollectingDispatcher, turn: Turn) -> None:
    """Send what a turn says: other skills' answers first."""
    for reply in turn.others:
        send(dispatcher, reply)
    if turn.messages:
        send(dispatcher, Reply("cleared" if turn.state is None else "summary", turn.messages))


def _nothing(guide: Guide, known: dict[str, str]) -> Message:
    return compose_referral.say(guide.content, "referral-nothing", known, guide.now(), "start")


class StartReferral(Action):
    """Steps: a child is told to ring, not to write; take over what was told; say what will happen; open the form."""

    def name(self) -> str:
        return "action_referral_start"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        guide = current()
        if asks(said(tracker)) and (means_no_form(said(tracker), guide.content.words) or asks_when_due(said(tracker))):
            return answer_question(dispatcher, tracker)  # "can i tell my form tutor", "if i ring tonight, when do i need to send it in writing by"
        known, _, events = learn(guide, tracker)
        if known.get("audience") == "child" and entity(tracker, "referral_choice") != "start":
            child = compose_referral.say(guide.content, "referral-child", known, guide.now(), "start")
            send(dispatcher, Reply("child", (child,)))
            return events
        state = state_of(tracker)
        if state is not None:
            again = resume if state["open"] or waits(state) else show
            return [*events, *again(guide, dispatcher, tracker)]
        return begun(guide, dispatcher, tracker, known, events)


class AskReferralQuestion(Action):
    """Asks the open question."""

    def name(self) -> str:
        return "action_ask_referral_answer"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        guide, state = current(), state_of(tracker)
        field = referral.next_field(guide.content.referral, state, facts(tracker)) if state else None
        if state is None or field is None:
            return [ActiveLoop(None), SlotSet("requested_slot", None)]
        send(dispatcher, Reply("summary", (compose_referral.question(guide.content, field, state),)))
        return []


class ValidateReferralForm(FormValidationAction):
    """Reads one message while a question is open."""

    def name(self) -> str:
        return "validate_referral_form"

    async def required_slots(
        self, domain_slots: list[str], dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[str]:
        state = state_of(tracker)
        return domain_slots if state and state["open"] else []

    async def validate_referral_answer(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        state, known = state_of(tracker), facts(tracker)
        if state is None:
            return {"referral_answer": None}
        turn = take(current(), tracker, state, known, asking=True)
        tell(dispatcher, turn)
        learnt = {f"shared_{name}": turn.facts[name] for name in ("area", "audience") if name in turn.facts}
        return {"referral_answer": None, SLOT: turn.state, **learnt}


class ShowReferral(Action):
    def name(self) -> str:
        return "action_referral_show"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        return show(current(), dispatcher, tracker)


class RestartReferral(Action):
    """A new summary. Where there is one already, it is asked first: nothing is thrown away unasked."""

    def name(self) -> str:
        return "action_referral_restart"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        guide = current()
        known, _, events = learn(guide, tracker)
        earlier = state_of(tracker)
        if earlier and earlier["answers"]:
            if read_command(guide.content.referral, said(tracker)) == "more":  # "go on with the summary" throws nothing away
                return [*events, *resume(guide, dispatcher, tracker)]
            sure = compose_referral.say(guide.content, "referral-restart-sure", known, guide.now(), "restart", "resume")
            send(dispatcher, Reply("summary", (sure,)))
            return [*events, SlotSet("shared_form", FORM)]
        return begun(guide, dispatcher, tracker, known, events)


class DeleteReferral(Action):
    def name(self) -> str:
        return "action_referral_delete"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        guide = current()
        message_id = "referral-deleted" if state_of(tracker) else "referral-nothing-to-delete"
        send(
            dispatcher,
            Reply("cleared", (compose_referral.say(guide.content, message_id, facts(tracker), guide.now()),)),
        )
        return [SlotSet(SLOT, None), SlotSet("shared_form", None)]


class ReviseReferral(Action):
    """A correction after the questions, or a button of the summary."""

    def name(self) -> str:
        return "action_referral_revise"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        if entity(tracker, "referral_choice") == "start" and state_of(tracker) is None:
            return await StartReferral().run(dispatcher, tracker, domain)
        return revise(current(), dispatcher, tracker)
