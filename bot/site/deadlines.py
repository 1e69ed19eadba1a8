"""Deadlines: choose a time limit, give a day, and see when it is due and what was counted. The same reading and counting as in the chat.

Days and words come by POST and are kept nowhere: an address names the time limit only.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse

from bot import shapes
from bot.api import guide
from bot.chat import MAX_INPUT_CHARS
from bot.site.templating import page, problem
from bot.site.when_form import Entered, When, read_when
from guidance.content import Content
from guidance.deadlines import Start, due_reply, limit_reply, say_date
from guidance.records import Timescale
from guidance.replies import Reply
from guidance.said_dates import SaidDate, read_date
from guidance.text import capped, clean
from index.timescales import timescale_finder

router = APIRouter()
NO_WORDS = "Write what has to be done, such as: written confirmation of a referral"
Short = Annotated[str, Form(max_length=200)]


@router.get("/deadlines", response_class=HTMLResponse)
async def deadlines(request: Request) -> HTMLResponse:
    return _list(request)


@router.post("/deadlines", response_class=HTMLResponse)
async def ask(request: Request, words: Annotated[str, Form(max_length=MAX_INPUT_CHARS)] = "") -> HTMLResponse:
    """A question in the person's own words: the time limit meant, or those that may be, or none."""
    text, now, finder = capped(clean(words)), guide(request).now(), timescale_finder(guide(request))
    reading = read_date(text, now)
    if not finder.speaks_of_a_duty(reading.rest):
        return _list(request, words=text, error=NO_WORDS, status=422)
    found = finder.find(reading.rest)
    day = _in_words(reading.said) if reading.said else ""
    if found.sure and len(found.timescales) == 1:
        limit = found.timescales[0]
        if not day or limit.within.value is None:
            return _limit(request, limit, Entered(said=day), When())
        return _counted(request, limit, Entered(said=day))
    nothing = "" if found.timescales else guide(request).content.messages["deadlines-none"].text.strip()
    return _list(request, words=text, maybe=found.timescales, day=day, nothing=nothing)


@router.get("/deadlines/{timescale_id}", response_class=HTMLResponse)
async def deadline(request: Request, timescale_id: str) -> HTMLResponse:
    """One time limit as the manual prints it, and the form for the day."""
    limit = guide(request).content.timescales.get(timescale_id)
    return _limit(request, limit, Entered(), When()) if limit else _no_such(request)


@router.post("/deadlines/{timescale_id}", response_class=HTMLResponse)
async def count(
    request: Request, timescale_id: str, day: Short = "", month: Short = "", year: Short = "", time: Short = "", said: Short = ""
) -> HTMLResponse:
    """When it is due, counted from the day in the form."""
    limit = guide(request).content.timescales.get(timescale_id)
    if limit is None:
        return _no_such(request)
    return _counted(request, limit, Entered(*(clean(field) for field in (day, month, year, time, said))))


def _counted(request: Request, limit: Timescale, entered: Entered) -> HTMLResponse:
    content, now = guide(request).content, guide(request).now()
    when = read_when(content, entered, limit.within.unit == "hours", now)
    if when.start is None or limit.within.value is None:
        return _limit(request, limit, entered, when)
    ahead = limit.direction == "before"  # such a day is mostly still to come: nothing to remark on
    reading = replace(when.reading, ahead=when.reading.ahead or ahead) if when.reading else None
    return _limit(request, limit, _filled(when.start), when, due_reply(content, [limit], when.start, now, reading))


def _limit(request: Request, limit: Timescale, entered: Entered, when: When, counted: Reply | None = None) -> HTMLResponse:
    content, now = guide(request).content, guide(request).now()
    reply = counted or limit_reply(content, limit)
    start = when.start.moment if when.start else now
    document = next(d for d in content.sources.documents if d.id == content.sources.chapters[limit.source.chapter].document)
    return page(
        request,
        "deadline.html",
        422 if when.errors else 200,
        limit=limit,
        shown=shapes.deadline(content, limit.id, start),
        told=shapes.message(content, reply.messages[0], now),
        other_days=[choice.label for message in reply.messages[1:] for choice in message.options],
        counted=counted is not None,
        entered=entered,
        errors={field: text for text, field in when.errors},
        by_clock=limit.within.unit == "hours",
        document=document,
        chapter=content.sources.chapters[limit.source.chapter].title,
        not_covered=content.messages["deadlines-not-covered"].text.strip(),
        other_words=content.messages["deadlines-other-days"].text.strip(),
    )


def _list(request: Request, status: int = 200, **values: Any) -> HTMLResponse:
    """All time limits by topic, under the field for own words."""
    content = guide(request).content
    shown = {"words": "", "error": "", "maybe": (), "day": "", "nothing": "", **values}
    which = content.messages["deadlines-which"].text.strip()
    return page(request, "deadlines.html", status, groups=_groups(content), which=which, **shown)


def _groups(content: Content) -> list[tuple[str, list[Timescale]]]:
    """The time limits by chapter; in each, those that can be counted first. History and other areas come last."""
    groups: dict[tuple[bool, str], list[Timescale]] = {}
    for limit in content.timescales.values():
        chapter = content.chapters.get(limit.source.chapter)
        is_other = chapter is not None and chapter.meta.kind != "procedure"
        groups.setdefault((is_other, content.sources.chapters[limit.source.chapter].title), []).append(limit)
    return [(title, sorted(limits, key=lambda t: t.within.value is None)) for (_, title), limits in sorted(groups.items(), key=lambda g: g[0])]


def _filled(start: Start) -> Entered:
    """The form with what was read, to be changed."""
    day = start.day
    return Entered(str(day.day), str(day.month), str(day.year), f"{start.time:%H:%M}" if start.time else "")


def _in_words(said: SaidDate) -> str:
    """A day and time that were read, in words that are read the same again; those in trouble as they were typed."""
    if said.day is None:
        return said.words
    return say_date(said.day) + (f" {said.time:%H:%M}" if said.time else "")


def _no_such(request: Request) -> HTMLResponse:
    return problem(request, 404, "That page is not here", "There is no such time limit. All of them stand at Deadlines.")
