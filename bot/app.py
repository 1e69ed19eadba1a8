"""The public ASGI app: opens the guide once, and joins routes, headers and problem pages. Every route is named in api.py, api_lookups.py or site/."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException
from starlette.types import Receive, Scope, Send

from bot import api, api_lookups
from bot.chat import Chat
from bot.conversations import Conversations
from bot.failures import AnswerFailures
from bot.forgery import OwnFormsOnly
from bot.headers import SecureHeaders
from bot.problems import Problem, on_invalid, on_problem, problem_response
from bot.rasa_client import RasaClient
from bot.settings import settings
from bot.site import about, changes, chat, contacts, deadlines, glossary, procedures, summary, walks
from bot.site.templating import problem
from bot.static_files import StaticTree
from bot.transfer import AnswerHead, SmallPages
from guidance.languages import open_language_check
from index.amendments import amendment_finder
from index.guide import Guide, use
from index.timescales import timescale_finder

logger = logging.getLogger(__name__)
# The order decides where two paths could fit one address.
ROUTERS = (api, api_lookups, chat, contacts, procedures, summary, walks, deadlines, glossary, changes, about)


def create_app(guide: Guide, rasa: RasaClient) -> FastAPI:
    """The app of the public listener, over an opened guide and a line to Rasa."""
    use(guide)
    timescale_finder(guide), amendment_finder(guide)  # made at start-up, so that nobody waits for them

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        sweeping = asyncio.create_task(_forget_old(app.state.chat))
        yield
        sweeping.cancel()
        await rasa.close()

    app = FastAPI(title="Waymark", openapi_url="/api/openapi.json", docs_url=None, redoc_url=None, lifespan=lifespan)
    app.state.guide = guide
    app.state.chat = Chat(guide, rasa, Conversations(), open_language_check(guide.content))
    app.state.static = StaticTree(settings().built)
    for module in ROUTERS:
        app.include_router(module.router)
    app.add_route("/static/{digest}/{name:path}", app.state.static.serve)
    app.add_exception_handler(Problem, on_problem)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(HTTPException, _on_http_error)
    app.add_middleware(AnswerFailures, answer=_on_failure)
    app.add_middleware(OwnFormsOnly, refusal=_refuse, frame_cookie=settings().frame_cookie)
    app.add_middleware(SmallPages)
    app.add_middleware(AnswerHead)
    app.add_middleware(SecureHeaders, framed_by=settings().framed_by)
    return app


async def _forget_old(chat: Chat) -> None:
    """Every minute, so that an idle machine keeps nothing for longer than it says."""
    while True:
        await asyncio.sleep(60)
        await chat.forget_old()


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    """A form that another site sent. Nothing of it is read."""
    text = "Another website sent this, so nothing was done with it. If you meant to write to Waymark, please begin on its own page."
    await problem(Request(scope), 403, "That did not come from Waymark", text)(scope, receive, send)


async def _on_http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if request.url.path.startswith("/api/"):
        return problem_response(
            error.status_code, "Not found" if error.status_code == 404 else "Not possible", "See /api/openapi.json."
        )
    if error.status_code == 404:
        return problem(request, 404, "That page is not here", "The address may be wrong.")
    return problem(request, error.status_code, "That did not work", "Please go back and try again.")


async def _on_invalid(request: Request, error: Exception) -> Response:
    if request.url.path.startswith("/api/"):
        return await on_invalid(request, error)
    return problem(request, 422, "That did not work", "What was sent is too long, or not of the right form. Please go back and send it again, shorter.")


async def _on_failure(request: Request, error: Exception) -> Response:
    logger.error("a request failed: %s", type(error).__name__, exc_info=error)
    text = "Sorry, something went wrong. Your words were not kept. Please try again, or ring one of the numbers on this page."
    if request.url.path.startswith("/api/"):
        return problem_response(500, "Something went wrong", text)
    return problem(request, 500, "Sorry, there is a problem", text)
