"""Contract: a due date is counted from the day that was said, by the manual's own limit; what is missing, wrong or unknown is said, never guessed."""

from __future__ import annotations

from datetime import datetime

import pytest

from actions.ask import AnswerQuestion
from actions.deadlines import WorkOutDeadline
from bot import shapes
from guidance.hours import LONDON
from tests.actions.talks import ActionTalk, guide

MINUTES = "the strategy meeting was on friday 18 december, when are the minutes due?"


@pytest.fixture
def talk() -> ActionTalk:
    return ActionTalk(WorkOutDeadline())


def deadlines(talk: ActionTalk) -> list[tuple[str, str]]:
    """(id, due in words) as the API shows them."""
    shown = [shapes.message(guide().content, m, talk.now) for m in talk.reply.messages]
    return [(d["id"], d["due_words"]) for m in shown for d in m["deadlines"]]


def test_the_due_date_is_said_with_the_days_counted_and_the_source(talk: ActionTalk) -> None:
    talk.say(MINUTES)
    assert deadlines(talk) == [("final-strategy-minutes", "by the end of Wednesday 23 December")]
    assert "Monday 21 December, Tuesday 22 December, Wednesday 23 December" in talk.text
    assert (talk.reply.status, talk.reply.messages[0].source) == (
        "deadline",
        ("moving-between-authorities#time-limits",),
    )


def test_a_follow_up_keeps_the_limit_and_the_month(talk: ActionTalk) -> None:
    talk.say(MINUTES)
    talk.say("and if it was on the 24th?")
    assert deadlines(talk) == [("final-strategy-minutes", "by the end of Thursday 31 December")]
    assert "Boxing Day (Monday 28 December)" in talk.text


LISTED = "allegation about a ta on 23 december, how long can we wait, designated officer"


@pytest.mark.parametrize("follow_up", ["and if it was the 24th?", "december 24th obviously"])
def test_a_follow_up_to_several_limits_keeps_the_month(talk: ActionTalk, follow_up: str) -> None:
    talk.say(LISTED)
    talk.say(follow_up)
    assert ("lado-employer-informs", "by the end of Tuesday 29 December") in deadlines(talk)


@pytest.mark.parametrize("correction", ["december obviously", "no december i said", "i meant december"])
def test_a_month_alone_corrects_the_day_before(talk: ActionTalk, correction: str) -> None:
    talk.say("the allegation was made on 24 november, when must the lado be told")
    talk.say(correction)
    assert deadlines(talk) == [("lado-employer-informs", "by the end of Tuesday 29 December")]


def test_a_condition_in_the_present_looks_ahead(talk: ActionTalk) -> None:
    talk.say("the allegation was made friday 27th at 4pm. so what date does the lado have to have it by?")
    assert deadlines(talk) == [("lado-employer-informs", "by the end of Monday 30 November")]
    talk.say("if the lado agrees it on monday, when is the AMM")
    assert deadlines(talk) == [("lado-allegations-management-meeting", "by the end of Thursday 3 December")]


def test_the_case_that_a_limit_is_for_is_said_first(talk: ActionTalk) -> None:
    talk.say("s47 strategy meeting on friday, when must the minutes go out")
    assert talk.reply.messages[0].text.startswith("Only for the final strategy meeting after an allegation by a child placed in another authority")
    assert "section 47" in talk.reply.messages[0].text


def test_a_follow_up_to_another_duty_of_the_same_event_keeps_its_day(talk: ActionTalk) -> None:
    talk.say("a referral was received tonight at 11pm, when must we decide what to do")
    talk.say("and the acknowledgement to the school?")
    assert deadlines(talk) == [("referral-acknowledged", "by the end of Monday 30 November")]


@pytest.mark.parametrize("question", ["and at the weekend?", "does that include bank holidays", "can it wait till monday"])
@pytest.mark.parametrize("skill", [WorkOutDeadline, AnswerQuestion])
def test_asked_whether_the_weekend_counts_the_date_is_said_again(talk: ActionTalk, question: str, skill: type) -> None:
    talk.say("i rang them at 11pm tonight. when must the form be in by")
    talk.action = skill()
    talk.say(question)
    assert (deadlines(talk), "Nights, weekends and bank holidays count too" in talk.text) == (
        [("referral-written-confirmation", "by 11pm on Sunday 29 November")],
        True,
    )


def test_twenty_four_hours_from_a_day_without_a_time_end_on_the_next_day(talk: ActionTalk) -> None:
    talk.say("what if the school rang it in last monday, when do they have to put it in writing")
    assert ("within 24 hours" in talk.text, "Tuesday 24 November" in talk.text, "am or pm" in talk.text) == (True, True, True)


