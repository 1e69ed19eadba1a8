"""Skill pathways: thin adapters between Rasa's one form and guidance.pathways. State is the pathway's id and the list of answers."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.events import ActiveLoop, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import limits, referral
from actions.answers import Turn, understand
from actions.ask import answer_question
from actions.contacts import asks_who_to_ring
from actions.conversation import entity, facts, intent, learn, said, send
from actions.searching import answer, with_walk
from actions.set_replies import plainly_meant, to_parent, to_parent_again
from actions.starting import PLAIN, of_topic, opened, start
from guidance import about, compose
from guidance.interpret import asks, is_question
from guidance.pathways import Step, walk
from guidance.replies import Reply
from guidance.text import words
from guidance.wording import asks_for_summary, asks_number, asks_to_be_led
from index.guide import Guide, current
from index.walks import DEFAULT

SUBJECT = 3  # words: with no question open, they name what somebody wants to know
CALM = 0.9  # the danger check's probability that nobody is in danger


def open_step(guide: Guide, tracker: Tracker, answers: list[str] | None = None) -> Step | None:
    """Where the open walk-through stands, or None if none is open."""
    pathway = guide.content.pathways.get(tracker.get_slot("pathways_id") or "")
    if pathway is None:
        return None
    return walk(pathway, answers if answers is not None else tracker.get_slot("pathways_answers") or [])


class StartPathway(Action):
    """Steps: learn facts, answer what was said if it was a question too, choose the walk-through, open the form (which asks the first question)."""

    def name(self) -> str:
        return "action_pathways_start"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        guide = current()
        if asks_for_summary(said(tracker), guide.content.words) and not asks(said(tracker)):  # "boy of 3, bruises on his back. write a referral summary"
            return await referral.StartReferral().run(dispatcher, tracker, domain)
        if asks_number(said(tracker), guide.content.words) or (said(tracker) and limits.plainly_asked(guide, tracker)):
            return answer_question(dispatcher, tracker)
        known, _, events = learn(guide, tracker)
        fits = guide.fitting_walks(said(tracker)) if said(tracker) else None
        plain = fits is not None and fits[0].fit >= PLAIN
        to_them = plainly_meant(guide, tracker, known) or to_parent(guide, tracker, known) or (None if plain else to_parent_again(guide, tracker, known))
        if to_them:  # a parent whom others are worried about is asked no questions about somebody else's child
            send(dispatcher, to_them)
            return events
        # A classifier of intents takes any child for a worry. What no walk-through fits and is about something else is answered so, unless danger is
        # anywhere near.
        calm = guide.danger.read(said(tracker)).scores.get("not_urgent", 0.0) >= CALM
        if calm and fits and not fits.is_about_children() and guide.outside(guide.places.without(said(tracker))):
            send(dispatcher, with_walk(answer(guide, said(tracker), known), fits))
            return events
        named = fits.to_start() if fits else DEFAULT
        topic = of_topic(guide, tracker.get_slot("ask_question")) if named == DEFAULT else None  # "he wants to come tomorrow. is he allowed to see him"
        if asks(said(tracker)) and not asks_to_be_led(said(tracker), guide.content.words):
            found = answer(guide, said(tracker), known, tracker.get_slot("ask_question"), topic)
            if found.status == "answered" or (topic and found.status == "weak"):
                send(dispatcher, found)
        return [*events, *start(topic.id if topic else named, said(tracker))]


class OpenPathway(Action):
    """Steps: open the walk-through that a button named; without one, list them, the likeliest first."""

    def name(self) -> str:
        return "action_pathways_open"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        guide = current()
        known, _, events = learn(guide, tracker)
        named = entity(tracker, "pathways_id")
        if named in guide.content.pathways:
            return [*events, *start(str(named))]
        earlier = tracker.get_slot("ask_question") or said(tracker) or DEFAULT
        fits = [fit.pathway for fit in guide.fitting_walks(earlier)]
        going_on = bool(tracker.get_slot("pathways_id"))
        send(dispatcher, compose.pathway_list(guide.content, fits, known, guide.now(), going_on, some=named == compose.LIKELIEST))
        return [*events, ActiveLoop(None), SlotSet("requested_slot", None)]


class AskQuestion(Action):
    """Asks the open question, after whatever set message the last answer called for."""

    def name(self) -> str:
        return "action_ask_pathways_answer"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        guide = current()
        step = open_step(guide, tracker)
        if step is None:
            return [ActiveLoop(None), SlotSet("requested_slot", None)]
        lead = "pathways-restarted" if step.restarted else tracker.get_slot("pathways_lead")
        shown = str(tracker.get_slot("pathways_introduced") or "")
        here = f"{step.pathway.id}/{step.node_id}"
        intro = not step.answered and not lead and shown.partition("/")[0] != step.pathway.id
        send(
            dispatcher,
            compose.pathway_step(
                guide.content, step, facts(tracker), guide.now(), intro=intro, lead=lead, again=shown == here
            ),
        )
        introduced = SlotSet("pathways_introduced", here)
        return [introduced, SlotSet("pathways_lead", None), SlotSet("pathways_answers", [a.option for a in step.answered])]


class ValidatePathwaysForm(FormValidationAction):
    """Reads one answer (a button or free words), moves the walk, and shows the outcome when it is reached."""

    def name(self) -> str:
        return "validate_pathways_form"

    async def required_slots(
        self, domain_slots: list[str], dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[str]:
        step = open_step(current(), tracker)
        return [] if step is None or step.node.is_outcome else domain_slots

    async def validate_pathways_answer(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        guide = current()
        step = open_step(guide, tracker)
        if step is None:
            return {"pathways_answer": None}
        known, _, _ = learn(guide, tracker)
        turn: Turn = understand(guide, tracker, step, known)
        for reply in turn.replies:
            send(dispatcher, reply)
        asked = answer_question(dispatcher, tracker) if turn.question else []
        after = walk(step.pathway, turn.answers, known if turn.moved_on else None)
        if after.node.is_outcome:
            send(dispatcher, compose.pathway_step(guide.content, after, known, guide.now()))
        area, audience = after.facts.get("area", known.get("area")), after.facts.get("audience", known.get("audience"))
        return {
            **{event["name"]: event["value"] for event in asked if event["event"] == "slot"},
            "pathways_answer": None,
            "pathways_answers": [a.option for a in after.answered],
            "pathways_misses": float(turn.misses),
            "pathways_lead": turn.lead,
            "shared_area": area,
            "shared_audience": audience,
        }


class StopPathway(Action):
    def name(self) -> str:
        return "action_pathways_stop"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        guide = current()
        if referral.is_latest(tracker) and not tracker.active_loop:
            return referral.revise(guide, dispatcher, tracker)
        message = "pathways-stopped" if tracker.get_slot("pathways_id") else "pathways-nothing-open"
        send(
            dispatcher, Reply("smalltalk", (compose.set_message(guide.content, message, facts(tracker), guide.now()),))
        )
        return []


class ResumePathway(Action):
    """Opens the form again where the walk stood; says so if there is nothing to go on with."""

    def name(self) -> str:
        return "action_pathways_resume"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        guide = current()
        if referral.is_latest(tracker):
            return referral.resume(guide, dispatcher, tracker)
        step = open_step(guide, tracker)
        if step is None:
            send(
                dispatcher,
                Reply(
                    "clarify",
                    (compose.set_message(guide.content, "pathways-nothing-open", facts(tracker), guide.now()),),
                ),
            )
            return []
        if step.node.is_outcome:
            send(
                dispatcher,
                compose.pathway_step(guide.content, step, facts(tracker), guide.now(), lead="pathways-resumed"),
            )
            return []
        return opened([a.option for a in step.answered], "pathways-resumed")


class RestartPathway(Action):
    """Opens the walk-through again at its first question; where none is open, what was said before is no longer built on."""

    def name(self) -> str:
        return "action_pathways_restart"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        if referral.is_latest(tracker) and not tracker.active_loop:
            return referral.revise(current(), dispatcher, tracker)
        forget: list[EventType] = [SlotSet("shared_area", None), SlotSet("shared_audience", None)]
        before = tracker.get_slot("pathways_id")
        if not before:
            guide = current()
            afresh = compose.set_message(guide.content, "smalltalk-start-again", {}, guide.now(), options=(about.WALK, about.DELETE))
            send(dispatcher, Reply("smalltalk", (afresh,)))
            return [*forget, SlotSet("ask_question", None), SlotSet("contacts_needs", None)]
        return [*forget, *start(before)]


class RevisePathway(Action):
    """After the outcome, or with no question open: back, change, why, or an answer that came late."""

    def name(self) -> str:
        return "action_pathways_revise"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        guide = current()
        if referral.is_latest(tracker) and intent(tracker) != "choose_option":
            return referral.revise(guide, dispatcher, tracker)
        known, place, events = learn(guide, tracker)
        step = open_step(guide, tracker)
        if step is None:
            asks = is_question(said(tracker)) or asks_who_to_ring(said(tracker), place, tracker.get_slot("contacts_needs"), guide)
            subject = bool(said(tracker)) and len(words(said(tracker))) <= SUBJECT and guide.search(said(tracker)).status != "no_passage"
            if subject:  # "bruises"
                return answer_question(dispatcher, tracker)
            if asks and intent(tracker) in ("change_answer", "answer_pathway", "choose_option"):  # no answer can be meant
                return answer_question(dispatcher, tracker)
            send(
                dispatcher,
                Reply("clarify", (compose.set_message(guide.content, "pathways-nothing-open", known, guide.now()),)),
            )
            return events
        turn = understand(guide, tracker, step, known)
        for reply in turn.replies:
            send(dispatcher, reply)
        after = walk(step.pathway, turn.answers)
        if after.node.is_outcome:
            return events
        return [*events, *opened([a.option for a in after.answered], turn.lead)]
