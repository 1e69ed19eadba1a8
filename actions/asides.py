"""What somebody says in the middle of a walk-through that is no answer to its question: where it is, a question of their own, another matter.

Holds no Action class; actions/answers.py calls it. None of it may be dropped with "I did not understand": it may be a disclosure.
"""

from __future__ import annotations

from actions.contacts import find
from actions.searching import answer, with_walk
from guidance import compose
from guidance.interpret import asks, is_question, tells_an_age
from guidance.pathways import Step
from guidance.places import AreaReading
from guidance.replies import Choice, Message, Reply
from guidance.text import words
from guidance.wording import asks_number, read_audience, read_need
from index.guide import Guide

BESIDE_A_PLACE = 7  # words: what says more than these beside a place is about more than the place
TELLS = 4  # words


def is_only_a_place(guide: Guide, text: str, place: AreaReading) -> bool:
    """True if the words say where it is, and hardly anything else."""
    return place.kind != "none" and len(words(guide.places.without(text))) <= BESIDE_A_PLACE and not asks(text)


def of_place(guide: Guide, place: AreaReading, known: dict[str, str]) -> Reply:
    """That the place is noted; or, where it may be either council's or neither's, the question or the note that goes with it."""
    if place.kind == "known":
        noted = compose.set_message(guide.content, "pathways-noted-place", known, guide.now(), text=f"**{compose.AREAS[str(place.area)]}**")
        return Reply("clarify", (noted,))
    options = [Choice(name, f'/say_area{{"area":"{area}"}}') for area, name in compose.AREAS.items()] if place.kind == "ask" else []
    return Reply("clarify", (Message(f"{place.place}: {place.note}", options=tuple(options)),))


def aside(guide: Guide, text: str, place: AreaReading, known: dict[str, str], step: Step, worry: bool = False) -> Reply | None:
    """The reply to what is no answer to the open question; None where nothing can be made of it.

    worry  Rasa takes the message for somebody who tells of a worry
    """
    if asks_number(text, guide.content.words) or (read_need(text, guide.content.words) and len(words(text)) < TELLS):
        return find(guide, text, known, place)
    if len(words(text)) <= BESIDE_A_PLACE and not asks(text) and (read_audience(text, guide.content.words) or guide.danger.says_grown_up(text)):
        return Reply("clarify", (compose.set_message(guide.content, "pathways-noted-who", known, guide.now()),))
    if tells_an_age(text):
        return Reply("clarify", (compose.set_message(guide.content, "pathways-noted-age", known, guide.now()),))
    fits = guide.fitting_walks(text)
    other = fits.to_offer() or (guide.content.pathways[fits.to_start()] if worry else None)
    elsewhere = other is not None and other.id != step.pathway.id
    if is_question(text):
        found = answer(guide, text, known, walk=step.pathway)
        if found.status in ("answered", "not_held") or (found.status == "weak" and asks(text)):
            return with_walk(found, fits) if elsewhere else found
    if other and elsewhere and len(words(text)) >= TELLS:
        option = Choice(other.title, f'/open_pathway{{"pathways_id":"{other.id}"}}')
        return Reply("clarify", (compose.set_message(guide.content, "pathways-other", known, guide.now(), options=(option,)),))
    return None
