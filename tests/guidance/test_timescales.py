"""Contract: hours run by the clock, working days skip weekends and England's bank holidays, and no number means no due time."""

from __future__ import annotations

from datetime import datetime

import pytest

from guidance.content import Content
from guidance.hours import LONDON
from guidance.timescales import due
from tests.conftest import SATURDAY_NIGHT, WEEKDAY_NOON


def test_twenty_four_hours_end_at_the_same_clock_time_next_day(content: Content) -> None:
    assert due(content.timescales["referral-written-confirmation"], SATURDAY_NIGHT).at == datetime(
        2026, 11, 29, 23, 40, tzinfo=LONDON
    )


def test_twenty_four_hours_over_the_clock_change_are_still_twenty_four_hours(content: Content) -> None:
    assert due(
        content.timescales["referral-written-confirmation"], datetime(2026, 10, 24, 12, tzinfo=LONDON)
    ).at == datetime(2026, 10, 25, 11, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("start", "day"),
    [
        (WEEKDAY_NOON, "Monday 30 November"),
        (datetime(2026, 12, 23, 12, tzinfo=LONDON), "Wednesday 30 December"),
        (datetime(2026, 8, 28, 16, tzinfo=LONDON), "Thursday 3 September"),
    ],
)
def test_three_working_days_skip_weekends_and_bank_holidays(content: Content, start: datetime, day: str) -> None:
    assert due(content.timescales["referral-chase"], start).words == f"by the end of {day}"


def test_the_counted_days_are_named(content: Content) -> None:
    assert due(content.timescales["referral-chase"], WEEKDAY_NOON).counted == (
        "Thursday 26 November",
        "Friday 27 November",
        "Monday 30 November",
    )


def test_a_duty_without_a_number_has_no_due_time(content: Content) -> None:
    assert due(content.timescales["referral-not-delayed"], WEEKDAY_NOON).at is None
