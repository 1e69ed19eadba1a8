"""The guide with the real content, a small embedder and a search that finds nothing or one section: no index and no model are needed."""

from __future__ import annotations

import pytest

from guidance.content import Content
from guidance.places import PlaceFinder
from index import guide as guides
from index.guide import Guide
from index.search import SearchResult
from tests.conftest import SATURDAY_NIGHT, FakeEmbedder


class FakeSearcher:
    def search(self, question: str, k: int = 5) -> SearchResult:
        return SearchResult(question, "no_passage", (), None)


@pytest.fixture(scope="session")
def places(content: Content) -> PlaceFinder:
    return PlaceFinder(content.places)


@pytest.fixture
def guide(content: Content, places: PlaceFinder, monkeypatch: pytest.MonkeyPatch) -> Guide:
    opened = Guide(content, FakeSearcher(), None, places, FakeEmbedder(), lambda: SATURDAY_NIGHT)  # type: ignore[arg-type]
    monkeypatch.setattr(guides, "_current", opened)
    return opened
