"""Contract: the dialogues in test_*.yml hold with the real Rasa model, the real index and the real app, on a frozen Saturday night."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

FILES = sorted(Path(__file__).parent.glob("test_*.yml"))
DIALOGUES = [
    (path.stem, entry["name"], entry["turns"])
    for path in FILES
    for entry in yaml.safe_load(path.read_text(encoding="utf-8"))
]


class Talk:
    """One conversation over the JSON API."""

    def __init__(self, address: str) -> None:
        self._client = httpx.Client(base_url=address, timeout=30, trust_env=False)
        self._headers: dict[str, str] = {}
        self._options: list[dict[str, str]] = []

    def close(self) -> None:
        self._client.close()

    def turn(self, turn: dict[str, Any]) -> dict[str, Any]:
        body = {"message": turn["say"]} if "say" in turn else {"option": self._option(turn["press"])}
        answer: dict[str, Any] = (
            self._client.post("/api/chat", json=body, headers=self._headers).raise_for_status().json()
        )
        self._headers = {"X-Conversation": answer["conversation"]}
        self._options = [o for m in answer["messages"] for o in m["options"]]
        return answer

    def _option(self, label: str) -> str:
        return next(o["id"] for o in self._options if o["label"].startswith(label))


def seen(answer: dict[str, Any]) -> dict[str, Any]:
    """What a dialogue file can ask about."""
    messages = answer["messages"]
    contacts = [c for m in messages for c in m["contacts"]]
    summaries = [m["summary"] for m in messages if m["summary"]]
    return {
        "status": answer["status"],
        "text": "\n".join(m["text"] for m in messages),
        "contacts": [c["id"] for c in contacts],
        "opens": [c["opens_at"] for c in contacts],
        "passages": [p["id"] for m in messages for p in m["passages"]],
        "buttons": [o["label"] for m in messages for o in m["options"]],
        "deadlines": [d["due_words"] for m in messages for d in m["deadlines"]],
        "noted": [f"{n['label']}: {n['words']}" for m in messages for n in m["noted"]],
        "summary": [f"{e['label']}: {e['words']}" for s in summaries for p in s["parts"] for e in p["entries"]],
        "missing": [f"{m['label']}: {m['why']}" for s in summaries for m in s["missing"]],
        "due": [d["due_words"] for s in summaries for d in s["deadlines"]],
    }


CHECKS = {
    "status": lambda s, v: s["status"] in ([v] if isinstance(v, str) else v),
    "not_status": lambda s, v: s["status"] != v,
    "starts_with": lambda s, v: s["text"].startswith(v),
    "contains": lambda s, v: v in s["text"],
    "first_contact": lambda s, v: s["contacts"][:1] == [v],
    "contacts": lambda s, v: set(v) <= set(s["contacts"]),
    "not_contacts": lambda s, v: not set(v) & set(s["contacts"]),
    "opens": lambda s, v: v in s["opens"],
    "first_passage": lambda s, v: s["passages"][:1] == [v],
    "no_passages": lambda s, v: s["passages"] == [],
    "buttons": lambda s, v: all(any(b.startswith(wanted) for b in s["buttons"]) for wanted in v),
    "deadlines": lambda s, v: s["deadlines"] == v,
    "noted": lambda s, v: set(v) <= set(s["noted"]),
    "summary": lambda s, v: set(v) <= set(s["summary"]),
    "missing": lambda s, v: set(v) <= set(s["missing"]),
    "due": lambda s, v: s["due"] == v,
}


@pytest.fixture
def talk(product: str) -> Iterator[Talk]:
    opened = Talk(product)
    yield opened
    opened.close()


@pytest.mark.product
@pytest.mark.parametrize(("skill", "name", "turns"), DIALOGUES, ids=[f"{d[0]}: {d[1]}" for d in DIALOGUES])
def test_dialogue(talk: Talk, skill: str, name: str, turns: list[dict[str, Any]]) -> None:
    for number, turn in enumerate(turns, 1):
        found = seen(talk.turn(turn))
        wrong = [key for key in turn if key in CHECKS and not CHECKS[key](found, turn[key])]
        assert wrong == [], f"turn {number} ({turn.get('say') or turn.get('press')}): {wrong}: {found}"


def test_every_dialogue_file_uses_only_known_checks() -> None:
    unknown = {key for _, _, turns in DIALOGUES for turn in turns for key in turn} - set(CHECKS) - {"say", "press"}
    assert unknown == set()
