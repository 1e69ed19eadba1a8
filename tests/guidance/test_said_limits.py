"""Contract: a length of time that somebody believes to be the limit is held against the manual's; other lengths are left alone."""

from __future__ import annotations

import pytest

from guidance.records import Limit
from guidance.said_limits import read_lengths, read_limits


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("it's 5 days isn't it?", Limit(value=5, unit="days")),
        ("its 24hrs isnt it", Limit(value=24, unit="hours")),
        ("i thought it was ten working days", Limit(value=10, unit="working_days")),
        ("we have a fortnight, right?", Limit(value=2, unit="weeks")),
        ("a week is right?", Limit(value=1, unit="weeks")),
    ],
)
def test_a_limit_that_is_believed_in_is_read(text: str, limit: Limit) -> None:
    assert [said.limit for said in read_limits(text)] == [limit]


@pytest.mark.parametrize(
    "text",
    ["is it right that he died 3 days ago", "it's a 5 weeks old baby", "chronology of 6 months", "24/7, isn't it"],
)
def test_other_lengths_of_time_are_left_alone(text: str) -> None:
    assert read_limits(text) == []


@pytest.mark.parametrize(
    ("text", "limit", "agrees"),
    [
        ("it's 2 weeks isn't it", Limit(value=14, unit="days"), True),
        ("it's 3 days isn't it", Limit(value=3, unit="working_days"), False),
        ("it's 3 working days isn't it", Limit(value=3, unit="working_days"), True),
        ("it's 1 day isn't it", Limit(value=24, unit="hours"), False),
    ],
)
def test_limits_agree_if_they_are_counted_in_the_same_way(text: str, limit: Limit, agrees: bool) -> None:
    assert read_limits(text)[0].agrees_with(limit) is agrees


def test_a_length_that_is_named_is_read_even_where_nobody_believes_in_it() -> None:
    said = read_lengths("assessment started 23 december, what day is the 35th working day")
    assert [one.limit for one in said] == [Limit(value=35, unit="working_days")]
