"""Rules for what content rests on: sources agree, nothing current cites a superseded chapter, places have a council, dates can be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from guidance.content import Content
from guidance.lint.finding import Finding
from guidance.records import AmbiguousPlace, Contact, Place, Timescale
from guidance.references import cited_sections


def chapter_sources(content: Content) -> Iterator[Finding]:
    """A chapter's front matter and sources.yml name the same document and lines."""
    for chapter in content.chapters.values():
        entry, own = content.sources.chapters[chapter.id], chapter.meta.source
        if (entry.document, entry.lines) != (own.document, own.lines):
            fault = "document or lines differ from sources.yml"
            yield Finding(f"chapters/{chapter.id}.md", 2, fault, "make the two the same")


def superseded(content: Content) -> Iterator[Finding]:
    """Nothing current rests on a chapter that has been superseded."""
    old = {c.id for c in content.chapters.values() if c.meta.superseded_by}
    for chapter_id in old:
        if content.chapters[chapter_id].meta.superseded_by in old:
            fault = "superseded_by names a chapter that is superseded itself"
            yield Finding(f"chapters/{chapter_id}.md", 2, fault, "name the current one")
    current: list[Contact | Timescale] = [*content.contacts.values(), *content.timescales.values()]
    for record in current:
        if record.source.chapter in old:
            file = "contacts.yml" if isinstance(record, Contact) else "timescales.yml"
            fault = f"'{record.id}' rests on the superseded chapter '{record.source.chapter}'"
            yield Finding(file, None, fault, "cite the new one")
    for file, name, sections in cited_sections(content):
        for section in sections:
            if section.partition("#")[0] in old:
                yield Finding(
                    file, None, f"'{name}' rests on the superseded section '{section}'", "cite the new chapter"
                )


def places(content: Content) -> Iterator[Finding]:
    """A place inside has one of the two councils, and no name stands twice."""
    known = {authority.id for authority in content.places.authorities}
    for place in content.places.places:
        if place.authority not in known:
            yield Finding(
                "places.yml",
                None,
                f"'{place.name}' has the authority '{place.authority}'",
                "write " + " or ".join(sorted(known)),
            )
    listed: list[Place | AmbiguousPlace] = [
        *content.places.places,
        *content.places.ambiguous,
        *content.places.outside,
    ]
    names = Counter(name.lower() for place in listed for name in (place.name, *place.also))
    for name, count in names.items():
        if count > 1:
            yield Finding("places.yml", None, f"'{name}' stands {count} times", "leave one of them")


def review_dates(content: Content) -> Iterator[Finding]:
    """Review dates can be counted: a date such as 2026-11-22 and a number of months."""
    for chapter in content.chapters.values():
        if chapter.review_due() is None:
            yield Finding(
                f"chapters/{chapter.id}.md",
                2,
                "last_reviewed_on or review_in cannot be read",
                "write 2026-11-22 and 12 months",
            )
