"""Checks of the content that go beyond its shape: one function per rule, each yielding findings with file, line and remedy.

Usage: python -m guidance.lint     (`make content`). Loading itself (guidance.content) already fails on what is broken.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import phonenumbers
from opening_hours import OpeningHours

from guidance.content import Content, load_content
from guidance.danger import read_patterns
from guidance.yaml_files import ContentError

MIN_WORDS, MAX_WORDS = 15, 260
MIN_QUESTIONS = 4
SHORT_CODES = ("999", "111", "101")
_PHONE = re.compile(r"(?<![\d.])0\d{2,4}[ \d]{5,9}\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something an editor must put right."""

    file: str
    line: int | None
    fault: str
    remedy: str

    def __str__(self) -> str:
        return f"procedures_corpus/{self.file}{f':{self.line}' if self.line else ''}: {self.fault} ({self.remedy})"


def section_lengths(content: Content) -> Iterator[Finding]:
    """A section is an answer on a phone: neither a fragment nor a page. Tables may be longer."""
    for section in content.sections():
        words = len(section.text.split())
        if words < MIN_WORDS or (words > MAX_WORDS and "|" not in section.text):
            yield Finding(
                f"chapters/{section.chapter}.md",
                section.file_line,
                f"section '{section.anchor}' has {words} words",
                f"keep it between {MIN_WORDS} and {MAX_WORDS}: split or join",
            )


def section_lines(content: Content) -> Iterator[Finding]:
    """A section's source lines lie within its chapter's."""
    for section in content.sections():
        first, last = content.chapters[section.chapter].meta.source.lines
        for a, b in section.lines:
            if not first <= a <= b <= last:
                yield Finding(
                    f"chapters/{section.chapter}.md",
                    section.file_line,
                    f"section '{section.anchor}' cites lines {a}-{b}, outside {first}-{last}",
                    "correct lines=",
                )


def questions(content: Content) -> Iterator[Finding]:
    """Every section of a chapter has questions in users' words, each asked once only."""
    asked: dict[str, str] = {}
    for question in content.questions:
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
    for section in content.sections():
        if counts[section.id] < MIN_QUESTIONS:
            yield Finding(
                f"questions/{section.chapter}.yml",
                None,
                f"'{section.anchor}' has {counts[section.id]} questions",
                f"write at least {MIN_QUESTIONS}",
            )


def phone_numbers(content: Content) -> Iterator[Finding]:
    """A published number is a valid British number or a known short code."""
    for contact in content.contacts.values():
        for number in filter(None, (contact.number, contact.text)):
            if number not in SHORT_CODES and not _valid(number):
                yield Finding(
                    "contacts.yml",
                    None,
                    f"'{contact.id}': {number} cannot be dialled",
                    "compare it with its source line",
                )


def _valid(number: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number, "GB"))
    except phonenumbers.NumberParseException:
        return False


def numbers_in_chapters(content: Content) -> Iterator[Finding]:
    """A phone number printed in a section is a number of contacts.yml (used, or printed elsewhere and explained)."""
    known = {
        _digits(n)
        for c in content.contacts.values()
        for n in (c.number, c.text, *(o.number for o in c.also_printed))
        if n
    }
    for section in content.sections():
        for number in _PHONE.findall(section.text):
            if content.chapters[section.chapter].meta.kind == "procedure" and _digits(number) not in known:
                yield Finding(
                    f"chapters/{section.chapter}.md",
                    section.file_line,
                    f"{number} in '{section.anchor}' is not in contacts.yml",
                    "add it there with its source, or correct it",
                )


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)


def opening_times(content: Content) -> Iterator[Finding]:
    """Hours are a known word or can be read as OSM opening hours."""
    texts = [("office_day", content.office_day.certain), ("office_day", content.office_day.possible)]
    texts += [
        (c.id, c.hours)
        for c in content.contacts.values()
        if c.hours not in ("office", "out-of-office", "always", "not-stated")
    ]
    for name, hours in texts:
        try:
            OpeningHours(hours)
        except Exception as error:  # the library's own error type is not exported
            yield Finding(
                "contacts.yml",
                None,
                f"'{name}': the hours '{hours}' cannot be read: {error}",
                "write for example Mo-Fr 09:00-17:00; PH off",
            )


def conflicts(content: Content) -> Iterator[Finding]:
    """Two contacts for the same need, area and audience with one name differ by a stated reason; a conflicting one says why in its note."""
    for contact in content.contacts.values():
        if contact.status == "conflicting" and not (contact.also_printed and contact.note):
            yield Finding(
                "contacts.yml",
                None,
                f"'{contact.id}' is conflicting but does not say with what",
                "fill also_printed and note",
            )


def plain_characters(content: Content) -> Iterator[Finding]:
    """No invisible characters, non-breaking spaces or private-use characters, which break matching."""
    for section in content.sections():
        bad = re.search(r"[\u00a0\u200b-\u200f\u202a-\u202e\u2060\ue000-\uf8ff]", section.text)
        if bad:
            yield Finding(
                f"chapters/{section.chapter}.md",
                section.file_line,
                f"section '{section.anchor}' holds the character U+{ord(bad[0]):04X}",
                "replace it with an ordinary one",
            )


def danger_patterns(content: Content) -> Iterator[Finding]:
    """Each pattern of danger.yml finds its own example."""
    try:
        read_patterns(content.root / "danger.yml")
    except ContentError as error:
        yield Finding("danger.yml", error.line, error.fault, error.remedy)


def pathways_ask_danger_first(content: Content) -> Iterator[Finding]:
    """The first question of a walk-through is whether anybody is in danger, with a way to an urgent outcome."""
    for pathway in content.pathways.values():
        ends = [pathway.nodes[o.next].outcome for o in pathway.nodes[pathway.start].options]
        if "urgent" not in ends:
            yield Finding(
                f"pathways/{pathway.id}.yml",
                None,
                f"the first question '{pathway.start}' does not lead to an urgent outcome",
                "ask first whether anybody is in danger",
            )


RULES: tuple[Callable[[Content], Iterator[Finding]], ...] = (
    section_lengths, section_lines, questions, phone_numbers, numbers_in_chapters, opening_times, conflicts, plain_characters, danger_patterns,
    pathways_ask_danger_first,
)  # fmt: skip


def check(content: Content) -> list[Finding]:
    """All findings of all rules."""
    return [finding for rule in RULES for finding in rule(content)]


def main() -> int:
    try:
        content = load_content()
    except ContentError as error:
        print(error, file=sys.stderr)
        return 1
    findings = check(content)
    summary = (
        f"content: {len(content.chapters)} chapters, {len(content.sections())} sections, {len(findings)} to put right"
    )
    print(*findings, summary, sep="\n")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
