"""The home page and the conversation: one form, one transcript, and the ways to end it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from bot.api import chat_service
from bot.chat import MAX_INPUT_CHARS
from bot.conversations import Turn
from bot.settings import settings
from bot.site import session
from bot.site.templating import page

router = APIRouter()


ABOUT = (
    ("What this is, and what it is not", "smalltalk-identity"),
    ("What it keeps", "smalltalk-kept"),
    ("How to leave quickly", "system-leave-quickly"),
)
# What steers a walk-through: the button's label and what it says. Shown where the newest reply has no button of that label.
STEERING = (
    ("Back", "go back"),
    ("Change an answer", "change an answer"),
    ("Why do you ask?", "why do you ask?"),
    ("Start again", "start again"),
)


def controls(turns: list[Turn]) -> list[tuple[str, str]]:
    """The steering buttons for a conversation; none where no walk-through was opened."""
    if not any(turn.answer["pathway"] for turn in turns):
        return []
    offered = {option["label"] for message in turns[-1].answer["messages"] for option in message["options"]}
    return [(label, words) for label, words in STEERING if label not in offered]


@router.get("/", response_class=HTMLResponse)
async def home(request: Request) -> HTMLResponse:
    """The three doors, the box for one's own words, and what Waymark is. Light, and the same for everybody: the conversation is at /chat."""
    found = session.conversation(request)
    return page(request, "home.html", about=ABOUT, begun=bool(found and found.turns), framed=session.is_framed(request))


@router.get("/chat", response_class=HTMLResponse)
async def conversation(request: Request) -> HTMLResponse:
    found = session.conversation(request)
    turns = found.turns if found else []
    return page(request, "chat.html", turns=turns, controls=controls(turns), framed=session.is_framed(request))


@router.post("/chat", response_class=HTMLResponse)
async def say(
    request: Request,
    message: Annotated[str | None, Form(max_length=MAX_INPUT_CHARS)] = None,
    option: Annotated[str | None, Form(max_length=64)] = None,
    framed: Annotated[bool, Form()] = False,
    fragment: bool = False,
) -> Response:
    """One turn from the form. A script asks for the fragment; without one, the browser is sent back to the page."""
    service = chat_service(request)
    known = session.conversation(request)
    held = known or service.conversations.open()
    answer = await service.turn(held, None if option else message or "", option)
    held = service.conversations.find(answer["conversation"]) or held
    response: Response
    if fragment:
        # Where a conversation has ended or was changed backwards, all that the page shows is out of date.
        whole = held is not known or answer["status"] == "cleared"
        shown = held.turns if whole else held.turns[-1:]
        response = page(request, "partials/_turn.html", turns=shown, controls=controls(held.turns))
        response.headers["Waymark-Shows"] = "whole" if whole else "turn"
    else:
        response = RedirectResponse("/chat#newest", 303)
    session.remember(response, held, framed or session.is_framed(request))
    if answer["status"] == "cleared":
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@router.post("/clear")
async def clear(request: Request) -> Response:
    """Delete the conversation and begin anew."""
    return await _forgotten(request, RedirectResponse("/", 303))


@router.get("/exit")
@router.get("/exit/{leaving}")
async def leave(request: Request, leaving: str = "") -> Response:
    """Delete the conversation and go to a harmless page. A link, not a form: Chrome lets no form lead to another site (form-action)."""
    if "prefetch" in request.headers.get("sec-purpose", ""):
        return Response(status_code=204)
    response = await _forgotten(request, RedirectResponse(settings().exit_to, 303), leaving)
    response.headers["Clear-Site-Data"] = '"storage"'  # clearing the cache can keep Chrome on this page for seconds
    return response


@router.post("/exit")
async def leave_in_background(request: Request, background: bool = False) -> Response:
    """The same for a script that has gone to the harmless page already; without `background`, for a form."""
    return await _forgotten(request, Response(status_code=204) if background else RedirectResponse(settings().exit_to, 303))


async def _forgotten(request: Request, response: Response, leaving: str | None = None) -> Response:
    await session.forget(request, response, leaving)
    # Not "cookies": that would delete those of every service under the same domain. Ours are deleted by name.
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
