"""The visitor's conversation: the cookie that names it, and the ways to end it.

On Waymark's own pages the cookie is SameSite=Strict. In another site's frame a browser sends such a cookie to nobody; there, where framing is
switched on and there is HTTPS, it is another one: SameSite=None and Partitioned, seen in frames on that one site only (docs/embedding.md).
"""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import Response

from bot.api import chat_service
from bot.conversations import Conversation
from bot.settings import settings

FORGET_NOW = "Max-Age=0; "


def conversation(request: Request) -> Conversation | None:
    """The conversation that the cookie names; None if there is none, or it has ended."""
    chosen, known = settings(), chat_service(request).conversations
    found = known.find(request.cookies.get(chosen.cookie))
    if found is None and chosen.frame_cookie:
        found = known.find(request.cookies.get(chosen.frame_cookie))
    return found


def is_framed(request: Request) -> bool:
    """True if the browser asks for this page to show it in a frame, and a cookie for frames can be given."""
    return settings().frame_cookie is not None and request.headers.get("sec-fetch-dest") == "iframe"


def remember(response: Response, held: Conversation, framed: bool) -> None:
    """Name the conversation in a cookie. It ends with the browser's session, and scripts cannot read it."""
    chosen = settings()
    if framed and chosen.frame_cookie:
        response.headers.append("Set-Cookie", _for_frames(chosen.frame_cookie, held.id))
    else:
        response.set_cookie(chosen.cookie, held.id, httponly=True, samesite="strict", secure=chosen.https, path="/")


async def forget(request: Request, response: Response, leaving: str | None = None) -> None:
    """End the conversation, here and in Rasa, and delete the cookies.

    leaving   the word that a framed page's exit link carries: outside of the frame the frame's cookie is not sent
    """
    chosen, service = settings(), chat_service(request)
    held = conversation(request) or service.conversations.find_leaving(leaving)
    await service.forget(held.id if held else None)
    response.delete_cookie(chosen.cookie, path="/", secure=chosen.https, httponly=True, samesite="strict")
    if chosen.frame_cookie:
        response.headers.append("Set-Cookie", _for_frames(chosen.frame_cookie, "", FORGET_NOW))


def exit_path(request: Request) -> str:
    """Where "Exit this page" leads. Only in a frame does it name the conversation: by a word that can end it and nothing else."""
    held = conversation(request) if is_framed(request) else None
    return f"/exit/{held.leaving}" if held else "/exit"


def _for_frames(name: str, value: str, age: str = "") -> str:
    return f"{name}={value}; {age}HttpOnly; Path=/; SameSite=None; Secure; Partitioned"  # http.cookies knows no Partitioned before Python 3.14
