"""Contract: the glossary's entry with its source; an unknown term is said to be unknown, and the procedures are searched."""

from __future__ import annotations

import pytest

from actions.ask import AnswerQuestion
from actions.glossary import ExplainTerm
from tests.actions.talks import ActionTalk


@pytest.fixture
def talk() -> ActionTalk:
    return ActionTalk(ExplainTerm())


def test_letters_are_explained(talk: ActionTalk) -> None:
    talk.say("what does LADO mean")
    assert (talk.reply.status, "Local Authority Designated Officer" in talk.text) == ("definition", True)


def test_an_unknown_term_is_said_to_be_unknown_and_searched_for(talk: ActionTalk) -> None:
    talk.say("what is a unicorn")
    assert (talk.reply.status, "will not guess" in talk.reply.messages[0].text) == ("no_passage", True)


def test_no_term_is_asked_for(talk: ActionTalk) -> None:
    assert talk.say("").status == "clarify"


def test_letters_alone_are_explained_even_where_the_intent_was_not_clear() -> None:
    talk = ActionTalk(AnswerQuestion())
    assert talk.say("edt?", "nlu_fallback").status == "definition"


def test_a_question_that_only_holds_a_term_is_searched() -> None:
    talk = ActionTalk(AnswerQuestion())
    assert talk.say("how soon must the lado be told", "ask_procedure").status == "answered"


def test_a_question_about_a_term_is_answered_not_only_the_term_explained(talk: ActionTalk) -> None:
    talk.say("What are the criteria for a LADO referral?")
    assert [p.id for m in talk.reply.messages for p in m.passages][:1] == ["lado#criteria"]


def test_a_term_in_a_story_is_explained_and_what_may_help_is_shown_below(talk: ActionTalk) -> None:
    talk.say("breast ironing?? it came up in a case transfer and I do not want to look daft in front of my manager")
    assert (talk.reply.status, "breast ironing" in talk.reply.messages[0].text.lower()) == ("definition", True)
