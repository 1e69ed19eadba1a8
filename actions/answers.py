"""One message to an open walk-through -> what it means there: an answer, back, change, why, or something else to be answered first.

Holds no Action class; actions/pathways.py calls it.
"""

from __future__ import annotations

from dataclasses import dataclass

from rasa_sdk import Tracker

from actions import limits
from actions.asides import aside, is_only_a_place, of_place
from actions.contacts import find
from actions.conversation import entity, intent, said
from actions.searching import answer
from actions.set_replies import set_replies
from guidance import compose
from guidance.followups import corrects, without_correction
from guidance.interpret import Match, asks, match_option
from guidance.pathways import PathwayError, Step, back, choose, walk
from guidance.replies import Choice, Message, Reply
from guidance.text import holds, words
from guidance.wording import asks_number, can_be_all_clear, read_audience
from index.guide import Guide

EXPLAIN_AFTER, GIVE_NUMBER_AFTER = 2, 3
ALL_CLEAR = ("not-now", "no-danger")  # what the danger question's "no" is called


@dataclass(frozen=True, slots=True)
class Turn:
    """The answers after the message, what to say first, and how often in a row an answer was not understood. `question`: it is one for the ask skill."""

    answers: list[str]
    replies: tuple[Reply, ...] = ()
    lead: str | None = None
    misses: int = 0
    moved_on: bool = False
    question: bool = False


def understand(guide: Guide, tracker: Tracker, step: Step, known: dict[str, str]) -> Turn:
    """Read the latest message against the open step."""
    answers = [a.option for a in step.answered]
    asked = intent(tracker)
    said_elsewhere = _moved(guide, tracker, step)
    if said_elsewhere:
        return Turn(said_elsewhere, moved_on=True)
    if asked == "say_false_alarm" and not step.node.is_outcome and can_be_all_clear(said(tracker), guide.content.words):
        return _calm(guide, step, answers, known)
    if asked == "go_back":
        return Turn(back(step), lead=None if step.answered else "pathways-at-start")
    if asked == "change_answer":
        meant = _meant(guide, tracker, step) if said(tracker) else None
        if meant and meant.sure and not step.node.is_outcome:  # "i said, a coach"
            return Turn(choose(step, meant.option.id), moved_on=True)
        return _change(guide, tracker, step, answers)
    if asked == "ask_why":
        return Turn(answers, (_why(step),))
    if asked in ("choose_option", "answer_pathway") and entity(tracker, "pathways_option"):
        return _chosen(guide, step, answers, str(entity(tracker, "pathways_option")), known)
    if asked == "resume_pathway" and not step.node.is_outcome:  # "go on" is no answer: the question is asked again
        return Turn(answers)
    if asked == "ask_procedure" and asks(said(tracker)):
        return Turn(answers, question=True)
    if step.node.is_outcome:
        return Turn(answers, (answer(guide, said(tracker), known, walk=step.pathway),))
    return _free_words(guide, tracker, step, answers, known)


def _moved(guide: Guide, tracker: Tracker, step: Step) -> list[str]:
    """The answers with the place, or who is asking, put right, where a correction names another ("sorry, hes in ely not peterborough", "wrong
    button, im a health visitor"); else none.
    """
    if not (corrects(said(tracker)) or intent(tracker) == "change_answer"):
        return []
    place = guide.places.read(said(tracker))
    if place.kind == "known" and place.area:
        return _put_right(step, ("area", "happened"), place.area)
    audience = read_audience(said(tracker), guide.content.words)
    return _put_right(step, ("audience",), audience) if audience else []


def _put_right(step: Step, facts: tuple[str, ...], value: str) -> list[str]:
    """The answers with another area, or audience, in the place of the one that was given; none where none was, or it cannot be chosen there."""
    answers = [a.option for a in step.answered]
    asked = [step.pathway.nodes[a.node] for a in step.answered]
    wrong = [i for i, node in enumerate(asked) if node.fact in facts and answers[i] != value and value in [o.id for o in node.options]]
    if not wrong:
        return []
    put_right = [*answers[: wrong[0]], value, *answers[wrong[0] + 1 :]]
    return put_right if not walk(step.pathway, put_right).restarted else put_right[: wrong[0] + 1]


def if_safe(step: Step) -> list[str] | None:
    """The answers with the danger question answered: nobody is in danger. None if it is not the one that is open."""
    safe = next((option.id for option in step.node.options if option.id in ALL_CLEAR), None)
    return choose(step, safe) if safe else None


