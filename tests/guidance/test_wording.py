"""Contract: a clear wish to delete the conversation is one, in polite words and in rude; a question about it is none."""

from __future__ import annotations

import pytest

from guidance.content import Content
from guidance.wording import asks_deletion


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
