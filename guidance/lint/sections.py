"""Rules for chapters and questions: length, source lines, note forms, plain characters, numbers, questions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guidance.chapters import NOTE_KINDS
from guidance.content import Content
from guidance.lint.finding import Finding

MIN_WORDS, MAX_WORDS = 15, 260
MIN_QUESTIONS = 4
_PHONE = re.compile(r"(?<![\d.])0\d{2,4}[ \d]{5,9}\d(?!\d)")
_BOLD_QUOTE = re.compile(r"^> \*\*([^*]+)\*\*", re.M)
INVISIBLE = re.compile(r"[\u00a0\u200b-\u200f\u202a-\u202e\u2060\ue000-\uf8ff]")
_NOTE_FORMS = tuple(f"{kind}:" for kind in NOTE_KINDS)


def section_lengths(content: Content) -> Iterator[Finding]:
    """A section is an answer on a phone: neither a fragment nor a page. Tables may be longer."""
    for section in content.sections():
        words = len(section.text.split())
        if words < MIN_WORDS or (words > MAX_WORDS and "|" not in section.text):
            yield Finding.in_section(
                section,
                f"section '{section.anchor}' has {words} words",
                f"keep it between {MIN_WORDS} and {MAX_WORDS}: split or join",
            )


def section_lines(content: Content) -> Iterator[Finding]:
    """A section's source lines lie within its chapter's."""
    for section in content.sections():
        first, last = content.chapters[section.chapter].meta.source.lines
        for a, b in section.lines:
            if not first <= a <= b <= last:
                yield Finding.in_section(
                    section,
                    f"section '{section.anchor}' cites lines {a}-{b}, outside {first}-{last}",
                    "correct lines=",
                )


def note_forms(content: Content) -> Iterator[Finding]:
    """A block quote that opens in bold is one of the four kinds of note, or `make review` would miss it."""
    forms = " ".join(_NOTE_FORMS)
    for section in content.sections():
        for opening in _BOLD_QUOTE.findall(section.text):
            if opening not in _NOTE_FORMS:
                yield Finding.in_section(
                    section,
                    f"'{opening}' in '{section.anchor}' is no kind of note",
                    f"use one of: {forms}",
                )


def questions(content: Content) -> Iterator[Finding]:
    """Every section of a chapter has questions in users' words, each asked once only."""
    asked: dict[str, str] = {}
    searched = {section.id for section in content.searched_sections()}
    for question in content.questions:
        if question.section not in searched:
            continue
        chapter = question.section.partition("#")[0]
        key = " ".join(question.text.lower().split())
        if asked.setdefault(key, question.section) != question.section:
            yield Finding(
                f"questions/{chapter}.yml",
                None,
                f"'{question.text}' is also asked of {asked[key]}",
                "leave it with the section that answers it best",
            )
        if question.voice not in ("public", "staff", "duty", "child"):
            yield Finding(
                f"questions/{chapter}.yml",
                None,
                f"'{question.voice}' is not a voice",
                "use public, staff, duty or child",
            )
    counts = {s.id: 0 for s in content.sections()}
    for question in content.questions:
        counts[question.section] += 1
    for section in content.searched_sections():
        if counts[section.id] < MIN_QUESTIONS:
            yield Finding(
                f"questions/{section.chapter}.yml",
                None,
                f"'{section.anchor}' has {counts[section.id]} questions",
                f"write at least {MIN_QUESTIONS}",
            )


def numbers_in_chapters(content: Content) -> Iterator[Finding]:
    """A phone number printed in a section is one that contacts.yml gives out; one that it only explains stands in a note, or beside one."""
    given = {
        _digits(n)
        for c in content.contacts.values()
        for n in (c.number, c.text, *(o.number for o in c.also_printed if o.second_line))
        if n
    }
    explained = given | {_digits(other.number) for c in content.contacts.values() for other in c.also_printed}
    for section in content.sections():
        if content.chapters[section.chapter].meta.kind != "procedure":
            continue
        disagreement = any(kind == "Sources disagree" for kind, _ in section.notes)
        for line in section.text.splitlines():
            known = explained if disagreement or line.startswith(">") else given
            for number in _PHONE.findall(line):
                if _digits(number) not in known:
                    where = f"{number} in '{section.anchor}' is not a number that contacts.yml gives out"
                    yield Finding.in_section(
                        section,
                        where,
                        "correct it, add it to contacts.yml, or explain it in a note",
                    )


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)


def plain_characters(content: Content) -> Iterator[Finding]:
    """No invisible characters, non-breaking spaces or private-use characters, which break matching."""
    for section in content.sections():
        bad = INVISIBLE.search(section.text)
        if bad:
            yield Finding.in_section(
                section,
                f"section '{section.anchor}' holds the character U+{ord(bad[0]):04X}",
                "replace it with an ordinary one",
            )
