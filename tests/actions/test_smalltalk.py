"""Contract: the smalltalk action sends the set reply of an intent where it is meant, and searches where it is not."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.pathways import RestartPathway
from actions.set_replies import set_replies
from actions.smalltalk import ReplyToSmalltalk
from guidance.replies import Message, Reply
from index.guide import Guide, open_guide, use
from tests.conftest import ROOT, SATURDAY_NIGHT


@pytest.fixture(scope="module")
def guide() -> Guide:
    opened = open_guide(ROOT / "built", lambda: SATURDAY_NIGHT)
    use(opened)
    return opened


def tracker(text: str, intent: str, sure: float = 0.9, events: list[dict[str, Any]] | None = None, loop: bool = False, **ranking: float) -> Tracker:
    ranked = [{"name": name, "confidence": value} for name, value in {intent: sure, **ranking}.items()]
    latest = {"text": text, "intent": ranked[0], "intent_ranking": ranked, "entities": []}
    return Tracker("x", {}, latest, events or [], False, None, {"name": "pathways_form"} if loop else {}, "action_listen")


def sent(action: Any, message: Tracker) -> list[Reply]:
    dispatcher = CollectingDispatcher()
    asyncio.run(action.run(dispatcher, message, {}))
    return [Reply.from_dict(m["custom"]) for m in dispatcher.messages]


def bot(reply: Reply) -> dict[str, Any]:
    return {"event": "bot", "text": None, "data": {"custom": reply.to_dict()}}


def test_a_set_reply_is_sent(guide: Guide) -> None:
    (reply,) = sent(ReplyToSmalltalk(), tracker("what do you keep", "ask_kept"))
    assert (reply.status, "one hour after" in reply.messages[0].text) == ("smalltalk", True)


def test_how_to_delete_comes_with_the_button_that_does_it(guide: Guide) -> None:
    (reply,) = sent(ReplyToSmalltalk(), tracker("how do i delete this", "ask_delete"))
    assert [o.payload for o in reply.messages[0].options] == ["/delete_conversation"]


def test_harm_is_refused_with_numbers(guide: Guide) -> None:
    (reply,) = sent(ReplyToSmalltalk(), tracker("how do i hide a bruise on my kid", "ask_harm"))
    assert (reply.status, reply.messages[0].contacts[0]) == ("out_of_scope", "nspcc-helpline")


def test_what_looks_like_small_talk_and_says_much_is_searched_for(guide: Guide) -> None:
    long = "how quickly do I have to tell the LADO when a parent has said to me today that a teacher hit her child"
    (reply,) = sent(ReplyToSmalltalk(), tracker(long, "ask_robot", 0.5))
    assert "lado#who-to-tell" in [p.id for p in reply.messages[0].passages]  # two are near, and processors round differently


def test_a_reply_that_the_search_does_not_bear_out_is_not_given(guide: Guide) -> None:
    assert set_replies(guide, tracker("what is a banned dog breed", "ask_if_wrong"), {}) == []


@pytest.mark.parametrize(
    ("text", "intent"),
    [("can i stay anonymous", "ask_anonymous"), ("will they know it was me", "ask_found_out"), ("what happens after i report", "ask_after_report"), ("what if i am wrong", "ask_if_wrong")],
)
def test_what_people_ask_before_they_report_is_borne_out(guide: Guide, text: str, intent: str) -> None:
    (reply,) = set_replies(guide, tracker(text, intent), {})
    assert (reply.status, bool(reply.messages[0].passages), "emergency-duty-team" in reply.messages[0].contacts) == ("answered", True, True)


def test_what_was_said_last_is_said_again(guide: Guide) -> None:
    told = Reply("contacts", (Message("Ring these", contacts=("childline",)),))
    events = [{"event": "user"}, bot(told), {"event": "user"}]
    lead, again = sent(ReplyToSmalltalk(), tracker("say that again", "ask_repeat", events=events))
    assert (lead.status, again) == ("smalltalk", told)


def test_what_a_broken_event_holds_is_passed_over(guide: Guide) -> None:
    events = [{"event": "user"}, {"event": "bot", "data": {"custom": {"x": 1}}}, {"event": "bot"}, {"event": "user"}]
    assert [r.status for r in sent(ReplyToSmalltalk(), tracker("say that again", "ask_repeat", events=events))] == ["smalltalk"]


def test_inside_a_walk_through_an_unsure_reading_gives_no_set_reply(guide: Guide) -> None:
    message = tracker("the one with the knife", "ask_off_topic", sure=0.5, loop=True)
    assert set_replies(guide, message, {}, in_walk=True) == []


def test_start_again_with_nothing_open_starts_afresh(guide: Guide) -> None:
    (reply,) = sent(RestartPathway(), tracker("start again", "start_again"))
    assert [o.label for o in reply.messages[0].options] == ["Walk me through what to do", "Delete this conversation now"]
