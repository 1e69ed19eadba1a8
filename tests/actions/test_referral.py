"""Contract: one thing is asked at a time and nothing twice; words correct, skip, stop and come back; danger and questions keep what was told."""

from __future__ import annotations

import pytest

from actions import danger, pathways, referral
from guidance.content import Content
from index.guide import Guide
from tests.actions.referral_talk import DELETE, RESTART, REVISE, SHOW, START, Talk
from tests.actions.talks import guide as opened_guide

pytestmark = pytest.mark.usefixtures("guide")
HELP = ("help me write the referral", "start_referral")
WORRY = "my neighbour's boy has bruises on his arm and I think the dad did it"


@pytest.fixture
def talk() -> Talk:
    opened = Talk()
    opened.run(START, *HELP)
    return opened


def answered_to(talk: Talk, field: str) -> Talk:
    """The conversation at this field's question, everything before it skipped."""
    while field not in talk.slots["referral_state"]["passed"] and talk.loop:
        if talk.asked == question(field):
            return talk
        talk.press("skip")
    raise AssertionError(field)


def question(field: str) -> str:
    found = opened_guide().content.referral.field(field)
    assert found is not None
    return f"**{found.ask}**"


def test_the_start_says_999_that_nothing_is_sent_who_to_ring_and_asks_the_first_question(talk: Talk) -> None:
    first = talk.replies[0].messages[0]
    assert (
        "999" in first.text.splitlines()[0],
        "Nothing is sent to anyone" in first.text,
        "emergency-duty-team" in first.contacts,
    ) == (True,) * 3
    assert (talk.asked, set(talk.statuses)) == (question("worry"), {"summary"})


def test_what_was_told_in_the_conversation_is_taken_over_and_shown() -> None:
    talk = Talk(
        pathways_id="worried-about-a-child",
        pathways_answers=["not-now", "public", "peterborough", "unnamed"],
        shared_area="peterborough",
    )
    talk.events.append({"event": "user", "text": WORRY, "parse_data": {"intent": {"name": "start_pathway"}}})
    talk.run(START, *HELP)
    assert (talk.noted[0], talk.answers["area"]) == (("The worry", WORRY, None), "Peterborough")
    assert talk.asked == question("child-name")


def test_a_child_is_told_to_ring_and_is_not_made_to_write() -> None:
    talk = Talk(shared_audience="child")
    talk.run(START, *HELP)
    assert (talk.statuses, talk.loop, talk.replies[0].messages[0].contacts[0]) == (["child"], None, "childline")


def test_an_answer_is_kept_in_the_person_s_words_and_the_next_question_follows(talk: Talk) -> None:
    talk.say(WORRY)
    assert (talk.answers, talk.asked) == ({"worry": WORRY}, question("child-name"))


@pytest.mark.parametrize(
    ("text", "how"), [("skip", "skipped"), ("I don't know", "unknown"), ("I'd rather not say", "refused")]
)
def test_anything_can_be_passed_over_in_words(talk: Talk, text: str, how: str) -> None:
    talk.say(text)
    assert (talk.state["passed"], talk.asked) == ({"worry": how}, question("child-name"))


def test_a_name_is_corrected_in_the_middle_and_the_open_question_is_asked_again(talk: Talk) -> None:
    talk.say("skip")
    talk.say("Thomas")
    talk.say("no, his name is Tomas")
    assert (talk.answers["child-name"], talk.noted, talk.asked) == (
        "Tomas",
        [("Full name", "Tomas", "Thomas")],
        question("child-birth"),
    )


def test_a_field_is_changed_on_request_and_the_open_question_comes_back(talk: Talk) -> None:
    for text in ("skip", "Tomas", "3 May 2018"):
        talk.say(text)
    talk.say("change the date of birth")
    assert (talk.noted, question("child-birth") in talk.asked) == ([("Date of birth or age", "3 May 2018", None)], True)
    talk.say("4 May 2018")
    assert (talk.answers["child-birth"], talk.asked) == ("4 May 2018", question("child-address"))


def test_a_change_can_be_left_as_it_is(talk: Talk) -> None:
    for text in ("skip", "Tomas", "change the name", "leave it as it is"):
        talk.say(text)
    assert (talk.answers, talk.asked) == ({"child-name": "Tomas"}, question("child-birth"))


def test_undo_takes_a_correction_back(talk: Talk) -> None:
    for text in ("skip", "Thomas", "no, his name is Tomas", "undo"):
        talk.say(text)
    assert talk.answers["child-name"] == "Thomas"


