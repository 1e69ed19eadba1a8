"""The shapes of everything in procedures_corpus/: typed, frozen records that YAML files are checked against when they load.

Words in closed lists (audience, needs, units ...) stand here and nowhere else.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal, TypeVar

import msgspec

from guidance.yaml_files import ContentError, LinedDict

Audience = Literal["public", "professional", "child"]
Area = Literal["cambridgeshire", "peterborough", "both", "national", "other"]
ChapterKind = Literal["procedure", "contents", "guidance-list", "amendments", "report"]
Need = Literal[
    "emergency", "report-concern", "out-of-hours", "early-help", "allegation", "police", "mental-health-crisis", "mental-health-advice",
    "child-helpline", "adult-helpline", "bereavement", "child-death", "young-carers", "school-support", "safeguarding-board",
    "learning-disability", "perinatal", "bullying", "exploitation", "radicalisation", "whistleblowing", "forced-marriage",
    "substance-misuse", "prison-families", "lived-experience-support", "domestic-abuse", "training", "other",
]  # fmt: skip
Status = Literal["current", "superseded", "conflicting", "dated"]
Unit = Literal["hours", "working_days", "days", "weeks", "months", "years", "none"]
HOURS_WORDS = ("office", "out-of-office", "always", "not-stated")  # anything else in `hours` is an OSM string
Strength = Literal["must", "should", "may", "target"]


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Base of all records: unknown keys are refused, so that a misspelt key is found at load."""


class SourceRef(Record, frozen=True):
    """Where a fact is printed: a chapter of the manual and the first and last line in its source document (1-based)."""

    chapter: str
    lines: tuple[int, int]


class OtherNumber(Record, frozen=True):
    """A number that the manual also prints. `second_line` is True where it is not wrong, only not the one to ring first."""

    number: str
    where: SourceRef
    why_not_used: str
    second_line: bool = False


class OfficeDay(Record, frozen=True):
    """The cautious office day assumed for council lines whose hours no source prints (OSM opening-hours syntax)."""

    certain: str
    possible: str
    note: str


class Contact(Record, frozen=True):
    """One service. `hours` is office | out-of-office | always | not-stated, or an OSM opening_hours string."""

    id: str
    name: str
    role: str
    area: Area
    audience: tuple[Audience, ...]
    needs: tuple[Need, ...]
    source: SourceRef
    as_of: str
    called: tuple[str, ...] = ()
    number: str | None = None
    email: str | None = None
    website: str | None = None
    text: str | None = None
    hours: str = "not-stated"
    hours_printed: str | None = None
    also_in: tuple[SourceRef, ...] = ()
    status: Status = "current"
    note: str | None = None
    also_printed: tuple[OtherNumber, ...] = ()


class Limit(Record, frozen=True):
    value: int | float | None
    unit: Unit


class Timescale(Record, frozen=True):
    id: str
    duty: str
    who: str
    within: Limit
    words: str
    from_: str = msgspec.field(name="from")
    strength: Strength
    source: SourceRef
    direction: Literal["after", "before"] = "after"
    area: Area = "both"
    also_in: tuple[SourceRef, ...] = ()
    note: str | None = None
    aliases: tuple[str, ...] = ()


class AbsentLimit(Record, frozen=True):
    """A time limit that only a text would give which is not held: `not_held` is that text's id in not_held.yml."""

    id: str
    duty: str
    not_held: str
    aliases: tuple[str, ...]


class GlossaryEntry(Record, frozen=True):
    """A term in one sentence. `numbers` are needs of contacts.yml: who to ring, where the term is somebody who can be rung."""

    term: str
    meaning: str
    source: SourceRef
    expansion: str | None = None
    also_called: tuple[str, ...] = ()
    also_in: tuple[SourceRef, ...] = ()
    note: str | None = None
    numbers: tuple[Need, ...] = ()


class NotHeld(Record, frozen=True):
    """A chapter that the manual lists or refers to but whose text is not in the sources."""

    id: str
    title: str
    listed_in: SourceRef
    contact: tuple[str, ...]
    aliases: tuple[str, ...]
    number: str | None = None
    date: str | None = None
    nearest: tuple[SourceRef, ...] = ()
    also_in: tuple[SourceRef, ...] = ()
    note: str | None = None


class Amendment(Record, frozen=True):
    date: str
    manual: str
    chapter: str
    change: str
    kind: Literal["new", "updated", "removed", "published", "dated"]
    source: SourceRef
    section: str | None = None


class Authority(Record, frozen=True):
    id: Literal["cambridgeshire", "peterborough"]
    name: str


class Place(Record, frozen=True):
    name: str
    authority: str
    also: tuple[str, ...] = ()
    note: str | None = None


class AmbiguousPlace(Record, frozen=True):
    name: str
    why: str
    ask: str
    also: tuple[str, ...] = ()


class Places(Record, frozen=True):
    authorities: tuple[Authority, ...]
    places: tuple[Place, ...]
    ambiguous: tuple[AmbiguousPlace, ...]
    outside: tuple[Place, ...]


class Document(Record, frozen=True):
    id: str
    file: str
    title: str
    publisher: str
    area: str
    as_of: str
    kind: str
    sha256: str
    lines: tuple[int, int]
    area_name: str
    note: str | None = None


class ChapterEntry(Record, frozen=True):
    document: str
    lines: tuple[int, int]
    title: str


class ChapterGroup(Record, frozen=True):
    """A heading of the procedures page, and the chapters under it in the order in which they are read."""

    title: str
    chapters: tuple[str, ...]


class Sources(Record, frozen=True):
    documents: tuple[Document, ...]
    chapters: dict[str, ChapterEntry]


RecordType = TypeVar("RecordType")


def convert(data: Any, kind: type[RecordType], path: Path) -> RecordType:
    """Check one YAML mapping (or list) against its record type.

    raises  ContentError: a key is missing, unknown or of the wrong kind; names the file and the entry's line
    """
    try:
        return msgspec.convert(data, kind)
    except msgspec.ValidationError as error:
        name = data.get("id") or data.get("term") or "" if isinstance(data, dict) else ""
        line = data.line if isinstance(data, LinedDict) else None
        raise ContentError(
            path,
            line,
            f"{'entry ' + repr(name) + ': ' if name else ''}{error}",
            "see the format at the top of the file",
        ) from None


def convert_each(items: Any, kind: type[RecordType], path: Path) -> tuple[RecordType, ...]:
    """Check a YAML list entry by entry, so that the error names the entry's own line."""
    if not isinstance(items, list):
        raise ContentError(path, 1, "this file must be a list", "start each entry with '- '")
    return tuple(convert(item, kind, path) for item in items)
