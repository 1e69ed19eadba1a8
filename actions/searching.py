"""A question -> a reply with what search finds, and the walk-through that fits it. Shared by the skills that fall back to searching.

Holds no Action class.
"""

from __future__ import annotations

from msgspec.structs import replace

from guidance import about, compose
from guidance.followups import leans, whole
from guidance.interpret import asking_part, asks
from guidance.pathways import Pathway
from guidance.replies import Choice, Reply
from guidance.text import capped, sentences
from index.guide import Guide, refs
from index.search import SearchResult
from index.walks import Fits

QUESTION_KEPT = 300  # characters of the question before, on which the next may lean


def matter(guide: Guide, text: str) -> str:
    """What is kept of a message for the questions that may lean on it: without sentences that only say who is writing."""
    told = sentences(text)
    about = [one for one in told if asks(one) or guide.fitting_walks(one).is_about_children()]
    return capped(" ".join(about or told), QUESTION_KEPT)


def answer(guide: Guide, question: str, known: dict[str, str], earlier: str | None = None, walk: Pathway | None = None) -> Reply:
    """Search and compose, for the ask skill, and for a question asked in the middle of something else.

    earlier  the question before this one, on which this one may lean ("and at the weekend?")
    walk     the walk-through that is open, whose matter the question may mean without naming it
    """
    if not question:
        return Reply("clarify", (compose.set_message(guide.content, "ask-empty", known, guide.now()),))
    result = guide.search_in(capped(question), walk) if walk else _searched(guide, question, earlier)
    if known.get("audience") == "child" and result.status in ("answered", "weak", "no_passage"):
        return _for_child(guide, result, known)
    matter = (walk or guide.fitting_walks(question).to_offer()) if result.status == "no_passage" else None
    needs = matter.needs if matter else ()
    return compose.passages(guide.content, result.status, refs(result.hits), result.not_held, known, guide.now(), needs)


def _searched(guide: Guide, question: str, earlier: str | None) -> SearchResult:
    """What search finds for the message; if nothing, for it without its place, then for the question alone that a story hides. Not where general advice
    may do harm: there "do i tell her parents" must not be answered without the story.
    """
    found = guide.search(capped(whole(question, earlier)))
    if found.status != "no_passage":
        return found
    placeless, part = guide.places.without(question), asking_part(question)
    if placeless != question:  # "how do i report a child being neglected in peterborough"
        found = guide.search(capped(whole(placeless, earlier)))
    if found.status != "no_passage" or part == question or leans(part) or not guide.fitting_walks(question)[0].pathway.general_advice:
        return found
    alone = guide.search(capped(part))
    return SearchResult(question, "weak", alone.hits, None, alone.confidence) if alone.status == "answered" else found


def _for_child(guide: Guide, result: SearchResult, known: dict[str, str]) -> Reply:
    """A child is shown what is written for children, and no chapter for staff; where nothing is, who will listen."""
    hits = tuple(hit for hit in result.hits if "child" in hit.section.audience)
    listens = compose.set_message(guide.content, "ask-child", known, guide.now())
    if result.status == "answered" and hits:
        found = compose.passages(guide.content, "answered", refs(hits), None, known, guide.now())
        return replace(found, messages=(*found.messages, listens))
    return Reply("child", (listens,))


def with_walk(reply: Reply, fits: Fits) -> Reply:
    """The reply with a way into the walk-through that fits the question, if one does."""
    if reply.status not in ("answered", "weak", "no_passage", "not_held", "contacts"):
        return reply
    pathway = fits.to_offer()
    if pathway is None and reply.status not in ("weak", "no_passage"):
        return reply
    choice = about.WALK if pathway is None else Choice(f"Walk me through it: {pathway.title}", f'/open_pathway{{"pathways_id":"{pathway.id}"}}')
    last = reply.messages[-1]
    return replace(reply, messages=(*reply.messages[:-1], replace(last, options=(*last.options, choice))))
