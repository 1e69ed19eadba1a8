"""The summary's page and its files, bound to the conversation of the session's cookie. Each is made on request and kept nowhere."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from bot import shapes
from bot.api import chat_service, guide
from bot.documents import MAKERS
from bot.rasa_client import RasaAway
from bot.site import session
from bot.site.templating import page, problem
from guidance import compose_referral
from guidance.compose import set_message
from guidance.contacts import describe

router = APIRouter()


async def _summary(request: Request) -> dict[str, Any] | None:
    """The summary of the visitor's conversation; None if there is no conversation, or nothing was told for it.

    raises  RasaAway
    """
    held = session.conversation(request)
    return await chat_service(request).summary(held) if held else None


@router.get("/summary", response_class=HTMLResponse)
async def summary_page(request: Request) -> HTMLResponse:
    """The summary so far, to read from and to print; without one, the way to begin."""
    try:
        found = await _summary(request)
    except RasaAway:
        return _away(request)
    form, messages = guide(request).content.referral, guide(request).content.messages
    nothing = messages["referral-nothing"].text.strip()
    return page(request, "summary.html", summary=found, labels=form.labels, gaps=form.gaps, nothing=nothing)


@router.post("/summary/change")
async def change(request: Request, field: Annotated[str, Form(max_length=64)] = "") -> Response:
    """Ask one answer again, in the conversation: what its button in the chat would do. From there the way leads back to the summary."""
    form, held = guide(request).content.referral, session.conversation(request)
    asked = form.field(field)
    if held is None or asked is None:
        return RedirectResponse("/summary", 303)
    button = compose_referral.choice(form, asked.label, f"field:{asked.id}")
    (option,) = held.offer([(button.label, button.payload)])
    await chat_service(request).turn(held, None, option["id"])
    return RedirectResponse("/chat#newest", 303)


@router.get("/summary.{kind}")
async def summary_file(request: Request, kind: Literal["txt", "docx", "pdf"]) -> Response:
    """The same as a file. Its name says nothing about anybody."""
    try:
        found = await _summary(request)
    except RasaAway:
        return _away(request)
    if found is None:
        nothing = guide(request).content.messages["referral-nothing"].text.strip()
        return problem(request, 404, guide(request).content.referral.headings["title"], nothing)
    media_type, make = MAKERS[kind]
    file = await run_in_threadpool(make, found)
    return Response(
        file, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="summary.{kind}"'}
    )


def _away(request: Request) -> HTMLResponse:
    """With Rasa away there is no summary to show, but there are numbers to ring."""
    content, now = guide(request).content, guide(request).now()
    told = set_message(content, "referral-away", {}, now)
    contacts = [shapes.contact(content, describe(content.contacts[i], content.office_day, now)) for i in told.contacts]
    title = content.referral.headings["title"]
    return page(request, "summary_away.html", 503, title=title, text=told.text, contacts=contacts)
