"""A question -> a reply with what search finds, and the walk-through that fits it. Shared by the skills that fall back to searching.

Holds no Action class.
"""

from __future__ import annotations

from msgspec.structs import replace

from guidance import compose
from guidance.followups import whole
from guidance.replies import Choice, Reply
from guidance.text import capped
from index.guide import Guide, refs
from index.walks import Fits

QUESTION_KEPT = 300  # characters of the question before, on which the next may lean


def answer(guide: Guide, question: str, known: dict[str, str], earlier: str | None = None) -> Reply:
    """Search and compose, for the ask skill, and for a question asked in the middle of something else.

    earlier  the question before this one, on which this one may lean ("and at the weekend?")
    """
    if not question:
        return Reply("clarify", (compose.set_message(guide.content, "ask-empty", known, guide.now()),))
    result = guide.search(capped(whole(question, earlier)))
    return compose.passages(guide.content, result.status, refs(result), result.not_held, known, guide.now())


def with_walk(reply: Reply, fits: Fits) -> Reply:
    """The reply with a way into the walk-through that fits the question, if one does."""
    if reply.status not in ("answered", "weak", "no_passage", "not_held"):
        return reply
    pathway = fits.to_offer()
    if pathway is None:
        return reply
    choice = Choice(f"Walk me through it: {pathway.title}", f'/open_pathway{{"pathways_id":"{pathway.id}"}}')
    last = reply.messages[-1]
    return replace(reply, messages=(*reply.messages[:-1], replace(last, options=(*last.options, choice))))
