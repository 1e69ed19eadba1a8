"""Contract: what was told before the summary is offered; questions to the guide, quarrels with it and greetings are no part of the worry."""

from __future__ import annotations

import pytest

from guidance.content import Content
from guidance.said_roles import said_role, works_with_children
from guidance.told import Earlier, told_before

GRANDSON = "my grandson Tyler, he's 6, has bruises on his back and is frightened of his stepdad"


def test_name_age_and_caller_are_taken_from_what_was_said(content: Content) -> None:
    quarrel = "no dear im 68 im his nan im not a child. i said my grandson"
    found = told_before(content, Earlier([GRANDSON, quarrel, "will my daughter find out its me"], [GRANDSON, quarrel]))
    assert found == {"worry": GRANDSON, "caller-role": "his nan", "child-name": "Tyler", "child-birth": "6"}


def test_the_midwife_s_questions_and_greeting_are_no_worry(content: Content) -> None:
    messages = ["Hi, community midwife in Wisbech.", "Booked a lady at 26 weeks, she's using heroin, maybe methadone too. Do I refer"]
    found = told_before(content, Earlier(messages, messages))
    assert found == {"worry": "Booked a lady at 26 weeks, she's using heroin, maybe methadone too.", "caller-role": "community midwife in Wisbech"}


def test_the_message_that_asks_for_the_summary_may_tell_the_worry(content: Content) -> None:
    asks = "I am a receptionist at a surgery in Ely. Help me write a referral summary. A mother told me her neighbour hits her boy"
    found = told_before(content, Earlier([asks], errands=[asks]))
    assert (found["worry"], found["caller-role"]) == ("A mother told me her neighbour hits her boy", "a receptionist at a surgery in Ely")


@pytest.mark.parametrize("text", ["help me get ready for the call", "write up my concerns for me", "take down the details of the child for me"])
def test_asking_for_the_summary_is_no_worry(content: Content, text: str) -> None:
    assert told_before(content, Earlier([text], errands=[text])) == {}


def test_a_call_that_was_spoken_of_is_noted(content: Content) -> None:
    assert told_before(content, Earlier(["ok rang them. now what do i write"])) == {"call-made": "Yes, I have rung"}


@pytest.mark.parametrize(
    ("text", "role", "works"),
    [
        ("im not a child im the receptionist", "the receptionist", True),
        ("i'm a midwife", "a midwife", True),
        ("i manage a nursery", "i manage a nursery", True),
        ("I'm his auntie and I look after him", "his auntie", False),
        ("i work at night so i hear them", None, False),
        ("I'm a bit worried", None, False),
    ],
)
def test_who_the_caller_is_stands_in_their_words(content: Content, text: str, role: str | None, works: bool) -> None:
    assert (said_role(content, text), works_with_children(content, role)) == (role, works)


def test_what_is_told_behind_a_question_is_the_worry(content: Content) -> None:
    told = told_before(content, Earlier(("x",), ("What should I do, my niece's stepdad locks her in the shed?",)))
    assert told["worry"] == "my niece's stepdad locks her in the shed"
    assert "worry" not in told_before(content, Earlier(("x",), ("What should I do, do I ring them or wait?",)))


def test_how_far_a_pregnancy_is_is_taken_from_what_was_said(content: Content) -> None:
    told = told_before(content, Earlier(("need to make a referral for an unborn baby, mum is 24 weeks, heroin user",)))
    assert told["child-birth"] == "not born yet, 24 weeks"
    assert "child-birth" not in told_before(content, Earlier(("he has been off school for 3 weeks",)))
