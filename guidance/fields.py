"""procedures_corpus/referral.yml -> the fields that children's social care will ask for, with the words round them. Loaded once by guidance.content.

Shapes only: what is done with a field is in guidance/referral.py, how a typed message is read in guidance/dictation.py.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Literal

import msgspec

from guidance.records import Audience, Need, Record, convert
from guidance.yaml_files import ContentError, read_yaml

About = Literal["child", "worry", "family", "caller", "call"]
Kind = Literal["fact", "own-words", "seen-or-heard", "said", "opinion"]
Gap = Literal["skipped", "unknown", "refused", "open"]
Command = Literal[
    "skip", "unknown", "refuse", "why", "back", "stop", "show", "finish", "more", "restart", "again", "delete", "undo",
    "change", "keep", "courtesy",
]  # fmt: skip
HEADINGS = (
    "title", "contacts", "child", "worry", "own-words", "seen-or-heard", "said", "opinion", "family", "caller", "call",
    "deadlines", "if-now", "missing", "made", "downloads", "page", "txt", "docx", "pdf",
)  # fmt: skip
LABELS = (
    "skip", "unknown", "refuse", "why", "show", "keep", "undo", "more", "change", "go-on", "put", "start",
    "restart", "resume", "delete",
)  # fmt: skip


class FieldOption(Record, frozen=True):
    """One answer of a field that has few. `also` holds other words for it."""

    id: str
    label: str
    also: tuple[str, ...] = ()


class FromWalk(Record, frozen=True):
    """An answer in a walk-through that fills the field: option id -> the words it becomes, "" where it means 'not known'."""

    pathway: str
    node: str
    words: dict[str, str]


class Field(Record, frozen=True):
    """One thing that children's social care will ask for; the top of referral.yml says what each key means."""

    id: str
    label: str
    ask: str
    why: str
    part: Literal[1, 2]
    about: About
    kind: Kind
    words: tuple[str, ...]
    source: tuple[str, ...]
    parts: tuple[str, ...] = ()
    anywhere: bool = False
    signs: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()
    when: Literal["born", "unborn"] | None = None
    ask_unborn: str | None = None
    told_by: tuple[str, ...] = ()
    options: tuple[FieldOption, ...] = ()
    audience: tuple[Audience, ...] = ("public", "professional", "child")
    only_if: dict[str, str] = msgspec.field(default_factory=dict)
    from_walk: tuple[FromWalk, ...] = ()

    @property
    def is_story(self) -> bool:
        """True if the answer is told at length: nothing but a plain correction is read out of it."""
        return self.kind != "fact"


class Cues(Record, frozen=True):
    opinion: tuple[str, ...]
    said: tuple[str, ...]


class ShownDeadline(Record, frozen=True):
    timescale: str
    audience: tuple[Audience, ...]


class Asking(Record, frozen=True):
    """How a question sounds that has no mark: the top of `asking` in referral.yml says what each list means."""

    first: tuple[str, ...]
    openers: tuple[str, ...]
    lead_ins: tuple[str, ...]
    verbs: tuple[str, ...]
    subjects: tuple[str, ...]
    pronouns: tuple[str, ...]
    pointing: tuple[str, ...]
    after_pointing: tuple[str, ...]
    not_asking: tuple[str, ...]
    reporting: tuple[str, ...]


class Resuming(Record, frozen=True):
    """'go on' and 'with my referral' -> a wish to go on."""

    verbs: tuple[str, ...]
    things: tuple[str, ...]


class Others(Record, frozen=True):
    """Whose details are no answer about the child: persons of a kind, and the field that theirs go to."""

    field: str
    persons: tuple[str, ...]


class Callers(Record, frozen=True):
    """Words for who the caller is; `work` and `places` are those of a professional, besides `roles` of words.yml."""

    work: tuple[str, ...]
    places: tuple[str, ...]
    relations: tuple[str, ...]
    telling: tuple[str, ...]


class Worker(Record, frozen=True):
    """When a worry is about somebody who works with children, and whom that concerns besides children's social care."""

    walks: tuple[str, ...]
    cues: tuple[str, ...]
    harm: tuple[str, ...]
    needs: tuple[Need, ...]
    deadlines: tuple[str, ...]


class Earlier(Record, frozen=True):
    """What is left out of the worry when it is taken over from the conversation: greetings, and quarrels with the guide."""

    greetings: tuple[str, ...]
    quarrels: tuple[str, ...]
    persons: tuple[str, ...]
    errands: tuple[str, ...]


class ReferralForm(Record, frozen=True):
    """All of referral.yml."""

    headings: dict[str, str]
    labels: dict[str, str]
    gaps: dict[Gap, str]
    commands: dict[Command, tuple[str, ...]]
    fillers: tuple[str, ...]
    halts: tuple[str, ...]
    resuming: Resuming
    anonymous: tuple[str, ...]
    corrections: tuple[str, ...]
    mistakes: tuple[str, ...]
    tails: tuple[str, ...]
    asking: Asking
    callers: Callers
    others: tuple[Others, ...]
    worker: Worker
    earlier: Earlier
    called: dict[str, tuple[str, ...]]
    unborn: tuple[str, ...]
    about_summary: tuple[str, ...]
    cues: Cues
    deadlines: tuple[ShownDeadline, ...]
    fields: tuple[Field, ...]

    def field(self, field_id: str | None) -> Field | None:
        return next((f for f in self.fields if f.id == field_id), None)


def read_referral(path: Path) -> ReferralForm:
    """Read and check referral.yml.

    raises  ContentError: a key is missing, an id or a word stands twice, or `only_if` names what does not exist
    """
    data = read_yaml(path)
    form = convert(data, ReferralForm, path)
    lines = [getattr(entry, "line", None) for entry in data["fields"]]
    for name, wanted, given in (("headings", HEADINGS, form.headings), ("labels", LABELS, form.labels)):
        lost = set(wanted) - set(given)
        if lost:
            raise ContentError(path, None, f"{name} lacks '{min(lost)}'", "put it back")
    ids = Counter(field.id for field in form.fields)
    words = Counter(w.lower() for field in form.fields for w in (*field.words, *field.parts))
    for field, line in zip(form.fields, lines):
        if ids[field.id] > 1:
            raise ContentError(path, line, f"the id '{field.id}' stands twice", "give one of them another id")
        twice = next((w for w in (*field.words, *field.parts) if words[w.lower()] > 1), None)
        if twice:
            raise ContentError(path, line, f"'{twice}' stands for two fields", "leave it with one of them")
        if not field.source:
            raise ContentError(path, line, f"'{field.id}' has no source", "write source: [chapter-id#anchor]")
        for other_id, option in field.only_if.items():
            other = form.field(other_id)
            if other is None or all(o.id != option for o in other.options):
                raise ContentError(path, line, f"only_if of '{field.id}' names '{other_id}: {option}'", "correct it")
    unknown = next((o.field for o in form.others if form.field(o.field) is None), None)
    if unknown:
        raise ContentError(path, None, f"others names the field '{unknown}'", "correct it")
    return form
