"""One message or button of the referral summary -> the state after it and what to say. Holds no Action class; actions/referral.py calls it.

Free words are the answer to the open question; what else a message may mean is read by guidance/dictation.py.
"""

from __future__ import annotations

from dataclasses import replace

from rasa_sdk import Tracker

from actions.conversation import entity, intent, said
from actions.referral_asides import answers
from actions.referral_commands import BY_INTENT, button_of_another_skill, change, obey, stop
from actions.referral_scene import Scene, Turn, offers
from guidance import compose, compose_referral, referral
from guidance.dictation import Said, understand
from guidance.fields import Command, Field, Gap, ReferralForm
from guidance.referral import State
from guidance.referral_answers import AnswerReader, said_back
from guidance.replies import Message, Noted
from guidance.said_commands import opens_like
from guidance.said_moves import read_move
from guidance.said_questions import told as without_questions
from guidance.said_roles import MOST_WORDS, said_role
from guidance.text import MAX_QUESTION_CHARS, added, words
from index.guide import Guide

LONG_CHARS = MAX_QUESTION_CHARS - 60  # the edge cuts longer messages at a word
GIVE_WAY_AFTER = 2
FEWEST_TOLD = 5  # words before or after a question, in the answer to a story's question
FACT_SHOWN_BACK, STORY_SHOWN_BACK = 4, 20  # words: what is longer is shown back
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
        return button_of_another_skill(scene)
    if open_field and any(words(text) == words(p) for o in open_field.options for p in (o.label, *o.also)):
        return _answered(scene, {open_field.id: text})
    moved = read_move(form, state["answers"].get("area"), scene.guide.places.read, text)
    if moved:
        turn = _answered(scene, moved)
        again = "child-address" if "child-address" in state["answers"] and "child-address" not in moved else None
        return replace(turn, state={**(turn.state or state), "asking": again, "open": True}) if again else turn
    meant: Said = understand(form, state["answers"], state["last"], open_field, text)
    command = meant.command or _by_intent(scene, meant, text)
    if meant.meaning == "command" and command == "stop" and meant.rest:
        return stop(scene, meant.rest)
    if meant.meaning != "left-open" and command and (open_field or command not in _ONLY_WHILE_ASKING) and (command != "keep" or state["asking"]):
        return obey(scene, command)
    role = _role(scene, text) if meant.meaning in ("answer", "doubtful", "question") else {}
    if meant.meaning == "question":
        return _asked(scene, text, meant, role)
    return _filed(scene, text, replace(meant, meaning="fill", values=role) if role else meant)


def _by_intent(scene: Scene, meant: Said, text: str) -> Command | None:
    """A command that Rasa reads in a short message which names the summary."""
    form, name = scene.guide.content.referral, intent(scene.tracker)
    if meant.meaning != "answer" or name not in ("show_referral", "delete_referral", "restart_referral") or len(words(text)) > MOST_WORDS:
        return None
    plain = " ".join(words(text))
    meant_so = name == "show_referral" or opens_like(form, BY_INTENT[name], text)
    return BY_INTENT[name] if meant_so and any(w in plain for w in form.about_summary) else None


def _role(scene: Scene, text: str) -> dict[str, str]:
    """Who the caller says that they are, in a short message that is asked something else."""
    if len(words(text)) > MOST_WORDS or (scene.open_field and scene.open_field.id == "caller-role"):
        return {}
    role = said_role(scene.guide.content, text)
    return {"caller-role": role} if role else {}


def _filed(scene: Scene, text: str, meant: Said) -> Turn:
    """What is no command and no question: put where it belongs, or not put in at all."""
    state, open_field = scene.state, scene.open_field
    if meant.meaning == "change":
        return change(scene, meant.field)
    if meant.meaning == "remove" and meant.field:
        gone = {**referral.pass_over(scene.guide.content.referral, state, meant.field, "refused"), "asking": state["asking"]}
        return Turn(gone, (scene.say("referral-removed", "undo"),))
    if meant.meaning == "left-open":
        return _left_open(scene, meant)
    if meant.meaning == "fill":
        turn = _answered(scene, dict(meant.values))
        lost = (scene.say("referral-part-lost"),) if meant.rest == "lost" else ()
        again = {**(turn.state or state), "asking": meant.field, "open": True} if meant.field else turn.state
        return replace(turn, state=again, messages=(*turn.messages, *lost))
    if meant.meaning == "unplaced":
        return replace(change(scene, None, "referral-unplaced"), state=_kept(scene, text))
    if meant.meaning == "nothing":
        return Turn(state, (scene.say("referral-no-words"),))
    if open_field is None:
        return Turn(state, (scene.show(state, *offers(state)),))
    doubtful = meant.meaning == "doubtful" and not _is_place(scene, open_field, text)
    if doubtful and (state["held"] or {}).get("words") != text:  # said twice, it is the answer
        return Turn(_kept(scene, text), (scene.say("referral-doubtful"),))
    cut = (scene.say("referral-cut"),) if len(text) >= LONG_CHARS else ()
    turn = _answered(scene, dict(meant.values) or {open_field.id: text})
    return replace(turn, messages=(*cut, *turn.messages))


