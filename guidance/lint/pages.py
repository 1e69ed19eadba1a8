"""Rules for the pages beside the chapters, and for the order of the chapters: numbers come from contacts.yml, each chapter is listed once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from guidance.content import Content
from guidance.lint.finding import Finding
from guidance.lint.sections import INVISIBLE
from guidance.lint.services import SHORT_CODES

_DIGITS = re.compile(r"(?<![\d.])\d[\d ]{6,}\d(?!\d)")
_CHAPTER_LINK = re.compile(r"\]\(/procedures/([^)]+)\)")


def no_numbers_in_words(content: Content) -> Iterator[Finding]:
    """A page prints no phone number in its words, only a short one such as 999: the others stand in contacts.yml and are named at the heading."""
    for page in content.pages.values():
        for section in page.sections:
            for number in _DIGITS.findall(section.text):
                remedy = f"name it at the heading with contacts=...; only {', '.join(SHORT_CODES)} may stand in the words"
                yield Finding(f"pages/{page.id}.md", section.file_line, f"{number} stands in '{section.anchor}'", remedy)


def plain_characters(content: Content) -> Iterator[Finding]:
    """No invisible characters, as in the chapters."""
    for page in content.pages.values():
        for section in page.sections:
            bad = INVISIBLE.search(section.text)
            if bad:
                fault = f"section '{section.anchor}' holds the character U+{ord(bad[0]):04X}"
                yield Finding(f"pages/{page.id}.md", section.file_line, fault, "replace it with an ordinary one")


def every_chapter_in_one_group(content: Content) -> Iterator[Finding]:
    """The procedures page lists each chapter once."""
    listed = Counter(chapter for group in content.groups for chapter in group.chapters)
    for chapter in content.chapters:
        if listed[chapter] != 1:
            yield Finding("groups.yml", None, f"the chapter '{chapter}' stands {listed[chapter]} times", "name it under one heading")


def links_lead_somewhere(content: Content) -> Iterator[Finding]:
    """A link of a page to a chapter names a section that is held."""
    for page in content.pages.values():
        for section in page.sections:
            for target in _CHAPTER_LINK.findall(section.text):
                if content.section(target) is None:
                    fault = f"'{section.anchor}' links to /procedures/{target}, which is not a section"
                    yield Finding(f"pages/{page.id}.md", section.file_line, fault, "write /procedures/chapter-id#anchor")
