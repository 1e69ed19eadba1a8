"""Contract: a clear wish to delete the conversation is one, a question about it is none; who names their work is a professional."""

from __future__ import annotations

import pytest

from guidance.content import Content
from guidance.wording import agreement, asks_deletion, can_be_all_clear, read_audience, without_introduction


@pytest.mark.parametrize(
    "text",
    ["Delete this conversation", "please can you delete this conversation now", "DELETE EVERYTHING I SAID!!!", "clear the chat, thanks", "wipe this conversation before he sees it"],
)
def test_a_wish_to_delete_is_heard(content: Content, text: str) -> None:
    assert asks_deletion(text, content.words)


@pytest.mark.parametrize(
    "text",
    ["", "please", "clear", "delete this", "how do I delete this conversation?", "don't delete this conversation", "can i delete this conversation", "delete my sisters messages", "he told her to delete everything"],
)
def test_a_question_or_anything_more_is_no_wish(content: Content, text: str) -> None:
    assert not asks_deletion(text, content.words)


@pytest.mark.parametrize(
    ("text", "audience"),
    [
        ("im a teaching assistant and a boy told me something", "professional"),
        ("I'm the deputy head of a small school", "professional"),
        ("as a newly qualified social worker, who do I tell", "professional"),
        ("i'm worried about my neighbour, she is a nurse", "public"),
        ("I am a mum of two and the teacher rang me", None),
        ("I'm 11 and my teacher shouts", None),
    ],
)
def test_who_names_their_work_is_a_professional(content: Content, text: str, audience: str | None) -> None:
    assert read_audience(text, content.words) == audience


@pytest.mark.parametrize(
    ("text", "agrees"),
    [
        ("yes", True),
        ("Yes please!", True),
        ("ok yes please", True),
        ("no thank you", False),
        ("Nope", False),
        ("ok", None),
        ("yes but who do I ring", None),
        ("no idea", None),
        ("please", None),
        ("", None),
    ],
)
def test_only_a_bare_yes_or_no_is_one(content: Content, text: str, agrees: bool | None) -> None:
    assert agreement(text, content.words) is agrees


@pytest.mark.parametrize(
    ("text", "matter"),
    [
        ("english not good. neighbour hit boy", "neighbour hit boy"),
        ("sorry my english is bad, man next door hit his son", "man next door hit his son"),
        ("i no speak good english but my sister boy is scared", "my sister boy is scared"),
        ("her english is not good, do we get an interpreter", "her english is not good, do we get an interpreter"),
        ("my english is not good", "my english is not good"),
    ],
)
def test_who_begs_pardon_for_their_english_asks_about_something_else(content: Content, text: str, matter: str) -> None:
    assert without_introduction(text, content.words) == matter


@pytest.mark.parametrize(
    ("text", "can_be"),
    [("no hes 7", False), ("sorry they are 3 and 5 not 6", False), ("no not now, it was 2 weeks ago", True), ("hes fine", True), ("i rang 999, its over", True),
     ("they came round and found nothing", False), ("i swear ill kill her next time", False), ("no sorry it was six, i always get muddled", False),
     ("no shes with her nan", True), ("i made it up", True)],
)  # fmt: skip
def test_that_nobody_is_in_danger_has_to_be_said(content: Content, text: str, can_be: bool) -> None:
    assert can_be_all_clear(text, content.words) is can_be
