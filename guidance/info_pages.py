"""procedures_corpus/pages/<id>.md -> the pages that are neither chapter nor walk-through: for children, privacy, accessibility, leaving safely.

Guidance names the sections that it rests on; only what is said of Waymark itself may stand without. Read by guidance.content, shown by bot/site.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from guidance.records import Need, Record, convert
from guidance.yaml_files import ContentError, read_text, read_yaml_text

ITSELF = "waymark"  # stands for a source where a section tells of Waymark itself
_FORM = "## Heading {#anchor source=chapter#section contacts=id numbers=need}"
_HEADING = re.compile(r"^## (?P<heading>.+?) \{#(?P<anchor>[a-z0-9]+(?:-[a-z0-9]+)*)(?P<rest>(?: [a-z]+=[^\s}]+)*)\}\s*$")
_LISTS = ("source", "contacts", "numbers")


class PageMeta(Record, frozen=True):
    """`kind`: guidance (each section names its source) or about (what is said of Waymark itself)."""

    id: str
    title: str
    summary: str
    kind: Literal["guidance", "about"]
    last_reviewed_on: str
    review_in: str


class PageLists(Record, frozen=True):
    """What a heading names: sections as 'chapter#anchor', ids of contacts.yml, and needs, whose services are shown as they stand now."""

    source: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    numbers: tuple[Need, ...] = ()


@dataclass(frozen=True, slots=True)
class PageSection:
    anchor: str
    heading: str
    text: str
    lists: PageLists
    file_line: int

    @property
    def cited(self) -> tuple[str, ...]:
        """The sections of chapters that it rests on."""
        return tuple(s for s in self.lists.source if s != ITSELF)


@dataclass(frozen=True, slots=True)
class InfoPage:
    meta: PageMeta
    sections: tuple[PageSection, ...]

    @property
    def id(self) -> str:
        return self.meta.id


def read_page(path: Path) -> InfoPage:
    """Read one page.

    raises  ContentError: front matter or a heading does not follow the format, or guidance stands without a source
    """
    text = read_text(path)
    front = re.match(r"---\n(.*?)\n---\n", text, re.S)
    if not front:
        raise ContentError(path, 1, "the page does not start with front matter", "start with '---', the details, and '---' again")
    meta = convert(read_yaml_text(front[1], path), PageMeta, path)
    if meta.id != path.stem:
        raise ContentError(path, 2, f"the id '{meta.id}' is not the file's name", f"write id: {path.stem}")
    first = text[: front.end()].count("\n") + 1
    before, *parts = re.split(r"(?m)^(?=## )", text[front.end() :])
    if before.strip() or not parts:
        raise ContentError(path, first, "text stands above the first heading", f"put it under a heading such as '{_FORM}'")
    sections, line = [], first + before.count("\n")
    for part in parts:
        sections.append(_section(path, meta, part, line))
        line += part.count("\n")
    anchors = [s.anchor for s in sections]
    for section in sections:
        if anchors.count(section.anchor) > 1:
            raise ContentError(path, section.file_line, f"the anchor '{section.anchor}' stands twice", "give one of them another name")
    return InfoPage(meta, tuple(sections))


def _section(path: Path, meta: PageMeta, part: str, line: int) -> PageSection:
    heading, _, body = part.partition("\n")
    match = _HEADING.match(heading)
    if not match:
        raise ContentError(path, line, f"the heading '{heading}' is not of the form '{_FORM}'", "add anchor and source")
    named: dict[str, Any] = dict(pair.split("=", 1) for pair in match["rest"].split())
    for key in _LISTS:
        if key in named:
            named[key] = named[key].split(",")
    lists = convert(named, PageLists, path)
    if meta.kind == "guidance" and not lists.source:
        raise ContentError(path, line, f"'{match['heading']}' names no source", f"add source=chapter#section, or source={ITSELF}")
    if not body.strip():
        raise ContentError(path, line, f"the section '{match['anchor']}' has no text", "write it, or delete the heading")
    return PageSection(match["anchor"], match["heading"], body.strip(), lists, line)
