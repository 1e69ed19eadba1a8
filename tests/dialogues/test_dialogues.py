"""Contract: the dialogues in */*.yml, foldered by what the user does, hold with the real Rasa model, the real index and the real app, on a frozen
Saturday night. Whatever is said, the reply holds words, and nothing of the machinery.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

HERE = Path(__file__).parent
FOLDERS = {"asks", "interrupts", "corrects", "refuses", "panics", "returns", "abuses"}
FILES = sorted(HERE.glob("**/*.yml"))
DIALOGUES = [
    (str(path.relative_to(HERE).with_suffix("")), entry["name"], entry["turns"]) for path in FILES for entry in yaml.safe_load(path.read_text(encoding="utf-8"))
]
LEAST_IN_ALL, LEAST_IN_A_FOLDER = 150, 12
MACHINERY = re.compile(r"Traceback|Exception|utter_|action_|signal_|choose_option|nlu_fallback|/say_|\{\"|<script|None\b")


class Talk:
    """One conversation over the JSON API."""

    def __init__(self, address: str) -> None:
        self._client = httpx.Client(base_url=address, timeout=60, trust_env=False)
        self._address = address
        self._headers: dict[str, str] = {}
        self._options: list[dict[str, str]] = []
        self._earlier: list[dict[str, str]] = []

    def close(self) -> None:
        self._client.close()

    def turn(self, turn: dict[str, Any]) -> dict[str, Any]:
        if turn.get("clear"):
            self._client.delete("/api/chat", headers=self._headers).raise_for_status()
        for message in turn.get("after", ()):
            self._post({"message": message})
        return self._post(self._body(turn))

    def _body(self, turn: dict[str, Any]) -> dict[str, str]:
        if "press" in turn:
            return {"option": _found(self._options, turn["press"])}
        if "press_earlier" in turn:
            return {"option": _found(self._earlier, turn["press_earlier"])}
        if "press_of_another" in turn:
            return {"option": self._of_another(turn["press_of_another"])}
        if "padded" in turn:
            return {"message": padded(**turn["padded"])}
        return {"message": turn["say"]}

    def _of_another(self, label: str) -> str:
        another = Talk(self._address)
        another.turn({"say": "I am worried about a child"})
        another.close()
        return _found(another._options, label)

    def _post(self, body: dict[str, str]) -> dict[str, Any]:
        answer: dict[str, Any] = self._client.post("/api/chat", json=body, headers=self._headers).raise_for_status().json()
        self._headers = {"X-Conversation": answer["conversation"]}
        self._earlier = [*self._earlier, *self._options]
        self._options = [o for m in answer["messages"] for o in m["options"]]
        return answer


def _found(options: list[dict[str, str]], label: str) -> str:
    return next(o["id"] for o in options if o["label"].startswith(label))


def padded(filler: str, characters: int, end: str) -> str:
    """The filler over and over, and what matters at the very end."""
    room = characters - len(end) - 1
    return f"{(filler * (room // len(filler) + 1))[:room]} {end}"


def seen(answer: dict[str, Any]) -> dict[str, Any]:
    """What a dialogue file can ask about."""
    messages = answer["messages"]
    contacts = [c for m in messages for c in m["contacts"]]
    summaries = [m["summary"] for m in messages if m["summary"]]
    return {
        "status": answer["status"],
        "pathway": answer["pathway"],
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


def listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


CHECKS = {
    "status": lambda s, v: s["status"] in listed(v),
    "not_status": lambda s, v: s["status"] not in listed(v),
    "walk": lambda s, v: s["pathway"] == v,
    "starts_with": lambda s, v: s["text"].startswith(v),
    "not_starts_with": lambda s, v: not s["text"].startswith(v),
    "contains": lambda s, v: all(part in s["text"] for part in listed(v)),
    "contains_any": lambda s, v: any(part in s["text"] for part in v),
    "not_contains": lambda s, v: not any(part.lower() in s["text"].lower() for part in listed(v)),
    "first_contact": lambda s, v: s["contacts"][:1] == [v],
    "contacts": lambda s, v: set(v) <= set(s["contacts"]),
    "not_contacts": lambda s, v: not set(v) & set(s["contacts"]),
    "opens": lambda s, v: v in s["opens"],
    "first_passage": lambda s, v: s["passages"][:1] == [v],
    "passage_of": lambda s, v: any(p.startswith(f"{v}#") for p in s["passages"]),
    "no_passages_of": lambda s, v: not {p.partition("#")[0] for p in s["passages"]} & set(v),
    "no_passages": lambda s, v: s["passages"] == [],
    "buttons": lambda s, v: all(any(b.startswith(wanted) for b in s["buttons"]) for wanted in v),
    "not_buttons": lambda s, v: not any(b.startswith(unwanted) for unwanted in v for b in s["buttons"]),
    "deadlines": lambda s, v: s["deadlines"] == v,
    "noted": lambda s, v: set(v) <= set(s["noted"]),
    "summary": lambda s, v: set(v) <= set(s["summary"]),
    "missing": lambda s, v: set(v) <= set(s["missing"]),
    "due": lambda s, v: s["due"] == v,
}
WAYS = {"say", "press", "press_earlier", "press_of_another", "padded"}
BEFORE = {"clear", "after"}


@pytest.fixture
def talk(product: str) -> Iterator[Talk]:
    opened = Talk(product)
    yield opened
    opened.close()


@pytest.mark.product
@pytest.mark.parametrize(("file", "name", "turns"), DIALOGUES, ids=[f"{d[0]}: {d[1]}" for d in DIALOGUES])
def test_dialogue(talk: Talk, file: str, name: str, turns: list[dict[str, Any]]) -> None:
    for number, turn in enumerate(turns, 1):
        found = seen(talk.turn(turn))
        wrong = [key for key in turn if key in CHECKS and not CHECKS[key](found, turn[key])]
        wrong += ["says nothing"] * (not found["text"].strip()) + [f"shows {hit}" for hit in MACHINERY.findall(found["text"])]
        assert wrong == [], f"turn {number} ({next(turn[way] for way in WAYS & set(turn))}): {wrong}: {found}"


def test_every_turn_says_or_presses_one_thing_and_uses_only_known_checks() -> None:
    turns = [turn for _, _, turns in DIALOGUES for turn in turns]
    assert {key for turn in turns for key in turn} - set(CHECKS) - WAYS - BEFORE == set()
    assert [turn for turn in turns if len(WAYS & set(turn)) != 1] == []


def test_every_dialogue_checks_something_and_has_a_name_of_its_own() -> None:
    names = Counter(name for _, name, _ in DIALOGUES)
    assert [name for name, count in names.items() if count > 1] == []
    assert [name for _, name, turns in DIALOGUES if not set(turns[-1]) & set(CHECKS)] == []


def test_the_dialogues_are_many_and_of_every_kind() -> None:
    folders = Counter(file.split("/")[0] for file, _, _ in DIALOGUES)
    assert set(folders) == FOLDERS
    assert len(DIALOGUES) >= LEAST_IN_ALL
    assert min(folders.values()) >= LEAST_IN_A_FOLDER