def test_back_asks_the_question_before_and_why_says_why(talk: Talk, content: Content) -> None:
    talk.say("skip")
    talk.say("Tomas")
    talk.say("why do you ask?")
    field = content.referral.field("child-birth")
    assert field is not None
    assert field.why in talk.text
    talk.say("go back")
    assert question("child-name") in talk.asked


def test_an_address_tells_the_area_which_is_not_asked_then(talk: Talk) -> None:
    for text in ("skip", "Tomas", "skip", "12 Station Road, Wisbech"):
        talk.say(text)
    assert (talk.answers["area"], talk.slots["shared_area"], talk.asked) == (
        "Cambridgeshire",
        "cambridgeshire",
        question("child-where-now"),
    )


def test_a_place_in_another_answer_does_not_change_the_area(talk: Talk) -> None:
    talk.say("it started when they moved here from Peterborough last year")
    assert talk.slots.get("shared_area") is None


def test_a_question_in_between_is_answered_and_its_words_can_still_be_put_in(talk: Talk) -> None:
    talk.say("will the family know it was me?", "ask_procedure")
    assert (talk.statuses[0], talk.asked, "put" in talk.buttons) == ("answered", question("worry"), True)
    talk.press("put")
    assert (talk.answers["worry"], talk.asked) == ("will the family know it was me?", question("child-name"))


def test_a_number_asked_for_in_between_is_given_and_the_question_asked_again(talk: Talk) -> None:
    talk.say("who do I ring now", "find_contact")
    assert (talk.statuses[0], talk.asked) == ("contacts", question("worry"))


def test_a_greeting_or_thanks_is_no_answer(talk: Talk) -> None:
    talk.say("thank you", "thank")
    assert (talk.answers, talk.asked) == ({}, question("worry"))


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("in Wisbech", "say_area"),
        ("I am worried about my niece", "start_pathway"),
        ("no", "say_false_alarm"),
    ],
)
def test_free_words_are_the_answer_whatever_intent_rasa_reads(talk: Talk, text: str, intent: str) -> None:
    talk.say(text, intent)
    assert talk.answers == {"worry": text}


def test_what_is_told_before_a_question_is_kept_and_the_question_answered(talk: Talk) -> None:
    talk.say("he was hit by his uncle, who do I tell", "ask_procedure")
    assert (talk.answers, talk.statuses[0] != "summary", talk.asked) == ({"worry": "he was hit by his uncle"}, True, question("child-name"))


def test_yes_with_a_time_answers_whether_and_when_the_call_was_made(talk: Talk) -> None:
    answered_to(talk, "call-made").say("yes, 20 minutes ago")
    assert (talk.state["call_at"], talk.noted[0][1], talk.asked) == (
        "2026-11-28T23:20:00+00:00",
        "11.20pm today",
        question("call-said"),
    )


def test_a_time_that_cannot_be_read_is_asked_once_more_and_then_kept_as_it_was_said(talk: Talk) -> None:
    answered_to(talk, "call-made").press("option:made")
    talk.say("the other day")
    assert talk.asked.endswith(question("call-when"))
    talk.say("some time last week")
    assert (talk.answers["call-when"], talk.state["call_at"], talk.asked) == (
        "some time last week",
        None,
        question("call-said"),
    )


def test_a_time_to_come_is_not_taken_for_the_call(talk: Talk) -> None:
    answered_to(talk, "call-made").press("option:made")
    talk.say("tomorrow at 3pm")
    assert ("has not come yet" in talk.text, "call-when" in talk.answers) == (True, False)


def test_at_the_end_of_the_first_part_the_summary_is_shown_and_the_rest_is_offered(talk: Talk) -> None:
    answered_to(talk, "call-made").press("option:not-made")
    shown = talk.replies[-1].messages[-1]
    assert (talk.loop, shown.summary is not None, talk.buttons) == (None, True, ["more", "change", "delete"])


def test_the_other_questions_are_asked_when_wanted(talk: Talk) -> None:
    answered_to(talk, "call-made").press("option:not-made")
    talk.run(REVISE, "/x", "choose_in_referral", choice="more")
    assert (talk.loop, talk.asked) == (referral.FORM, question("social-worker"))


def test_that_is_all_shows_the_summary_at_any_point(talk: Talk) -> None:
    talk.say(WORRY)
    talk.say("that's all")
    assert (talk.loop, talk.replies[-1].messages[-1].summary["state"]["answers"]) == (None, {"worry": WORRY})  # type: ignore[index]


def test_the_summary_so_far_is_shown_and_the_question_asked_again(talk: Talk) -> None:
    talk.say(WORRY)
    talk.say("show me the summary so far")
    assert (talk.replies[0].messages[0].summary is not None, talk.asked) == (True, question("child-name"))


