"""Contract: only who knows the secret can run an action, an unknown action is 404, and a failure echoes nothing."""

from __future__ import annotations

from fastapi.testclient import TestClient

from bot.action_endpoint import create_internal_app

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
