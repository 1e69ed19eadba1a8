"""Pages that stand in procedures_corpus/pages/: help for children, leaving safely, privacy, accessibility."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from bot import shapes
from bot.api import guide
from bot.site.templating import page
from guidance.contacts import describe, find_contacts
from guidance.content import Content
from guidance.info_pages import PageSection

router = APIRouter()
CHILD = "children"


@router.get("/children", response_class=HTMLResponse)
async def children(request: Request) -> HTMLResponse:
    return _info(request, CHILD)


@router.get("/leaving-safely", response_class=HTMLResponse)
async def leaving_safely(request: Request) -> HTMLResponse:
    return _info(request, "leaving-safely")


@router.get("/privacy", response_class=HTMLResponse)
async def privacy(request: Request) -> HTMLResponse:
    return _info(request, "privacy")


@router.get("/accessibility", response_class=HTMLResponse)
async def accessibility(request: Request) -> HTMLResponse:
    return _info(request, "accessibility")


def _info(request: Request, page_id: str) -> HTMLResponse:
    content, now = guide(request).content, guide(request).now()
    told = content.pages[page_id]
    audience = "child" if page_id == CHILD else "public"
    parts = []
    for section in told.sections:
        named = [describe(content.contacts[i], content.office_day, now) for i in section.lists.contacts]
        named += find_contacts(content, section.lists.numbers, None, audience, now) if section.lists.numbers else []
        parts.append({
            "section": section,
            "contacts": [shapes.contact(content, c) for c in named],
            "sources": _sources(content, section),
        })
    return page(request, "info.html", told=told, parts=parts, for_children=page_id == CHILD)


def _sources(content: Content, section: PageSection) -> list[dict[str, str]]:
    held = [content.section(cited) for cited in section.cited]
    return [{"heading": s.heading, "url": f"/procedures/{s.chapter}#{s.anchor}"} for s in held if s]
