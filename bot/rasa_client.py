"""The edge's line to Rasa: one turn, or forget a conversation. Every failure is one exception, so that the edge can answer without Rasa."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import httpx
import msgspec

from guidance.danger import NOTHING, Heard
from guidance.replies import Reply


class RasaAway(Exception):
    """Rasa is stopped, slow, failed, or answered nothing that can be shown."""


class RasaClient:
    """Speaks to bot/components/channel.py over loopback."""

    def __init__(
        self, port: int, secret: str, timeout_s: float, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self._client = httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{port}/webhooks/edge",
            headers={"X-Waymark-Secret": secret},
            timeout=timeout_s,
            transport=transport,
            trust_env=False,
        )

    async def turn(self, sender: str, message: str, heard: Heard = NOTHING) -> list[Reply]:
        """Send one message and return the replies of all skills that answered, in order.

        heard  what the conversation has told before: Rasa's danger check reads the message with it, as the edge's does

        raises  RasaAway
        """
        said = {"sender": sender, "message": message, "heard": asdict(heard)}
        try:
            response = await self._client.post("/turn", json=said)
            response.raise_for_status()
            messages: list[dict[str, Any]] = response.json()
            replies = [Reply.from_dict(m["custom"]) for m in messages if "custom" in m]
        except (httpx.HTTPError, ValueError, KeyError, TypeError, msgspec.ValidationError) as error:
            raise RasaAway(type(error).__name__) from None
        if not replies:
            raise RasaAway("empty")
        return replies

    async def slots(self, sender: str) -> dict[str, Any]:
        """What Rasa keeps of a conversation in its slots; empty if it knows none of that name.

        raises  RasaAway
        """
        try:
            response = await self._client.get(f"/conversation/{sender}")
            response.raise_for_status()
            return dict(response.json())
        except (httpx.HTTPError, ValueError, TypeError) as error:
            raise RasaAway(type(error).__name__) from None

    async def forget(self, sender: str) -> bool:
        """Delete a conversation on Rasa's side; False if Rasa could not be reached (its memory then ends with it, or within the hour)."""
        try:
            response = await self._client.delete(f"/conversation/{sender}")
        except httpx.HTTPError:
            return False
        return response.status_code == 204

    async def close(self) -> None:
        await self._client.aclose()
