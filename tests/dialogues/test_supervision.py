"""Contract: when Rasa is killed the product goes on answering, and Rasa comes back by itself; a deleted conversation is gone from Rasa too."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.conftest import PRODUCT_SECRET


@pytest.fixture
def client(product: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=product, timeout=30, trust_env=False) as opened:
        yield opened


@pytest.fixture
def rasa(product: str, rasa_port: str) -> Iterator[httpx.Client]:
    """Rasa itself, with the secret that only the edge knows."""
    base = f"http://127.0.0.1:{rasa_port}/webhooks/edge"
    with httpx.Client(
        base_url=base, headers={"X-Waymark-Secret": PRODUCT_SECRET}, timeout=30, trust_env=False
    ) as opened:
        yield opened


def rasa_pids(port: str) -> list[int]:
    """Processes of this product's Rasa, found by the port on their command line."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = entry.read_bytes().split(b"\0")
        except OSError:
            continue
        if b"rasa" in words and port.encode() in words:
            found.append(int(entry.parent.name))
    return found


@pytest.mark.product
def test_rasa_comes_back_and_meanwhile_danger_and_numbers_are_answered(client: httpx.Client, rasa_port: str) -> None:
    for pid in rasa_pids(rasa_port):
        os.kill(pid, signal.SIGKILL)
    urgent = client.post("/api/chat", json={"message": "he's hitting her right now"}).json()
    ring = client.post("/api/chat", json={"message": "who do I ring, it's saturday night"}).json()
    page = client.get("/contacts")
    first = next(c["id"] for m in ring["messages"] for c in m["contacts"])
    assert (urgent["status"], first, page.status_code) == (
        "urgent",
        "emergency-duty-team",
        200,
    )
    deadline = time.monotonic() + 120
    while client.get("/health/ready").status_code != 200 and time.monotonic() < deadline:
        time.sleep(1)
    assert client.post("/api/chat", json={"message": "I am worried about a child"}).json()["status"] == "pathway"


@pytest.mark.product
def test_rasa_answers_nobody_without_the_secret(product: str, rasa_port: str) -> None:
    base = f"http://127.0.0.1:{rasa_port}/webhooks/edge"
    asked = httpx.post(f"{base}/turn", json={"sender": "x", "message": "/greet"}, trust_env=False)
    deleted = httpx.delete(f"{base}/conversation/x", trust_env=False)
    assert (asked.status_code, deleted.status_code) == (401, 401)


@pytest.mark.product
def test_rasa_forgets_a_conversation_when_told_to(rasa: httpx.Client) -> None:
    rasa.post("/turn", json={"sender": "to-forget", "message": "/start_pathway"})
    forgotten = rasa.delete("/conversation/to-forget").status_code
    resumed = rasa.post("/turn", json={"sender": "to-forget", "message": "/resume_pathway"}).json()
    assert (forgotten, resumed[0]["custom"]["status"]) == (204, "clarify")


@pytest.mark.product
def test_a_deleted_conversation_has_no_open_walk_through_any_more(client: httpx.Client) -> None:
    conversation = client.post("/api/chat", json={"message": "I am worried about a child"}).json()["conversation"]
    client.delete("/api/chat", headers={"X-Conversation": conversation})
    again = client.post("/api/chat", json={"message": "go on"}, headers={"X-Conversation": conversation}).json()
    assert (again["conversation"] == conversation, again["status"]) == (False, "clarify")


@pytest.mark.product
def test_no_log_holds_what_was_typed(product: str, product_logs: Path) -> None:
    httpx.post(
        f"{product}/api/chat", json={"message": "canaryword about bruises on a child"}, timeout=30, trust_env=False
    )
    logs = [path for path in product_logs.rglob("*") if path.is_file()]
    assert (len(logs) > 0, [p.name for p in logs if "canaryword" in p.read_text(errors="replace")]) == (True, [])
