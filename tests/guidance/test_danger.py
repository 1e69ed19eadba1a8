"""Contract: danger is found by meaning or by pattern, in messages of any length; training and past events raise no alarm by pattern."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from guidance.content import CORPUS
from guidance.danger import LABELS, MIDWAY_WORDS, DangerCheck, Heard, Patterns, read_patterns
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
        "teenager took an overdose last night, medically fit now, can we d/c",
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
        'urgent:\n- {pattern: "abc", example: "xyz"}\ncrisis: []\nchild: []\ngrown_up: []\nadult: []\nhypothetical: []\npast: []\n'
    )
    with pytest.raises(ContentError, match=r"danger.yml:2: the pattern does not find its example"):
        read_patterns(path)


def _heard(**probabilities: float) -> DangerCheck:
    """A check whose reader gives every text these probabilities."""
    rest = 1 - sum(probabilities.values())
    row = np.log([probabilities.get(label, rest if label == "not_urgent" else 1e-6) for label in LABELS])
    return DangerCheck(lambda texts: np.tile(row, (len(texts), 1)), CORPUS / "danger.yml")


@pytest.mark.parametrize("level", ["urgent", "crisis", "child"])
def test_a_short_follow_up_raises_the_alarm_only_where_that_is_likely(level: str) -> None:
    midway = Heard(midway=True)
    assert _heard(**{level: 0.3}).read("no shes with her nan").level == level
    reading = _heard(**{level: 0.3}).read("no shes with her nan", midway)
    assert (reading.level, reading.maybe) == ("unsure", level)
    assert _heard(**{level: 0.9}).read("no shes with her nan", midway).level == level
    assert _heard(**{level: 0.3}).read("so " * (MIDWAY_WORDS + 1), midway).level == level


def test_what_only_puts_something_right_asks_before_it_alarms() -> None:
    check, midway = _heard(urgent=0.55), Heard(midway=True)
    assert check.read("actually its Jayden with an e, and hes 15 not 16", midway).level == "unsure"
    assert check.read("no hes back in the house", midway).level == "urgent"
    assert _heard(urgent=0.9).read("sorry, he has a knife", midway).level == "urgent"


def test_a_name_is_no_alarm_where_it_is_an_answer() -> None:
    check = _heard(urgent=0.02)
    assert check.read("Alfie Barnes", Heard(midway=True)).level == "none"
    assert check.read("Alfie Barnes").level == "unsure"
    assert check.read("he has gone back in there with her", Heard(midway=True)).level == "unsure"


@pytest.mark.parametrize("text", ["i dont want to talk to a computer get me someone real", "I DONT WANT A BOT i want to talk to a PERSON", "give me a real person"])
def test_who_only_wants_a_person_is_not_taken_for_a_child(text: str) -> None:
    assert _heard(child=0.7).read(text).level == "none"
    assert _heard(child=0.7).read(f"{text}, my dad is scaring me").level == "child"


@pytest.mark.parametrize("text", ["i took some of them", "ive swallowed them", "i already did it", "feeling sleepy"])
def test_what_somebody_in_despair_has_taken_is_heard_and_means_nothing_anywhere_else(text: str) -> None:
    reading = _heard().read(text, Heard(midway=True, in_despair=True))
    assert (reading.level, reading.taken) == ("crisis", True)
    assert _heard().read(text, Heard(midway=True)).level == "none"


def test_in_despair_a_few_words_are_enough_for_an_alarm() -> None:
    assert _heard(crisis=0.3).read("cant do it", Heard(midway=True, in_despair=True)).level == "crisis"
    for text in ("i took her to school", "i took them to a&e last night", "i took my son home"):
        assert not _heard().read(text, Heard(midway=True, in_despair=True)).taken


def test_of_despair_and_emergency_the_likelier_answers_but_a_pattern_of_an_emergency_first() -> None:
    assert _heard(urgent=0.3, crisis=0.5).read("the tablets are on the side").level == "crisis"
    assert _heard(urgent=0.5, crisis=0.3).read("the tablets are on the side").level == "urgent"
    assert _heard(urgent=0.3, crisis=0.5).read("he's hitting her right now").level == "urgent"


def test_a_pattern_counts_wherever_it_is_said() -> None:
    assert _heard().read("he's hitting her right now", Heard(midway=True)).level == "urgent"


@pytest.mark.parametrize(
    ("text", "grown_up"),
    [("im a mum", True), ("no dear im 68 im his nan", True), ("why not. im there dad", True), ("i am STAFF", True), ("im the receptionist", True),
     ("im 12", False), ("its my dad", False), ("my mum hits me", False), ("im 20 weeks pregnant", False), ("im the girl next door", False)],
)  # fmt: skip
def test_who_says_that_they_are_grown_up_is_heard(check: DangerCheck, text: str, grown_up: bool) -> None:
    assert check.says_grown_up(text) is grown_up


def test_a_grown_up_is_not_taken_for_a_child_later_but_a_child_who_says_so_is_one() -> None:
    check = _heard(child=0.9)
    assert check.read("he begged me not to say anything", Heard(grown_up=True)).level == "none"
    assert check.read("im 12 and its me", Heard(grown_up=True)).level == "child"


def test_what_is_said_to_be_calm_is_read_as_calm() -> None:
    assert _heard(urgent=0.9).read("he hit her", Heard(nobody_in_danger=True)).level == "none"


@pytest.mark.parametrize("text", ["what? i never said i would hurt myself", "i wouldnt hurt myself", "im not going to kill myself you daft thing"])
def test_a_denial_meets_no_pattern_of_despair(patterns: Patterns, text: str) -> None:
    assert patterns.match(text) == "none"


def test_a_known_child_is_heard_however_short_the_message() -> None:
    assert _heard(urgent=0.3).read("hes been touching me", Heard(midway=True, a_child=True)).level == "urgent"


def test_a_child_who_asks_is_answered_but_never_past_an_emergency() -> None:
    asks = Heard(midway=True, a_child=True, child_asks=True)
    assert _heard(child=0.9).read("im 12, will the police come", asks).level == "none"
    assert _heard(child=0.5, urgent=0.4).read("will he come up here", asks).level == "urgent"


@pytest.mark.parametrize("text", ["im a pupil at soham and my dad hits me", "i am a student here, my dad hits me"])
def test_a_pupil_who_says_so_is_a_child(patterns: Patterns, text: str) -> None:
    assert patterns.match(text) == "child"


@pytest.mark.parametrize(
    "text", ["im 15 and my boss says i have to be nice to him", "i am 16 they say i am 22", "a boy in my class grabs me", "i am year 10, they say i will meet my husband"]
)
def test_a_child_who_says_their_age_or_tells_of_their_class_is_no_adult(patterns: Patterns, text: str) -> None:
    assert not patterns.by_adult(text)


@pytest.mark.parametrize("text", ["mines 11 and wants to stay in saturday", "I lead a small fellowship", "I do the lunches at a primary in Soham", "dad here, i see mine at weekends", "a boy in my class says his dad beats him"])  # fmt: skip
def test_an_adult_shows_it_by_what_they_do(patterns: Patterns, text: str) -> None:
    assert patterns.by_adult(text)


@pytest.mark.parametrize("text", ["I have a 3 year old myself", "im her teacher", "i coach the under 11s", "my kids are at uni, my dad hits me", "left school in 1986"])
def test_an_adult_shows_it_in_passing(patterns: Patterns, text: str) -> None:
    assert patterns.by_adult(text)


@pytest.mark.parametrize("text", ["i have a 3 year old brother", "im in year 9", "my mum has her boss on the phone"])
def test_a_child_who_speaks_of_others_is_no_adult(patterns: Patterns, text: str) -> None:
    assert not patterns.by_adult(text)
