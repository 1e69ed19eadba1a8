"""The home page and the conversation: one form, one transcript, and the ways to end it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from bot.api import chat_service
from bot.chat import MAX_INPUT_CHARS
from bot.settings import settings
from bot.site import session
from bot.site.templating import page

router = APIRouter()


@router.get("/", response_class=HTMLResponse)
async def home(request: Request) -> HTMLResponse:
    found = session.conversation(request)
    return page(request, "home.html", begun=bool(found and found.turns))


@router.get("/chat", response_class=HTMLResponse)
async def conversation(request: Request) -> HTMLResponse:
    found = session.conversation(request)
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
    held = session.conversation(request) or service.conversations.open()
    answer = await service.turn(held, None if option else message or "", option)
    held = service.conversations.find(answer["conversation"]) or held
    response: Response
    if fragment:
        response = page(request, "partials/_transcript.html", turns=held.turns)
    else:
        response = RedirectResponse("/chat#newest", 303)
    session.remember(response, held)
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
    response = RedirectResponse(to, 303)
    await session.forget(request, response)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
