"""Rasa tracker store: conversations in memory only, for an hour at most, each of which can be deleted whole."""

from __future__ import annotations

import time
from typing import Any, ClassVar, Dict, Optional, Text

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

KEPT_S = 3600
MOST = 5000


class ShortMemoryTrackerStore(InMemoryTrackerStore):
    """InMemoryTrackerStore that forgets what is older than KEPT_S and never holds more than MOST conversations.

    `live` is the store of this process: Rasa wraps it in stores of its own that cannot delete.
    """

    live: ClassVar[Optional[ShortMemoryTrackerStore]] = None

    def __init__(
        self,
        domain: Domain,
        event_broker: Optional[EventBroker] = None,
        host: Optional[EndpointConfig] = None,
        **kwargs: Dict[Text, Any],
    ) -> None:
        super().__init__(domain, event_broker, **kwargs)
        self._used: Dict[Text, float] = {}
        ShortMemoryTrackerStore.live = self

    async def save(self, tracker: DialogueStateTracker) -> None:
        await super().save(tracker)
        self._used.pop(tracker.sender_id, None)
        self._used[tracker.sender_id] = time.monotonic()
        for sender, used in list(self._used.items()):  # oldest first: dicts keep their order
            if time.monotonic() - used < KEPT_S and len(self._used) <= MOST:
                break
            await self.delete(sender)

    async def delete(self, sender_id: Text) -> None:
        """Forget one conversation; nothing happens if it is not known."""
        self.store.pop(sender_id, None)
        self._used.pop(sender_id, None)
