"""Walk-throughs as pages, one question each: /walk, /walk/<id>, its questions by number, its check, its end and its flowchart.

Answers stand in the conversation of the session's cookie (bot/conversations.py) and never in an address: a question's address is its number.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from markupsafe import Markup

from bot import shapes
from bot.api import chat_service, guide
from bot.site import session
from bot.site.templating import page, problem
from guidance.compose import pathway_step, set_message
from guidance.pathway_outline import outline
from guidance.pathways import Pathway, Step, walk
from index.walks import DEFAULT

router = APIRouter()
TOPICS = {
    "worry": "What I saw or heard",
    "harm": "I fear a particular kind of harm",
    "mind": "Self-harm, suicide and mental health",
    "family": "Parents and families",
    "reporting": "Reporting a worry, and what comes after",
    "worker": "Somebody who works with children",
    "place": "In hospital, or moving away",
    "death": "After a death",
}
PEOPLE = {"": "Everybody", "public": "Family, friends and neighbours", "professional": "People who work with children"}
CHECKED_FROM = 3  # with fewer answers there is little to check
WORDS_SHOWN = 2  # of what people say who need a walk-through


@router.get("/walk", response_class=HTMLResponse)
async def walk_list(request: Request, who: str = "") -> HTMLResponse:
    """All walk-throughs by topic, in the words of those who need them."""
    shown = who if who in PEOPLE else ""
    held = [p for p in guide(request).content.pathways.values() if not shown or shown in p.audience]
    held.sort(key=lambda p: p.id != DEFAULT)
    topics = [(label, [_listed(p) for p in held if p.topic == topic]) for topic, label in TOPICS.items()]
    return page(request, "walk_list.html", topics=[t for t in topics if t[1]], people=PEOPLE, who=shown)


@router.get("/walk/{pathway_id}", response_class=HTMLResponse)
async def first_question(request: Request, pathway_id: str) -> Response:
    return await question(request, pathway_id, 1)


@router.get("/walk/{pathway_id}/chart", response_class=HTMLResponse)
async def chart(request: Request, pathway_id: str) -> HTMLResponse:
    """The flowchart that `make web` drew, and the same as a list."""
    pathway = _pathway(request, pathway_id)
    if pathway is None:
        return _no_such(request)
    places, by_id = outline(pathway)
    drawn: str | None = request.app.state.static.text(f"charts/{pathway.id}.svg")
    drawing = Markup(drawn) if drawn else None  # noqa: S704  # drawn from our own content at build time
    return page(request, "walk_chart.html", pathway=pathway, places=places, by_id=by_id, drawing=drawing)


@router.get("/walk/{pathway_id}/check", response_class=HTMLResponse)
async def check(request: Request, pathway_id: str) -> Response:
    """All answers, each with a way to change it, before the end."""
    pathway, answers = _pathway(request, pathway_id), _answers(request, pathway_id)
    if pathway is None:
        return _no_such(request)
    if not answers:
        return _gone(request, pathway)
    step = walk(pathway, answers)
    return page(request, "walk_check.html", pathway=pathway, step=step) if step.node.is_outcome else _to(_open_place(step))


@router.get("/walk/{pathway_id}/end", response_class=HTMLResponse)
async def end(request: Request, pathway_id: str) -> Response:
    """What to do: words, numbers for now, time limits, sources."""
    pathway, answers = _pathway(request, pathway_id), _answers(request, pathway_id)
    if pathway is None:
        return _no_such(request)
    if not answers:
        return _gone(request, pathway)
    step = walk(pathway, answers)
    if not step.node.is_outcome:
        return _to(_open_place(step))
    told = _told(request, step)
    before = f"/walk/{pathway.id}/check" if _is_checked(step) else _address(pathway, len(step.answered))
    labels = guide(request).content.referral.labels
    return page(request, "walk_end.html", pathway=pathway, step=step, told=told, before=before, labels=labels)


@router.get("/walk/{pathway_id}/{number:int}", response_class=HTMLResponse)
async def question(request: Request, pathway_id: str, number: int) -> Response:
    """The n-th question of this visitor's walk; an answer that was given is chosen again."""
    pathway, answers = _pathway(request, pathway_id), _answers(request, pathway_id)
    if pathway is None or number < 1:
        return _no_such(request)
    if number > 1 and not answers:
        return _gone(request, pathway)
    step = walk(pathway, answers[: number - 1])
    if step.node.is_outcome or len(step.answered) < number - 1:
        return _to(_open_place(walk(pathway, answers)))
    return _asked(request, step, answers)


@router.post("/walk/{pathway_id}/again")
async def again(request: Request, pathway_id: str) -> Response:
    """Let go of the answers of this walk-through and begin anew."""
    held = session.conversation(request)
    if held:
        held.walks.pop(pathway_id, None)
    return _to(f"/walk/{pathway_id}") if _pathway(request, pathway_id) else _no_such(request)


