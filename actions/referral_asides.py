"""A question in the middle of the referral summary, or a button of another skill -> the reply of the skill it belongs to.

Holds no Action class; actions/referral_turn.py calls it.
"""

from __future__ import annotations

from actions import limits
from actions.ask import answer
from actions.changes import tell
from actions.contacts import find
from actions.conversation import intent
from actions.referral_scene import Scene
from actions.set_replies import set_replies
from guidance import glossary
from guidance.glossary import asked_entries, find_entries
from guidance.replies import Reply
from guidance.text import capped, words
from guidance.wording import asks_number, read_need


def answers(scene: Scene, text: str) -> tuple[Reply, ...]:
    """What the other skills say to a question."""
    guide, facts, asked = scene.guide, scene.facts, intent(scene.tracker)
    place = guide.places.read(text)
    known = {**facts, **({"area": place.area} if place.kind == "known" and place.area and "area" not in facts else {})}
    wants_number = asked == "find_contact" or "number" in words(text) or asks_number(text, guide.content.words)
    if wants_number:
        return (find(guide, text, known, place),)
    replies = tuple(set_replies(guide, scene.tracker, known, in_walk=scene.open_field is not None)) or _looked_up(scene, text, known)
    if not replies and asked != "ask_procedure" and read_need(text, guide.content.words):
        replies = (find(guide, text, known, place),)
    return replies or (answer(guide, text, known),)


def _looked_up(scene: Scene, text: str, known: dict[str, str]) -> tuple[Reply, ...]:
    """What the skills that look things up say to a question: a due date, a term, a change of the manual; nothing where none of them is asked."""
    guide, tracker = scene.guide, scene.tracker
    asked, terms = intent(tracker), scene.guide.content.glossary
    if asked == "ask_changes":
        return (tell(guide, capped(text)),)
    entries = find_entries(capped(text), terms) if asked == "ask_definition" else asked_entries(capped(text), terms)
    if entries:
        return (glossary.reply(guide.content, entries, known, guide.now()),)
    outcome = limits.work_out(guide, tracker, known) if asked == "ask_deadline" else limits.plainly_asked(guide, tracker)
    return (outcome.reply,) if outcome else ()
