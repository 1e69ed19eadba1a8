"""Contract: Numbers now puts who answers at this minute first, leaves no number without source and conflict, and the sheet holds day and night."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import get_args

import pytest
from fastapi.testclient import TestClient

from bot.app import create_app
from bot.render import tel
from bot.site.contacts import AUDIENCES, NEEDS
from bot.site.desk_sheet import desk_sheet, next_holidays
from guidance.content import Content
from guidance.records import Need
from index.guide import Guide
from tests.bot.fakes import FakeRasa
from tests.conftest import CHRISTMAS_DAY, LATE_SUMMER_HOLIDAY, SATURDAY_NIGHT, WEEKDAY_NOON

DAY_LINES = ("childrens-social-care-cambridgeshire", "childrens-social-care-peterborough")
Opener = Callable[[datetime], TestClient]


@pytest.fixture
def at(guide: Guide) -> Opener:
    return lambda when: TestClient(create_app(replace(guide, now=lambda: when), FakeRasa()), base_url="http://127.0.0.1")  # type: ignore[arg-type]


def dialled(content: Content, contact: str) -> str:
    """The link that rings a service: its number may stand in another's note too."""
    return f'href="{tel(str(content.contacts[contact].number))}"'


def right_now(client: TestClient, query: str = "") -> str:
    text = client.get(f"/contacts{query}").text
    return text[text.index('id="right-now"') : text.index('id="by-need"')]


def test_every_need_has_a_heading() -> None:
    assert set(NEEDS) == set(get_args(Need))


@pytest.mark.parametrize("when", [SATURDAY_NIGHT, CHRISTMAS_DAY, LATE_SUMMER_HOLIDAY], ids=["night", "christmas", "bank holiday"])
def test_when_the_offices_are_shut_the_duty_team_comes_first_and_the_day_lines_say_when_they_open(at: Opener, content: Content, when: datetime) -> None:
    text = right_now(at(when))
    shut = text.index('<h3 class="govuk-heading-s">Shut now')
    assert text.index(dialled(content, "emergency-duty-team")) < shut < text.index(dialled(content, DAY_LINES[0])) < text.rindex("opens again")


def test_by_day_both_day_lines_are_open_and_the_duty_team_is_shut(at: Opener, content: Content) -> None:
    text = right_now(at(WEEKDAY_NOON))
    open_now = text[: text.index('<h3 class="govuk-heading-s">Shut now')]
    assert [dialled(content, i) in open_now for i in (*DAY_LINES, "emergency-duty-team")] == [True, True, False]


def test_an_area_leaves_the_other_areas_line_out(client: TestClient, content: Content) -> None:
    text = right_now(client, "?area=peterborough")
    assert [dialled(content, i) in text for i in DAY_LINES] == [False, True]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_service_for_a_person_stands_on_the_page_once_in_full_with_source_and_date(client: TestClient, content: Content, audience: str) -> None:
    text = client.get(f"/contacts?audience={audience}").text
    wanted = [c for c in content.contacts.values() if audience in c.audience and c.area != "other" and c.status != "superseded"]
    cards = {named[1]: card for card in text.split('<li class="wm-card')[1:] if (named := re.match(r'[^>]* id="([a-z0-9-]+)"', card))}
    assert [c.id for c in wanted if text.count(f' id="{c.id}"') != 1] == []
    assert [i for i, card in cards.items() if "Source: " not in card] == []
    assert [c.id for c in wanted if c.also_printed and "the manual prints others too" not in cards[c.id]] == []


def test_a_number_that_is_not_used_says_why(client: TestClient, content: Content) -> None:
    text = client.get("/contacts").text
    contact = content.contacts[DAY_LINES[0]]
    assert [o.number for o in contact.also_printed if o.number not in text] == []
    assert "and why it is not used here" in text


@pytest.mark.parametrize("query", ["?area=nowhere&audience=nobody", "?area=", "?area=<script>alert(1)</script>"])
def test_a_filter_that_is_not_known_still_shows_numbers(client: TestClient, content: Content, query: str) -> None:
    answer = client.get(f"/contacts{query}")
    assert (answer.status_code, "<script>alert" in answer.text, str(content.contacts[DAY_LINES[1]].number) in answer.text) == (200, False, True)


def test_the_sheet_has_the_day_lines_by_day_and_the_duty_team_by_night(content: Content) -> None:
    rows = {row.title: row for row in desk_sheet(content, SATURDAY_NIGHT).rows}
    referral = rows["Worried about a child: referral"]
    assert {line.number for line in referral.day} == {content.contacts[i].number for i in DAY_LINES}
    assert [line.number for line in referral.night or ()] == [content.contacts["emergency-duty-team"].number]


def test_a_service_that_answers_day_and_night_stands_once(content: Content) -> None:
    rows = {row.title: row for row in desk_sheet(content, SATURDAY_NIGHT).rows}
    assert (rows["Danger now, badly hurt"].night, rows["Danger now, badly hurt"].day[0].number) == (None, "999")


def test_a_service_that_answers_at_weekends_too_stands_in_both_columns(content: Content) -> None:
    rows = {row.title: row for row in desk_sheet(content, SATURDAY_NIGHT).rows}
    shown = [rows["Police, not an emergency"], rows["A child has died: family"]]
    names = [{line.name for line in column} for row in shown for column in (row.day, row.night or row.day)]
    police, trust = content.contacts["police-mental-health-team"].name, content.contacts["lullaby-trust"].name
    assert [police in names[0], police in names[1], trust in names[2], trust in names[3]] == [True] * 4


@pytest.mark.parametrize("when", [SATURDAY_NIGHT, WEEKDAY_NOON, CHRISTMAS_DAY], ids=["night", "noon", "christmas"])
def test_the_sheet_is_the_same_whenever_it_is_printed(content: Content, when: datetime) -> None:
    assert desk_sheet(content, when).rows == desk_sheet(content, SATURDAY_NIGHT).rows


def test_the_sheet_lists_the_bank_holidays_of_twelve_months() -> None:
    days = [(on.isoformat(), name) for on, name in next_holidays(SATURDAY_NIGHT)]
    assert (days[0][0], days[-1][0], len({on for on, _ in days})) == ("2026-12-25", "2027-08-30", 9)


def test_the_sheet_says_when_it_was_printed_and_what_office_hours_are_assumed(client: TestClient, content: Content) -> None:
    text = client.get("/contacts/sheet").text
    assert ("Printed on 28 November 2026" in text, content.office_day.note in text) == (True, True)
