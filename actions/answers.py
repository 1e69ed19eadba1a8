"""One message to an open walk-through -> what it means there: an answer, back, change, why, or something else to be answered first.

Holds no Action class; actions/pathways.py calls it.
"""

from __future__ import annotations

from dataclasses import dataclass

from rasa_sdk import Tracker

from actions.contacts import find
from actions.conversation import entity, intent, said
from actions.searching import answer
from actions.set_replies import set_replies
from guidance import compose
from guidance.interpret import is_question, match_option
from guidance.pathways import PathwayError, Step, back, choose
from guidance.replies import Choice, Message, Reply
from guidance.wording import read_need
from index.guide import Guide

EXPLAIN_AFTER, GIVE_NUMBER_AFTER = 2, 3


@dataclass(frozen=True, slots=True)
class Turn:
    """The answers after the message, what to say first, and how often in a row an answer was not understood."""

    answers: list[str]
    replies: tuple[Reply, ...] = ()
    lead: str | None = None
    misses: int = 0
    moved_on: bool = False


def understand(guide: Guide, tracker: Tracker, step: Step, known: dict[str, str]) -> Turn:
    """Read the latest message against the open step."""
    answers = [a.option for a in step.answered]
    asked = intent(tracker)
    if asked == "go_back":
        return Turn(back(step), lead=None if step.answered else "pathways-at-start")
    if asked == "change_answer":
        return _change(guide, tracker, step, answers)
    if asked == "ask_why":
        return Turn(answers, (_why(step),))
    if asked in ("choose_option", "answer_pathway") and entity(tracker, "pathways_option"):
        return _chosen(guide, step, answers, str(entity(tracker, "pathways_option")), known)
    if step.node.is_outcome:
        return Turn(answers, (answer(guide, said(tracker), known),))
    return _free_words(guide, tracker, step, answers, known)


def _chosen(guide: Guide, step: Step, answers: list[str], option: str, known: dict[str, str]) -> Turn:
    try:
        return Turn(choose(step, option), moved_on=True)
    except PathwayError:
        late = compose.set_message(guide.content, "system-expired-option", known, guide.now())
        return Turn(answers, (Reply("clarify", (late,)),))


def _free_words(guide: Guide, tracker: Tracker, step: Step, answers: list[str], known: dict[str, str]) -> Turn:
    place = guide.places.read(said(tracker))
    if step.node.fact == "area" and place.kind in ("known", "outside"):
        return Turn(choose(step, place.area or "elsewhere"), moved_on=True)
    match = match_option(said(tracker), step.node.options, guide.embedder.encode)
    if match and match.sure:
        return Turn(choose(step, match.option.id), moved_on=True)
    told = set_replies(guide, tracker, known, in_walk=True)
    if told:
        return Turn(answers, tuple(told))
    if read_need(said(tracker), guide.content.words):
        return Turn(answers, (find(guide, said(tracker), known, place),))
    if is_question(said(tracker)):
        found = answer(guide, said(tracker), known)
        if found.status in ("answered", "not_held"):
            return Turn(answers, (found,))
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