def test_a_correction_after_the_questions_replaces_and_shows_the_summary(talk: Talk) -> None:
    for text in ("skip", "Thomas", "that's all"):
        talk.say(text)
    talk.run(REVISE, "no, his name is Tomas", "correct_referral")
    assert (talk.answers["child-name"], talk.replies[-1].messages[-1].summary is not None, talk.loop) == (
        "Tomas",
        True,
        None,
    )


def test_a_change_after_the_questions_asks_that_field_alone(talk: Talk) -> None:
    answered_to(talk, "call-made").press("option:not-made")
    talk.run(REVISE, "change the date of birth", "correct_referral")
    assert question("child-birth") in talk.asked
    talk.say("3 May 2018")
    assert (talk.answers["child-birth"], talk.loop) == ("3 May 2018", None)


def test_change_something_offers_what_was_answered(talk: Talk) -> None:
    for text in ("skip", "Tomas", "that's all"):
        talk.say(text)
    talk.run(REVISE, "I made a mistake", "change_answer")
    assert "field:child-name" in talk.buttons


def test_stop_keeps_everything_and_go_on_goes_on(talk: Talk) -> None:
    talk.say(WORRY)
    talk.say("stop")
    assert talk.loop is None
    talk.run(pathways.ResumePathway(), "go on", "resume_pathway")
    assert (talk.loop, talk.asked) == (referral.FORM, question("child-name"))


def test_danger_in_the_middle_keeps_what_was_told_and_the_words_that_were_typed(talk: Talk) -> None:
    talk.say(WORRY)
    answered_to(talk, "seen")
    talk.run(danger.RespondToDanger(), "he was hitting her with a belt", "signal_urgent")
    assert (talk.statuses, "/resume_pathway" in [c.payload for c in talk.replies[0].messages[0].options]) == (
        ["urgent"],
        True,
    )
    talk.loop = None  # the rule deactivates the form
    talk.run(pathways.ResumePathway(), "/resume_pathway", "resume_pathway")
    assert talk.answers["seen"] == "he was hitting her with a belt"
    assert (talk.noted, talk.buttons.count("undo")) == ([("Seen or heard", "he was hitting her with a belt", None)], 1)
    assert talk.asked not in (question("seen"), None)
    talk.press("undo")
    assert "seen" not in talk.answers


def test_danger_told_where_a_fact_is_asked_for_goes_under_anything_else(talk: Talk) -> None:
    talk.say(WORRY)
    talk.run(danger.RespondToDanger(), "he was hitting her with a belt", "signal_urgent")
    talk.loop = None
    talk.run(pathways.ResumePathway(), "/resume_pathway", "resume_pathway")
    assert (talk.asked, talk.answers["anything-else"]) == (question("child-name"), "he was hitting her with a belt")


def test_the_all_clear_is_heard_in_the_middle_and_is_no_answer(talk: Talk) -> None:
    talk.press_other("say_false_alarm")
    assert (talk.statuses[0], talk.answers, talk.asked) == ("smalltalk", {}, question("worry"))


def test_the_area_pressed_for_a_number_is_kept(talk: Talk) -> None:
    talk.press_other("say_area", area="peterborough")
    assert (talk.statuses[0], talk.answers["area"], talk.slots["shared_area"]) == (
        "contacts",
        "Peterborough",
        "peterborough",
    )


def test_delete_leaves_nothing(talk: Talk) -> None:
    talk.say(WORRY)
    talk.say("delete it")
    assert (talk.statuses, talk.slots["referral_state"], talk.loop) == (["cleared"], None, None)


def test_delete_after_the_questions_leaves_nothing(talk: Talk) -> None:
    talk.say("that's all")
    talk.run(DELETE, "delete the summary", "delete_referral")
    assert (talk.statuses, talk.slots["referral_state"]) == (["cleared"], None)


def test_start_again_throws_the_answers_away_and_a_bare_start_again_asks_first(talk: Talk) -> None:
    talk.say("skip")
    talk.say("Tomas")
    talk.say("start again")
    assert (talk.answers, "restart" in talk.buttons) == ({"child-name": "Tomas"}, True)
    talk.press("restart")
    assert (talk.answers, talk.asked) == ({}, question("worry"))


def test_restart_outside_the_form_begins_anew(talk: Talk) -> None:
    for text in ("skip", "Tomas", "that's all"):
        talk.say(text)
    talk.run(RESTART, "start the summary again", "restart_referral")
    assert (talk.answers, talk.buttons) == ({"child-name": "Tomas"}, ["restart", "resume"])
    talk.run(REVISE, "/x", "choose_in_referral", choice="restart")
    assert (talk.answers, talk.loop, talk.asked) == ({}, referral.FORM, question("worry"))