@pytest.mark.parametrize("text", ["how long have i got to send the form", "when does it have to be in writing by"])
def test_by_when_is_answered_with_the_limit_without_any_day(text: str) -> None:
    talk = ActionTalk(AnswerQuestion())
    talk.say(text, "ask_procedure")
    assert (talk.reply.status, "within 24 hours" in talk.text) == ("deadline", True)


@pytest.mark.parametrize(
    "text",
    [
        "can it wait till monday",
        "should i report it tonight or wait for school on monday",
        "she's in on monday, do i have to wait for dr patel",
        "do i have to ask dr patel first, he's not in till monday",
        "must i wait for the safeguarding lead",
    ],
)
@pytest.mark.parametrize("skill", [WorkOutDeadline, AnswerQuestion])
def test_whether_it_may_wait_is_answered_with_the_rule_on_not_delaying(text: str, skill: type) -> None:
    talk = ActionTalk(skill())
    talk.say(text)
    assert "responding-to-concerns#do-not-delay" in [p.id for m in talk.reply.messages for p in m.passages]
    assert "no time limit" not in talk.text


@pytest.mark.parametrize("text", ["they fly on 20 december", "so do i send my boy home tomorrow or not"])
def test_a_day_in_a_message_that_asks_for_no_limit_is_not_answered_with_none(talk: ActionTalk, text: str) -> None:
    assert (talk.say(text).status != "deadline", "no time limit" in talk.text) == (True, False)


@pytest.mark.parametrize("text", ["how quickly must the police send a vpr", "what is the limit for ringing the family back after a referral"])
def test_a_rule_that_the_manual_does_not_have_is_said_not_to_be_held(text: str) -> None:
    talk = ActionTalk(AnswerQuestion())
    talk.say(text, "ask_procedure")
    assert "I hold no time limit for that" in talk.text


def test_another_day_after_a_question_of_whom_to_ring_is_no_deadline() -> None:
    talk = ActionTalk(AnswerQuestion())
    talk.slots = {"deadlines_timescales": ["final-strategy-minutes"], "deadlines_start": "2026-12-18", "contacts_needs": "report-concern"}
    assert talk.say("what about on monday 28 december", "ask_procedure").status == "contacts"


def test_a_new_duty_is_not_counted_from_the_old_day(talk: ActionTalk) -> None:
    talk.say(MINUTES)
    talk.say("when must the lado be told of an allegation")
    assert (deadlines(talk), "Tell me the day" in talk.text) == ([], True)


def test_the_day_is_asked_for_and_the_limit_remembered(talk: ActionTalk) -> None:
    talk.say("when do i have to tell the lado")
    assert (talk.reply.status, deadlines(talk), "one working day" in talk.text) == ("deadline", [], True)
    talk.say("yesterday at 4pm")
    assert deadlines(talk) == [("lado-employer-informs", "by the end of Monday 30 November")]


def test_hours_are_hours_of_the_clock_and_need_a_time(talk: ActionTalk) -> None:
    talk.say("i made a phone referral yesterday, when is the written confirmation due?")
    assert (deadlines(talk), "am or pm" in talk.text) == ([], True)
    talk.say("3pm")
    assert deadlines(talk) == [("referral-written-confirmation", "by 3pm on Saturday 28 November")]
    assert "That time has passed." in talk.text


def test_an_hour_ago_is_a_day_and_a_time(talk: ActionTalk) -> None:
    talk.say("i rang in a referral an hour ago, when is the written confirmation due")
    assert deadlines(talk) == [("referral-written-confirmation", "by 10.40pm on Sunday 29 November")]


def test_a_limit_that_ends_at_the_event_is_counted_back(talk: ActionTalk) -> None:
    talk.say("baby due on 3 march, when must the pre birth assessment be finished")
    assert deadlines(talk) == [("pre-birth-assessment-finish", "by the end of Wednesday 3 February")]


def test_a_wrong_rule_is_corrected(talk: ActionTalk) -> None:
    talk.say("the minutes of the final strategy meeting are due in 5 days isn't it?")
    assert ("does not say 5 days" in talk.text, "within 3 working days" in talk.text) == (True, True)


def test_a_right_rule_is_confirmed(talk: ActionTalk) -> None:
    talk.say("it's 3 working days for the final strategy meeting minutes, right?")
    assert "that is what the manual says" in talk.text


