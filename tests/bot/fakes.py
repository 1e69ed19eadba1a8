"""A line to Rasa that answers what a test tells it to, or is away."""

from __future__ import annotations

from typing import Any

from bot.rasa_client import RasaAway
from guidance.danger import NOTHING, DangerReading, Heard, Level
from guidance.replies import Reply


class FakeRasa:
    """Says `replies` to everything, or what `script` has for a message and for whether it is to be read calmly."""

    def __init__(self, *replies: Reply, away: bool = False) -> None:
        self.replies, self.away = list(replies), away
        self.heard: list[str] = []
        self.forgotten: list[str] = []
        self.kept: dict[str, dict[str, Any]] = {}  # sender -> slots
        self.script: dict[tuple[str, bool], Reply] = {}

    async def turn(self, sender: str, message: str, heard: Heard = NOTHING) -> list[Reply]:
        self.heard.append(message)
        if self.away:
            raise RasaAway("test")
        scripted = self.script.get((message, heard.nobody_in_danger))
        return [scripted] if scripted else self.replies

    async def slots(self, sender: str) -> dict[str, Any]:
        if self.away:
            raise RasaAway("test")
        return self.kept.get(sender, {})

    async def forget(self, sender: str) -> bool:
        self.forgotten.append(sender)
        self.kept.pop(sender, None)
        return not self.away

    async def close(self) -> None:
        return None


class FakeDanger:
    """Reads one text at a level, and nothing in any other: what the trained reader makes of a middling one differs from machine to machine."""

    def __init__(self, text: str, level: Level = "unsure", urgent: float = 0.02, maybe: Level = "none") -> None:
        self.text, self.level, self.urgent, self.maybe = text, level, urgent, maybe
        self.heard: list[Heard] = []

    def says_grown_up(self, text: str) -> bool:
        return "grown up" in text

    def by_adult(self, text: str) -> bool:
        return "my daughter" in text

    def read(self, text: str, heard: Heard = NOTHING) -> DangerReading:
        self.heard.append(heard)
        here = text == self.text
        urgent = self.urgent if here else 0.0
        return DangerReading(self.level if here else "none", "classifier", {"urgent": urgent, "not_urgent": 1 - urgent}, self.maybe if here else "none")
