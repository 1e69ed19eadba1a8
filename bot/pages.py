"""The pages, server-rendered and whole without JavaScript: chat, numbers now, procedures, one chapter, and leaving."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.templating import Jinja2Templates

from bot import render, shapes
from bot.api import chat_service, guide
from bot.chat import MAX_INPUT_CHARS
from bot.conversations import Conversation
from bot.settings import settings
from guidance.compose import AREAS
from guidance.contacts import find_contacts
from guidance.text import capped, clean

router = APIRouter()
templates = Jinja2Templates(directory=Path(__file__).parent / "templates")
templates.env.filters.update(md=render.html, tel=render.tel)
NEEDS = {
    "report-concern": "Worried about a child",
    "allegation": "Allegation about somebody who works with children (LADO)",
    "early-help": "Early help for a family",
    "mental-health-crisis": "Mental health crisis",
    "child-helpline": "Helpline for children",
    "bereavement": "After a child has died",
    "police": "Police, not an emergency",
}


def page(request: Request, name: str, status: int = 200, **values: Any) -> HTMLResponse:
    now = guide(request).now()
    content = guide(request).content
    footer = [shapes.contact(content, c) for c in find_contacts(content, ["report-concern"], None, "public", now)][:4]
    return templates.TemplateResponse(
        request,
        name,
        {
            "now": now,
            "clock": render.clock(now),
            "moment": lambda iso: render.moment(iso, now),
            "footer_contacts": footer,
            "areas": AREAS,
            "headings": content.referral.headings,
            **values,
        },
        status,
    )


def _conversation(request: Request) -> Conversation | None:
    return chat_service(request).conversations.find(request.cookies.get(settings().cookie))


@router.get("/", response_class=HTMLResponse)
async def home(request: Request) -> HTMLResponse:
    found = _conversation(request)
    return page(request, "chat.html", turns=found.turns if found else [])


@router.post("/chat", response_class=HTMLResponse)
async def say(
    request: Request,
    message: Annotated[str | None, Form(max_length=MAX_INPUT_CHARS)] = None,
    option: Annotated[str | None, Form(max_length=64)] = None,
    fragment: bool = False,
) -> Response:
    """One turn from the form. A script asks for the fragment; without one, the browser is sent back to the page."""
    service = chat_service(request)
    conversation = _conversation(request) or service.conversations.open()
    answer = await service.turn(conversation, None if option else message or "", option)
    conversation = service.conversations.find(answer["conversation"]) or conversation
    response: Response
    if fragment:
        response = page(request, "_transcript.html", turns=conversation.turns)
    else:
        response = RedirectResponse("/#newest", 303)
    response.set_cookie(
        settings().cookie, conversation.id, httponly=True, samesite="strict", secure=settings().https, path="/"
    )
    if answer["status"] == "cleared":
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@router.post("/clear")
async def clear(request: Request) -> Response:
    """Delete the conversation and begin anew."""
    return await _forgotten(request, "/")


@router.post("/exit")
async def leave(request: Request) -> Response:
    """Delete the conversation and go to a harmless page."""
    return await _forgotten(request, settings().exit_to)


async def _forgotten(request: Request, to: str) -> Response:
    await chat_service(request).forget(request.cookies.get(settings().cookie))
    response = RedirectResponse(to, 303)
    response.delete_cookie(settings().cookie, path="/", secure=settings().https, httponly=True, samesite="strict")
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


@router.get("/contacts", response_class=HTMLResponse)
async def contacts(request: Request, area: str = "", audience: str = "public") -> HTMLResponse:
    content, now = guide(request).content, guide(request).now()
    chosen = area if area in AREAS else None
    who = audience if audience in ("public", "professional", "child") else "public"
    groups = [
        (label, [shapes.contact(content, c) for c in find_contacts(content, [need], chosen, who, now)])
        for need, label in NEEDS.items()
    ]
    return page(request, "contacts.html", groups=[g for g in groups if g[1]], area=area, audience=who)


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
        return page(
            request,
            "problem.html",
            404,
            title="That page is not here",
            text="The address may be wrong, or the chapter is not held.",
        )
    document = next(d for d in content.sources.documents if d.id == held.meta.source.document)
    return page(request, "chapter.html", chapter=held, document=document, as_of=content.as_of(held.id))
