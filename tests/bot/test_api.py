"""Contract: the JSON API answers in the shapes of DESIGN.md section 8; danger comes first with Rasa or without; nothing typed leaks or is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from guidance.replies import Message, Reply
from tests.bot.fakes import FakeRasa

URGENT = "he's hitting her right now"


def say(client: TestClient, message: str, conversation: str | None = None) -> dict[str, Any]:
    headers = {"X-Conversation": conversation} if conversation else {}
    answer = client.post("/api/chat", json={"message": message}, headers=headers)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def contacts_of(answer: dict[str, Any]) -> list[str]:
    return [c["id"] for m in answer["messages"] for c in m["contacts"]]


def test_search_gives_the_section_word_for_word_with_its_source(client: TestClient) -> None:
    answer = client.get("/api/search", params={"q": "how quickly do I have to tell the LADO?"}).json()
    first = answer["passages"][0]
    assert (answer["status"], first["id"], first["url"], first["source"]["document"]) == (
        "answered",
        "lado#who-to-tell",
        "/procedures/lado#who-to-tell",
        "cambridgeshire-peterborough-procedures",
    )


def test_contacts_at_christmas_name_the_duty_team_first(client: TestClient) -> None:
    answer = client.get("/api/contacts", params={"area": "peterborough", "at": "2026-12-25T11:00"}).json()
    assert (answer["contacts"][0]["number"], answer["contacts"][1]["opens_at"]) == (
        "01733 234724",
        "2026-12-29T09:00:00+00:00",
    )


def test_a_first_message_opens_a_conversation(client: TestClient) -> None:
    assert len(say(client, "hello")["conversation"]) >= 40


def test_an_emergency_is_answered_with_999_first_whatever_rasa_says(client: TestClient) -> None:
    answer = say(client, URGENT)
    assert (answer["status"], answer["messages"][0]["tone"], contacts_of(answer)[0]) == (
        "urgent",
        "emergency",
        "emergency-999",
    )


def test_an_emergency_is_answered_with_999_first_without_rasa(client_without_rasa: TestClient) -> None:
    answer = say(client_without_rasa, URGENT)
    assert (answer["status"], contacts_of(answer)[0]) == ("urgent", "emergency-999")


def test_without_rasa_a_question_is_searched_and_numbers_are_given(client_without_rasa: TestClient) -> None:
    answer = say(client_without_rasa, "how quickly do I have to tell the LADO?")
    passages = [p["id"] for m in answer["messages"] for p in m["passages"]]
    assert ("lado#who-to-tell" in passages, "emergency-duty-team" in contacts_of(answer)) == (True, True)


def test_without_rasa_who_to_ring_names_the_duty_team_first(client_without_rasa: TestClient) -> None:
    assert contacts_of(say(client_without_rasa, "who do I ring, it's saturday night"))[0] == "emergency-duty-team"


def test_rasa_that_fails_is_an_answer_and_not_an_error(client_with: Callable[[FakeRasa], TestClient]) -> None:
    assert say(client_with(FakeRasa(away=True)), "hello")["status"] == "error"


def test_a_middling_worry_starts_with_the_999_line_and_asks(client_unsure_of: Callable[[str, FakeRasa], TestClient]) -> None:
    worry = "theres shouting next door every night"
    client = client_unsure_of(worry, FakeRasa(Reply("answered", (Message("Something else"),))))
    first = say(client, worry)["messages"][0]
    assert ("999" in first["text"].splitlines()[0], [o["label"] for o in first["options"]]) == (
        True,
        ["Yes, somebody is in danger", "No, not right now"],
    )


@pytest.mark.parametrize("message", ["/restart", " /choose_option{}", "\u200b/signal_urgent", "\uff0fgreet", "//greet"])
def test_a_slash_command_never_reaches_rasa(client_with: Callable[[FakeRasa], TestClient], message: str) -> None:
    rasa = FakeRasa(Reply("smalltalk", (Message("x"),)))
    say(client_with(rasa), message)
    assert [m for m in rasa.heard if m.startswith("/")] == []


def test_an_option_sends_what_the_server_issued(client_with: Callable[[FakeRasa], TestClient]) -> None:
    from tests.bot.conftest import HELLO

    rasa = FakeRasa(HELLO)
    client = client_with(rasa)
    answer = say(client, "hello")
    client.post(
        "/api/chat",
        json={"option": answer["messages"][0]["options"][0]["id"]},
        headers={"X-Conversation": answer["conversation"]},
    )
    assert rasa.heard == ["hello", "/greet"]


def test_an_option_that_was_not_issued_reaches_nobody(client_with: Callable[[FakeRasa], TestClient]) -> None:
    rasa = FakeRasa()
    answer = client_with(rasa).post("/api/chat", json={"option": "/signal_urgent"}).json()
    assert (answer["status"], rasa.heard) == ("clarify", [])


def test_an_option_of_an_earlier_turn_is_refused_kindly(client: TestClient) -> None:
    first = say(client, "hello")
    say(client, "hello again", first["conversation"])
    answer = client.post(
        "/api/chat",
        json={"option": first["messages"][0]["options"][0]["id"]},
        headers={"X-Conversation": first["conversation"]},
    ).json()
    assert answer["status"] == "clarify"


def test_a_deleted_conversation_is_forgotten_here_and_in_rasa(client_with: Callable[[FakeRasa], TestClient]) -> None:
    rasa = FakeRasa(Reply("smalltalk", (Message("x"),)))
    client = client_with(rasa)
    conversation = say(client, "hello")["conversation"]
    gone = client.delete("/api/chat", headers={"X-Conversation": conversation})
    again = say(client, "hello", conversation)["conversation"]
    assert (gone.status_code, len(rasa.forgotten), again == conversation) == (204, 1, False)


@pytest.mark.parametrize("body", [{}, {"message": "a", "option": "b"}, {"message": 7}])
def test_a_wrong_body_is_a_problem_that_does_not_echo_it(client: TestClient, body: dict[str, Any]) -> None:
    answer = client.post("/api/chat", json=body)
    assert (answer.status_code, answer.headers["content-type"], set(answer.json())) == (
        422,
        "application/problem+json",
        {"type", "title", "status", "detail"},
    )


def test_an_unknown_page_of_the_api_is_a_problem(client: TestClient) -> None:
    assert client.get("/api/nothing").headers["content-type"] == "application/problem+json"


def test_twenty_thousand_characters_are_scanned_whole(client: TestClient) -> None:
    filler = "The minutes of the meeting were agreed by all who were there. " * 160
    assert say(client, f"{filler}{URGENT}. {filler}")["status"] == "urgent"


def test_a_walk_can_be_walked_by_a_program(client: TestClient) -> None:
    answer = client.post(
        "/api/pathways/worried-about-a-child/walk", json={"answers": ["not-now", "public", "peterborough", "named"]}
    ).json()
    assert (answer["outcome"], answer["contacts"][0]["id"], len(answer["deadlines"])) == (
        "refer",
        "emergency-duty-team",
        2,
    )


def test_a_wrong_answer_to_a_walk_names_the_allowed_ones(client: TestClient) -> None:
    answer = client.post("/api/pathways/worried-about-a-child/walk", json={"answers": ["maybe"]})
    assert (answer.status_code, "in-danger, not-now" in answer.json()["detail"]) == (422, True)


def test_ready_says_limited_while_rasa_is_away(client_without_rasa: TestClient) -> None:
    assert (
        client_without_rasa.get("/health/ready").status_code,
        client_without_rasa.get("/health/live").status_code,
    ) == (503, 200)


def test_an_urgent_end_gives_programs_999_too(client: TestClient) -> None:
    step = client.post("/api/pathways/worried-about-a-child/walk", json={"answers": ["in-danger"]}).json()
    assert step["contacts"][0]["id"] == "emergency-999"
