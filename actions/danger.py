"""Skill danger: 999 before anything else, on every turn; stand down when it is over. What is in progress is kept."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import limits
from actions.answers import if_safe
from actions.ask import answer_question
from actions.conversation import facts, intent, keep, learn, said, send
from actions.pathways import open_step
from actions.referral import is_latest, resume, state_of
from actions.referral_scene import FORM, SLOT, hold
from actions.searching import answer, matter
from actions.starting import opened
from guidance import compose
from guidance.danger import DangerReading
from guidance.interpret import asks
from guidance.pathways import Step
from guidance.replies import Choice, Reply
from guidance.wording import can_be_all_clear, says_help_called
from index.guide import Guide, current


def _open_walk(tracker: Tracker) -> bool:
    """True if a walk-through, or the questions of the summary, can be gone on with."""
    state = state_of(tracker)
    return bool(tracker.get_slot("pathways_id") or (state and state["open"]))


def _gone_on(guide: Guide, dispatcher: CollectingDispatcher, tracker: Tracker, step: Step | None) -> list[EventType]:
    """Open again what the alarm interrupted: what is typed next is its answer. That nobody is in danger answers the danger question."""
    if is_latest(tracker) or step is None:
        return resume(guide, dispatcher, tracker)
    return opened(if_safe(step) or [a.option for a in step.answered], None)


def _held(guide: Guide, tracker: Tracker) -> list[EventType]:
    """What was typed while the summary was being asked for is written down: it may be what was seen, and is not asked for twice."""
    state, text = state_of(tracker), said(tracker)
    if state is None or not text or (tracker.active_loop or {}).get("name") != FORM:
        return []
    return [SlotSet(SLOT, hold(guide, state, facts(tracker), text))]


class RespondToDanger(Action):
    """Steps: which danger?, emergency message, numbers for now, the way back to an open walk-through."""

    def name(self) -> str:
        return "action_danger_respond"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        guide = current()
        again = facts(tracker).get("audience") == "child"
        known, _, events = learn(guide, tracker)
        if guide.danger.says_young(said(tracker)) and known.get("audience") != "child":  # "i think my friend is cutting herself, im 14"
            known, events = {**known, "audience": "child"}, [*events, *keep({"audience": "child"})]
        level = intent(tracker).removeprefix("signal_")
        reading = DangerReading(level, "intent", {})  # type: ignore[arg-type]
        send(dispatcher, compose.danger(guide.content, reading, known, guide.now(), _open_walk(tracker), again))
        if level == "child":
            events = [*events, *keep({"audience": "child"})]
        topic = [SlotSet("ask_question", matter(guide, said(tracker)))] if level == "urgent" and said(tracker) else []  # what is asked next is about it
        return [*events, *topic, *_held(guide, tracker)]


class HelpCalled(Action):
    """Steps: what comes after 999; what is in progress goes on."""

    def name(self) -> str:
        return "action_danger_help_called"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        guide = current()
        if not says_help_called(said(tracker), guide.content.words):
            return answer_question(dispatcher, tracker)
        known, _, events = learn(guide, tracker)
        options = [] if tracker.active_loop else [Choice("Get ready for that call", "/start_referral"), Choice("Nobody is in danger now", "/say_false_alarm")]
        send(dispatcher, Reply("contacts", (compose.set_message(guide.content, "danger-help-called", known, guide.now(), options=options),)))
        return events


class StandDown(Action):
    """Steps: say that it is good, keep 999 in sight, offer the way back."""

    def name(self) -> str:
        return "action_danger_stand_down"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        guide = current()
        # "no, december i said" and "sorry hes 9 not 11" put something right, and stand nothing down.
        if limits.plainly_asked(guide, tracker) or not can_be_all_clear(said(tracker), guide.content.words):
            return answer_question(dispatcher, tracker)
        known, _, events = learn(guide, tracker)
        waits, step = _open_walk(tracker) and not tracker.active_loop, open_step(guide, tracker)
        at_end = waits and step is not None and step.node.is_outcome and not is_latest(tracker)
        options = [Choice("Go on where I was", "/resume_pathway")] if at_end else []
        if not waits and not tracker.active_loop:
            options = [Choice("Walk me through what to do", "/start_pathway"), Choice("Who do I ring about this?", "/find_contact")]
        options = [] if known.get("audience") == "child" and not waits else options
        over = Reply("smalltalk", (compose.set_message(guide.content, "danger-over", known, guide.now(), options=options),))
        send(dispatcher, over)
        if not waits and asks(said(tracker)):  # "the police took him away, what happens now"
            found = answer(guide, said(tracker), known)
            if found.status in ("answered", "weak"):
                send(dispatcher, found)
        return [*events, *(_gone_on(guide, dispatcher, tracker, step) if waits and not at_end else [])]
