"""The app over the real guide, with a Rasa that a test controls, on a Saturday night."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from bot.app import create_app
from bot.settings import settings
from guidance.replies import Choice, Message, Reply
from index.guide import Guide, open_guide
from tests.bot.fakes import FakeDanger, FakeRasa
from tests.conftest import ROOT, SATURDAY_NIGHT

HELLO = Reply("smalltalk", (Message("Hello from Rasa", options=(Choice("Press me", "/greet"),)),))


@pytest.fixture(scope="session")
def guide() -> Guide:
    return open_guide(ROOT / "built", lambda: SATURDAY_NIGHT)


@pytest.fixture(autouse=True)
def secret(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("WAYMARK_SECRET", "a-secret-for-tests-only")
    settings.cache_clear()
    yield
    settings.cache_clear()


@pytest.fixture
def client_with(guide: Guide) -> Callable[[FakeRasa], TestClient]:
    return lambda rasa: _client(guide, rasa)


@pytest.fixture
def client_unsure_of(client_hearing: Callable[[FakeDanger, FakeRasa], TestClient]) -> Callable[[str, FakeRasa], TestClient]:
    """The app with a danger check that is unsure of one message."""
    return lambda text, rasa: client_hearing(FakeDanger(text), rasa)


@pytest.fixture
def client_hearing(guide: Guide) -> Callable[[FakeDanger, FakeRasa], TestClient]:
    """The app with a danger check that a test controls."""
    return lambda danger, rasa: _client(replace(guide, danger=danger), rasa)  # type: ignore[arg-type]


def _client(guide: Guide, rasa: FakeRasa) -> TestClient:
    return TestClient(create_app(guide, rasa), base_url="http://127.0.0.1")  # type: ignore[arg-type]


@pytest.fixture
def client(client_with: Callable[[FakeRasa], TestClient]) -> TestClient:
    return client_with(FakeRasa(HELLO))


@pytest.fixture
def client_without_rasa(client_with: Callable[[FakeRasa], TestClient]) -> TestClient:
    return client_with(FakeRasa(away=True))
