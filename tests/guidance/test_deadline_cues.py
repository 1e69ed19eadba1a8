"""Contract: what a message wants of a time limit is read from its words alone."""

from __future__ import annotations

import pytest

from guidance import deadline_cues as cues


@pytest.mark.parametrize(
    ("text", "asserts"),
    [
        ("I thought I had 3 working days to tell the LADO", True),
        ("our policy says five days", True),
        ("its two weeks isnt it", True),
        ("he told me on friday that his dad hits him", False),
        ("when is it due", False),
        ("I thought " + "and then he " * 10 + "hit me", False),
    ],
)
def test_a_rule_that_is_held_against_the_manual_s_is_heard(text: str, asserts: bool) -> None:
    assert cues.asserts(text) is asserts


@pytest.mark.parametrize(("text", "waits"), [("can it wait till monday", True), ("how long do i wait for an answer", False), ("should i check with my manager first", True)])
def test_whether_it_may_wait_is_heard(text: str, waits: bool) -> None:
    assert cues.asks_to_wait(text) is waits


@pytest.mark.parametrize(("text", "says"), [("he was reported to me friday", True), ("i was told on monday", True), ("he hit her again friday", False)])
def test_from_when_a_limit_runs_is_heard(text: str, says: bool) -> None:
    assert cues.says_from_when(text) is says
