"""Rules for references: every cited source stands, nothing current rests on a superseded chapter, and places have a council."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from guidance.content import Content
from guidance.lint.finding import Finding
from guidance.records import AmbiguousPlace, Place, SourceRef


def sources(content: Content) -> Iterator[Finding]:
    """Every cited chapter and line exists, in every file."""
    for file, name, ref in _cited(content):
        entry = content.sources.chapters.get(ref.chapter)
        if entry is None:
            yield Finding(
                file,
                None,
                f"'{name}' cites the chapter '{ref.chapter}', which sources.yml does not have",
                "correct the chapter's id",
            )
        elif not entry.lines[0] <= ref.lines[0] <= ref.lines[1] <= entry.lines[1]:
            yield Finding(
                file,
                None,
                f"'{name}' cites lines {ref.lines[0]}-{ref.lines[1]}, outside {ref.chapter}",
                "correct the lines",
            )


def _cited(content: Content) -> Iterator[tuple[str, str, SourceRef]]:
    for contact in content.contacts.values():
        for ref in (contact.source, *contact.also_in, *(other.where for other in contact.also_printed)):
            yield "contacts.yml", contact.id, ref
    for timescale in content.timescales.values():
        for ref in (timescale.source, *timescale.also_in):
            yield "timescales.yml", timescale.id, ref
    for entry in content.glossary:
        for ref in (entry.source, *entry.also_in):
            yield "glossary.yml", entry.term, ref
    for absent in content.not_held.values():
        for ref in (absent.listed_in, *absent.nearest, *absent.also_in):
            yield "not_held.yml", absent.id, ref
    for amendment in content.amendments:
        yield "amendments.yml", f"{amendment.date} {amendment.chapter}", amendment.source


def chapter_sources(content: Content) -> Iterator[Finding]:
    """A chapter's front matter and sources.yml name the same document and lines."""
    documents = {d.id for d in content.sources.documents}
    for chapter in content.chapters.values():
        entry, own = content.sources.chapters[chapter.id], chapter.meta.source
        if own.document not in documents:
            yield Finding(
                f"chapters/{chapter.id}.md",
                2,
                f"'{own.document}' is not a document of sources.yml",
                "correct the document's id",
            )
        if (entry.document, entry.lines) != (own.document, own.lines):
            yield Finding(
                f"chapters/{chapter.id}.md", 2, "document or lines differ from sources.yml", "make the two the same"
            )


def superseded(content: Content) -> Iterator[Finding]:
    """Nothing current rests on a chapter that has been superseded."""
    old = {c.id for c in content.chapters.values() if c.meta.superseded_by}
    for chapter_id in old:
        if content.chapters[chapter_id].meta.superseded_by in old:
            yield Finding(
                f"chapters/{chapter_id}.md",
                2,
                "superseded_by names a chapter that is superseded itself",
                "name the current one",
            )
    for contact in content.contacts.values():
        if contact.source.chapter in old:
            yield Finding(
                "contacts.yml",
                None,
                f"'{contact.id}' rests on the superseded chapter '{contact.source.chapter}'",
                "cite the new one",
            )
    for timescale in content.timescales.values():
        if timescale.source.chapter in old:
            yield Finding(
                "timescales.yml",
                None,
                f"'{timescale.id}' rests on the superseded chapter '{timescale.source.chapter}'",
                "cite the new one",
            )
    for file, name, sections in _cited_sections(content):
        for section in sections:
            if section.partition("#")[0] in old:
                yield Finding(
                    file, None, f"'{name}' rests on the superseded section '{section}'", "cite the new chapter"
                )


def _cited_sections(content: Content) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for message_id, message in content.messages.items():
        yield "messages.yml", message_id, message.source
    for pathway in content.pathways.values():
        for node_id, node in pathway.nodes.items():
            yield f"pathways/{pathway.id}.yml", node_id, node.source


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
