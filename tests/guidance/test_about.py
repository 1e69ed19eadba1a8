"""Contract: every intent of the smalltalk skill has its set reply and status; a reply is given only where it is meant."""

from __future__ import annotations

import re

import pytest
import yaml

from guidance import about
from guidance.content import Content
from guidance.replies import Message, Reply
from tests.conftest import ROOT, SATURDAY_NIGHT


def declared() -> set[str]:
    return set(yaml.safe_load((ROOT / "domain/smalltalk.yml").read_text("utf-8"))["intents"])


def test_every_intent_of_the_skill_has_a_reply_and_the_reverse() -> None:
    assert declared() == set(about.REPLIES) | {about.REPEAT}


def test_every_intent_of_the_skill_has_forty_examples() -> None:
    examples = {e["intent"]: e["examples"] for e in yaml.safe_load((ROOT / "data/nlu/smalltalk.yml").read_text("utf-8"))["nlu"]}
    assert {i for i in declared() if len(examples[i].splitlines()) < 40} == set()


@pytest.mark.parametrize("asked", sorted(about.REPLIES))
def test_a_reply_says_its_message(content: Content, asked: str) -> None:
    reply = about.reply(content, asked, {}, SATURDAY_NIGHT)
    assert reply.messages[0].text == content.messages[about.REPLIES[asked].message].text.strip()


@pytest.mark.parametrize(
    ("asked", "status"),
    [("ask_kept", "smalltalk"), ("ask_anonymous", "answered"), ("ask_harm", "out_of_scope"), ("ask_off_topic", "out_of_scope")],
)
def test_a_reply_has_the_status_of_its_kind(content: Content, asked: str, status: str) -> None:
    assert about.reply(content, asked, {}, SATURDAY_NIGHT).status == status


def test_what_people_ask_before_they_report_is_shown_with_the_sections_it_rests_on(content: Content) -> None:
    message = about.reply(content, "ask_anonymous", {}, SATURDAY_NIGHT).messages[0]
    assert [p.id for p in message.passages][:1] == ["responding-to-concerns#stay-anonymous"]


@pytest.mark.parametrize("asked", ["ask_harm", "ask_personal_data", "ask_person", "swear_at_guide", "ask_simpler"])
def test_a_number_stands_beside_every_refusal_that_needs_one(content: Content, asked: str) -> None:
    assert "emergency-duty-team" in about.reply(content, asked, {}, SATURDAY_NIGHT).messages[0].contacts


def test_inside_a_walk_through_no_other_one_is_offered(content: Content) -> None:
    inside = about.reply(content, "ask_kept", {}, SATURDAY_NIGHT, in_walk=True).messages[0].options
    assert (inside, about.reply(content, "ask_abilities", {}, SATURDAY_NIGHT, in_walk=True).messages[0].options) == ((about.DELETE,), ())


@pytest.mark.parametrize(
    ("asked", "text", "ranking", "in_walk", "meant"),
    [
        ("thank", "", {}, False, True),
        ("thank", "thanks", {"thank": 0.8}, False, True),
        ("ask_kept", "you " * 20, {"ask_kept": 0.4, "ask_privacy": 0.4}, False, True),
        ("ask_kept", "you " * 20, {"ask_kept": 0.4, "ask_procedure": 0.4}, False, False),
        ("ask_kept", "you " * 20, {"ask_kept": 0.9}, True, False),
        ("ask_kept", "you " * 40, {"ask_kept": 0.9}, False, False),
        ("ask_harm", "word " * 20, {"ask_harm": 0.9}, False, True),
        ("ask_harm", "how do i", {"ask_harm": 0.45, "ask_procedure": 0.4}, False, False),
        ("ask_off_topic", "a knife", {"ask_off_topic": 0.5}, True, False),
        ("ask_person", "can i talk to somebody", {"ask_person": 0.55}, True, True),
        ("ask_found_out", "does the coach get told", {"ask_found_out": 0.9}, False, False),
        ("ask_found_out", "will they know it was me", {"ask_found_out": 0.9}, False, True),
        ("ask_kept", "how long do we keep the record", {"ask_kept": 0.9}, False, False),
        ("ask_if_wrong", "what if its the head", {"ask_if_wrong": 0.9}, False, False),
        ("swear_at_guide", "better off without me", {"swear_at_guide": 0.6, "signal_crisis": 0.3}, False, False),
    ],
)
def test_a_set_reply_is_given_only_where_it_is_meant(
    content: Content, asked: str, text: str, ranking: dict[str, float], in_walk: bool, meant: bool
) -> None:
    assert about.is_meant(asked, text, ranking, content.words, in_walk) is meant