def _calm(guide: Guide, step: Step, answers: list[str], known: dict[str, str]) -> Turn:
    """Nobody is in danger: the answer to the danger question, if that is open; else said to be good, and the open question is asked again."""
    safe = if_safe(step)
    if safe:
        return Turn(safe, moved_on=True)
    over = compose.set_message(guide.content, "danger-over", known, guide.now())
    return Turn(answers, (Reply("smalltalk", (over,)),))


def _chosen(guide: Guide, step: Step, answers: list[str], option: str, known: dict[str, str]) -> Turn:
    try:
        return Turn(choose(step, option), moved_on=True)
    except PathwayError:
        late = compose.set_message(guide.content, "system-expired-option", known, guide.now())
        return Turn(answers, (Reply("clarify", (late,)),))


def _meant(guide: Guide, tracker: Tracker, step: Step) -> Match | None:
    """The option that typed words mean. That nobody is in danger has to be said: "they came round and found nothing" only comes near it."""
    text = said(tracker)
    match = match_option(without_correction(text), step.node.options, guide.embedder.encode)
    if match is None or match.option.id not in ALL_CLEAR or can_be_all_clear(text, guide.content.words):
        return match
    phrases = [phrase for phrase in (match.option.label, *match.option.also) if len(words(phrase)) > 1]
    return match if holds(text, phrases) else None


def _free_words(guide: Guide, tracker: Tracker, step: Step, answers: list[str], known: dict[str, str]) -> Turn:
    place = guide.places.read(said(tracker))
    if step.node.asks_place and place.kind in ("known", "outside"):
        return Turn(choose(step, place.area or "elsewhere"), moved_on=True)
    audience = read_audience(said(tracker), guide.content.words) if step.node.fact == "audience" else None
    if is_only_a_place(guide, said(tracker), place) and not audience:
        put_right = _put_right(step, ("area", "happened"), str(place.area)) if place.kind == "known" else []
        return Turn(put_right, moved_on=True) if put_right else Turn(answers, (of_place(guide, place, known),))
    match = _meant(guide, tracker, step)
    if match and match.sure:
        numbers = (find(guide, said(tracker), known, place),) if asks_number(said(tracker), guide.content.words) else ()  # "no. who do i ring now"
        return Turn(choose(step, match.option.id), numbers, moved_on=True)
    if audience and any(o.id == audience for o in step.node.options):  # "im a neighbour in wisbech"
        return Turn(choose(step, audience), moved_on=True)
    if intent(tracker) == "ask_procedure" or limits.plainly_asked(guide, tracker):
        return Turn(answers, question=True)
    told = set_replies(guide, tracker, known, in_walk=True)
    if told:
        return Turn(answers, tuple(told))
    beside = aside(guide, said(tracker), place, known, step, intent(tracker) == "start_pathway")
    if beside:
        return Turn(answers, (beside,))
    misses = int(tracker.get_slot("pathways_misses") or 0) + 1
    if misses >= GIVE_NUMBER_AFTER:
        number = compose.set_message(guide.content, "pathways-give-number", known, guide.now())
        return Turn(answers, (Reply("clarify", (number,)),), "pathways-no-match", misses)
    if misses >= EXPLAIN_AFTER:
        return Turn(
            answers, (_why(step, guide.content.messages["pathways-explain"].text.strip()),), "pathways-no-match", misses
        )
    if match:
        return Turn(answers, (_guess(guide, match.option.id, match.option.label),), "pathways-no-match", misses)
    return Turn(answers, lead="pathways-no-match", misses=misses)


def _guess(guide: Guide, option: str, label: str) -> Reply:
    text = guide.content.messages["pathways-maybe"].text.strip()
    return Reply(
        "clarify", (Message(text, options=(Choice(label, f'/choose_option{{"pathways_option":"{option}"}}'),)),)
    )


def _why(step: Step, opening: str = "") -> Reply:
    return Reply(
        "clarify",
        (
            Message(
                "\n\n".join(filter(None, (opening, step.node.why or step.pathway.summary))), source=step.node.source
            ),
        ),
    )


def _change(guide: Guide, tracker: Tracker, step: Step, answers: list[str]) -> Turn:
    which = entity(tracker, "pathways_option")
    if which is not None and which.isdigit() and int(which) < len(answers):
        return Turn(answers[: int(which)])
    if not answers:
        return Turn(answers, lead="pathways-at-start")
    options = tuple(
        Choice(f"{a.ask} {a.label}", f'/change_answer{{"pathways_option":"{i}"}}') for i, a in enumerate(step.answered)
    )
    text = guide.content.messages["pathways-which-change"].text.strip()
    return Turn(answers, (Reply("clarify", (Message(text, options=options),)),))
