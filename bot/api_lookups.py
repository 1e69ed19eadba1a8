"""The JSON API's look-ups: deadlines, glossary and changes, with the same functions as the chat. Joined to the app beside bot/api.py."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request

from bot import shapes
from bot.api import guide
from bot.problems import Problem
from guidance.changes import newest_first, place
from guidance.glossary import find_entries
from guidance.hours import LONDON
from guidance.said_dates import FIRST_YEAR, LAST_YEAR
from guidance.text import capped, clean
from index.amendments import amendment_finder

router = APIRouter()
ManualName = Literal["derby-and-derbyshire", "peterborough"]


@router.get("/api/deadlines")
async def deadlines(
    request: Request,
    timescale: Annotated[str, Query(max_length=80)],
    start: Annotated[str, Query(alias="from", max_length=40)],
) -> dict[str, Any]:
    """When a duty is due: `due` (null where the manual prints no number), the days `counted`, and the `source`.

    `from` is a day (2026-12-18), or a moment (2026-12-18T16:00) where hours are counted; without a zone it is London time.
    """
    content = guide(request).content
    limit = content.timescales.get(timescale)
    if limit is None:
        raise Problem(404, "No such time limit", "See /api/timescales for the ids of all time limits.")
    moment = _moment(start)
    if limit.within.unit == "hours" and "T" not in start and " " not in start.strip():
        raise Problem(422, "A time is needed", "This limit runs by the clock: send 'from' as 2026-12-18T16:00.")
    return shapes.deadline(content, limit.id, moment)


def _moment(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        at = None
    if at is None or not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise Problem(422, "No such date", "Send 'from' as a day (2026-12-18) or a moment (2026-12-18T16:00).")
    return at if at.tzinfo else at.replace(tzinfo=LONDON)


@router.get("/api/glossary")
async def glossary(request: Request, q: Annotated[str | None, Query(max_length=500)] = None) -> dict[str, Any]:
    """The entries that a question or a term names (none if it names none); without `q` all of them."""
    content = guide(request).content
    found = content.glossary if q is None else find_entries(capped(clean(q)), content.glossary)
    return {
        "query": q,
        "entries": [
            {
                "term": e.term,
                "expansion": e.expansion,
                "meaning": e.meaning,
                "also_called": list(e.also_called),
                "note": e.note,
                "source": shapes.source(content, e.source),
            }
            for e in found
        ],
    }


@router.get("/api/changes")
async def changes(
    request: Request,
    since: Annotated[str | None, Query(pattern=r"^(19|20)\d\d(-(0[1-9]|1[0-2]))?$")] = None,
    chapter: Annotated[str | None, Query(max_length=200)] = None,
    manual: ManualName | None = None,
) -> dict[str, Any]:
    """Dated changes, newest first: since a year or month (2019, 2019-07), of a chapter in any words, of one manual.

    Each says its manual and place: the Derby and Derbyshire log is another area's.
    """
    content = guide(request).content
    named = amendment_finder(guide(request)).find(clean(chapter)) if chapter else content.amendments
    found = [a for a in newest_first(named) if manual in (None, a.manual) and a.date >= (since or "")[: len(a.date)]]
    return {
        "since": since,
        "chapter": chapter,
        "changes": [
            {
                "date": a.date,
                "manual": a.manual,
                "place": place(content, a.manual),
                "chapter": a.chapter,
                "change": a.change,
                "kind": a.kind,
                "section": a.section,
                "source": shapes.source(content, a.source),
            }
            for a in found
        ],
    }
