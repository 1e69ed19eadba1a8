"""Contract: the right number for this moment stands first; nothing about hours is invented; both areas are given while the area is unknown."""

from __future__ import annotations

from datetime import datetime

import pytest

from guidance.contacts import asked_by_name, find_contacts, say_clock, say_time, with_named
from guidance.content import Content
from guidance.hours import LONDON
from tests.conftest import CHRISTMAS_DAY, LATE_SUMMER_HOLIDAY, SATURDAY_NIGHT, WEEKDAY_NOON

EDT = "emergency-duty-team"
DAY_LINE = "childrens-social-care-peterborough"


def ids(
    content: Content,
    at: datetime,
    area: str | None = "peterborough",
    audience: str = "public",
    need: str = "report-concern",
) -> list[str]:
    return [c.contact.id for c in find_contacts(content, [need], area, audience, at)]


def test_the_day_line_comes_first_on_a_weekday_noon(content: Content) -> None:
    assert ids(content, WEEKDAY_NOON)[0] == DAY_LINE


@pytest.mark.parametrize("at", [SATURDAY_NIGHT, CHRISTMAS_DAY, LATE_SUMMER_HOLIDAY])
def test_the_duty_team_comes_first_and_the_day_line_second_outside_office_hours(content: Content, at: datetime) -> None:
    assert ids(content, at)[:2] == [EDT, DAY_LINE]


@pytest.mark.parametrize(
    ("at", "opens"),
    [
        (SATURDAY_NIGHT, datetime(2026, 11, 30, 9, tzinfo=LONDON)),
        (CHRISTMAS_DAY, datetime(2026, 12, 29, 9, tzinfo=LONDON)),
        (LATE_SUMMER_HOLIDAY, datetime(2026, 9, 1, 9, tzinfo=LONDON)),
    ],
)
def test_the_day_line_says_when_it_opens_past_weekend_and_bank_holidays(
    content: Content, at: datetime, opens: datetime
) -> None:
    assert find_contacts(content, ["report-concern"], "peterborough", "public", at)[1].opens_at == opens


def test_the_reason_names_the_bank_holiday(content: Content) -> None:
    assert "Christmas Day" in find_contacts(content, ["report-concern"], "peterborough", "public", CHRISTMAS_DAY)[0].why


@pytest.mark.parametrize(
    "at", [datetime(2026, 11, 25, 8, 30, tzinfo=LONDON), datetime(2026, 11, 25, 17, 30, tzinfo=LONDON)]
)
def test_at_the_margins_of_the_office_day_both_lines_are_given_and_neither_is_called_shut(
    content: Content, at: datetime
) -> None:
    found = {c.contact.id: c.open_now for c in find_contacts(content, ["report-concern"], "peterborough", "public", at)}
    assert (found[EDT], found[DAY_LINE]) == (True, None)


def test_both_areas_are_given_while_the_area_is_unknown(content: Content) -> None:
    assert {"childrens-social-care-cambridgeshire", DAY_LINE} <= set(ids(content, WEEKDAY_NOON, area=None))


def test_the_other_areas_line_is_not_given_once_the_area_is_known(content: Content) -> None:
    assert "childrens-social-care-cambridgeshire" not in ids(content, WEEKDAY_NOON)


def test_the_assumed_office_day_is_said_to_be_assumed(content: Content) -> None:
    assert "assume" in find_contacts(content, ["report-concern"], "peterborough", "public", WEEKDAY_NOON)[0].why


def test_the_public_is_never_given_a_line_for_professionals(content: Content) -> None:
    audiences = [
        c.contact.audience for c in find_contacts(content, ["mental-health-crisis"], None, "public", SATURDAY_NIGHT)
    ]
    assert all("public" in audience for audience in audiences)


def test_the_helpline_of_the_lullaby_trust_follows_its_printed_weekend_hours(content: Content) -> None:
    found = {
        c.contact.id: c
        for c in find_contacts(content, ["bereavement"], None, "public", datetime(2026, 11, 28, 19, tzinfo=LONDON))
    }
    assert found["lullaby-trust"].open_now is True


def test_the_lado_of_the_area_comes_first_on_a_weekday(content: Content) -> None:
    assert (
        ids(content, WEEKDAY_NOON, area="cambridgeshire", audience="professional", need="allegation")[0]
        == "lado-cambridgeshire"
    )


def test_the_duty_team_takes_urgent_allegations_at_night(content: Content) -> None:
    assert ids(content, SATURDAY_NIGHT, area="cambridgeshire", audience="professional", need="allegation")[0] == EDT


def test_the_clock_change_in_october_does_not_move_the_opening_time(content: Content) -> None:
    before_change = datetime(2026, 10, 24, 23, tzinfo=LONDON)
    assert find_contacts(content, ["report-concern"], "peterborough", "public", before_change)[1].opens_at == datetime(
        2026, 10, 26, 9, tzinfo=LONDON
    )


