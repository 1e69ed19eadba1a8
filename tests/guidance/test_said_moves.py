"""Contract: the council area that was told is put right where a message says that it is the other one, and only there."""

from __future__ import annotations

import pytest

from guidance.content import Content
from guidance.places import PlaceFinder
from guidance.said_moves import read_move


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("it is in Cambridgeshire not Peterborough, they live in March", {"area": "Cambridgeshire"}),
        ("Cambridgeshire not Peterborough", {"area": "Cambridgeshire"}),
        ("actually mum lives in wisbech", {"area": "Cambridgeshire"}),
        ("sorry, she has moved to 5 Lincoln Road, Peterborough", {"child-address": "5 Lincoln Road, Peterborough"}),
        ("Peterborough not Cambridgeshire", {}),
        ("he was in pain not Thursday", {}),
    ],
)
def test_the_area_is_put_right(content: Content, text: str, moved: dict[str, str]) -> None:
    assert read_move(content.referral, "Peterborough", PlaceFinder(content.places).read, text) == moved
