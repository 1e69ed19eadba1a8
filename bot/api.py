"""The JSON API: the same functions as the pages, for programs. OpenAPI at /api/openapi.json."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Header, Query, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from pydantic import BaseModel, Field, model_validator

from bot import shapes
from bot.chat import MAX_INPUT_CHARS, Chat
from bot.problems import Problem
from guidance.compose import walk_contacts
from guidance.contacts import find_contacts
from guidance.hours import LONDON
from guidance.pathways import PathwayError, Step, choose, to_mermaid, walk
from guidance.records import Need
from guidance.text import capped, clean
from index.guide import Guide

router = APIRouter()
AreaName = Literal["cambridgeshire", "peterborough"]
AudienceName = Literal["public", "professional", "child"]


def guide(request: Request) -> Guide:
    found: Guide = request.app.state.guide
    return found


def chat_service(request: Request) -> Chat:
    found: Chat = request.app.state.chat
    return found


class ChatRequest(BaseModel):
    """Either what the person typed, or the id of an option of the newest reply."""

    message: str | None = Field(None, max_length=MAX_INPUT_CHARS)
    option: str | None = Field(None, max_length=64)

    @model_validator(mode="after")
    def _one_of_both(self) -> ChatRequest:
        if (self.message is None) == (self.option is None):
            raise ValueError("send either 'message' or 'option'")
        return self


class WalkRequest(BaseModel):
    answers: list[str] = Field(default_factory=list, max_length=50)


@router.post("/api/chat")
async def chat(
    request: Request, body: ChatRequest, x_conversation: Annotated[str | None, Header()] = None
) -> dict[str, Any]:
    """One turn. Without X-Conversation, or with one that has ended, a new conversation begins; nothing that was typed is lost."""
    service = chat_service(request)
    conversation = service.conversations.find(x_conversation) or service.conversations.open()
    return await service.turn(conversation, body.message, body.option)


@router.delete("/api/chat", status_code=204)
async def forget(request: Request, x_conversation: Annotated[str | None, Header()] = None) -> Response:
    """Delete a conversation. Nothing of it remains; deleting one that is not known is no error."""
    await chat_service(request).forget(x_conversation)
    return Response(status_code=204)


@router.get("/api/search")
async def search(
    request: Request, q: Annotated[str, Query(max_length=MAX_INPUT_CHARS)], k: Annotated[int, Query(ge=1, le=20)] = 5
) -> dict[str, Any]:
    return shapes.search_result(guide(request).content, guide(request).search(capped(clean(q)), k))


@router.get("/api/contacts")
async def contacts(
    request: Request,
    need: Annotated[list[Need] | None, Query()] = None,
    area: AreaName | None = None,
    audience: AudienceName = "public",
    at: datetime | None = None,
) -> dict[str, Any]:
    """Who to ring for a need, an area, a person and a moment, best first. Without `at`: now."""
    moment = (at if at.tzinfo else at.replace(tzinfo=LONDON)) if at else guide(request).now()
    content = guide(request).content
    found = find_contacts(content, need or ["report-concern"], area, audience, moment)
    return {"at": moment.isoformat(), "contacts": [shapes.contact(content, c) for c in found]}


@router.get("/api/chapters")
async def chapters(request: Request) -> list[dict[str, Any]]:
    held = guide(request).content.chapters.values()
    return [
        {
            "id": c.id,
            "title": c.meta.title,
            "summary": c.meta.summary,
            "kind": c.meta.kind,
            "sections": len(c.sections),
            "url": f"/procedures/{c.id}",
        }
        for c in held
    ]


@router.get("/api/chapters/{chapter_id}")
async def chapter(request: Request, chapter_id: str) -> dict[str, Any]:
    content = guide(request).content
    held = content.chapters.get(chapter_id)
    if held is None:
        raise Problem(404, "No such chapter", "See /api/chapters for the chapters that are held.")
    return {
        "id": held.id,
        "title": held.meta.title,
        "summary": held.meta.summary,
        "sections": [shapes.passage(content, s.id, 1.0, None) for s in held.sections],
    }


@router.get("/api/pathways")
async def pathways(request: Request) -> list[dict[str, str]]:
    return [{"id": p.id, "title": p.title, "summary": p.summary} for p in guide(request).content.pathways.values()]


@router.post("/api/pathways/{pathway_id}/walk")
async def walk_pathway(request: Request, pathway_id: str, body: WalkRequest) -> dict[str, Any]:
    """Where a list of answers leads: the next question, or the outcome."""
    pathway = guide(request).content.pathways.get(pathway_id)
    if pathway is None:
        raise Problem(404, "No such walk-through", "See /api/pathways.")
    step = walk(pathway, [])
    for answer in body.answers:
        try:
            step = walk(pathway, choose(step, answer))
        except PathwayError as error:
            raise Problem(
                422,
                "That answer does not fit",
                f"{error}; allowed: {', '.join(o.id for o in step.node.options) or 'none, this is an outcome'}",
            ) from None
    return _step(guide(request), step)


def _step(guide: Guide, step: Step) -> dict[str, Any]:
    node, now = step.node, guide.now()
    contacts = walk_contacts(guide.content, node, step.facts, now)
    return {
        "pathway": step.pathway.id,
        "node": step.node_id,
        "ask": node.ask,
        "why": node.why,
        "say": node.say,
        "outcome": node.outcome,
        "options": [{"id": o.id, "label": o.label} for o in node.options],
        "answered": [{"node": a.node, "ask": a.ask, "option": a.option, "label": a.label} for a in step.answered],
        "contacts": [shapes.contact(guide.content, c) for c in contacts],
        "deadlines": [shapes.deadline(guide.content, t, now) for t in node.timescales],
        "source": list(node.source),
    }


@router.get("/api/pathways/{pathway_id}/graph")
async def graph(request: Request, pathway_id: str) -> PlainTextResponse:
    """The walk-through as a Mermaid flowchart."""
    pathway = guide(request).content.pathways.get(pathway_id)
    if pathway is None:
        raise Problem(404, "No such walk-through", "See /api/pathways.")
    return PlainTextResponse(to_mermaid(pathway))


@router.get("/api/timescales")
async def timescales(request: Request) -> list[dict[str, Any]]:
    content = guide(request).content
    return [
        {
            "id": t.id,
            "duty": t.duty,
            "who": t.who,
            "within": t.words,
            "from": t.from_,
            "strength": t.strength,
            "source": shapes.source(content, t.source),
        }
        for t in content.timescales.values()
    ]


@router.get("/health/live")
async def live() -> dict[str, str]:
    return {"status": "alive"}


@router.get("/health/ready")
async def ready(request: Request) -> JSONResponse:
    """200 when a real turn works; 503 while Rasa is away. The pages answer either way."""
    works = await chat_service(request).ready()
    return JSONResponse({"status": "ready" if works else "limited"}, 200 if works else 503)