@pytest.mark.parametrize(
    ("hour", "minute", "words"), [(0, 0, "midnight"), (12, 0, "midday"), (9, 0, "9am"), (17, 30, "5.30pm")]
)
def test_clock_times_are_said_as_people_say_them(hour: int, minute: int, words: str) -> None:
    assert say_clock(datetime(2026, 1, 5, hour, minute, tzinfo=LONDON)) == words


def test_a_time_on_another_day_is_said_with_its_day() -> None:
    assert say_time(datetime(2026, 11, 30, 9, tzinfo=LONDON), SATURDAY_NIGHT) == "on Monday 30 November at 9am"


@pytest.mark.parametrize(
    ("text", "area", "first"),
    [
        ("papyrus, do they talk to teachers", "peterborough", ["papyrus-schools"]),
        ("need edt", "peterborough", ["emergency-duty-team"]),
        ("which named midwife", "cambridgeshire", ["named-midwife-peterborough-hunts", "named-midwives-cambridgeshire"]),
        ("is there a channel panel", None, ["channel-panel"]),
    ],
)
def test_a_service_asked_for_by_name_stands_first(content: Content, text: str, area: str | None, first: list[str]) -> None:
    named = asked_by_name(content, text)
    found = find_contacts(content, ["report-concern"], area, "public", WEEKDAY_NOON)
    shown = with_named(content, named, found, area, WEEKDAY_NOON)
    assert ([c.contact.id for c in shown][: len(first)], len({c.contact.id for c in shown})) == (first, len(shown))


def test_a_day_line_asked_for_by_name_leaves_the_duty_team_first_at_night(content: Content) -> None:
    named = asked_by_name(content, "what is the LADO's number?")
    found = find_contacts(content, ["allegation"], "peterborough", "public", SATURDAY_NIGHT)
    assert [c.contact.id for c in with_named(content, named, found, "peterborough", SATURDAY_NIGHT)][:2] == [EDT, "lado-peterborough"]


def test_no_service_is_heard_in_words_that_only_contain_its_name(content: Content) -> None:
    assert asked_by_name(content, "the headboards and the orchardmash smelt each minded inclusion") == []


def test_what_a_service_is_called_is_written_as_people_type_it(content: Content) -> None:
    odd = [name for c in content.contacts.values() for name in c.called if name != name.lower() or not name.strip()]
    assert odd == []


@pytest.mark.parametrize(("typed", "first"), [("whats the ladoo number", "lado-cambridgeshire"), ("cahms", "camhs-single-point-of-access"), ("police non emerg", "police-101")])
def test_a_service_is_heard_in_a_slip_or_a_word_cut_short(content: Content, typed: str, first: str) -> None:
    assert asked_by_name(content, typed)[0].id == first


def test_no_service_is_heard_in_a_word_that_is_only_near(content: Content) -> None:
    assert asked_by_name(content, "I load the smash in the child case") == []


@pytest.mark.parametrize("audience", ["public", "professional"])
@pytest.mark.parametrize("need", ["mental-health-crisis", "mental-health-advice"])
def test_at_night_a_mental_health_need_is_sent_to_111_first(content: Content, audience: str, need: str) -> None:
    assert ids(content, SATURDAY_NIGHT, audience=audience, need=need)[0] == "first-response-public" or (
        audience == "professional" and ids(content, SATURDAY_NIGHT, audience=audience, need=need)[:2] == ["first-response-professional", "first-response-public"]
    )


def test_a_shut_advice_line_asked_for_by_name_stands_behind_who_takes_its_calls(content: Content) -> None:
    found = find_contacts(content, ["mental-health-advice"], None, "public", SATURDAY_NIGHT)
    shown = with_named(content, asked_by_name(content, "camhs oncall number"), found, None, SATURDAY_NIGHT)
    assert [c.contact.id for c in shown][:2] == ["first-response-public", "camhs-single-point-of-access"]


def test_by_day_advice_on_mental_health_stands_before_the_crisis_line(content: Content) -> None:
    order = ids(content, WEEKDAY_NOON, need="mental-health-advice")
    assert order.index("camhs-single-point-of-access") < order.index("first-response-public")


def test_childline_stands_last_for_the_public_and_is_not_given_to_professionals(content: Content) -> None:
    assert ids(content, SATURDAY_NIGHT)[-1] == "childline"
    assert "childline" not in ids(content, SATURDAY_NIGHT, audience="professional")
    assert ids(content, SATURDAY_NIGHT, audience="professional", need="child-helpline")[0] == "childline"


def test_in_a_crisis_at_night_a_professional_is_given_their_own_line_beside_111(content: Content) -> None:
    order = [c.contact.id for c in find_contacts(content, ["mental-health-crisis", "report-concern"], None, "professional", SATURDAY_NIGHT)]
    assert order[:3] == ["first-response-public", "first-response-professional", EDT]
