"""The glossary as a page, A to Z, each entry with its source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from bot import shapes
from bot.api import guide
from bot.site.templating import page
from guidance.content import Content
from guidance.glossary import find_entries
from guidance.records import GlossaryEntry
from guidance.text import capped, clean, words

router = APIRouter()
OTHER = "0 to 9"


@router.get("/glossary", response_class=HTMLResponse)
async def glossary(request: Request, q: Annotated[str, Query(max_length=500)] = "") -> HTMLResponse:
    """All entries, or those that fit what was typed: by the same look-up as in the chat, and by the words of the entry."""
    content, asked = guide(request).content, capped(clean(q))
    entries = _found(asked, content.glossary) if asked else content.glossary
    return page(request, "glossary.html", letters=_by_letter(content, entries), q=asked, number=len(entries))


def _found(asked: str, held: Sequence[GlossaryEntry]) -> list[GlossaryEntry]:
    wanted = words(asked)
    holding = [e for e in held if all(w in " ".join(words(_all_words(e))) for w in wanted)]
    return list(dict.fromkeys((*find_entries(asked, held), *holding)))


def _all_words(entry: GlossaryEntry) -> str:
    return " ".join((entry.term, entry.expansion or "", *entry.also_called, entry.meaning))


def _by_letter(content: Content, entries: Sequence[GlossaryEntry]) -> list[tuple[str, list[dict[str, Any]]]]:
    """The entries under their first letters, each with an id that no other entry of the page has."""
    letters: dict[str, list[dict[str, Any]]] = {}
    used: set[str] = set()
    for entry in sorted(entries, key=lambda e: e.term.lower()):
        slug = base = "-".join(re.findall(r"[a-z0-9]+", entry.term.lower()))
        while slug in used:
            slug += "-" + base
        used.add(slug)
        first = entry.term[0].upper()
        letters.setdefault(first if first.isalpha() else OTHER, []).append(_shown(content, entry, slug))
    return sorted(letters.items())


def _shown(content: Content, entry: GlossaryEntry, slug: str) -> dict[str, Any]:
    chapter = content.chapters.get(entry.source.chapter)
    title = content.sources.chapters[entry.source.chapter].title
    is_procedure = chapter is None or chapter.meta.kind == "procedure"
    label = "" if is_procedure else content.messages["glossary-not-procedure"].filled(title=title)
    return {"entry": entry, "slug": slug, "url": shapes.source(content, entry.source)["url"], "title": title, "label": label}
