"""Contract: what leans on the message before, and what puts it right, is told from a question of its own."""

from __future__ import annotations

import pytest

from guidance.followups import corrects, leans


@pytest.mark.parametrize("text", ["and in cambs?", "who tells them?", "what about the 29th"])
def test_a_follow_up_leans(text: str) -> None:
    assert leans(text)


@pytest.mark.parametrize("text", ["sorry, I meant ely", "no, I need the LADO", "actually it has to be tonight"])
def test_a_correction_is_known_by_how_it_opens(text: str) -> None:
    assert corrects(text)


@pytest.mark.parametrize("text", ["nobody answered the phone", "how soon must the LADO be told about an allegation?"])
def test_a_message_of_its_own_neither_leans_nor_corrects(text: str) -> None:
    assert not leans(text)
    assert not corrects(text)
