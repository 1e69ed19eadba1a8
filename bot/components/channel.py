"""Rasa input channel for the edge alone: a shared secret on every call, errors told as errors, and conversations that can be deleted.

Rasa's own REST channel trusts everybody, hides failures behind an empty list and cannot forget.
"""

from __future__ import annotations

import hmac
import logging
from typing import Any, Awaitable, Callable, Dict, Optional, Text

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.components.danger import HEARD
from bot.components.tracker_store import ShortMemoryTrackerStore

logger = logging.getLogger(__name__)


class EdgeInput(InputChannel):
    """POST /webhooks/edge/turn {sender, message, heard} -> [messages];
    GET /webhooks/edge/conversation/<sender> -> {slots}; DELETE -> 204."""

    def __init__(self, secret: Text) -> None:
        self._secret = secret

    @classmethod
    def name(cls) -> Text:
        return "edge"

    @classmethod
    def from_credentials(cls, credentials: Optional[Dict[Text, Any]]) -> InputChannel:
        secret = str((credentials or {}).get("secret") or "")
        if len(secret) < 16 or secret.startswith("$"):
            raise ValueError("set WAYMARK_SECRET (16 characters or more): the edge and Rasa share it")
        return cls(secret)

    def _trusted(self, request: Request) -> bool:
        return hmac.compare_digest(request.headers.get("X-Waymark-Secret", ""), self._secret)

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[None]]) -> Blueprint:
        routes = Blueprint("edge_channel", __name__)

        @routes.post("/turn")
        async def turn(request: Request) -> HTTPResponse:
            if not self._trusted(request):
                return response.empty(status=401)
            collector = CollectingOutputChannel()
            try:
                said = request.json
                known = {HEARD: dict(said.get(HEARD) or {})}
                await on_new_message(
                    UserMessage(said["message"], collector, said["sender"], input_channel=self.name(), metadata=known)
                )
            except Exception as error:  # the edge must hear of every failure; the message text must not reach the log
                logger.error("a turn failed: %s", type(error).__name__)
                return response.empty(status=500)
            return response.json(collector.messages)

        @routes.get("/conversation/<sender:str>")
        async def slots(request: Request, sender: Text) -> HTTPResponse:
            if not self._trusted(request):
                return response.empty(status=401)
            store = ShortMemoryTrackerStore.live
            tracker = await store.retrieve(sender) if store else None
            values = tracker.current_slot_values() if tracker else {}
            return response.json({name: value for name, value in values.items() if value is not None})

        @routes.delete("/conversation/<sender:str>")
        async def forget(request: Request, sender: Text) -> HTTPResponse:
            if not self._trusted(request):
                return response.empty(status=401)
            if ShortMemoryTrackerStore.live is None:
                logger.error("conversations are kept in a store that cannot forget: check endpoints.yml")
                return response.empty(status=500)
            await ShortMemoryTrackerStore.live.delete(sender)
            return response.empty(status=204)

        return routes
