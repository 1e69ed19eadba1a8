"""Contract: other languages are told from English, sloppy English and names stay English, and a word of danger in any of them is heard.

tests/evaluation/messages/languages.jsonl: part 1 chose the thresholds and word lists, part 2 was written after; part 3 is English of all sorts; part 4 is danger.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from guidance.content import CORPUS, Content
from guidance.languages import OTHER, LanguageCheck, Spoken, folded, open_language_check, read_danger_words
from guidance.text import clean
from guidance.yaml_files import ContentError
from tests.conftest import ROOT

WRITTEN = [
    json.loads(line) for line in (ROOT / "tests/evaluation/messages/languages.jsonl").read_text("utf-8").splitlines()
]


@pytest.fixture(scope="module")
def check(content: Content) -> LanguageCheck:
    return open_language_check(content)


def part(number: int) -> list[dict[str, str]]:
    return [row for row in WRITTEN if row["part"] == number]


def english_messages() -> list[str]:
    """Every English message of the danger, scope and evaluation sets and of the dialogue's examples."""
    files = [
        *ROOT.glob("data/danger/*.jsonl"),
        *ROOT.glob("data/scope/*.jsonl"),
        *ROOT.glob("tests/evaluation/*/*_[0-9a-z]*.jsonl"),
    ]
    rows = [json.loads(line) for path in files for line in path.read_text("utf-8").splitlines()]
    said = [row.get("text") or row["question"] for row in rows if row.get("language", "en") == "en"]
    for path in ROOT.glob("data/nlu/*.yml"):
        for entry in yaml.safe_load(path.read_text("utf-8"))["nlu"]:
            said += [line[2:] for line in entry["examples"].splitlines() if "](" not in line]
    return said


def test_fewer_than_one_english_message_in_two_hundred_is_taken_for_another_language(check: LanguageCheck) -> None:
    said = english_messages()
    taken = [text for text in said if check.read(clean(text))]
    assert (len(said) > 5000, len(taken) <= len(said) * 0.005) == (True, True), taken


@pytest.mark.parametrize("text", [row["text"] for row in part(3)])
def test_sloppy_english_second_language_english_and_names_stay_english(check: LanguageCheck, text: str) -> None:
    assert check.read(clean(text)) is None


@pytest.mark.parametrize(("number", "least"), [(1, 0.97), (2, 0.90)])
def test_messages_in_other_languages_are_seen(check: LanguageCheck, number: int, least: float) -> None:
    rows = part(number)
    missed = [row["text"] for row in rows if check.read(clean(row["text"])) is None]
    assert 1 - len(missed) / len(rows) >= least, missed


@pytest.mark.parametrize("number", [1, 2])
def test_a_language_that_is_held_is_not_taken_for_another_one(
    check: LanguageCheck, content: Content, number: int
) -> None:
    seen = [(row["text"], row["language"], check.read(clean(row["text"]))) for row in part(number)]
    held = content.languages
    assert [s for s in seen if s[2] and s[2].language != (s[1] if s[1] in held else OTHER)] == []


@pytest.mark.parametrize("row", part(4), ids=lambda row: row["text"])
def test_a_word_of_danger_is_heard_in_other_languages(check: LanguageCheck, row: dict[str, str]) -> None:
    spoken = check.read(clean(row["text"]))
    assert spoken is not None
    assert spoken.danger


@pytest.mark.parametrize("text", ["", "   ", "ok", "!!!", "12345", "Łukasz", "dziękuję"])
def test_a_word_or_two_stay_english(check: LanguageCheck, text: str) -> None:
    assert check.read(clean(text)) is None


def test_a_cry_for_help_is_heard_though_it_is_one_word(check: LanguageCheck) -> None:
    assert check.read("ratunku") == Spoken("pl", True)


def test_a_word_of_danger_inside_an_english_message_is_left_to_the_english_check(check: LanguageCheck) -> None:
    assert check.read("the girl in my class keeps saying pomocy and points at her arm, what does it mean") is None


def test_danger_at_the_end_of_twenty_thousand_characters_is_heard(check: LanguageCheck) -> None:
    assert check.read("Piszę w sprawie mojej córki i szkoły. " * 540 + "on nas zabije") == Spoken("pl", True)


def test_accents_do_not_matter_in_latin_letters_and_marks_of_other_scripts_stay() -> None:
    assert (folded("Żółty Łoś İ"), folded("й"), folded("ਬੱਚੇ")) == ("zolty los i", "й", "ਬੱਚੇ")


def test_every_text_names_999_first_and_is_three_sentences_long(content: Content) -> None:
    texts = {one.id: one.text for one in content.languages.values()}
    enders = {
        i: sum(text.count(mark) for mark in (". ", "۔", "।", "。")) + text.endswith(".") for i, text in texts.items()
    }
    assert (
        {i for i, t in texts.items() if "999" not in t[: len(t) // 2]},
        {i for i, n in enders.items() if n != 3},
    ) == (set(), set())


def test_every_danger_word_is_of_a_named_language(content: Content) -> None:
    further = {"ku", "fa", "so"}
    assert {word.language for word in content.danger_words} - set(content.languages) == further


def test_a_danger_word_that_does_not_find_its_example_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "danger_languages.yml"
    path.write_text('- {language: pl, pattern: "abc", example: "xyz"}\n')
    with pytest.raises(ContentError, match=r"danger_languages.yml:1: .*does not find its example"):
        read_danger_words(path)


def test_the_files_of_the_corpus_are_the_ones_that_are_loaded(content: Content) -> None:
    assert content.danger_words == read_danger_words(CORPUS / "danger_languages.yml")
