"""A command of the referral summary -> the state after it and what to say: skip, back, stop, show, delete, start again; and a button of another skill.

Holds no Action class; actions/referral_turn.py calls it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from actions.contacts import find
from actions.conversation import entity, intent
from actions.referral_asides import answers
from actions.referral_scene import Scene, Turn, begin, offers, waits
from guidance import compose, compose_referral, referral
from guidance.fields import Command
from guidance.replies import Reply
from guidance.said_commands import read_command
from guidance.text import words

BY_INTENT: dict[str, Command] = {
    "show_referral": "show",
    "delete_referral": "delete",
    "restart_referral": "restart",
    "go_back": "back",
    "ask_why": "why",
}
FEWEST_TO_ANSWER = 2  # words behind "stop"


def change(scene: Scene, field_id: str | None, lead: str = "referral-which-change") -> Turn:
    """Ask a field again, or ask which."""
    if field_id is None:
        content = scene.guide.content
        which = compose_referral.which_change(content, scene.state, scene.facts, scene.guide.now(), lead)
        return Turn(scene.state, (which,))
    return Turn({**scene.state, "asking": field_id, "open": True, "misses": 0})


def stop(scene: Scene, rest: str) -> Turn:
    """Stop, and do or answer what was said behind it: "stop. i just want the number"."""
    further = read_command(scene.guide.content.referral, rest)
    if further == "more":
        return Turn({**scene.state, "open": True}, (scene.say("referral-resumed"),))
    if further in ("show", "finish", "delete", "restart", "again"):
        return obey(replace(scene, state={**scene.state, "open": False, "asking": None}, open_field=None), further)
    stopped = obey(scene, "stop")
    return stopped if further or len(words(rest)) < FEWEST_TO_ANSWER else replace(stopped, others=answers(scene, rest))


def obey(scene: Scene, command: Command, pressed: bool = False) -> Turn:
    """Do what a command says. `pressed`: by its button, and not in words: only that throws a summary away."""
    state: dict[str, Any] = scene.state
    form, open_field = scene.guide.content.referral, scene.open_field
    if command in ("skip", "unknown", "refuse") and open_field:
        how = {"skip": "skipped", "unknown": "unknown", "refuse": "refused"}[command]
        return Turn(referral.pass_over(form, state, open_field.id, how))  # type: ignore[arg-type]
    if command == "keep":
        return Turn({**state, "asking": None, "misses": 0}, (scene.say("referral-kept"),))
    if command == "why" and open_field:
        return Turn(state, (compose_referral.why(open_field),))
    if command == "back":
        before = referral.asked_before(form, state, scene.facts)
        return change(scene, before.id) if before else Turn(state, (scene.say("referral-at-start"),))
    if command == "change":
        return change(scene, None)
    if command == "undo":
        taken_back = referral.undone(state)
        return Turn(
            taken_back or state, (scene.say("referral-undone" if taken_back else "referral-nothing-to-change"),)
        )
    if command == "show":
        return Turn(state, (scene.show(state, *(() if open_field else offers(state))),))
    if command == "finish" and (open_field or not state["open"]):
        return Turn({**state, "open": False, "asking": None}, (scene.show(state, *offers(state)),))
    if command == "stop":
        return Turn({**state, "open": False, "asking": None}, (scene.say("referral-stopped", "go-on", "show"),))
    if command == "again" or (command == "restart" and not pressed):
        return Turn(state, (scene.say("referral-restart-sure", "restart", "resume"),))
    if command == "delete":
        return Turn(None, (scene.say("referral-deleted"),))
    if command == "restart":
        return Turn(begin(scene.guide, scene.tracker, scene.facts), (scene.say("referral-restarted"),))
    if command == "courtesy" and open_field:
        return Turn(state, (scene.say("referral-courtesy"),))
    if command == "more" and not open_field:
        part = state["part"] if waits(state) else 2
        return Turn({**state, "open": True, "part": part})
    return Turn(state)


def button_of_another_skill(scene: Scene) -> Turn:
    """A button that another skill's message left open: the all-clear after a danger check, the area for a number."""
    guide, name = scene.guide, intent(scene.tracker)
    if name == "say_false_alarm":
        over = compose.set_message(guide.content, "danger-over", scene.facts, guide.now())
        return Turn(scene.state, others=(Reply("smalltalk", (over,)),))
    area = entity(scene.tracker, "area")
    if name == "say_area" and area in compose.AREAS:
        facts = {**scene.facts, "area": area}
        state = referral.correct(guide.content.referral, scene.state, "area", compose.AREAS[area])
        return Turn(state, (), facts, (find(guide, "", facts, guide.places.read("")),))
    command = BY_INTENT.get(name)
    return obey(scene, command) if command else Turn(scene.state)
