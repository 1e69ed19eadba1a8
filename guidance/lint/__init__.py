"""Checks of the content that go beyond its shape: one function per rule, each yielding findings with file, line and remedy.

`python -m guidance.lint` (`make content`) runs them all. Loading itself (guidance.content) already fails on what is broken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from guidance.content import Content
from guidance.lint import pages, references, sections, services
from guidance.lint.finding import Finding

RULES: tuple[Callable[[Content], Iterator[Finding]], ...] = (
    sections.section_lengths,
    sections.section_lines,
    sections.note_forms,
    sections.questions,
    sections.numbers_in_chapters,
    sections.plain_characters,
    services.phone_numbers,
    services.emails,
    services.opening_times,
    services.conflicts,
    services.danger_patterns,
    services.pathways_put_danger_first,
    services.pathways_are_findable,
    references.chapter_sources,
    references.superseded,
    references.places,
    references.review_dates,
    pages.no_numbers_in_words,
    pages.plain_characters,
    pages.every_chapter_in_one_group,
    pages.links_lead_somewhere,
)


def check(content: Content) -> list[Finding]:
    """All findings of all rules."""
    return [finding for rule in RULES for finding in rule(content)]