def test_going_on_with_the_summary_throws_nothing_away_even_where_rasa_reads_a_restart(talk: Talk) -> None:
    for text in ("skip", "Tomas", "stop"):
        talk.say(text)
    talk.run(RESTART, "go on with the summary", "restart_referral")
    assert (talk.answers, talk.asked) == ({"child-name": "Tomas"}, question("child-birth"))


def test_stop_with_a_question_behind_it_stops_and_answers(talk: Talk) -> None:
    talk.say("stop. i just want the phone number for social services for wisbech tonight", "ask_procedure")
    assert (talk.loop, talk.answers, talk.statuses[0]) == (None, {}, "contacts")


def test_refusing_the_own_name_leaves_the_open_question_open(talk: Talk) -> None:
    talk.say("not telling you my name")
    assert (talk.state["passed"], talk.asked) == ({"caller-name": "refused"}, question("worry"))


def test_a_role_said_in_between_is_noted_and_makes_a_professional(talk: Talk) -> None:
    talk.say("im not a child im the receptionist")
    assert (talk.answers, talk.slots["shared_audience"], talk.asked) == ({"caller-role": "the receptionist"}, "professional", question("worry"))


def test_words_that_are_no_answer_are_kept_out_until_they_are_said_twice(talk: Talk) -> None:
    answered_to(talk, "child-birth").say("alfie something")
    assert ("child-birth" in talk.answers, talk.buttons.count("put")) == (False, 1)
    talk.say("alfie something")
    assert talk.answers["child-birth"] == "alfie something"


def test_a_long_answer_is_shown_back(talk: Talk) -> None:
    talk.say("skip")
    talk.say("hand mark on her thigh")
    assert talk.noted == [("Full name", "hand mark on her thigh", None)]


def test_a_correction_that_cannot_be_placed_asks_which_answer_is_meant(talk: Talk) -> None:
    talk.say("skip")
    talk.say("Tomas")
    talk.say("sorry its Smith not Jones")
    assert (talk.answers, "field:child-name" in talk.buttons) == ({"child-name": "Tomas"}, True)


def test_nothing_of_a_deleted_summary_comes_back() -> None:
    talk = Talk(pathways_id="worried-about-a-child", pathways_answers=["not-now", "public", "peterborough", "unnamed"])
    told = {"event": "user", "text": WORRY, "parse_data": {"intent": {"name": "start_pathway"}}}
    slot = {"event": "slot", "name": "referral_state", "timestamp": None}
    talk.events += [told, {**slot, "value": {}}, {**slot, "value": None}]
    talk.run(START, *HELP)
    assert talk.answers == {}


def test_what_was_typed_for_an_earlier_summary_is_no_worry_of_the_next() -> None:
    talk = Talk()
    told = {"event": "user", "text": WORRY, "parse_data": {"intent": {"name": "start_pathway"}}}
    talk.events += [{"event": "active_loop", "name": referral.FORM}, told, {"event": "active_loop", "name": None}]
    talk.run(START, *HELP)
    assert talk.answers == {}


def test_a_button_of_an_earlier_question_changes_nothing(talk: Talk) -> None:
    talk.press("option:made")
    assert (talk.answers, talk.asked) == ({}, question("worry"))


@pytest.mark.parametrize("action", [SHOW, REVISE])
def test_without_a_summary_one_is_offered(action: object) -> None:
    talk = Talk()
    talk.run(action, "/x", "choose_in_referral", choice="show")  # type: ignore[arg-type]
    assert (talk.statuses, talk.buttons, talk.loop) == (["summary"], ["start"], None)


def test_a_slot_that_cannot_be_read_is_no_error() -> None:
    talk = Talk(referral_state={"answers": 7})
    talk.run(SHOW, "show me the summary", "show_referral")
    assert talk.buttons == ["start"]


def test_a_very_long_answer_is_kept_and_the_person_is_told_to_check_its_end(talk: Talk) -> None:
    talk.say("bruise " * 283)
    assert ("about 2,000 characters" in talk.text, len(talk.answers["worry"]) > 1900) == (True, True)


def test_no_words_of_the_person_stand_in_markdown(talk: Talk, guide: Guide) -> None:
    marked = "[Tomas](http://x.example) *b* <script>"
    talk.say("skip")
    talk.say(marked)
    talk.say("no, his name is **Anna**")
    talk.say("show me the summary")
    assert ("**Anna**" in talk.text, "<script>" in talk.text) == (False, False)