@router.post("/walk/{pathway_id}/{number:int}", response_class=HTMLResponse)
async def answer(
    request: Request,
    pathway_id: str,
    number: int,
    question: Annotated[str, Form(max_length=80)] = "",
    answer: Annotated[str, Form(max_length=80)] = "",
) -> Response:
    """Keep one answer. Sent twice it is one answer; another answer than before lets go of those after it.

    question  the node that the form asked, so that a page left open in another tab answers no other question
    """
    pathway, answers = _pathway(request, pathway_id), _answers(request, pathway_id)
    if pathway is None or number < 1:
        return _no_such(request)
    if number > 1 and not answers:
        return _gone(request, pathway)
    step = walk(pathway, answers[: number - 1])
    if len(step.answered) < number - 1 or step.node_id != question:
        return _to(_open_place(walk(pathway, answers)))
    if all(option.id != answer for option in step.node.options):
        return _asked(request, step, answers, failed=True)
    held = session.conversation(request) or chat_service(request).conversations.open()
    is_same = answers[number - 1 : number] == [answer]
    held.walks[pathway.id] = answers if is_same else [*answers[: number - 1], answer]
    after = walk(pathway, held.walks[pathway.id])
    is_over = after.node.is_outcome and (number == len(after.answered) or (is_same and _is_checked(after)))
    response = _to(_open_place(after) if is_over else _address(pathway, number + 1))
    session.remember(response, held, session.is_framed(request))
    return response


def _asked(request: Request, step: Step, answers: list[str], failed: bool = False) -> HTMLResponse:
    """The page of a question. `answers` are all of this walk: the one to this question is chosen again, unless the form came without one."""
    number, pathway = len(step.answered) + 1, step.pathway
    return page(
        request,
        "walk_question.html",
        422 if failed else 200,
        pathway=pathway,
        step=step,
        number=number,
        chosen=answers[number - 1] if len(answers) >= number and not failed else None,
        begun=bool(answers),
        going_on=_open_place(walk(pathway, answers)) if answers and number == 1 else "",
        failed=failed,
        told=_told(request, step),
        action=f"/walk/{pathway.id}/{number}",
        before="/walk" if number == 1 else _address(pathway, number - 1),
        kept=guide(request).content.messages["pathways-kept"].text.strip(),
    )


def _told(request: Request, step: Step) -> dict[str, Any]:
    """The step as the conversation gives it: words, numbers for now, time limits, sources."""
    content, now = guide(request).content, guide(request).now()
    return shapes.message(content, pathway_step(content, step, step.facts, now).messages[0], now)


def _gone(request: Request, pathway: Pathway) -> HTMLResponse:
    """The answers have been let go of: said, with numbers to ring."""
    content, now = guide(request).content, guide(request).now()
    told = shapes.message(content, set_message(content, "pathways-gone", {}, now), now)
    return page(request, "walk_gone.html", 410, pathway=pathway, told=told)


def _no_such(request: Request) -> HTMLResponse:
    return problem(request, 404, "That page is not here", "There is no such walk-through. All of them stand at Walk-throughs.")


def _pathway(request: Request, pathway_id: str) -> Pathway | None:
    return guide(request).content.pathways.get(pathway_id)


def _answers(request: Request, pathway_id: str) -> list[str]:
    """The answers given on this walk-through's pages; [] if there are none, or no conversation any more."""
    held = session.conversation(request)
    return list(held.walks.get(pathway_id, [])) if held else []


def _is_checked(step: Step) -> bool:
    """Whether the answers are shown once more before the end. Never where the end is 999: nothing may stand before that."""
    return len(step.answered) >= CHECKED_FROM and step.node.outcome not in ("urgent", "crisis")


def _open_place(step: Step) -> str:
    """The address of where a walk stands: its open question, or what follows its last."""
    if not step.node.is_outcome:
        return _address(step.pathway, len(step.answered) + 1)
    return f"/walk/{step.pathway.id}/{'check' if _is_checked(step) else 'end'}"


def _address(pathway: Pathway, number: int) -> str:
    return f"/walk/{pathway.id}" if number == 1 else f"/walk/{pathway.id}/{number}"


def _to(address: str) -> RedirectResponse:
    return RedirectResponse(address, 303)


def _listed(pathway: Pathway) -> dict[str, Any]:
    """What the list shows of a walk-through."""
    return {
        "id": pathway.id,
        "title": pathway.title,
        "summary": pathway.summary,
        "words": pathway.asked[1 : 1 + WORDS_SHOWN],
        "only_work": pathway.audience == ("professional",),
    }
