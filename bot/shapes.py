"""Records of guidance/ -> the dictionaries of the JSON API (DESIGN.md section 8), which the pages show too."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from guidance.contacts import ContactNow, describe
from guidance.content import Content
from guidance.records import SourceRef
from guidance.replies import Message
from guidance.timescales import due
from index.search import Hit, SearchResult


def source(content: Content, ref: SourceRef) -> dict[str, Any]:
    """Where a number or duty is printed: document, lines, and the section that tells it, where that chapter is held."""
    section = content.section_for(ref)
    return {
        "document": content.sources.chapters[ref.chapter].document,
        "chapter": ref.chapter,
        "title": content.sources.chapters[ref.chapter].title,
        "lines": list(ref.lines),
        "section": section.id if section else None,
        "url": f"/procedures/{section.chapter}#{section.anchor}" if section else None,
    }


def passage(content: Content, section_id: str, score: float, best: tuple[int, int] | None) -> dict[str, Any]:
    """A section as an answer shows it; `text` is the corpus's own Markdown, word for word."""
    section = content.section(section_id)
    assert section is not None, f"the index named {section_id}, which the loaded content lacks"
    chapter = content.chapters[section.chapter].meta
    document = next(d for d in content.sources.documents if d.id == chapter.source.document)
    return {
        "id": section.id,
        "chapter": section.chapter,
        "section": section.anchor,
        "heading": section.heading,
        "title": chapter.title,
        "text": section.text,
        "best": section.text[slice(*best)] if best else None,
        "score": score,
        "kind": chapter.kind,
        "url": f"/procedures/{section.chapter}#{section.anchor}",
        "source": {
            "document": document.id,
            "title": document.title,
            "area": document.area_name,
            "lines": [list(r) for r in section.lines],
            "as_of": content.as_of(section.chapter),
        },
        "edition": "plain-english",
    }


def search_result(content: Content, result: SearchResult) -> dict[str, Any]:
    not_held = result.not_held
    absent = (
        {
            "id": not_held.id,
            "number": not_held.number,
            "title": not_held.title,
            "date": not_held.date,
            "note": not_held.note,
            "contacts": list(not_held.contact),
        }
        if not_held
        else None
    )
    return {
        "query": result.question,
        "status": result.status,
        "passages": [_hit(content, hit) for hit in result.hits],
        "not_held": absent,
    }


def _hit(content: Content, hit: Hit) -> dict[str, Any]:
    return passage(content, hit.section.id, round(hit.score, 4), hit.best)


def contact(content: Content, now: ContactNow) -> dict[str, Any]:
    entry = now.contact
    return {
        "id": entry.id,
        "name": entry.name,
        "role": entry.role,
        "number": entry.number,
        "email": entry.email,
        "website": entry.website,
        "text": entry.text,
        "area": entry.area,
        "hours": entry.hours_printed,
        "open_now": now.open_now,
        "opens_at": _iso(now.opens_at),
        "closes_at": _iso(now.closes_at),
        "why": now.why,
        "source": source(content, entry.source),
        "as_of": entry.as_of,
        "status": entry.status,
        "note": entry.note,
        "also_printed": [
            {"number": other.number, "where": source(content, other.where), "why_not_used": other.why_not_used}
            for other in entry.also_printed
        ],
    }


def deadline(content: Content, timescale_id: str, start: datetime) -> dict[str, Any]:
    timescale = content.timescales[timescale_id]
    when = due(timescale, start)
    return {
        "id": timescale.id,
        "duty": timescale.duty,
        "who": timescale.who,
        "within": timescale.words,
        "from": timescale.from_,
        "strength": timescale.strength,
        "start": start.isoformat(),
        "due": _iso(when.at),
        "due_words": when.words,
        "counted": list(when.counted),
        "source": source(content, timescale.source),
        "note": timescale.note,
    }


def message(content: Content, entry: Message, now: datetime) -> dict[str, Any]:
    """A reply's message with its passages, contacts and deadlines put in; options and the referral summary are the edge's to add."""
    at = datetime.fromisoformat(entry.at) if entry.at else now
    start = datetime.fromisoformat(entry.counted_from) if entry.counted_from else now
    return {
        "text": entry.text,
        "language": entry.language or "en",
        "tone": entry.tone,
        "passages": [passage(content, ref.id, ref.score, ref.best) for ref in entry.passages],
        "contacts": [contact(content, describe(content.contacts[i], content.office_day, at)) for i in entry.contacts],
        "deadlines": [deadline(content, i, start) for i in entry.deadlines],
        "counted_from": entry.counted_from,
        "options": [],
        "noted": [{"label": n.label, "words": n.words, "before": n.before} for n in entry.noted],
        "summary": None,
        "sources": [_section_link(content, i) for i in entry.source],
    }


def _section_link(content: Content, section_id: str) -> dict[str, str]:
    section = content.section(section_id)
    assert section is not None
    return {
        "id": section.id,
        "heading": section.heading,
        "title": content.chapters[section.chapter].meta.title,
        "url": f"/procedures/{section.chapter}#{section.anchor}",
    }


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
