"""Contract: what is typed becomes plain text that Rasa cannot read as a command and that hides nothing."""

from __future__ import annotations

import pytest

from guidance.text import capped, clean, without_command, without_markup


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("he\u200bl\u2060p", "help"),
        ("\u202ereversed\u202c", "reversed"),
        ("hidden\U000e0041\U000e0042 tags", "hidden tags"),
        ("\uff48\uff45\uff4c\uff50", "help"),
        ("two\n\n lines", "two lines"),
    ],
)
def test_invisible_characters_are_removed(typed: str, cleaned: str) -> None:
    assert clean(typed) == cleaned


@pytest.mark.parametrize(
    "typed", ["/restart", " /choose_option{}", "\u200b/restart", "//restart", "\uff0frestart", "\\/restart"]
)
def test_a_leading_slash_never_reaches_rasa(typed: str) -> None:
    assert not without_command(clean(typed)).startswith("/")


def test_a_long_text_is_cut_at_a_word() -> None:
    assert capped("word " * 10, 12) == "word word"


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("<b>who</b> do I tell", "who do I tell"),
        ('{"message": "who do I tell"}', "message : who do I tell"),
        ("is 3 < 4 [really]", "is 3 4 really"),
        ("<<>>", ""),
    ],
)
def test_markup_is_no_part_of_a_question(typed: str, left: str) -> None:
    assert without_markup(typed) == left
