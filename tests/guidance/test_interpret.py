"""Contract: a typed answer is matched to the option it means; what is unsure is not guessed."""

from __future__ import annotations

import pytest

from guidance.content import Content
from guidance.interpret import asking_part, asks, match_option, same_words, tells_an_age
from index.embedder import open_embedder
from tests.conftest import ROOT


@pytest.mark.parametrize(
    ("node", "typed", "option"),
    [
        ("in-danger-now", "no", "not-now"),
        ("in-danger-now", "No, not right now", "not-now"),
        ("in-danger-now", "i dont know", "in-danger"),
        ("who-are-you", "im a teacher", "professional"),
        ("who-are-you", "just a neighbour", "public"),
        ("public-name", "i want to stay anonymous", "unnamed"),
        ("pro-agreement", "they refused", "refused"),
    ],
)
def test_a_typed_answer_is_matched(content: Content, node: str, typed: str, option: str) -> None:
    options = content.pathways["worried-about-a-child"].nodes[node].options
    match = match_option(typed, options, open_embedder(ROOT / "built" / "model").encode)
    assert match is not None
    assert (match.option.id, match.sure) == (option, True)


def test_something_else_matches_no_option_surely(content: Content) -> None:
    options = content.pathways["worried-about-a-child"].nodes["who-are-you"].options
    match = match_option("the weather was nice on sunday", options, open_embedder(ROOT / "built" / "model").encode)
    assert match is None or not match.sure


@pytest.mark.parametrize(
    ("typed", "label", "same"),
    [
        ("i dont want to ring the council", "I do not want to ring the council", True),
        ("NO, NOT RIGHT NOW!", "No, not right now", True),
        ("no", "No, not right now", False),
        ("", "", False),
    ],
)
def test_typing_what_stands_on_a_button_is_known_for_it(typed: str, label: str, same: bool) -> None:
    assert same_words(typed, label) is same


@pytest.mark.parametrize(("text", "told"), [("she was 5 months old", True), ("hes 4", True), ("my son is seven", True), ("she was 5 when he hit her", False), ("he is on the 4 bus", False)])
def test_a_bare_age_is_told_from_a_matter(text: str, told: bool) -> None:
    assert tells_an_age(text) is told


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("a volunteer was accused, can i take statements", "can i take statements"),
        ("police officer, sudden death of a baby, who chairs the first meeting", "who chairs the first meeting"),
        ("Mum is seven months gone. What should a good referral have in it? She has two more.", "What should a good referral have in it?"),
    ],
)
def test_a_question_is_found_behind_a_story(text: str, part: str) -> None:
    assert asks(text)
    assert asking_part(text) == part


@pytest.mark.parametrize("text", ["he hits her, when he has drunk too much", "my neighbour, who is drunk, leaves them alone"])
def test_a_story_with_a_comma_asks_nothing(text: str) -> None:
    assert not asks(text)
    assert asking_part(text) == text
