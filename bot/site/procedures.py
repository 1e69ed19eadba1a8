"""The procedures: all chapters, search in them, and one chapter with all its sections."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from bot import shapes
from bot.api import guide
from bot.chat import MAX_INPUT_CHARS
from bot.site.templating import page, problem
from guidance.text import capped, clean

router = APIRouter()


@router.get("/procedures", response_class=HTMLResponse)
async def procedures(request: Request, q: Annotated[str, Query(max_length=MAX_INPUT_CHARS)] = "") -> HTMLResponse:
    content = guide(request).content
    question = capped(clean(q))
    result = shapes.search_result(content, guide(request).search(question, 5)) if question else None
    return page(request, "procedures.html", chapters=content.chapters.values(), q=question, result=result)


@router.get("/procedures/{chapter_id}", response_class=HTMLResponse)
async def chapter(request: Request, chapter_id: str) -> HTMLResponse:
    content = guide(request).content
    held = content.chapters.get(chapter_id)
    if held is None:
        return problem(
            request, 404, "That page is not here", "The address may be wrong, or the chapter is not held."
        )
    document = next(d for d in content.sources.documents if d.id == held.meta.source.document)
    return page(request, "chapter.html", chapter=held, document=document, as_of=content.as_of(held.id))
