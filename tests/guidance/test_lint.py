"""Contract: each rule of the content lint finds its fault, and the real content has none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import msgspec
import pytest

from guidance import lint, review
from guidance.content import Content, Question


def with_section(content: Content, **changes: object) -> Content:
    chapter = content.chapters["lado"]
    broken = replace(chapter, sections=(replace(chapter.sections[0], **changes), *chapter.sections[1:]))  # type: ignore[arg-type]
    return replace(content, chapters={**content.chapters, "lado": broken})


def with_contact(content: Content, **changes: object) -> Content:
    contact = msgspec.structs.replace(content.contacts["lado-cambridgeshire"], **changes)
    return replace(content, contacts={**content.contacts, contact.id: contact})


def test_the_real_content_has_nothing_to_put_right(content: Content) -> None:
    assert [str(f) for f in lint.check(content)] == []


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        (lint.section_lengths, {"text": "Too short."}),
        (lint.section_lengths, {"text": "word " * 400}),
        (lint.section_lines, {"lines": ((1, 2),)}),
        (lint.numbers_in_chapters, {"text": "Ring 01223 000000 now."}),
        (lint.plain_characters, {"text": "significant\u00a0harm"}),
        (lint.questions, {"anchor": "nobody-asks"}),
    ],
)
def test_a_rule_finds_a_broken_section(content: Content, rule: object, changes: dict[str, object]) -> None:
    broken = with_section(content, **changes)
    if rule is lint.questions:
        broken = replace(broken, questions=tuple(q for q in broken.questions if broken.section(q.section)))
    assert any("lado" in f.file for f in rule(broken))  # type: ignore[operator]


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        (lint.phone_numbers, {"number": "01223 72"}),
        (lint.opening_times, {"hours": "nine to five"}),
        (lint.conflicts, {"status": "conflicting", "also_printed": ()}),
    ],
)
def test_a_rule_finds_a_broken_contact(content: Content, rule: object, changes: dict[str, object]) -> None:
    assert any("lado-cambridgeshire" in f.fault for f in rule(with_contact(content, **changes)))  # type: ignore[operator]


def test_a_question_asked_of_two_sections_is_found(content: Content) -> None:
    twice = replace(
        content, questions=(*content.questions, Question("lado#time-limits", "staff", content.questions[0].text))
    )
    assert any("is also asked of" in f.fault for f in lint.questions(twice))


def test_a_pathway_that_does_not_ask_about_danger_first_is_found(content: Content) -> None:
    pathway = msgspec.structs.replace(content.pathways["worried-about-a-child"], start="who-are-you")
    assert list(lint.pathways_ask_danger_first(replace(content, pathways={pathway.id: pathway})))


def test_a_passed_review_date_is_reported(content: Content) -> None:
    assert any("lado.md" in line for line in review.reviews_due(content, date(2028, 1, 1)))


def test_the_review_list_names_the_contradiction_about_out_of_hours_numbers(content: Content) -> None:
    assert any("lado.md" in line and "Sources disagree" in line for line in review.stated_conflicts(content))
