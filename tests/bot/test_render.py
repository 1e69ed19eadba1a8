"""Contract: the best sentence is marked, markup in content cannot run, and a number becomes a link that dials it."""

from __future__ import annotations

import pytest

from bot.render import html, tel


def test_the_best_sentence_is_marked() -> None:
    assert "<mark>Tell the LADO.</mark>" in html("First this. Tell the LADO. Then that.", "Tell the LADO.")


def test_a_sentence_that_cuts_through_bold_is_left_unmarked() -> None:
    assert "<mark>" not in html("**Ring 999 now. Then** tell us.", "**Ring 999 now.")


def test_html_in_content_is_shown_and_not_run() -> None:
    assert "<script>" not in html("<script>alert(1)</script>")


@pytest.mark.parametrize(("number", "link"), [("01733 234724", "tel:01733234724"), ("999", "tel:999")])
def test_a_number_becomes_a_tel_link(number: str, link: str) -> None:
    assert tel(number) == link
