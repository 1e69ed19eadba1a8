"""One chapter file (front matter and Markdown) -> Chapter with its Sections. Called by guidance.content.

The words of a section are kept exactly as the file has them: what is shown is what was reviewed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from guidance.records import Area, Audience, ChapterKind, Record, convert
from guidance.yaml_files import ContentError, read_text, read_yaml_text

_HEADING = re.compile(
    r"^## (?P<heading>.+?) \{#(?P<anchor>[a-z0-9]+(?:-[a-z0-9]+)*) lines=(?P<lines>[\d,-]+)(?: audience=(?P<audience>[a-z,]+))?\}\s*$"
)
NOTE_KINDS = ("Sources disagree", "Out of date", "Damaged", "Not held")
_NOTE = re.compile(rf"^> \*\*(?P<kind>{'|'.join(NOTE_KINDS)}):\*\* (?P<text>.+?)$(?P<more>(?:\n> .*)*)", re.M)
_DAYS_A_MONTH = 30.44
AUDIENCES: tuple[Audience, ...] = ("public", "professional", "child")


class ChapterSource(Record, frozen=True):
    document: str
    lines: tuple[int, int]


class FrontMatter(Record, frozen=True):
    id: str
    title: str
    summary: str
    audience: tuple[Audience, ...]
    area: tuple[Area, ...]
    kind: ChapterKind
    source: ChapterSource
    last_reviewed_on: str
    review_in: str
    as_of: str | None = None
    superseded_by: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """One answerable part of a chapter. `lines` are ranges in the source document; `file_line` is where it starts in the chapter file."""

    chapter: str
    anchor: str
    heading: str
    text: str
    lines: tuple[tuple[int, int], ...]
    audience: tuple[Audience, ...]
    file_line: int

    @property
    def id(self) -> str:
        return f"{self.chapter}#{self.anchor}"

    def covers(self, first: int, last: int) -> bool:
        """True if any of the section's source ranges meets lines first..last."""
        return any(a <= last and first <= b for a, b in self.lines)

    @property
    def notes(self) -> tuple[tuple[str, str], ...]:
        """The stated contradictions and defects: (kind, text)."""
        found = _NOTE.finditer(self.text)
        return tuple((m["kind"], " ".join((m["text"] + m["more"].replace("\n> ", " ")).split())) for m in found)


@dataclass(frozen=True, slots=True)
class Chapter:
    meta: FrontMatter
    intro: str
    sections: tuple[Section, ...]

    @property
    def id(self) -> str:
        return self.meta.id

    def review_due(self) -> date | None:
        """The day by which the chapter must be reviewed; None if its dates cannot be read (content lint says so)."""
        months = re.fullmatch(r"(\d+) months?", self.meta.review_in)
        try:
            reviewed = date.fromisoformat(self.meta.last_reviewed_on)
        except ValueError:
            return None
        return reviewed + timedelta(days=round(_DAYS_A_MONTH * int(months[1]))) if months else None

    def section(self, anchor: str) -> Section | None:
        return next((s for s in self.sections if s.anchor == anchor), None)


def read_chapter(path: Path) -> Chapter:
    """Read one chapter file.

    raises  ContentError: front matter or a heading does not follow the format, an anchor stands twice, or a section is empty
    """
    text = read_text(path)
    front, body, body_line = _split_front_matter(path, text)
    meta = convert(read_yaml_text(front, path), FrontMatter, path)
    if meta.id != path.stem:
        raise ContentError(path, 2, f"the id '{meta.id}' is not the file's name", f"write id: {path.stem}")
    lines = body.split("\n")
    starts = [i for i, line in enumerate(lines) if line.startswith("## ")]
    sections: list[Section] = []
    for number, start in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else len(lines)
        section = _section(path, meta, lines[start], "\n".join(lines[start + 1 : end]).strip(), body_line + start)
        if any(section.anchor == other.anchor for other in sections):
            raise ContentError(
                path,
                section.file_line,
                f"the anchor '{section.anchor}' stands twice in this chapter",
                "give one of them another name",
            )
        sections.append(section)
    if not sections:
        raise ContentError(
            path,
            body_line,
            "the chapter has no section",
            "add a heading such as '## Who to tell {#who-to-tell lines=10-12}'",
        )
    return Chapter(meta, "\n".join(lines[: starts[0]]).strip(), tuple(sections))


def _split_front_matter(path: Path, text: str) -> tuple[str, str, int]:
    match = re.match(r"---\n(.*?)\n---\n", text, re.S)
    if not match:
        raise ContentError(
            path,
            1,
            "the chapter does not start with front matter",
            "start the file with '---', the details, and '---' again",
        )
    return match[1], text[match.end() :], text[: match.end()].count("\n") + 1


def _section(path: Path, meta: FrontMatter, heading: str, text: str, line: int) -> Section:
    match = _HEADING.match(heading)
    if not match:
        raise ContentError(
            path,
            line,
            f"the heading '{heading}' is not of the form '## Heading {{#anchor lines=10-12}}'",
            "add anchor and source lines",
        )
    if not text:
        raise ContentError(
            path, line, f"the section '{match['anchor']}' has no text", "write it, or delete the heading"
        )
    audience = tuple(match["audience"].split(",")) if match["audience"] else meta.audience
    unknown = [a for a in audience if a not in AUDIENCES]
    if unknown:
        raise ContentError(path, line, f"'{unknown[0]}' is not an audience", "use " + ", ".join(AUDIENCES))
    return Section(
        meta.id, match["anchor"], match["heading"], text, _ranges(path, match["lines"], line), audience, line
    )


def _ranges(path: Path, words: str, line: int) -> tuple[tuple[int, int], ...]:
    ranges = []
    for part in words.split(","):
        ends = part.split("-")
        if len(ends) > 2 or not all(e.isdigit() for e in ends) or int(ends[0]) > int(ends[-1]):
            raise ContentError(
                path, line, f"'lines={words}' is not a list of line numbers", "write lines=10-12 or lines=10,20-25"
            )
        ranges.append((int(ends[0]), int(ends[-1])))
    return tuple(ranges)
