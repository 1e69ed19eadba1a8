"""Contract: a child is shown nothing that is written for staff; what is kept of a message is its matter; where nothing is found, the numbers fit it."""

from __future__ import annotations

import pytest

from actions.ask import AnswerQuestion
from actions.danger import RespondToDanger
from actions.searching import answer, matter
from guidance import compose
from guidance.wording import says_help_called, without_introduction
from index.guide import Guide
from tests.actions.talks import ActionTalk


@pytest.mark.parametrize("text", ["i might just not say anything. its fine", "how do i assess the child's parents"])
def test_a_child_is_shown_what_is_for_children_and_who_will_listen(guide: Guide, text: str) -> None:
    reply = answer(guide, text, {"audience": "child"})
    by_id = {section.id: section for section in guide.searcher.sections}
    shown = [by_id[p.id] for m in reply.messages for p in m.passages]
    assert all("child" in section.audience for section in shown)
    assert "childline" in reply.messages[-1].contacts


def test_who_is_writing_is_no_part_of_what_a_later_question_leans_on(guide: Guide) -> None:
    text = "hi im a social work student on placement in peterborough, learning the procedures. what is an AMM"
    assert matter(guide, text) == "what is an AMM"


def test_where_nothing_is_found_on_a_worker_the_lado_is_among_the_numbers(guide: Guide) -> None:
    needs = guide.content.pathways["allegation-against-worker"].needs
    reply = compose.passages(guide.content, "no_passage", (), None, {"area": "cambridgeshire"}, guide.now(), needs)
    assert "lado-cambridgeshire" in reply.messages[0].contacts


@pytest.mark.parametrize(("text", "rest"), [("im her auntie, what can i do", "what can i do"), ("her auntie hits her", "her auntie hits her")])
def test_a_relative_who_writes_is_no_worry_about_a_relative(guide: Guide, text: str, rest: str) -> None:
    assert without_introduction(text, guide.content.words) == rest


@pytest.mark.parametrize(("text", "called"), [("ok rang 999. now what", True), ("theyre on their way", True), ("i wouldnt ring 999 for that", False), ("should i ring the police", False)])
def test_help_is_called_only_where_the_words_say_so(guide: Guide, text: str, called: bool) -> None:
    assert says_help_called(text, guide.content.words) is called


STORY = "17 year old says her parents are flying her to Pakistan tomorrow to marry her cousin"


def test_after_an_alarm_what_is_asked_is_about_the_same_matter_and_never_leads_to_the_family() -> None:
    alarm, asked = ActionTalk(RespondToDanger()), ActionTalk(AnswerQuestion())
    alarm.say(STORY, "signal_urgent")
    asked.slots = alarm.slots
    for text in ("should i ring dad to hear his side", "can we get the families round a table and sort it"):
        reply = asked.say(text)
        assert {p.id.partition("#")[0] for m in reply.messages for p in m.passages} <= {"forced-marriage", "honour-based-violence"}
        assert not any("tell the parents" in label for label in asked.labels)


def test_a_question_for_a_rule_is_not_held_to_the_matter_before_it() -> None:
    asked = ActionTalk(AnswerQuestion())
    asked.slots = {"ask_question": STORY}
    asked.say("how long may a DBS certificate be kept")
    assert "safer-recruitment" in {p.id.partition("#")[0] for m in asked.reply.messages for p in m.passages}
    asked.say("should i ring dad to hear his side")
    assert {p.id.partition("#")[0] for m in asked.reply.messages for p in m.passages} <= {"forced-marriage", "honour-based-violence"}
