"""Contract: a place decides the area only when it is certain; borders and everyday words are asked about or left alone."""

from __future__ import annotations

import pytest

from guidance.content import Content
from guidance.places import PlaceFinder


@pytest.fixture(scope="module")
def finder(content: Content) -> PlaceFinder:
    return PlaceFinder(content.places)


@pytest.mark.parametrize(
    ("text", "kind", "area"),
    [
        ("we're in peterborough", "known", "peterborough"),
        ("kid from wisbech", "known", "cambridgeshire"),
        ("she lives in CAMBS", "known", "cambridgeshire"),
        ("the family moved to stamford", "outside", None),
        ("they live in Yaxley", "ask", None),
        ("from wisbech but dad is in peterborough", "ask", None),
        ("sorry, hes in ely not peterborough", "known", "cambridgeshire"),
        ("she lives in peterborough, not in ely", "known", "peterborough"),
        ("he is not in peterborough", "none", None),
        ("actually im not sure shes in peterborough, maybe yaxley", "ask", None),
        ("not sure who to ring in peterborough", "known", "peterborough"),
        ("im in march", "known", "cambridgeshire"),
        ("PE7 postcode", "none", None),
        ("he has a black eye", "none", None),
    ],
)
def test_a_place_is_read(finder: PlaceFinder, text: str, kind: str, area: str | None) -> None:
    reading = finder.read(text)
    assert (reading.kind, reading.area) == (kind, area)
