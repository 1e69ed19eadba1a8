"""Contract: danger is found by meaning or by pattern, in messages of any length; training and past events raise no alarm by pattern."""

from __future__ import annotations

from pathlib import Path

import pytest

from guidance.content import CORPUS
from guidance.danger import DangerCheck, Patterns, read_patterns
from guidance.yaml_files import ContentError
from index.reader import Reader, ReaderNotReady, open_reader
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def patterns() -> Patterns:
    return read_patterns(CORPUS / "danger.yml")


@pytest.fixture(scope="module")
def check() -> DangerCheck:
    return DangerCheck(open_reader(ROOT / "built" / "reader").scores, CORPUS / "danger.yml")


@pytest.mark.parametrize(
    "text",
    [
        "he's hitting her right now",
        "The baby isnt breathing",
        "hes got a knife and the kids are in there",
        "shes gone grey and floppy",
    ],
)
def test_a_pattern_finds_danger_now(patterns: Patterns, text: str) -> None:
    assert patterns.match(text) == "urgent"


@pytest.mark.parametrize(
    "text",
    [
        "what do we do if a child has taken an overdose",
        "he was choking her last year, not any more",
        "training scenario: a baby is not breathing",
    ],
)
def test_no_pattern_alarms_at_training_or_the_past(patterns: Patterns, text: str) -> None:
    assert patterns.match(text) == "none"


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("he's hitting her right now", "urgent"),
        ("my dad is smashing the house up and my little sister is in there please", "urgent"),
        ("i dont want to be alive any more", "crisis"),
        ("my stepdad comes in my room at night and im scared to tell", "child"),
        ("how quickly do I have to tell the LADO?", "none"),
    ],
)
def test_the_trained_check_reads_a_message(check: DangerCheck, text: str, level: str) -> None:
    assert check.read(text).level == level


@pytest.mark.parametrize("text", ["im a teacher and a girl told me her uncle touches her", "who do I ring, it's saturday night"])
def test_an_adult_at_work_is_neither_alarmed_nor_taken_for_a_child(check: DangerCheck, text: str) -> None:
    assert check.read(text).level in ("none", "unsure")


def test_one_live_sentence_in_twenty_thousand_characters_is_found(check: DangerCheck) -> None:
    filler = "The policy on school trips was reviewed by the governors and the minutes were agreed. " * 120
    assert check.read(f"{filler} he's hitting her right now {filler}").level == "urgent"


def test_an_empty_message_is_no_danger(check: DangerCheck) -> None:
    assert check.read("   ").level == "none"


def test_a_missing_reader_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(ReaderNotReady, match="make train"):
        Reader(tmp_path)


def test_a_pattern_that_does_not_find_its_example_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "danger.yml"
    path.write_text(
        'urgent:\n- {pattern: "abc", example: "xyz"}\ncrisis: []\nchild: []\nadult: []\nhypothetical: []\npast: []\n'
    )
    with pytest.raises(ContentError, match=r"danger.yml:2: the pattern does not find its example"):
        read_patterns(path)
