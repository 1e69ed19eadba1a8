"""Contract: each rule of the content lint finds its fault, and the real content has none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import msgspec
import pytest

from guidance import lint, review
from guidance.chapters import ChapterSource
from guidance.content import Content, Question
from guidance.lint import references, sections, services
from guidance.records import Place


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
        (sections.section_lengths, {"text": "Too short."}),
        (sections.section_lengths, {"text": "word " * 400}),
        (sections.section_lines, {"lines": ((1, 2),)}),
        (sections.numbers_in_chapters, {"text": "Ring 01223 000000 now."}),
        (sections.plain_characters, {"text": "significant\u00a0harm"}),
        (sections.questions, {"anchor": "nobody-asks"}),
        (sections.note_forms, {"text": "> **Source disagree:** a misspelt kind of note."}),
    ],
)
def test_a_rule_finds_a_broken_section(content: Content, rule: object, changes: dict[str, object]) -> None:
    broken = with_section(content, **changes)
    if rule is sections.questions:
        broken = replace(broken, questions=tuple(q for q in broken.questions if broken.section(q.section)))
    assert any("lado" in f.file for f in rule(broken))  # type: ignore[operator]


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        (services.phone_numbers, {"number": "01223 72"}),
        (services.emails, {"email": "lado at cambridgeshire"}),
        (services.opening_times, {"hours": "nine to five"}),
        (services.conflicts, {"status": "conflicting", "also_printed": ()}),
    ],
)
def test_a_rule_finds_a_broken_contact(content: Content, rule: object, changes: dict[str, object]) -> None:
    assert any("lado-cambridgeshire" in f.fault for f in rule(with_contact(content, **changes)))  # type: ignore[operator]


def test_a_question_asked_of_two_sections_is_found(content: Content) -> None:
    twice = replace(
        content, questions=(*content.questions, Question("lado#time-limits", "staff", content.questions[0].text))
    )
    assert any("is also asked of" in f.fault for f in sections.questions(twice))


def test_a_pathway_that_does_not_ask_about_danger_first_is_found(content: Content) -> None:
    pathway = msgspec.structs.replace(content.pathways["worried-about-a-child"], start="who-are-you")
    assert list(services.pathways_put_danger_first(replace(content, pathways={pathway.id: pathway})))


def test_a_passed_review_date_is_reported(content: Content) -> None:
    assert any("lado.md" in line for line in review.reviews_due(content, date(2028, 1, 1)))


def test_the_review_list_names_the_contradiction_about_out_of_hours_numbers(content: Content) -> None:
    assert any("lado.md" in line and "Sources disagree" in line for line in review.stated_conflicts(content))


def with_front_matter(content: Content, **changes: object) -> Content:
    chapter = content.chapters["lado"]
    broken = replace(chapter, meta=msgspec.structs.replace(chapter.meta, **changes))
    return replace(content, chapters={**content.chapters, "lado": broken})


def test_a_replaced_number_that_a_section_still_prints_is_found(content: Content) -> None:
    replaced = with_contact(content, number="01223 700000")
    assert any("01223 727967" in f.fault and "lado.md" in f.file for f in sections.numbers_in_chapters(replaced))


@pytest.mark.parametrize(
    "file", ["contacts.yml", "timescales.yml", "pathways/worried-about-a-child.yml", "messages.yml"]
)
def test_what_still_rests_on_a_superseded_chapter_is_found(content: Content, file: str) -> None:
    chapter = content.chapters["responding-to-concerns"]
    old = replace(chapter, meta=msgspec.structs.replace(chapter.meta, superseded_by="thresholds"))
    superseded = replace(content, chapters={**content.chapters, chapter.id: old})
    assert file in {f.file for f in references.superseded(superseded)}


def test_a_chapter_superseded_by_itself_is_found(content: Content) -> None:
    assert any(
        "superseded itself" in f.fault for f in references.superseded(with_front_matter(content, superseded_by="lado"))
    )


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        (references.review_dates, {"last_reviewed_on": "22 November"}),
        (references.review_dates, {"review_in": "1 year"}),
        (
            references.chapter_sources,
            {"source": ChapterSource(document="cambridgeshire-peterborough-procedures", lines=(2011, 2160))},
        ),
    ],
)
def test_a_rule_finds_broken_front_matter(content: Content, rule: object, changes: dict[str, object]) -> None:
    assert any("lado.md" in f.file for f in rule(with_front_matter(content, **changes)))  # type: ignore[operator]


@pytest.mark.parametrize(
    "place", [Place(name="Nowhere", authority="cambrigeshire"), Place(name="Wisbech", authority="cambridgeshire")]
)
def test_a_place_without_a_council_or_listed_twice_is_found(content: Content, place: Place) -> None:
    places = msgspec.structs.replace(content.places, places=(*content.places.places, place))
    assert list(references.places(replace(content, places=places)))
