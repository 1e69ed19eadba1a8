"""Contract: the day and part of day that people say decide between a day line and the duty team; what is now stays now."""

from __future__ import annotations

from datetime import datetime

import pytest

from guidance.hours import LONDON
from guidance.moments import only_a_moment, said_beside, said_moment
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
        ("what about on monday 28 december", SATURDAY_NIGHT, datetime(2026, 12, 28, 12, tzinfo=LONDON)),
        ("number for tuesday 28 december", SATURDAY_NIGHT, datetime(2026, 12, 28, 12, tzinfo=LONDON)),
        ("and on 25 december?", SATURDAY_NIGHT, datetime(2026, 12, 25, 12, tzinfo=LONDON)),
        ("and 2 january", SATURDAY_NIGHT, datetime(2027, 1, 2, 12, tzinfo=LONDON)),
        ("and on bank holiday monday?", SATURDAY_NIGHT, datetime(2026, 12, 28, 12, tzinfo=LONDON)),
        ("xmas eve 6pm who do i call", SATURDAY_NIGHT, datetime(2026, 12, 24, 18, tzinfo=LONDON)),
        ("when does social care open after christmas", SATURDAY_NIGHT, datetime(2026, 12, 26, 12, tzinfo=LONDON)),
        ("and after 5 on tuesday", SATURDAY_NIGHT, datetime(2026, 12, 1, 17, 30, tzinfo=LONDON)),
        ("and after 5 days?", SATURDAY_NIGHT, None),
        ("and if they were in Peterborough on tuesday?", SATURDAY_NIGHT, datetime(2026, 12, 1, 12, tzinfo=LONDON)),
        ("actually i ment christmas eve 4pm", SATURDAY_NIGHT, datetime(2026, 12, 24, 16, tzinfo=LONDON)),
        ("im working christmas day, who do i ring", SATURDAY_NIGHT, datetime(2026, 12, 25, 12, tzinfo=LONDON)),
    ],
)
def test_a_said_time_is_read(text: str, now: datetime, expected: datetime | None) -> None:
    assert said_moment(text, now) == expected


@pytest.mark.parametrize(
    "text",
    [
        "they said ring monday, thats no good is it",
        "i rang the duty team they said ring monday",
        "who do i ring, they fly on 20 december",
        "it happened on 20 november, who do i ring",
        "i want to call but the head is away until thursday, whats the number",
    ],
)
def test_a_day_that_is_told_and_not_asked_about_leaves_it_at_now(text: str) -> None:
    assert said_moment(text, SATURDAY_NIGHT) in (None, SATURDAY_NIGHT)


@pytest.mark.parametrize(
    ("text", "only"),
    [("boxing day", True), ("28th december", True), ("sorry, i meant christmas eve 4pm", True), ("monday 9am?", True), ("the minutes on monday", False),
     ("the meeting was on 18 december", False), ("ely", False)],
)  # fmt: skip
def test_a_bare_time_is_told_from_what_happens_then(text: str, only: bool) -> None:
    assert only_a_moment(text, SATURDAY_NIGHT) is only


def test_a_day_without_its_month_is_one_soon_after_the_time_spoken_of() -> None:
    christmas_eve = datetime(2026, 12, 24, 16, tzinfo=LONDON)
    assert said_beside("what about the 28th", christmas_eve, WEEKDAY_NOON) == datetime(2026, 12, 28, 12, tzinfo=LONDON)
    assert said_beside("what about the 28th", None, WEEKDAY_NOON) == datetime(2026, 11, 28, 12, tzinfo=LONDON)
    assert said_beside("and on the 28th november", christmas_eve, WEEKDAY_NOON) == datetime(2026, 11, 28, 12, tzinfo=LONDON)