def test_a_reply_on_the_procedures_must_be_borne_out_by_a_search(content: Content) -> None:
    assert "responding-to-concerns" in about.must_be_borne_out(content, "ask_if_wrong")
    assert about.must_be_borne_out(content, "ask_kept") == about.must_be_borne_out(content, "ask_reported") == frozenset()


def test_a_parent_who_tells_at_length_is_answered_and_small_talk_is_not(content: Content) -> None:
    told = "word " * 60
    assert about.is_meant("ask_reported", told, {"ask_reported": 0.7}, content.words)
    assert not about.is_meant("ask_reported", told, {"ask_reported": 0.2, "ask_kept": 0.7}, content.words)
    assert not about.is_meant("ask_reported", told, {"ask_reported": 0.7, "signal_urgent": 0.2}, content.words)


def test_a_parent_is_shown_three_sections_on_what_social_workers_should_do(content: Content) -> None:
    message = about.reply(content, "ask_reported", {}, SATURDAY_NIGHT).messages[0]
    assert [p.id.partition("#")[0] for p in message.passages] == ["child-and-family-assessment", "child-and-family-assessment", "initial-action-on-referral"]
    assert "emergency-duty-team" in message.contacts


@pytest.mark.parametrize("asked", ["ask_after_report", "ask_removed", "ask_reported", "ask_found_out", "ask_if_wrong", "ask_person"])
def test_a_child_is_answered_in_words_for_a_child(content: Content, asked: str) -> None:
    reply = about.reply(content, asked, {"audience": "child"}, SATURDAY_NIGHT)
    message = reply.messages[0]
    assert (reply.status, message.contacts[0], message.passages) == ("child", "childline", ())
    assert message.text != about.reply(content, asked, {}, SATURDAY_NIGHT).messages[0].text


def test_what_sounds_like_a_child_is_nothing_new_of_a_known_child(content: Content) -> None:
    ranking = {"ask_removed": 0.6, "signal_child": 0.3}
    assert about.is_meant("ask_removed", "will they put me in care", ranking, content.words, by_child=True)
    assert not about.is_meant("ask_removed", "will they put me in care", ranking, content.words)


def test_again_leaves_out_the_open_question_and_its_own_lead(content: Content) -> None:
    lead = about.again(content, [], {}, SATURDAY_NIGHT, in_walk=True)[0]
    asked, told = Reply("pathway", (Message("Who are you?"),)), Reply("contacts", (Message("Ring"),))
    assert about.again(content, [lead, told, asked], {}, SATURDAY_NIGHT, in_walk=True) == [lead, told]


def test_nothing_said_yet_is_said_to_be_so(content: Content) -> None:
    (reply,) = about.again(content, [], {}, SATURDAY_NIGHT)
    assert reply.messages[0].text == content.messages["smalltalk-repeat-nothing"].text


def test_the_buttons_that_the_replies_name_are_on_the_pages(content: Content) -> None:
    pages = "".join(p.read_text("utf-8") for p in (ROOT / "bot/templates").rglob("*.html"))
    named = [n for n in ("Clear this conversation", "Exit this page") if n in content.messages["smalltalk-delete"].text]
    assert [n for n in named if re.search(rf">\s*{n}<", pages)] == ["Clear this conversation", "Exit this page"]


@pytest.mark.parametrize(
    ("text", "by_child", "asked"),
    [
        ("tell me who rang social services about me", False, "ask_personal_data"),
        ("i dont no how to ring", True, "ask_abilities"),
        ("i dont no how to ring", False, None),
        ("will daddy go to prison", True, "ask_after_report"),
        ("will i be put in care", True, "ask_removed"),
        ("are you going to tell my mum", True, "ask_found_out"),
        ("should i tell my mum", True, None),
        ("will i be put in care", False, None),
        ("he said dad would go to prison if i told, and then he came to my room again and i had nowhere to hide", True, None),
    ],
)
def test_words_alone_ask_for_a_set_reply(content: Content, text: str, by_child: bool, asked: str | None) -> None:
    assert about.surely(text, content.words, by_child) == asked


def test_what_sounds_like_no_matter_of_the_manual_needs_less_to_be_refused(content: Content) -> None:
    ranking = {"ask_off_topic": 0.55, "ask_procedure": 0.3}
    assert about.is_meant("ask_off_topic", "what is the boiling point of water?", ranking, content.words, in_walk=True, outside=True)
    assert not about.is_meant("ask_off_topic", "what is the boiling point of water?", ranking, content.words, in_walk=True)
