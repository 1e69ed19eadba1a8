"""One message or button of the referral summary -> the state after it and what to say. Holds no Action class; actions/referral.py calls it.

Free words are the answer to the open question; what else a message may mean is read by guidance/dictation.py.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rasa_sdk import Tracker

from actions import deadlines
from actions.ask import answer
from actions.changes import tell
from actions.contacts import find
from actions.conversation import entity, intent, said
from actions.referral_scene import Scene, Turn, begin, offers, waits
from actions.set_replies import set_replies
from guidance import compose, compose_referral, glossary, referral
from guidance.dictation import Said, opens_like, understand
from guidance.fields import Command
from guidance.glossary import asked_entries, find_entries
from guidance.referral import State
from guidance.referral_answers import AnswerReader, said_back
from guidance.replies import Message, Noted, Reply
from guidance.text import MAX_QUESTION_CHARS, capped, words
from guidance.wording import read_need
from index.guide import Guide

LONG_CHARS = MAX_QUESTION_CHARS - 60  # the edge cuts longer messages at a word
GIVE_WAY_AFTER = 2
_BY_INTENT: dict[str, Command] = {
    "show_referral": "show",
    "delete_referral": "delete",
    "restart_referral": "restart",
    "go_back": "back",
    "ask_why": "why",
}
_ONLY_WHILE_ASKING = ("skip", "unknown", "refuse", "why", "back", "keep")


def take(guide: Guide, tracker: Tracker, state: State, facts: dict[str, str], asking: bool) -> Turn:
    """Read the latest message, and close the questions if they are at their end. `asking`: a question is open."""
    form = guide.content.referral
    state = {**state, "open": asking}
    open_field = referral.next_field(form, state, facts) if asking else None
    scene = Scene(guide, tracker, state, facts, open_field)
    button = entity(tracker, "referral_choice") if intent(tracker) == "choose_in_referral" else None
    turn = _pressed(scene, button) if button else _typed(scene, said(tracker))
    if turn.state and open_field and referral.next_field(form, turn.state, {**facts, **turn.facts}) != open_field:
        turn = replace(turn, state={**turn.state, "held": None})
    return _closed(replace(scene, facts={**facts, **turn.facts}), turn)


def _closed(scene: Scene, turn: Turn) -> Turn:
    """At the end of a part: the summary, and the offer of the other questions."""
    state = turn.state
    if state is None or not state["open"] or referral.next_field(scene.guide.content.referral, state, scene.facts):
        return turn
    lead = {1: "referral-first-done", 2: "referral-all-done"}[state["part"]]
    if state["done"] >= state["part"]:
        lead = "referral-summary"
    ended = {**state, "open": False, "done": state["part"]}
    return replace(turn, state=ended, messages=(*turn.messages, scene.show(ended, *offers(ended), lead=lead)))


def _typed(scene: Scene, text: str) -> Turn:
    state, open_field = scene.state, scene.open_field
    form = scene.guide.content.referral
    if not text:
        return _button_of_another_skill(scene)
    if open_field and any(words(text) == words(p) for o in open_field.options for p in (o.label, *o.also)):
        return _answered(scene, {open_field.id: text})
    meant: Said = understand(form, state["answers"], state["last"], open_field, text)
    command = meant.command
    if meant.meaning == "answer" and intent(scene.tracker) in ("show_referral", "delete_referral", "restart_referral"):
        plain = " ".join(words(text))
        meant_so = intent(scene.tracker) == "show_referral" or opens_like(form, _BY_INTENT[intent(scene.tracker)], text)
        if len(words(text)) <= 10 and any(w in plain for w in form.about_summary) and meant_so:
            command = _BY_INTENT[intent(scene.tracker)]
    if command and (open_field or command not in _ONLY_WHILE_ASKING) and (command != "keep" or state["asking"]):
        return _obey(scene, command)
    if meant.meaning == "question":
        return _asked(scene, text)
    if meant.meaning == "change":
        return _change(scene, meant.field)
    if meant.meaning == "remove" and meant.field:
        gone = {**referral.pass_over(form, state, meant.field, "refused"), "asking": state["asking"]}
        return Turn(gone, (scene.say("referral-removed", "undo"),))
    if meant.meaning == "fill":
        return _answered(scene, dict(meant.values))
    if open_field is None:
        return Turn(state, (scene.show(state, *offers(state)),))
    cut = (scene.say("referral-cut"),) if len(text) >= LONG_CHARS else ()
    turn = _answered(scene, dict(meant.values) or {open_field.id: text})
    return replace(turn, messages=(*cut, *turn.messages))


def _button_of_another_skill(scene: Scene) -> Turn:
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
    command = _BY_INTENT.get(name)
    return _obey(scene, command) if command else Turn(scene.state)


def _answered(scene: Scene, values: dict[str, str]) -> Turn:
    """Put answers in. A first answer to the open question is noted silently; any other, and what is replaced, is shown back."""
    guide, before, open_field = scene.guide, scene.state, scene.open_field
    form, now = guide.content.referral, guide.now()
    state, facts, notices = before, dict(scene.facts), list[Message]()
    reader = AnswerReader(guide.content, guide.places, guide.embedder.encode)
    for told in filter(None, (form.field(field_id) for field_id in values)):
        read = reader.read(told, values[told.id], facts, now)
        if read.unclear and state["misses"] + 1 < GIVE_WAY_AFTER:
            state = {**state, "misses": state["misses"] + 1, "asking": told.id, "open": True}
            notices.append(scene.say(read.unclear))
            continue
        for field_id, words_ in read.values.items():
            here = open_field is not None and field_id == open_field.id
            state = (referral.fill if here else referral.correct)(form, state, field_id, words_, read.call_at)
        facts |= read.facts
        if read.call_at:
            back = Noted(form.headings["call"], said_back(read.call_at, now))
            notices.append(scene.say("referral-time-read", noted=(back,)))
    quiet = {"call-when"} | ({open_field.id} if open_field and open_field.id not in before["answers"] else set())
    seen = compose_referral.noted(form, before, state, quiet)
    if seen:
        state = {**state, "undo": referral.snapshot(before)}
        notices.insert(
            0, scene.say("referral-changed" if any(n.before for n in seen) else "referral-noted", "undo", noted=seen)
        )
    if open_field is None and not state["asking"]:
        notices.append(scene.show(state, *offers(state)))
    return Turn(state, tuple(notices), {name: value for name, value in facts.items() if scene.facts.get(name) != value})


def _change(scene: Scene, field_id: str | None) -> Turn:
    """Ask a field again, or ask which."""
    if field_id is None:
        content = scene.guide.content
        return Turn(scene.state, (compose_referral.which_change(content, scene.state, scene.facts, scene.guide.now()),))
    return Turn({**scene.state, "asking": field_id, "open": True, "misses": 0})


def _asked(scene: Scene, text: str) -> Turn:
    """A question in between: answered by the skill it belongs to; the words are kept, in case they were an answer."""
    guide, facts = scene.guide, scene.facts
    place = guide.places.read(text)
    known = {**facts, **({"area": place.area} if place.kind == "known" and place.area and "area" not in facts else {})}
    others = tuple(set_replies(guide, scene.tracker, known, in_walk=scene.open_field is not None))
    wants_number = intent(scene.tracker) == "find_contact" or (intent(scene.tracker) != "ask_procedure" and read_need(text, guide.content.words))
    if not others and wants_number:
        others = (find(guide, text, known, place),)
    others = others or _looked_up(scene, text, known) or (answer(guide, text, known),)
    if scene.open_field is None:
        return Turn(scene.state, others=others)
    held = {"words": text, "field": scene.open_field.id}
    return Turn({**scene.state, "held": held}, (scene.say("referral-was-answer"),), others=others)


def _looked_up(scene: Scene, text: str, known: dict[str, str]) -> tuple[Reply, ...]:
    """What the skills that look things up say to a question: a due date, a term, a change of the manual; nothing where none of them is asked."""
    guide, tracker = scene.guide, scene.tracker
    asked, terms = intent(tracker), scene.guide.content.glossary
    if asked == "ask_changes":
        return (tell(guide, capped(text)),)
    entries = find_entries(capped(text), terms) if asked == "ask_definition" else asked_entries(capped(text), terms)
    if entries:
        return (glossary.reply(guide.content, entries, known, guide.now()),)
    outcome = deadlines.work_out(guide, tracker, known) if asked == "ask_deadline" else deadlines.plainly_asked(guide, tracker)
    return (outcome.reply,) if outcome else ()


def _pressed(scene: Scene, button: str) -> Turn:
    kind, _, value = button.partition(":")
    open_field = scene.open_field
    if kind == "option":
        label = next((o.label for o in open_field.options if o.id == value), None) if open_field else None
        return _answered(scene, {open_field.id: label}) if open_field and label else _expired(scene)
    if kind == "field" and scene.guide.content.referral.field(value):
        return _change(scene, value)
    if kind in ("put", "drop"):
        return _held(scene, put=kind == "put")
    if kind in ("more", "go-on", "start"):
        return _obey(scene, "more")
    if kind in scene.guide.content.referral.commands and (open_field or kind not in _ONLY_WHILE_ASKING):
        return _obey(scene, kind)
    return _expired(scene)


def _expired(scene: Scene) -> Turn:
    late = compose.set_message(scene.guide.content, "system-expired-option", scene.facts, scene.guide.now())
    return Turn(scene.state, (late,))


def _held(scene: Scene, put: bool) -> Turn:
    """Words set aside by an interruption: put where they would go, behind what stands there; or left out."""
    held, state = scene.state["held"], {**scene.state, "held": None}
    if not (held and put):
        return Turn(state)
    told = "\n".join(filter(None, (state["answers"].get(held["field"]), held["words"])))
    return _answered(replace(scene, state=state), {held["field"]: told})


def _obey(scene: Scene, command: Command) -> Turn:
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
        return _change(scene, before.id) if before else Turn(state, (scene.say("referral-at-start"),))
    if command == "change":
        return _change(scene, None)
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
    if command == "again":
        return Turn(state, (scene.say("referral-restart-sure", "restart", "go-on"),))
    if command == "delete":
        return Turn(None, (scene.say("referral-deleted"),))
    if command == "restart":
        return Turn(begin(scene.guide, scene.tracker, scene.facts), (scene.say("referral-restarted"),))
    if command == "more" and not open_field:
        part = state["part"] if waits(state) else 2
        return Turn({**state, "open": True, "part": part})
    return Turn(state)
