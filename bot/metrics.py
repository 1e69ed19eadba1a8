"""Counts and times for whoever runs Waymark, in Prometheus' form: how many turns, how they ended, how long they took. No words, no ids."""

from __future__ import annotations

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

CONTENT_TYPE = CONTENT_TYPE_LATEST
_registry = CollectorRegistry()
turns = Counter("waymark_turns", "Turns answered, by the status of the reply", ["status"], registry=_registry)
danger = Counter("waymark_danger", "Typed messages, by what the danger check read in them", ["level"], registry=_registry)
rasa_away = Counter("waymark_rasa_away", "Turns answered without Rasa, since it failed or was too slow", registry=_registry)
seconds = Histogram(
    "waymark_turn_seconds", "Seconds from a message to its reply", buckets=(0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10), registry=_registry
)
_conversations = Gauge("waymark_conversations", "Conversations in memory", registry=_registry)


def count_conversations(count: Callable[[], int]) -> None:
    """Say how conversations are counted when the figures are asked for."""
    _conversations.set_function(count)


def figures() -> bytes:
    """All figures now, as text that Prometheus reads."""
    return bytes(generate_latest(_registry))
