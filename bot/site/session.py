"""The visitor's conversation: the one cookie that names it, and the way to end it."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import Response

from bot.api import chat_service
from bot.conversations import Conversation
from bot.settings import settings


def conversation(request: Request) -> Conversation | None:
    """The conversation that the cookie names; None if there is none, or it has ended."""
    return chat_service(request).conversations.find(request.cookies.get(settings().cookie))


def remember(response: Response, held: Conversation) -> None:
    """Name the conversation in the cookie. It ends with the browser's session, and scripts cannot read it."""
    chosen = settings()
    response.set_cookie(chosen.cookie, held.id, httponly=True, samesite="strict", secure=chosen.https, path="/")


async def forget(request: Request, response: Response) -> None:
    """End the conversation, here and in Rasa, and delete the cookie."""
    chosen = settings()
    await chat_service(request).forget(request.cookies.get(chosen.cookie))
    response.delete_cookie(chosen.cookie, path="/", secure=chosen.https, httponly=True, samesite="strict")


def exit_path(request: Request) -> str:
    return "/exit"
