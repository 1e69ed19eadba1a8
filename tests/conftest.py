"""Shared parts: the real content, a copy of it to break, a small deterministic embedder, and moments of the year that matter."""

from __future__ import annotations

import re
import shutil
import socket
import zlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import ClassVar

import numpy as np
import pytest

from guidance.content import CORPUS, Content, load_content
from guidance.hours import LONDON

ROOT = Path(__file__).resolve().parent.parent
WEEKDAY_NOON = datetime(2026, 11, 25, 12, 0, tzinfo=LONDON)
SATURDAY_NIGHT = datetime(2026, 11, 28, 23, 40, tzinfo=LONDON)
CHRISTMAS_DAY = datetime(2026, 12, 25, 11, 0, tzinfo=LONDON)  # a Friday
LATE_SUMMER_HOLIDAY = datetime(2026, 8, 31, 11, 0, tzinfo=LONDON)  # a Monday
PRODUCT_SECRET = "a-secret-for-the-product-under-test"
SMALL_CHAPTERS = ("lado", "responding-to-concerns", "violent-extremism")


class FakeEmbedder:
    """Sixteen-dimensional bags of words: the same words give the same vector."""

    info: ClassVar = {"name": "fake", "dimension": 16, "word_dimension": 16, "max_tokens": 256, "normalised": True, "query_prefix": ""}
    vocabulary: frozenset[str] = frozenset()

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        rows = np.full((len(texts), 16), 1e-6, np.float32)
        for row, text in zip(rows, texts):
            for word in text.lower().split():
                row[zlib.crc32(word.strip("?.,!").encode()) % 16] += 1
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    def read(self, texts: Sequence[str]) -> tuple[np.ndarray, list[np.ndarray]]:
        return self.encode(texts), [self.encode(text.split()) for text in texts]

    def pieces(self, texts: Sequence[str]) -> list[np.ndarray]:
        return [np.array([word.span() for word in re.finditer(r"\S+", text)]) for text in texts]


@pytest.fixture(scope="session")
def content() -> Content:
    return load_content()


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A copy of the corpus folder that a test may break."""
    return Path(shutil.copytree(CORPUS, tmp_path / "procedures_corpus"))


@pytest.fixture
def embedder() -> FakeEmbedder:
    return FakeEmbedder()


def free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


@pytest.fixture(scope="session")
def ports() -> list[int]:
    """The public, the action and the Rasa port of the product under test."""
    return free_ports(3)


@pytest.fixture(scope="session")
def rasa_port(ports: list[int]) -> str:
    return str(ports[2])


@pytest.fixture(scope="session")
def product_logs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("logs")


@pytest.fixture(scope="session")
def product(ports: list[int], product_logs: Path) -> Iterator[str]:
    """The whole product, running as `make run` starts it, its clock frozen on a Saturday night; yields its address."""
    from tools.start import running

    environment = {
        "WAYMARK_SECRET": PRODUCT_SECRET,
        "WAYMARK_NOW": SATURDAY_NIGHT.isoformat(),
        "WAYMARK_EXIT_TO": "/contacts",
    }
    with running(*ports, env=environment, logs=product_logs) as address:
        yield address
