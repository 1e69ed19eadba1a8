"""Contract: a time limit, a day and, where it counts, a time give the due date with what was counted; what is wrong is said with what to do."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from index.guide import Guide

CONFIRM = "/deadlines/referral-written-confirmation"  # runs by the clock


@pytest.fixture
def minutes(guide: Guide) -> str:
    """The address of a limit in working days: three, from the final strategy meeting."""
    return next(f"/deadlines/{t.id}" for t in guide.content.timescales.values() if t.within.unit == "working_days" and t.within.value == 3 and "minutes" in t.duty)


def due(text: str) -> str:
    return re.findall(r'id="due">(.*?)</div></div>', text, re.S)[0]


def errors(text: str) -> list[tuple[str, str]]:
    return re.findall(r'<li><a href="#([\w-]+)">(.*?)</a></li>', text)


def test_every_time_limit_is_listed_once_and_has_a_page(client: TestClient, guide: Guide) -> None:
    text = client.get("/deadlines").text
    assert [i for i in guide.content.timescales if text.count(f'href="/deadlines/{i}"') != 1 or client.get(f"/deadlines/{i}").status_code != 200] == []


def test_working_days_are_counted_and_named_over_christmas(client: TestClient, minutes: str) -> None:
    shown = due(client.post(minutes, data={"day": "23", "month": "12", "year": "2026"}).text)
    assert [word in shown for word in ("Wednesday 30 December 2026", "Thursday 24 December, Tuesday 29 December, Wednesday 30 December", "Christmas Day")] == [True] * 3


def test_a_limit_in_hours_runs_by_the_clock(client: TestClient) -> None:
    shown = due(client.post(CONFIRM, data={"day": "27", "month": "november", "year": "2026", "time": "4.30pm"}).text)
    assert "by 4.30pm on Saturday 28 November 2026" in shown


def test_words_do_as_well(client: TestClient) -> None:
    assert "by 4pm on Saturday 28 November 2026" in due(client.post(CONFIRM, data={"said": "yesterday at 4pm"}).text)


def test_the_result_names_its_source_and_what_it_does_not_cover(client: TestClient) -> None:
    text = client.post(CONFIRM, data={"said": "yesterday at 4pm"}).text
    assert [word in text for word in ('href="/procedures/thresholds#', "What this does not cover", "Only weekends and England")] == [True] * 3


@pytest.mark.parametrize(
    ("form", "field", "says"),
    [
        ({}, "day", "Enter the day"),
        ({"day": "3", "year": "2026"}, "month", "must include a month"),
        ({"day": "31", "month": "2", "year": "2026"}, "day", "must be a real date"),
        ({"day": "3", "month": "2", "year": "26"}, "year", "four numbers"),
        ({"day": "x", "month": "2", "year": "2026"}, "day", "must be a real date"),
        ({"day": "-3", "month": "2", "year": "2026"}, "day", "must be a real date"),
        ({"day": "3", "month": "2", "year": "2026", "said": "yesterday"}, "said", "once"),
        ({"said": "soonish"}, "said", "Write a day"),
        ({"said": "31 february"}, "said", "no such date"),
        ({"said": "monday 3 november 2026"}, "said", "is a Tuesday"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_with_what_to_do(client: TestClient, minutes: str, form: dict[str, str], field: str, says: str) -> None:
    answer = client.post(minutes, data=form)
    listed = errors(answer.text)
    assert (answer.status_code, [f for f, _ in listed], says in listed[0][1], f'id="{field}"' in answer.text, "<title>Error: " in answer.text) == (422, [field], True, True, True)


@pytest.mark.parametrize(("time", "says"), [("", "Enter the time"), ("4", "am or pm"), ("25:00", "am or pm"), ("later", "am or pm")])
def test_a_time_that_is_missing_or_unclear_is_asked_for(client: TestClient, time: str, says: str) -> None:
    answer = client.post(CONFIRM, data={"day": "27", "month": "11", "year": "2026", "time": time})
    assert (answer.status_code, errors(answer.text)[0][0], says in errors(answer.text)[0][1]) == (422, "time", True)


def test_what_was_typed_stays_in_the_form_with_an_error(client: TestClient, minutes: str) -> None:
    text = client.post(minutes, data={"day": "31", "month": "2", "year": "2026"}).text
    assert [f'value="{value}"' in text for value in ("31", "2", "2026")] == [True] * 3


def test_a_duty_without_a_number_asks_for_no_day(client: TestClient, guide: Guide) -> None:
    limit = next(t for t in guide.content.timescales.values() if t.within.value is None)
    text = client.get(f"/deadlines/{limit.id}").text
    assert ("prints no number" in text, 'name="day"' in text) == (True, False)


def test_own_words_name_the_limit_and_the_day(client: TestClient) -> None:
    text = client.post("/deadlines", data={"words": "the strategy meeting was on friday 18 december, when are the minutes due?"}).text
    assert "by the end of Wednesday 23 December 2026" in due(text)


def test_own_words_without_a_day_lead_to_the_form(client: TestClient) -> None:
    answer = client.post("/deadlines", data={"words": "when is the written confirmation of a referral due?"})
    assert (answer.status_code, 'name="day"' in answer.text) == (200, True)


def test_words_that_may_mean_several_limits_are_asked_about_and_keep_the_day(client: TestClient) -> None:
    text = client.post("/deadlines", data={"words": "when does the review have to happen if it was on 3 november 2026?"}).text
    assert (text.count('formaction="/deadlines/') > 1, 'value="Tuesday 3 November 2026"' in text) == (True, True)


def test_words_that_fit_no_limit_say_so(client: TestClient) -> None:
    assert "I hold no time limit for that" in client.post("/deadlines", data={"words": "parking permit for the zoo"}).text


def test_no_words_are_asked_for(client: TestClient) -> None:
    answer = client.post("/deadlines", data={"words": " "})
    assert (answer.status_code, errors(answer.text)[0][0]) == (422, "words")


def test_history_is_said_to_be_history(client: TestClient) -> None:
    first = re.findall(r"/deadlines/report-[\w-]+", client.get("/deadlines").text)[0]
    assert "It is history" in due(client.get(first).text)


def test_a_day_is_in_no_address_and_sets_no_cookie(client: TestClient, minutes: str) -> None:
    answer = client.post(minutes, data={"day": "23", "month": "12", "year": "2026"}, follow_redirects=False)
    assert (answer.status_code, "set-cookie" in answer.headers) == (200, False)


def test_an_unknown_limit_is_not_found(client: TestClient) -> None:
    assert [client.get("/deadlines/nothing").status_code, client.post("/deadlines/nothing").status_code] == [404, 404]
