"""Everything that content names must exist: sources, sections, contacts, timescales. Called once by guidance.content when all is read."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from guidance.records import SourceRef
from guidance.yaml_files import ContentError

if TYPE_CHECKING:
    from guidance.content import Content


def check_references(content: Content) -> None:
    """Follow every reference.

    raises  ContentError: one leads nowhere; names the file, what names it and what to do
    """
    _check_chapters(content)
    for file, name, ref in cited_lines(content):
        _check_source(content, file, name, ref)
    for file, name, sections in cited_sections(content):
        for section in sections:
            _check_section(content, file, name, section)
    for question in content.questions:
        _check_section(content, f"questions/{question.section.partition('#')[0]}.yml", question.text, question.section)
    for entry in content.not_held.values():
        _check_ids(content, "not_held.yml", entry.id, entry.contact, content.contacts, "contact")
    for limit in content.timescales_not_held.values():
        _check_ids(content, "timescales_not_held.yml", limit.id, (limit.not_held,), content.not_held, "text that is not held", "not_held.yml")
    for name in content.not_held_questions:
        if name not in content.not_held:
            raise _fault(content, "not_held_questions.yml", f"'{name}' is not in not_held.yml", "use an id that stands there")
    for pathway in content.pathways.values():
        for node_id, node in pathway.nodes.items():
            file = f"pathways/{pathway.id}.yml"
            _check_ids(content, file, node_id, node.contacts, content.contacts, "contact")
            _check_ids(content, file, node_id, node.timescales, content.timescales, "timescale")
    for message_id, message in content.messages.items():
        _check_ids(content, "messages.yml", message_id, message.contacts, content.contacts, "contact")
    for group in content.groups:
        _check_ids(content, "groups.yml", group.title, group.chapters, content.chapters, "chapter")
    for page in content.pages.values():
        for part in page.sections:
            _check_ids(content, f"pages/{page.id}.md", part.anchor, part.lists.contacts, content.contacts, "contact")
    _check_referral(content)


def cited_lines(content: Content) -> Iterator[tuple[str, str, SourceRef]]:
    """Every source that is cited by lines: (file, what cites it, source)."""
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


def cited_sections(content: Content) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Every place that cites sections: (file, what cites them, sections)."""
    for message_id, message in content.messages.items():
        yield "messages.yml", message_id, message.source
    for pathway in content.pathways.values():
        for node_id, node in pathway.nodes.items():
            yield f"pathways/{pathway.id}.yml", node_id, node.source
    for field in content.referral.fields:
        yield "referral.yml", field.id, field.source
    for page in content.pages.values():
        for part in page.sections:
            yield f"pages/{page.id}.md", part.anchor, part.cited


def _check_chapters(content: Content) -> None:
    documents = {document.id for document in content.sources.documents}
    for chapter in content.chapters.values():
        file, successor = f"chapters/{chapter.id}.md", chapter.meta.superseded_by
        if successor and successor not in content.chapters:
            raise _fault(content, file, f"superseded_by names '{successor}', which is not a chapter", "write its id")
        if chapter.id not in content.sources.chapters:
            raise _fault(content, file, f"chapter '{chapter.id}' is not in sources.yml", "add it there")
        if chapter.meta.source.document not in documents:
            fault = f"'{chapter.meta.source.document}' is not a document of sources.yml"
            raise _fault(content, file, fault, "correct the document's id")


def _check_referral(content: Content) -> None:
    file = "referral.yml"
    shown = tuple(d.timescale for d in content.referral.deadlines)
    _check_ids(content, file, "deadlines", shown, content.timescales, "timescale")
    for field in content.referral.fields:
        for taken in field.from_walk:
            pathway = content.pathways.get(taken.pathway)
            node = pathway.nodes.get(taken.node) if pathway else None
            lost = set(taken.words) - {option.id for option in node.options} if node else {taken.node}
            if lost:
                fault = f"from_walk of '{field.id}' names '{taken.pathway}: {taken.node}: {min(lost)}', which does not exist"
                raise _fault(content, file, fault, "name a walk-through, one of its questions and its options")


def _check_source(content: Content, file: str, name: str, ref: SourceRef) -> None:
    entry = content.sources.chapters.get(ref.chapter)
    if entry is None:
        fault = f"'{name}' cites the chapter '{ref.chapter}', which sources.yml does not have"
        raise _fault(content, file, fault, "correct the chapter's id")
    if not entry.lines[0] <= ref.lines[0] <= ref.lines[1] <= entry.lines[1]:
        fault = f"'{name}' cites lines {ref.lines[0]}-{ref.lines[1]}, outside {ref.chapter} ({entry.lines[0]}-{entry.lines[1]})"
        raise _fault(content, file, fault, "correct the lines")


def _check_section(content: Content, file: str, name: str, section: str) -> None:
    if content.section(section) is None:
        raise _fault(content, file, f"'{name}' cites '{section}', which is not a section", "write chapter-id#anchor")


def _check_ids(content: Content, file: str, name: str, ids: tuple[str, ...], known: Collection[str], kind: str, home: str = "") -> None:
    for one in ids:
        if one not in known:
            raise _fault(content, file, f"'{name}' names the {kind} '{one}', which does not exist", f"use an id of {home or f'{kind}s.yml'}")


def _fault(content: Content, file: str, fault: str, remedy: str) -> ContentError:
    return ContentError(content.root / file, None, fault, remedy)
