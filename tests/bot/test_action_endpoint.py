"""Contract: only who knows the secret can run an action, an unknown action is 404, a failure echoes nothing; figures hold no words."""

from __future__ import annotations

from collections.abc import Callable

from fastapi.testclient import TestClient

from bot.action_endpoint import create_internal_app
from guidance.replies import Message, Reply
from tests.bot.fakes import FakeRasa

SECRET = "a-secret-for-tests-only"


def call(name: str, token: str = SECRET) -> tuple[int, str]:
    answer = TestClient(create_internal_app(SECRET)).post(
        f"/actions?token={token}",
        json={
            "next_action": name,
            "sender_id": "s",
            "tracker": {"sender_id": "s", "slots": {}, "canary": "private words"},
            "domain": {},
        },
    )
    return answer.status_code, answer.text


def test_a_wrong_secret_is_refused() -> None:
    assert call("action_ask_answer", token="wrong")[0] == 401


def test_an_unknown_action_is_not_found_and_echoes_nothing() -> None:
    status, text = call("action_unknown")
    assert (status, "private words" in text) == (404, False)


def test_the_figures_count_turns_by_status_and_hold_no_words(client_with: Callable[[FakeRasa], TestClient]) -> None:
    visitor = client_with(FakeRasa(Reply("answered", (Message("Here."),))))
    internal = TestClient(create_internal_app(SECRET))

    def answered() -> float:
        lines = internal.get("/metrics").text.splitlines()
        return next((float(line.split()[-1]) for line in lines if line.startswith('waymark_turns_total{status="answered"}')), 0.0)

    before = answered()
    visitor.post("/api/chat", json={"message": "what is a canary in Wisbech"})
    text = internal.get("/metrics").text
    assert (answered() - before, "canary" in text, visitor.get("/metrics").status_code) == (1.0, False, 404)
