"""Contract: the day and part of day that people say decide between a day line and the duty team; what is now stays now."""

from __future__ import annotations

from datetime import datetime

import pytest

from guidance.hours import LONDON
from guidance.moments import said_moment
from tests.conftest import CHRISTMAS_DAY, SATURDAY_NIGHT, WEEKDAY_NOON


@pytest.mark.parametrize(
    ("text", "now", "expected"),
    [
        ("who do I ring, it's saturday night", SATURDAY_NIGHT, SATURDAY_NIGHT),
        ("who do I ring, it's saturday night", WEEKDAY_NOON, datetime(2026, 11, 28, 22, tzinfo=LONDON)),
        ("im on tonight, who do i call", WEEKDAY_NOON, datetime(2026, 11, 25, 22, tzinfo=LONDON)),
        ("its christmas day", WEEKDAY_NOON, datetime(2026, 12, 25, 12, tzinfo=LONDON)),
        ("its christmas day", CHRISTMAS_DAY, CHRISTMAS_DAY),
        ("tomorrow morning", WEEKDAY_NOON, datetime(2026, 11, 26, 10, tzinfo=LONDON)),
        ("at 3am", WEEKDAY_NOON, datetime(2026, 11, 26, 3, tzinfo=LONDON)),
        ("good evening, who do I ring", WEEKDAY_NOON, None),
        ("the lado number please", WEEKDAY_NOON, None),
    ],
)
def test_a_said_time_is_read(text: str, now: datetime, expected: datetime | None) -> None:
    assert said_moment(text, now) == expected
