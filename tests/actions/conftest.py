"""The product's own guide, on a frozen Saturday night."""

from __future__ import annotations

import pytest

from index import guide as guides
from index.guide import Guide
from tests.actions.talks import guide as opened_guide


@pytest.fixture
def guide(monkeypatch: pytest.MonkeyPatch) -> Guide:
    opened = opened_guide()
    monkeypatch.setattr(guides, "_current", opened)
    return opened
