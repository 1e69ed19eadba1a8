"""Opening a walk-through: the events that open Rasa's one form, and whether a message that looked like a question calls for one.

Holds no Action class; actions/pathways.py and actions/ask.py call it.
"""

from __future__ import annotations

from collections.abc import Sequence

from rasa_sdk.events import ActiveLoop, EventType, SlotSet

from actions.conversation import FORM
from actions.searching import QUESTION_KEPT
from guidance.interpret import asks, is_told_by_somebody
from guidance.pathways import Pathway
from guidance.text import capped, holds, words
from guidance.wording import asks_to_be_led, speaks_of_somebody
from index.guide import Guide
from index.walks import DEFAULT, Fits

PLAIN, LIKELY = 1.2, 1.0  # a fit that leaves no doubt, and one that leaves little
STORY = 6  # words: what is shorter tells too little to be taken for somebody's situation
LONG_STORY = 20  # words: who tells so much beside a question to which nothing is found is led


def opened(answers: Sequence[str], lead: str | None) -> list[EventType]:
    """Open the form where these answers lead; `lead` is the set message to say first."""
    return [
        SlotSet("pathways_answers", list(answers)),
        SlotSet("pathways_misses", 0.0),
        SlotSet("pathways_lead", lead),
        SlotSet("shared_form", FORM),
        ActiveLoop(FORM),
        SlotSet("requested_slot", "pathways_answer"),
    ]


def start(pathway: str, heard: str = "") -> list[EventType]:
    """Open a walk-through at its first question, and keep what was said for the questions that may lean on it."""
    kept = [SlotSet("ask_question", capped(heard, QUESTION_KEPT))] if heard else []
    return [*kept, SlotSet("pathways_id", pathway), SlotSet("pathways_introduced", None), *opened((), None)]


def plainly_told(guide: Guide, text: str) -> str | None:
    """The walk-through that a message tells of beyond doubt, where it asks for nobody to ring: "DSL here, a teacher has been messaging a girl"."""
    if len(words(text)) < STORY or asks(text) or holds(text, (*guide.content.words.reaching, "who")):
        return None
    fits = guide.fitting_walks(text)
    return fits.to_start() if fits[0].fit >= PLAIN and fits.to_start() != DEFAULT else None


def of_topic(guide: Guide, topic: str | None) -> Pathway | None:
    """The walk-through that what was spoken of fits beyond doubt, though it was never opened: "17, they fly her out tomorrow to be married"."""
    fits = guide.fitting_walks(topic) if topic else None
    return fits[0].pathway if fits and fits[0].fit >= PLAIN else None


def called_for(guide: Guide, text: str, fits: Fits, found: str, sure_of_question: bool = False) -> str | None:
    """The walk-through that a message taken for a question calls for, or None.

    fits              how the walk-throughs fit the message
    found             the status of what the search found: whoever tells of a situation, asks nothing, and would be shown little, is led
    sure_of_question  the intent classifier has no doubt that it is one, however it is put
    """
    if asks_to_be_led(text, guide.content.words):
        return fits.to_start() if fits.is_about_children() else None
    if sure_of_question or len(words(text)) < STORY or not is_told_by_somebody(text):
        return None
    if asks(text):  # a story with a question to which nothing is found
        of_them = len(words(text)) >= LONG_STORY and speaks_of_somebody(text, guide.content.words)
        return fits.to_start() if found == "no_passage" and of_them and fits[0].fit >= LIKELY else None
    told = found in ("weak", "no_passage") or fits[0].fit >= PLAIN
    return fits.to_start() if told and fits.to_start() != DEFAULT else None
