"""Contract: who to ring is told for the moment that is asked about, and a question of opening hours is a question of whom to ring."""

from __future__ import annotations

import pytest

from actions.ask import AnswerQuestion
from actions.contacts import FindContacts, asks_when_open
from tests.actions.talks import ActionTalk, guide

EDT = "emergency-duty-team"


def first(talk: ActionTalk) -> tuple[str, str]:
    """The first service, and the day for which it is given."""
    message = talk.reply.messages[0]
    return message.contacts[0], (message.at or "now")[:10]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("what about on monday 28 december", "2026-12-28"),
        ("and on 25 december?", "2026-12-25"),
        ("and 2 january", "2027-01-02"),
        ("and on bank holiday monday?", "2026-12-28"),
        ("is the office open on 28 december", "2026-12-28"),
        ("boxing day", "2026-12-26"),
        ("sorry i meant christmas day 4pm", "2026-12-25"),
    ],
)
def test_the_numbers_are_moved_to_the_day_that_a_follow_up_names(text: str, day: str) -> None:
    talk = ActionTalk(FindContacts())
    talk.say("edt number")
    talk.action = AnswerQuestion()
    talk.say(text)
    assert first(talk) == (EDT, day)


def test_after_christmas_the_day_the_line_opens_again_is_asked_for() -> None:
    talk = ActionTalk(AnswerQuestion())
    talk.say("when does cambs social care open after christmas")
    assert first(talk) == (EDT, "2026-12-26")
    assert "childrens-social-care-cambridgeshire" in talk.reply.messages[0].contacts


@pytest.mark.parametrize("text", ["they said ring monday, thats no good is it", "i rang the duty team they said ring monday"])
def test_a_day_that_somebody_else_named_leaves_the_numbers_at_now(text: str) -> None:
    talk = ActionTalk(FindContacts())
    talk.say(text)
    assert first(talk) == (EDT, "now")


@pytest.mark.parametrize("text", ["when does the lado open", "is the lado open now", "whats the ladoo number and are they open now"])
def test_asked_when_the_lado_opens_the_lado_is_shown(text: str) -> None:
    talk = ActionTalk(AnswerQuestion() if "number" not in text else FindContacts())
    talk.say(text)
    assert {"lado-cambridgeshire", "lado-peterborough"} <= set(talk.reply.messages[0].contacts)


@pytest.mark.parametrize("text", ["when can they close the case", "is the door open", "can social care close the referral"])
def test_what_is_opened_or_closed_beside_a_service_is_no_question_of_hours(text: str) -> None:
    assert not asks_when_open(text, "report-concern", guide())


def test_beside_the_crisis_line_stands_who_keeps_a_child_safe() -> None:
    talk = ActionTalk(FindContacts())
    talk.say("mental health crisis number")
    assert talk.reply.messages[0].contacts[:2] == ("first-response-public", EDT)


@pytest.mark.parametrize("place", ["lincs?", "northants", "she lives in herts"])
def test_a_short_name_of_a_neighbouring_county_is_outside(place: str) -> None:
    talk = ActionTalk(FindContacts())
    talk.say(place)
    assert talk.reply.messages[0].contacts == ("nspcc-helpline",)


def test_who_writes_from_the_town_of_march_is_given_cambridgeshire() -> None:
    talk = ActionTalk(FindContacts())
    talk.say("im in march, who do i ring")
    assert talk.slots["shared_area"] == "cambridgeshire"


@pytest.mark.parametrize(
    ("text", "first_service"),
    [
        ("EDT duty worker. number for a child in cambs, monday 10am", "childrens-social-care-cambridgeshire"),
        ("school nurse here, who do i ring about a child in peterborough, monday 10am", "childrens-social-care-peterborough"),
        ("school nurse number in peterborough, monday 10am", "school-nurses-peterborough"),
    ],
)
def test_who_asks_is_not_who_is_asked_for(text: str, first_service: str) -> None:
    talk = ActionTalk(FindContacts())
    talk.say(text)
    assert talk.reply.messages[0].contacts[0] == first_service