def _is_place(scene: Scene, open_field: Field, text: str) -> bool:
    """True for a place that is known, where an address is asked for: "ramsey"."""
    return open_field.id == "child-address" and scene.guide.places.read(text).kind != "none"


def _kept(scene: Scene, text: str) -> State:
    """The state with these words kept, to be put in with a button in case they were the answer to the open question."""
    return {**scene.state, "held": {"words": text, "field": scene.open_field.id}} if scene.open_field else scene.state


def _left_open(scene: Scene, meant: Said) -> Turn:
    """'not telling you my name', whatever is asked: that field is left open, and the open question comes again."""
    form, state, open_field = scene.guide.content.referral, scene.state, scene.open_field
    left = form.field(meant.field)
    if left is None or meant.command is None:
        return Turn(state)
    if open_field and (open_field.id == left.id or (open_field.about == left.about == "caller" and left.id in state["passed"])):
        return obey(scene, meant.command)
    how: Gap = "unknown" if meant.command == "unknown" else "refused"
    passed = {**referral.pass_over(form, state, left.id, how), "asking": state["asking"]}
    return Turn(passed, (scene.say("referral-left-open", "undo", noted=(Noted(left.label, form.gaps[how]),)),))


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
    seen = compose_referral.noted(form, before, state, {"call-when"} | _silent(before, open_field, values))
    if seen:
        state = {**state, "undo": referral.snapshot(before)}
        shown = scene.say(_read_back(form, values, open_field, seen), "undo", noted=compose_referral.shortened(seen))
        notices.insert(0, shown)
    if open_field is None and not state["asking"]:
        notices.append(scene.show(state, *offers(state)))
    return Turn(state, tuple(notices), {name: value for name, value in facts.items() if scene.facts.get(name) != value})


def _silent(before: State, open_field: Field | None, values: dict[str, str]) -> set[str]:
    """The open field, where its first answer is so short that it need not be shown back."""
    if open_field is None or open_field.id in before["answers"]:
        return set()
    if len(words(values.get(open_field.id, ""))) > (STORY_SHOWN_BACK if open_field.is_story else FACT_SHOWN_BACK):
        return set()
    return {open_field.id}


def _read_back(form: ReferralForm, values: dict[str, str], open_field: Field | None, seen: tuple[Noted, ...]) -> str:
    """What is said with the words shown back: put right, put elsewhere than was asked, a long answer, or what follows from one."""
    if any(n.before for n in seen):
        return "referral-changed"
    labels = {n.label for n in seen}
    if any(field.id in values and field != open_field and field.label in labels for field in form.fields):
        return "referral-put-here"
    return "referral-written-down" if open_field and open_field.label in labels else "referral-noted"


def _asked(scene: Scene, text: str, meant: Said, role: dict[str, str]) -> Turn:
    """A question in between: answered by the skill it belongs to; what else was told is noted, and the words are kept in case they were an answer."""
    form, others = scene.guide.content.referral, answers(scene, meant.rest)
    beside = {**meant.values, **role}
    rest = without_questions(form, text)
    if scene.open_field and scene.open_field.is_story and len(words(rest)) >= FEWEST_TOLD:
        beside.setdefault(scene.open_field.id, rest)  # "he was hit by his uncle, who do i tell": what was told is not lost
    turn = _answered(scene, beside) if beside else Turn(scene.state)
    if scene.open_field is None or beside:
        return replace(turn, others=others)
    kept = _kept(scene, rest if len(words(rest)) > 1 else text)
    return Turn(kept, (scene.say("referral-was-answer"),), others=others)


def _pressed(scene: Scene, button: str) -> Turn:
    kind, _, value = button.partition(":")
    open_field = scene.open_field
    if kind == "option":
        label = next((o.label for o in open_field.options if o.id == value), None) if open_field else None
        return _answered(scene, {open_field.id: label}) if open_field and label else _expired(scene)
    if kind == "field" and scene.guide.content.referral.field(value):
        return change(scene, value)
    if kind == "put":
        return _held(scene)
    if kind in ("more", "go-on", "resume", "start"):
        return obey(scene, "more")
    if kind in scene.guide.content.referral.commands and (open_field or kind not in _ONLY_WHILE_ASKING):
        return obey(scene, kind, pressed=True)
    return _expired(scene)


def _expired(scene: Scene) -> Turn:
    late = compose.set_message(scene.guide.content, "system-expired-option", scene.facts, scene.guide.now())
    return Turn(scene.state, (late,))


def _held(scene: Scene) -> Turn:
    """Words set aside because they did not look like an answer, put in all the same: behind what stands there."""
    held, state = scene.state["held"], {**scene.state, "held": None}
    if not held:
        return Turn(state)
    return _answered(replace(scene, state=state), {held["field"]: added(state["answers"].get(held["field"]), held["words"])})
