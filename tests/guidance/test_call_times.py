"""Contract: a day with a clock time in the past is read; a day alone, the future and nonsense are not."""

from __future__ import annotations

from datetime import datetime

import pytest

from guidance.call_times import read_call_time
from guidance.hours import LONDON
from tests.conftest import SATURDAY_NIGHT


@pytest.mark.parametrize(
    ("text", "day", "clock"),
    [
        ("just now", 28, "23:40"), ("20 minutes ago", 28, "23:20"), ("half an hour ago", 28, "23:10"), ("rang about an hour ago", 28, "22:40"),
        ("at 3", 28, "15:00"), ("at 9", 28, "21:00"), ("3pm", 28, "15:00"), ("today at 3.15pm", 28, "15:15"), ("14:30", 28, "14:30"),
        ("this morning at 9", 28, "09:00"), ("tonight at 10", 28, "22:00"), ("half past two", 28, "14:30"), ("quarter to five", 28, "16:45"),
        ("noon", 28, "12:00"), ("0900", 28, "09:00"), ("on saturday at 10.15pm", 28, "22:15"),
        ("yesterday at 3pm", 27, "15:00"), ("last night at 9", 27, "21:00"), ("friday at about 3", 27, "15:00"), ("last friday at 10:15", 27, "10:15"),
        ("24/11/2026 10am", 24, "10:00"), ("24 november at 10", 24, "10:00"), ("the 24th at 10am", 24, "10:00"),
    ],
)  # fmt: skip
def test_a_moment_in_the_past_is_read(text: str, day: int, clock: str) -> None:
    at = read_call_time(text, SATURDAY_NIGHT).at
    assert at == datetime(2026, 11, day, *map(int, clock.split(":")), tzinfo=LONDON)


@pytest.mark.parametrize(
    "text",
    ["yesterday", "this morning", "monday", "earlier", "Tomas", "6 years old", "at 25:00", "1 January at 9am", ""],
)
def test_words_without_a_day_and_a_clock_time_are_not_read(text: str) -> None:
    assert read_call_time(text, SATURDAY_NIGHT).at is None


@pytest.mark.parametrize("text", ["tomorrow at 3pm", "today at 11.50pm"])
def test_the_future_is_told_as_such(text: str) -> None:
    assert read_call_time(text, SATURDAY_NIGHT).future


def test_a_time_before_midnight_said_after_it_is_yesterday_s() -> None:
    at = read_call_time("at 11pm", datetime(2026, 11, 29, 0, 30, tzinfo=LONDON)).at
    assert at == datetime(2026, 11, 28, 23, 0, tzinfo=LONDON)
