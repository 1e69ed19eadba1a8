"""A line to Rasa that answers what a test tells it to, or is away."""

from __future__ import annotations

from typing import Any

from bot.rasa_client import RasaAway
from guidance.danger import DangerReading
from guidance.replies import Reply


class FakeRasa:
    def __init__(self, *replies: Reply, away: bool = False) -> None:
        self.replies, self.away = list(replies), away
        self.heard: list[str] = []
        self.forgotten: list[str] = []
        self.kept: dict[str, dict[str, Any]] = {}  # sender -> slots

    async def turn(self, sender: str, message: str) -> list[Reply]:
        self.heard.append(message)
        if self.away:
            raise RasaAway("test")
        return self.replies

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
    """Is unsure of these messages, and sees nothing in any other: what the trained reader makes of a middling one differs from machine to machine."""

    def __init__(self, *unsure: str) -> None:
        self.unsure = unsure

    def read(self, text: str) -> DangerReading:
        return DangerReading("unsure" if text in self.unsure else "none", "classifier", {"urgent": 0.02, "not_urgent": 0.98})
