"""The procedures: all chapters by group, search in them, one chapter with all its sections, and what the manual lists but is not held.

What somebody looks for is sent by form and kept with their conversation, not in the address: the browser's history would show it.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from bot import shapes
from bot.api import chat_service, guide
from bot.chat import MAX_INPUT_CHARS
from bot.site import session
from bot.site.chapter_links import neighbours, see_also
from bot.site.templating import page, problem
from guidance import compose
from guidance.contacts import describe
from guidance.content import Content
from guidance.records import NotHeld
from guidance.text import capped, clean
from index.guide import Guide, refs
from index.search import SearchResult

router = APIRouter()
SHOWN = 5


@router.get("/procedures", response_class=HTMLResponse)
async def procedures(request: Request, q: Annotated[str, Query(max_length=MAX_INPUT_CHARS)] = "") -> HTMLResponse:
    """All chapters. With `q`, which a link of ours may carry, the result of that search."""
    return _listed(request, q)


@router.post("/procedures")
async def look_for(
    request: Request, q: Annotated[str, Form(max_length=MAX_INPUT_CHARS)] = "", framed: Annotated[bool, Form()] = False
) -> Response:
    """Keep the words, and go to the result: from there the browser goes back and forth without sending the form again."""
    held = session.conversation(request) or chat_service(request).conversations.open()
    held.searched = capped(clean(q))
    response = RedirectResponse("/procedures/search", 303)
    session.remember(response, held, framed)
    return response


@router.get("/procedures/search", response_class=HTMLResponse)
async def found(request: Request) -> HTMLResponse:
    """The result for the words that were sent last; all chapters, if there are none."""
    held = session.conversation(request)
    return _listed(request, held.searched if held else "")


@router.get("/procedures/not-held", response_class=HTMLResponse)
async def not_held(request: Request) -> HTMLResponse:
    """What the manual lists but whose text is not held, with the nearest that is, and who to ring."""
    content, now = guide(request).content, guide(request).now()
    entries = [
        {
            "entry": entry,
            "nearest": _nearest(content, entry),
            "contacts": [shapes.contact(content, describe(content.contacts[i], content.office_day, now)) for i in entry.contact],
        }
        for entry in content.not_held.values()
    ]
    numbered = sorted((e for e in entries if e["entry"].number), key=lambda e: [int(n) for n in e["entry"].number.split(".")])  # type: ignore[attr-defined]
    others = sorted((e for e in entries if not e["entry"].number), key=lambda e: e["entry"].title)  # type: ignore[attr-defined]
    return page(request, "not_held.html", numbered=numbered, others=others)


@router.get("/procedures/{chapter_id}", response_class=HTMLResponse)
async def chapter(request: Request, chapter_id: str) -> HTMLResponse:
    content = guide(request).content
    held = content.chapters.get(chapter_id)
    if held is None:
        return problem(request, 404, "That page is not here", "The address may be wrong, or the chapter is not held.")
    before, after = neighbours(content, held)
    return page(
        request,
        "chapter.html",
        chapter=held,
        document=next(d for d in content.sources.documents if d.id == held.meta.source.document),
        as_of=content.as_of(held.id),
        also=see_also(content, held),
        before=before,
        after=after,
    )


def _listed(request: Request, q: str) -> HTMLResponse:
    opened = guide(request)
    question = capped(clean(q))
    return page(
        request,
        "procedures.html",
        groups=opened.content.groups,
        chapters=opened.content.chapters,
        not_held_count=len(opened.content.not_held),
        q=question,
        found=_found(opened, question) if question else None,
        framed=session.is_framed(request),
    )


def _found(opened: Guide, question: str) -> dict[str, Any]:
    """What the chat would say of the same words, danger first; with each passage, which words it shares, and what else may help."""
    content, now = opened.content, opened.now()
    reading = opened.danger.read(question)
    danger = compose.danger(content, reading, {}, now, False).messages if reading.level in ("urgent", "crisis", "child") else ()
    result = opened.search(question, SHOWN)
    told = compose.passages(content, result.status, refs(result.hits, SHOWN), result.not_held, {}, now).messages[0]
    shown = {hit.section.id for hit in result.hits}
    walk = opened.fitting_walks(question).to_offer()
    return {
        "status": result.status,
        "danger": [{**shapes.message(content, m, now), "options": []} for m in danger],
        "told": shapes.message(content, told, now),
        "words": {hit.section.id: opened.searcher.words_found(question, hit.section) for hit in result.hits},
        "nearest": _nearest(content, result.not_held) if result.not_held else [],
        "near": [s for s in opened.searcher.nearest(question, SHOWN * 2) if s.id not in shown][:SHOWN] if _answers(result) else [],
        "walk": walk,
    }


def _answers(result: SearchResult) -> bool:
    return result.status in ("answered", "weak")


def _nearest(content: Content, entry: NotHeld) -> list[dict[str, str]]:
    """The sections that come nearest to what is not held."""
    sections = [content.section_for(ref) for ref in entry.nearest]
    return [
        {"heading": s.heading, "title": content.chapters[s.chapter].meta.title, "url": f"/procedures/{s.chapter}#{s.anchor}"}
        for s in dict.fromkeys(sections)
        if s
    ]
