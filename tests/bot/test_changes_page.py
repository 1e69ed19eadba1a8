"""Contract: every change stands there with its month and its manual; the filters narrow it down, and a filter that names nothing is left out."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from index.guide import Guide


def labels(text: str) -> list[str]:
    return re.findall(r'<p class="wm-small"><strong>(.*?)</strong>', text)


@pytest.mark.parametrize("by", ["month", "chapter"])
def test_every_change_has_its_month_and_its_manual(client: TestClient, guide: Guide, by: str) -> None:
    found = labels(client.get(f"/changes?by={by}").text)
    labelled = [label for label in found if re.fullmatch(r"(\w+ )?\d{4} · (Derby and Derbyshire \(another area\)|Peterborough contents page)", label)]
    assert (len(found), len(labelled)) == (len(guide.content.amendments), len(guide.content.amendments))


def test_another_area_is_said_to_be_another_area(client: TestClient) -> None:
    assert ["is another area" in client.get(f"/changes?manual={m}").text for m in ("derby-and-derbyshire", "peterborough")] == [True, False]


def test_the_filters_work_together(client: TestClient) -> None:
    found = labels(client.get("/changes?year=2019&chapter=Local+Contacts&manual=derby-and-derbyshire").text)
    assert [label.partition(" ·")[0] for label in found] == ["November 2019", "July 2019", "May 2019", "January 2019"]


def test_nothing_that_fits_says_what_the_lists_cover(client: TestClient) -> None:
    text = client.get("/changes?year=2009&manual=derby-and-derbyshire").text
    assert ("no change that fits" in text, "to January 2022" in text) == (True, True)


@pytest.mark.parametrize("query", ["year=1", "chapter=nothing", "manual=nothing", "by=nothing"])
def test_a_filter_that_names_nothing_we_hold_is_left_out(client: TestClient, guide: Guide, query: str) -> None:
    assert len(labels(client.get(f"/changes?{query}").text)) == len(guide.content.amendments)
