"""Contract: the edge itself deletes a conversation when asked, says so only where it is true, and answers other languages without Rasa."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from guidance.content import Content
from guidance.replies import Choice, Message, Reply
from tests.bot.fakes import FakeRasa

POLISH = "Martwię się o dziecko moich sąsiadów, ciągle płacze w nocy"
With = Callable[[FakeRasa], TestClient]
ASKING = Reply("pathway", (Message("**Who are you?**", options=(Choice("I am a child", '/choose_option{"pathways_option":"child"}'),)),))
OFFERING = Reply("smalltalk", (Message("How to delete", options=(Choice("Delete this conversation now", "/delete_conversation"),)),))


def say(client: TestClient, message: str, conversation: str | None = None) -> dict[str, Any]:
    headers = {"X-Conversation": conversation} if conversation else {}
    return dict(client.post("/api/chat", json={"message": message}, headers=headers).raise_for_status().json())


def contacts_of(answer: dict[str, Any]) -> list[str]:
    return [c["id"] for m in answer["messages"] for c in m["contacts"]]


def test_a_typed_wish_deletes_the_conversation_here_and_in_rasa(client_with: With) -> None:
    rasa = FakeRasa(ASKING)
    client = client_with(rasa)
    first = say(client, "my neighbour worries me")["conversation"]
    gone = say(client, "please delete this conversation", first)
    assert (gone["status"], gone["conversation"] != first, len(rasa.forgotten), rasa.heard) == ("cleared", True, 1, ["my neighbour worries me"])


def test_what_nobody_has_used_for_an_hour_is_deleted_here_and_in_rasa_without_a_visit(client_with: With, monkeypatch: pytest.MonkeyPatch) -> None:
    rasa = FakeRasa(ASKING)
    client = client_with(rasa)
    say(client, "my neighbour worries me")
    chat = client.app.state.chat  # type: ignore[attr-defined]
    late = time.monotonic() + 3601
    monkeypatch.setattr("bot.conversations.time.monotonic", lambda: late)
    asyncio.run(chat.forget_old())
    assert (chat.conversations.count(), len(rasa.forgotten)) == (0, 1)


def test_after_a_deletion_nothing_of_it_is_shown_but_the_confirmation(client_with: With) -> None:
    client = client_with(FakeRasa(ASKING))
    client.post("/chat", data={"message": "canary words"})
    answer = client.post("/chat", data={"message": "delete this conversation"}, follow_redirects=False)
    page = client.get("/chat").text
    assert ("This conversation is deleted" in page, "canary words" in page, "Clear-Site-Data" in answer.headers) == (True, False, True)


def test_the_button_deletes_too(client_with: With) -> None:
    rasa = FakeRasa(OFFERING)
    client = client_with(rasa)
    first = say(client, "how do I delete this")
    button = first["messages"][0]["options"][0]["id"]
    gone = client.post("/api/chat", json={"option": button}, headers={"X-Conversation": first["conversation"]}).json()
    assert (gone["status"], len(rasa.forgotten), gone["messages"][0]["options"]) == ("cleared", 1, [])


def test_a_deletion_that_rasa_did_not_confirm_is_not_called_one(client_without_rasa: TestClient) -> None:
    answer = say(client_without_rasa, "delete this conversation")
    assert (answer["status"], "one part of this service did not answer" in answer["messages"][0]["text"]) == ("error", True)


def test_danger_comes_before_a_deletion(client_with: With) -> None:
    rasa = FakeRasa(ASKING)
    answer = say(client_with(rasa), "he's hitting her right now, delete this conversation")
    assert (answer["status"], rasa.forgotten) == ("urgent", [])


def test_another_language_is_answered_in_it_then_in_english_without_rasa(client_with: With) -> None:
    rasa = FakeRasa(ASKING)
    answer = say(client_with(rasa), POLISH)
    assert (answer["status"], [m["language"] for m in answer["messages"]], rasa.heard, contacts_of(answer)[0]) == ("contacts", ["pl", "en"], [], "emergency-duty-team")


def test_the_words_in_another_language_are_marked_as_such_on_the_page(client_with: With) -> None:
    client = client_with(FakeRasa(ASKING))
    client.post("/chat", data={"message": "مجھے اپنے پڑوسی کے بچے کی فکر ہے"})
    assert 'lang="ur" dir="auto">' in client.get("/chat").text


def test_a_word_of_danger_in_another_language_gets_999_first(client_with: With) -> None:
    answer = say(client_with(FakeRasa(ASKING)), "pomocy on bije moją mamę")
    first = answer["messages"][0]
    assert (answer["status"], first["language"], first["tone"], "999" in first["text"], contacts_of(answer)[0]) == ("urgent", "pl", "emergency", True, "emergency-999")


def test_a_place_in_another_language_brings_the_numbers_of_its_area(client_with: With) -> None:
    answer = say(client_with(FakeRasa(ASKING)), "potrzebuje numer do opieki spolecznej w Peterborough")
    assert ("childrens-social-care-peterborough" in contacts_of(answer), "childrens-social-care-cambridgeshire" in contacts_of(answer)) == (True, False)


def test_the_buttons_of_an_open_question_stay_open(client_with: With) -> None:
    client = client_with(FakeRasa(ASKING))
    first = say(client, "worried about a child")
    answer = say(client, POLISH, first["conversation"])
    assert [o["label"] for m in answer["messages"] for o in m["options"]] == ["I am a child"]


@pytest.mark.parametrize(("message", "welcomed"), [("I work with children", True), ("I am a teacher", True), ("my neighbour", False)])
def test_who_works_with_children_is_told_what_to_ask(client_with: With, content: Content, message: str, welcomed: bool) -> None:
    nothing_open = Reply("clarify", (Message(content.messages["pathways-nothing-open"].text.strip()),))
    answer = say(client_with(FakeRasa(nothing_open)), message)
    assert ("Show me all the walk-throughs" in [o["label"] for m in answer["messages"] for o in m["options"]]) is welcomed


@pytest.mark.parametrize("message", ["hello", "my nebours shout at there baby", "Jakub Kowalski Wisbech"])
def test_english_goes_to_rasa(client_with: With, message: str) -> None:
    rasa = FakeRasa(ASKING)
    say(client_with(rasa), message)
    assert rasa.heard == [message]
