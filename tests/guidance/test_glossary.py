"""Contract: a term is found by its letters, its names and small slips; every entry of a shared name is shown; small words are no terms."""

from __future__ import annotations

import pytest

from guidance import glossary
from guidance.content import Content
from tests.conftest import SATURDAY_NIGHT


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("what does LADO mean", ["LADO"]),
        ("edt?", ["EDT"]),
        ("what is a section 47 enquiry", ["section 47 enquiry"]),
        ("what's s47", ["section 47 enquiry"]),
        ("s.47 meaning", ["section 47 enquiry"]),
        ("what is gilick competence", ["Gillick competence"]),
        ("neglet definition plz", ["neglect"]),
        ("Clare's law", ["DVDS"]),
        ("what is an Osman warning letter", ["Osman Warning"]),
        ("what are AMMs", ["AMM"]),
        ("whats the difference between CIN and CP", ["CiN", "CP"]),
        ("what does IT mean", ["IT"]),
        ("what is it", []),
        ("do i need consent", []),
        ("what is a unicorn", []),
        ("what is a child arrangements order", []),
    ],
)
def test_a_term_is_found(content: Content, text: str, terms: list[str]) -> None:
    assert [entry.term for entry in glossary.find_entries(text, content.glossary)] == terms


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("emergency department", {"A&E", "ED"}),
        ("what does parental responsibility mean", {"parental responsibility", "PR"}),
    ],
)
def test_every_entry_that_shares_a_name_is_shown(content: Content, text: str, terms: set[str]) -> None:
    assert {entry.term for entry in glossary.find_entries(text, content.glossary)} == terms


@pytest.mark.parametrize(
    ("text", "is_asked"),
    [
        ("edt?", True),
        ("what does LADO mean", True),
        ("what is MARAC", True),
        ("neglect", False),
        ("who is the lado for a school in ely", False),
        ("What are the criteria for a LADO referral?", False),
    ],
)
def test_only_a_plain_question_for_a_meaning_is_taken_as_one(content: Content, text: str, is_asked: bool) -> None:
    assert bool(glossary.asked_entries(text, content.glossary)) is is_asked


def test_every_entry_can_be_asked_for_by_its_own_term(content: Content) -> None:
    lost = [e.term for e in content.glossary if e not in glossary.find_entries(e.term, content.glossary)]
    assert lost == []


def test_a_definition_names_its_section(content: Content) -> None:
    found = glossary.find_entries("what does LADO mean", content.glossary)
    assert glossary.reply(content, found, {}, SATURDAY_NIGHT).messages[0].source == ("lado#report-a-worker",)


def test_somebody_who_can_be_rung_comes_with_a_number(content: Content) -> None:
    found = glossary.find_entries("edt?", content.glossary)
    contacts = [c for m in glossary.reply(content, found, {}, SATURDAY_NIGHT).messages for c in m.contacts]
    assert contacts == ["emergency-duty-team"]


def test_a_word_of_another_area_is_said_not_to_be_local_procedure(content: Content) -> None:
    found = glossary.find_entries("CALFB", content.glossary)
    assert "not current local procedure" in glossary.reply(content, found, {}, SATURDAY_NIGHT).messages[0].text


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Our head keeps on about the 'MACE' and I nod. The health visitor laughs.", ["MACE"]),
        ("the duty officer used the word cuckooing about a flat on our round", ["cuckooing"]),
        ("TAF, EHA: two lots of letters in one email to a grandad", ["TAF", "EHA"]),
        ("WHAT DOES THE LADO DO", []),
        ("my son's school's health visitor", []),
    ],
)
def test_what_a_message_sets_apart_is_what_it_is_about(content: Content, text: str, terms: list[str]) -> None:
    assert [entry.term for entry in glossary.pointed_at(text, content.glossary)] == terms


@pytest.mark.parametrize(
    "text",
    [
        "The school nurse wrote 'MASH' on my form. What on earth is that, apart from potato",
        "CIN CP EHA TAF. could anybody translate, I began on Tuesday",
        "MARAC, MAPPA, MACE: which is which",
    ],
)
def test_whoever_tells_where_a_term_came_up_still_asks_for_it(content: Content, text: str) -> None:
    assert glossary.asked_entries(text, content.glossary)
