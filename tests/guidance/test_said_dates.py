"""Contract: days and times are read as British people say them, the day before the month; what cannot be is told and never mended."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from guidance.hours import LONDON
from guidance.said_dates import read_date
from tests.conftest import SATURDAY_NIGHT


def read(text: str, near: date | None = None) -> tuple[date | None, time | None]:
    said = read_date(text, SATURDAY_NIGHT, near).said
    assert said is not None
    assert said.trouble is None
    return said.day, said.time


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("strategy meeting was on friday 18 december", date(2026, 12, 18)),
        ("strategy discussion was on the second of december", date(2026, 12, 2)),
        ("no wait it was thursday the twenty sixth", date(2026, 11, 26)),
        ("her due date is the eighth of february", date(2027, 2, 8)),
        ("the third meeting was on friday", date(2026, 11, 27)),
        ("18/12", date(2026, 12, 18)),
        ("18/12/26", date(2026, 12, 18)),
        ("3/11", date(2026, 11, 3)),
        ("it was 03.11.2026", date(2026, 11, 3)),
        ("2026-12-18", date(2026, 12, 18)),
        ("the 9th of november", date(2026, 11, 9)),
        ("dec 4", date(2026, 12, 4)),
        ("29 feb 2024", date(2024, 2, 29)),
        ("the 24th", date(2026, 11, 24)),
        ("24th", date(2026, 11, 24)),
        ("weds 25th nov", date(2026, 11, 25)),
        ("yesterday", date(2026, 11, 27)),
        ("last night", date(2026, 11, 27)),
        ("today", date(2026, 11, 28)),
        ("the day before yesterday", date(2026, 11, 26)),
        ("last friday", date(2026, 11, 27)),
        ("on friday", date(2026, 11, 27)),
        ("tuesday last week", date(2026, 11, 17)),
        ("a week last tuesday", date(2026, 11, 17)),
        ("two fridays ago", date(2026, 11, 20)),
        ("next friday", date(2026, 12, 4)),
        ("the move is on tuesday", date(2026, 12, 1)),
        ("a fortnight ago", date(2026, 11, 14)),
        ("three days ago", date(2026, 11, 25)),
        ("boxing day", date(2026, 12, 26)),
        ("wensday", date(2026, 11, 25)),
        ("18th decmber", date(2026, 12, 18)),
    ],
)
def test_a_day_is_read(text: str, day: date) -> None:
    assert read(text)[0] == day


@pytest.mark.parametrize(
    ("text", "day", "at"),
    [
        ("yesterday at 4pm", date(2026, 11, 27), time(16)),
        ("on 3/11 at 14:05", date(2026, 11, 3), time(14, 5)),
        ("monday at half past 3 in the afternoon", date(2026, 11, 23), time(15, 30)),
        ("midday on the 9th", date(2026, 11, 9), time(12)),
        ("an hour ago", date(2026, 11, 28), time(22, 40)),
        ("half an hour ago", date(2026, 11, 28), time(23, 10)),
        ("just now", date(2026, 11, 28), time(23, 40)),
        ("at 4pm", None, time(16)),
        ("monday at 4", date(2026, 11, 23), None),
        ("4 o'clock on monday", date(2026, 11, 23), None),
    ],
)
def test_a_time_is_read_unless_it_may_be_morning_or_afternoon(text: str, day: date | None, at: time | None) -> None:
    assert read(text) == (day, at)


@pytest.mark.parametrize(
    "text",
    [
        "within 24 hours", "it's 5 days isn't it", "3 working days", "section 47", "the 2010/11 report", "a 24/7 line", "may i ask",
        "the child sat on his bed", "the 1st meeting", "2 children aged 3 and 5", "in the 1990s",
    ],
)  # fmt: skip
def test_what_is_no_date_is_not_read_as_one(text: str) -> None:
    assert read_date(text, SATURDAY_NIGHT).said is None


@pytest.mark.parametrize(
    "text",
    ["31 february", "31/02", "31/2/2026", "12/25", "13/13", "29 february 2026", "the 34th", "at 25:00", "18/12/9999"],
)
def test_a_day_or_time_that_cannot_be_is_told(text: str) -> None:
    said = read_date(text, SATURDAY_NIGHT).said
    assert said is not None
    assert (said.trouble, said.day) == ("impossible", None)


def test_a_weekday_that_does_not_fit_is_told_with_the_days_that_may_be_meant() -> None:
    said = read_date("friday 17 december", SATURDAY_NIGHT).said
    assert said is not None
    assert (said.trouble, said.others) == ("weekday", (date(2026, 12, 17), date(2026, 12, 18)))


def test_a_weekday_that_fits_another_year_offers_that_year_too() -> None:
    said = read_date("thursday 18 december", SATURDAY_NIGHT).said
    assert said is not None
    assert date(2025, 12, 18) in said.others


@pytest.mark.parametrize(("text", "day"), [("received tuesday 3 march", date(2026, 3, 3)), ("on Wednesday 11th Feb.", date(2026, 2, 11))])
def test_a_weekday_tells_the_year_of_a_day_that_is_long_past(text: str, day: date) -> None:
    said = read_date(text, SATURDAY_NIGHT).said
    assert said is not None
    assert (said.day, said.trouble) == (day, None)


def test_a_day_to_come_that_may_be_last_years_keeps_last_years_as_a_possibility() -> None:
    said = read_date("it was on 18 december", SATURDAY_NIGHT).said
    assert said is not None
    assert (said.day, said.others) == (date(2026, 12, 18), (date(2025, 12, 18),))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("and if it was on the 24th?", date(2026, 12, 24)),
        ("what about tuesday", date(2026, 12, 15)),
        ("what if it was 3 january", date(2027, 1, 3)),
        ("31st", date(2026, 12, 31)),
    ],
)
def test_a_bare_day_is_looked_for_around_the_day_spoken_of_before(text: str, day: date) -> None:
    assert read(text, near=date(2026, 12, 18))[0] == day


def test_the_event_is_read_and_not_a_mere_today() -> None:
    assert read("today is the 28th and it was on the 24th")[0] == date(2026, 11, 24)


def test_further_days_are_kept_apart() -> None:
    reading = read_date("allegation 20/11 and meeting 23/11", SATURDAY_NIGHT)
    assert reading.more == (date(2026, 11, 23),)


def test_the_rest_is_the_message_without_dates_and_times() -> None:
    assert read_date("I rang on friday at 4pm, when is it due?", SATURDAY_NIGHT).rest == "i rang , when is it due?"


def test_yesterday_after_midnight_in_summer_time_is_londons_yesterday() -> None:
    at = datetime(2026, 7, 2, 0, 30, tzinfo=LONDON)
    assert read_date("yesterday", at).said.day == date(2026, 7, 1)  # type: ignore[union-attr]


@pytest.mark.parametrize("text", ["no, december", "december obviously", "i meant in december"])
def test_a_month_alone_moves_the_day_spoken_of_before(text: str) -> None:
    assert read(text, date(2026, 11, 24))[0] == date(2026, 12, 24)


@pytest.mark.parametrize("text", ["they may wait", "nobody in the town of march has rung us about the boy"])
def test_a_word_that_is_also_a_month_is_no_day(text: str) -> None:
    assert read_date(text, SATURDAY_NIGHT, date(2026, 11, 24)).said is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("if the lado agrees it on monday", date(2026, 11, 30)),
        ("when i ring them on monday", date(2026, 11, 30)),
        ("when they rang on monday", date(2026, 11, 23)),
        ("if it was on monday", date(2026, 11, 23)),
    ],
)
def test_a_condition_in_the_present_looks_ahead_and_one_in_the_past_back(text: str, day: date) -> None:
    assert read(text)[0] == day
