"""Rules for contacts.yml, danger.yml and the walk-throughs: numbers that can be dialled, hours that can be read, conflicts explained."""

from __future__ import annotations

import re
from collections.abc import Iterator

import phonenumbers
from opening_hours import OpeningHours

from guidance.content import Content
from guidance.danger import read_patterns
from guidance.lint.finding import Finding
from guidance.records import HOURS_WORDS
from guidance.yaml_files import ContentError

SHORT_CODES = ("999", "111", "101")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")


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


def emails(content: Content) -> Iterator[Finding]:
    """An e-mail address has the form of one."""
    for contact in content.contacts.values():
        if contact.email and not _EMAIL.fullmatch(contact.email):
            yield Finding(
                "contacts.yml",
                None,
                f"'{contact.id}': '{contact.email}' is no e-mail address",
                "compare it with its source line",
            )


def opening_times(content: Content) -> Iterator[Finding]:
    """Hours are a known word or can be read as OSM opening hours."""
    texts = [("office_day", content.office_day.certain), ("office_day", content.office_day.possible)]
    texts += [(c.id, c.hours) for c in content.contacts.values() if c.hours not in HOURS_WORDS]
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
    """A contact that conflicts with other printed numbers says with which, and why this one is used."""
    for contact in content.contacts.values():
        if contact.status == "conflicting" and not (contact.also_printed and contact.note):
            yield Finding(
                "contacts.yml",
                None,
                f"'{contact.id}' is conflicting but does not say with what",
                "fill also_printed and note",
            )


def danger_patterns(content: Content) -> Iterator[Finding]:
    """Each pattern of danger.yml finds its own example."""
    try:
        read_patterns(content.root / "danger.yml")
    except ContentError as error:
        yield Finding("danger.yml", error.line, error.fault, error.remedy)


def pathways_put_danger_first(content: Content) -> Iterator[Finding]:
    """A walk-through about a child first asks whether anybody is in danger; one about a process opens with the 999 line."""
    for pathway in content.pathways.values():
        first = pathway.nodes[pathway.start]
        if pathway.about == "process" and "999" not in (first.say or ""):
            yield Finding(
                f"pathways/{pathway.id}.yml",
                None,
                f"the first screen '{pathway.start}' does not print 999",
                "open its 'say' with the line about danger",
            )
        if pathway.about == "child" and "urgent" not in [pathway.nodes[o.next].outcome for o in first.options]:
            yield Finding(
                f"pathways/{pathway.id}.yml",
                None,
                f"the first question '{pathway.start}' does not lead to an urgent outcome",
                "ask first whether anybody is in danger",
            )


def pathways_are_findable(content: Content) -> Iterator[Finding]:
    """Every walk-through lists at least ten ways in which people ask for it."""
    for pathway in content.pathways.values():
        if len(pathway.asked) < 10:
            yield Finding(
                f"pathways/{pathway.id}.yml",
                None,
                f"'asked' lists {len(pathway.asked)} ways to ask for this walk-through",
                "write at least ten, in different people's words",
            )