def test_a_weekday_that_does_not_fit_is_pointed_out_and_each_day_counted(talk: ActionTalk) -> None:
    talk.say(MINUTES.replace("18", "17"))
    assert (talk.reply.status, "is a Thursday, not a Friday" in talk.text) == ("deadline", True)
    assert [due for _, due in deadlines(talk)][:2] == ["by the end of Tuesday 22 December", "by the end of Wednesday 23 December"]
    talk.press("Friday 18 December")
    assert deadlines(talk) == [("final-strategy-minutes", "by the end of Wednesday 23 December")]


def test_a_day_that_cannot_be_is_said_and_the_limit_kept(talk: ActionTalk) -> None:
    talk.say("strategy meeting was on 31 february, when are the minutes due")
    assert (talk.reply.status, "no such date" in talk.text) == ("clarify", True)
    talk.say("27 february")
    assert deadlines(talk)[0][0] == "final-strategy-minutes"


def test_two_limits_that_may_be_meant_are_both_counted_and_offered(talk: ActionTalk) -> None:
    talk.say("allegation about a ta on tuesday, how long can we wait, designated officer")
    assert (talk.reply.status, talk.labels[-1]) == ("deadline", "None of these")
    talk.press("Inform")
    assert deadlines(talk) == [("lado-employer-informs", "by the end of Wednesday 25 November")]


def test_none_of_these_invents_nothing(talk: ActionTalk) -> None:
    talk.say("allegation about a ta on tuesday, how long can we wait, designated officer")
    talk.press("None of these")
    assert (talk.reply.status, deadlines(talk)) == ("no_passage", [])


@pytest.mark.parametrize(
    "text", ["what's the deadline for free school meals", "when is my library book due back, i took it out on monday"]
)
def test_a_limit_that_the_manual_does_not_have_is_not_invented(talk: ActionTalk, text: str) -> None:
    talk.say(text)
    assert (talk.reply.status, deadlines(talk), "will not guess" in talk.text) == ("no_passage", [], True)


def test_a_duty_without_a_printed_number_says_so(talk: ActionTalk) -> None:
    talk.say("nrm referral deadline, we found out yesterday")
    assert (talk.reply.status, "prints no number" in talk.text, "as soon as possible" in talk.text) == (
        "deadline",
        True,
        True,
    )


def test_no_duty_at_all_is_asked_for(talk: ActionTalk) -> None:
    talk.say("when is it due")
    assert talk.reply.status == "clarify"


def test_a_rule_of_another_area_is_labelled(talk: ActionTalk) -> None:
    talk.say("derby online follow up to a phone referral, made yesterday at 9am")
    assert "not of Cambridgeshire or Peterborough" in talk.text


def test_a_day_more_than_a_year_away_is_questioned(talk: ActionTalk) -> None:
    talk.say(MINUTES.replace("friday 18 december", "18/12/2016"))
    assert ("check the year" in talk.text, "has passed" in talk.text) == (True, True)


def test_the_clock_change_does_not_shorten_twenty_four_hours() -> None:
    talk = ActionTalk(WorkOutDeadline(), datetime(2026, 10, 24, 18, 0, tzinfo=LONDON))
    talk.say("rang a referral through at midday, written confirmation due when")
    assert deadlines(talk) == [("referral-written-confirmation", "by 11am on Sunday 25 October")]


def test_a_follow_up_that_no_intent_claimed_is_still_worked_out() -> None:
    talk = ActionTalk(AnswerQuestion())
    talk.slots = {"deadlines_timescales": ["final-strategy-minutes"], "deadlines_start": "2026-12-18"}
    talk.say("what about the 24th?", "nlu_fallback")
    assert deadlines(talk) == [("final-strategy-minutes", "by the end of Thursday 31 December")]
    assert talk.slots["deadlines_start"] == "2026-12-24"


def test_a_due_date_asked_for_in_a_question_is_still_worked_out() -> None:
    talk = ActionTalk(AnswerQuestion())
    talk.say("a teacher was accused yesterday, when must the lado be told", "ask_procedure")
    assert ("lado-employer-informs", "by the end of Monday 30 November") in deadlines(talk)


@pytest.mark.parametrize("text", ["a boy told me yesterday that he is hit", "who runs the strategy meeting on friday"])
def test_a_question_with_a_day_in_it_is_not_taken_for_a_deadline(text: str) -> None:
    assert ActionTalk(AnswerQuestion()).say(text, "ask_procedure").status != "deadline"


@pytest.mark.parametrize(
    "text", ["", "/", "?", "31", "the the the", "x" * 5000, "friday " * 600, "99999999 days ago minutes", "00/00/0000"]
)
def test_nothing_that_is_typed_makes_it_fail(talk: ActionTalk, text: str) -> None:
    assert talk.say(text).messages != ()
