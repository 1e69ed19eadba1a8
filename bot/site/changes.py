"""What changed, as a page: by month or by chapter, each entry with its manual and its date. The filters say nothing about anybody."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from bot import shapes
from bot.api import guide
from bot.site.templating import page
from guidance.changes import OTHER_AREA, newest_first, place, say_month
from guidance.content import Content
from guidance.records import Amendment

router = APIRouter()


@router.get("/changes", response_class=HTMLResponse)
async def changes(request: Request, manual: str = "", chapter: str = "", year: str = "", by: str = "month") -> HTMLResponse:
    """The dated changes that fit; a filter that names nothing we hold is left out."""
    content = guide(request).content
    manuals = {name: place(content, name) for name in dict.fromkeys(a.manual for a in content.amendments)}
    chapters = sorted({a.chapter for a in content.amendments if not a.chapter.startswith("(")}, key=str.lower)
    years = sorted({a.date[:4] for a in content.amendments}, reverse=True)
    chosen = {
        "manual": manual if manual in manuals else "",
        "chapter": chapter if chapter in chapters else "",
        "year": year if year in years else "",
    }
    fitting = [
        a
        for a in newest_first(content.amendments)
        if chosen["manual"] in ("", a.manual) and chosen["chapter"] in ("", a.chapter) and a.date.startswith(chosen["year"])
    ]
    return page(
        request,
        "changes.html",
        groups=_grouped(content, fitting, by == "chapter"),
        number=len(fitting),
        by="chapter" if by == "chapter" else "month",
        manuals=manuals,
        chapters=chapters,
        years=years,
        chosen=chosen,
        other_area=_words(content, "changes-other-area") if any(a.manual == OTHER_AREA for a in fitting) else "",
        nothing=_words(content, "changes-none"),
        held=[_span(content, name) for name in manuals],
        undated=content.messages["changes-undated"].filled(as_of=next(d for d in content.sources.documents if d.kind == "procedures").as_of),
    )


def _grouped(content: Content, entries: Iterable[Amendment], by_chapter: bool) -> list[tuple[str, list[dict[str, Any]]]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for entry in entries:
        groups.setdefault(entry.chapter if by_chapter else say_month(entry.date), []).append(_shown(content, entry))
    return sorted(groups.items(), key=lambda g: (g[0].startswith("("), g[0].lower())) if by_chapter else list(groups.items())


def _shown(content: Content, entry: Amendment) -> dict[str, Any]:
    return {
        "entry": entry,
        "month": say_month(entry.date),
        "place": place(content, entry.manual),
        "url": shapes.source(content, entry.source)["url"],
    }


def _span(content: Content, manual: str) -> str:
    """A manual's name and the months that its list covers."""
    dates = [a.date for a in newest_first(a for a in content.amendments if a.manual == manual)]
    return content.messages["changes-held"].filled(place=place(content, manual), **{"from": say_month(dates[-1]), "to": say_month(dates[0])})


def _words(content: Content, message_id: str) -> str:
    return content.messages[message_id].text.strip()
