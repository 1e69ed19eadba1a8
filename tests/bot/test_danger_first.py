"""Contract: after an alarm that was not sure, "nobody is in danger" is enough: what was written is answered, calmly, and need not be written again.
Help for somebody in despair stays in sight; where despair, or a child, is only guessed in mid-conversation, help stands above the answer.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from guidance.content import Content
from guidance.danger import NOTHING, DangerReading, Heard, Level
from guidance.replies import Choice, Message, Reply
from tests.bot.fakes import FakeDanger, FakeRasa

WROTE = "a woman rang our front desk and said a boy in the club is knocked about at home"
ALARM = Reply("urgent", (Message("**Ring 999 now**", "emergency", options=(Choice("Nobody is in danger now", "/say_false_alarm"),)),))
ANSWER = Reply("answered", (Message("This is what the procedures say."),))
Hearing = Callable[[FakeDanger, FakeRasa], TestClient]


@pytest.fixture
def rasa(content: Content) -> FakeRasa:
    """Alarmed by WROTE, unless it is to be read calmly; stands down."""
    fake = FakeRasa(_over(content, "/start_pathway"))
    fake.script = {(WROTE, False): ALARM, (WROTE, True): ANSWER}
    return fake


def _over(content: Content, payload: str) -> Reply:
    return Reply("smalltalk", (Message(content.messages["danger-over"].text.strip(), options=(Choice("Go on", payload),)),))


def _say(client: TestClient, conversation: str | None = None, **said: str) -> dict[str, Any]:
    headers = {"X-Conversation": conversation} if conversation else {}
    return dict(client.post("/api/chat", json=said, headers=headers).raise_for_status().json())


def _texts(answer: dict[str, Any]) -> list[str]:
    return [m["text"] for m in answer["messages"]]


@pytest.mark.parametrize("typed", [False, True])
def test_what_raised_a_doubtful_alarm_is_answered_once_nobody_is_in_danger(client_hearing: Hearing, rasa: FakeRasa, typed: bool) -> None:
    client = client_hearing(FakeDanger(WROTE, "urgent", 0.3), rasa)
    alarm = _say(client, message=WROTE)
    said = {"message": "false alarm, it was weeks ago"} if typed else {"option": alarm["messages"][0]["options"][0]["id"]}
    after = _say(client, alarm["conversation"], **said)
    assert (alarm["status"], after["status"], _texts(after)[1:]) == ("urgent", "answered", ["This is what the procedures say."])
    assert "ring 999" in _texts(after)[0]


def test_an_emergency_that_was_one_and_is_over_is_not_taken_up_again(client_hearing: Hearing, rasa: FakeRasa) -> None:
    client = client_hearing(FakeDanger(WROTE, "urgent", 0.95), rasa)
    alarm = _say(client, message=WROTE)
    assert _say(client, alarm["conversation"], message="false alarm")["status"] == "smalltalk"


def test_who_was_interrupted_goes_on_where_they_were(client_hearing: Hearing, rasa: FakeRasa, content: Content) -> None:
    rasa.replies = [_over(content, "/resume_pathway")]
    client = client_hearing(FakeDanger(WROTE, "urgent", 0.3), rasa)
    alarm = _say(client, message=WROTE)
    after = _say(client, alarm["conversation"], message="false alarm")
    assert (after["status"], [o["label"] for o in after["messages"][0]["options"]]) == ("smalltalk", ["Go on"])


def test_it_is_answered_in_the_next_turn_or_not_at_all(client_hearing: Hearing, rasa: FakeRasa, content: Content) -> None:
    client = client_hearing(FakeDanger(WROTE, "urgent", 0.3), rasa)
    alarm = _say(client, message=WROTE)
    rasa.script["thanks", False] = Reply("smalltalk", (Message("You are welcome."),))
    _say(client, alarm["conversation"], message="thanks")
    assert _say(client, alarm["conversation"], message="false alarm")["status"] == "smalltalk"


CRISIS = Reply("crisis", (Message("**If you have hurt yourself**", "emergency"),))


def test_help_stays_in_sight_after_despair_until_it_is_said_to_be_over(client_hearing: Hearing, rasa: FakeRasa, content: Content) -> None:
    rasa.script = {("i give up", False): CRISIS, ("what about the school", False): ANSWER, ("it was a joke", False): _over(content, "/start_pathway")}
    client = client_hearing(FakeDanger("i give up", "crisis"), rasa)
    conversation = _say(client, message="i give up")["conversation"]
    after = _texts(_say(client, conversation, message="what about the school"))
    assert "111" in after[0]
    assert "ring 999" in after[0]
    assert after[1] == "This is what the procedures say."
    _say(client, conversation, message="it was a joke")
    assert _texts(_say(client, conversation, message="what about the school")) == ["This is what the procedures say."]


@pytest.mark.parametrize(("maybe", "help_given"), [("crisis", "111"), ("child", "Are you under 18")])
def test_where_it_is_only_guessed_help_stands_above_the_answer(client_hearing: Hearing, rasa: FakeRasa, maybe: Level, help_given: str) -> None:
    rasa.script = {("and then", False): ANSWER}
    client = client_hearing(FakeDanger("and then", "unsure", maybe=maybe), rasa)
    answer = _say(client, message="and then")
    assert answer["status"] == "answered"
    assert help_given in _texts(answer)[0]
    assert "999" in _texts(answer)[0]
    assert _texts(answer)[1] == "This is what the procedures say."


def test_who_has_said_that_they_are_grown_up_is_read_so_from_then_on(client_hearing: Hearing, rasa: FakeRasa) -> None:
    danger = FakeDanger("nothing")
    client = client_hearing(danger, rasa)
    conversation = _say(client, message="im grown up")["conversation"]
    _say(client, conversation, message="he begged me not to tell")
    assert [(h.grown_up, h.midway) for h in danger.heard] == [(True, False), (True, True)]


SOUNDS_YOUNG, FOR_CHILD = "he begged me not to tell", Reply("child", (Message("It is not your fault."),))


def test_who_was_taken_for_a_child_says_so_with_a_button_and_is_answered_what_they_wrote(client_hearing: Hearing, rasa: FakeRasa) -> None:
    danger = FakeDanger(SOUNDS_YOUNG, "child")
    client = client_hearing(danger, rasa)
    rasa.script = {(SOUNDS_YOUNG, False): FOR_CHILD}
    taken = _say(client, message=SOUNDS_YOUNG)
    (way_out,) = taken["messages"][0]["options"]
    rasa.script = {(SOUNDS_YOUNG, False): ANSWER}
    after = _say(client, taken["conversation"], option=way_out["id"])
    assert (way_out["label"], after["status"], _texts(after)[1:]) == ("I am 18 or over", "answered", [ANSWER.messages[0].text])
    _say(client, taken["conversation"], message="and now")
    assert (danger.heard[-1].grown_up, danger.heard[-1].a_child) == (True, False)


def test_who_was_taken_for_a_child_may_say_so_later_in_words(client_hearing: Hearing, rasa: FakeRasa) -> None:
    client = client_hearing(FakeDanger(SOUNDS_YOUNG, "child"), rasa)
    rasa.script = {(SOUNDS_YOUNG, False): FOR_CHILD, ("what now", False): FOR_CHILD}
    conversation = _say(client, message=SOUNDS_YOUNG)["conversation"]
    _say(client, conversation, message="what now")
    rasa.script = {(SOUNDS_YOUNG, False): ANSWER}
    after = _say(client, conversation, message="im grown up")
    assert (after["status"], _texts(after)[1:]) == ("answered", [ANSWER.messages[0].text])


def test_who_was_taken_for_a_child_and_speaks_of_a_daughter_is_no_child(client_hearing: Hearing, rasa: FakeRasa) -> None:
    danger = FakeDanger(SOUNDS_YOUNG, "child")
    rasa.script = {(SOUNDS_YOUNG, False): FOR_CHILD}
    client = client_hearing(danger, rasa)
    conversation = _say(client, message=SOUNDS_YOUNG)["conversation"]
    _say(client, conversation, message="my daughter is six")
    assert (danger.heard[-1].grown_up, danger.heard[-1].a_child) == (True, False)


def test_a_child_who_asks_after_being_told_where_to_turn_is_answered(client_hearing: Hearing, rasa: FakeRasa) -> None:
    danger = FakeDanger(SOUNDS_YOUNG, "child")
    rasa.script = {(SOUNDS_YOUNG, False): FOR_CHILD}
    client = client_hearing(danger, rasa)
    conversation = _say(client, message=SOUNDS_YOUNG)["conversation"]
    _say(client, conversation, message="will the police come")
    _say(client, conversation, message="he shouts a lot")
    assert [h.child_asks for h in danger.heard] == [False, True, False]


class DespairThen(FakeDanger):
    """Hears despair in "i give up", and takes one message after it for an emergency, with these probabilities."""

    def __init__(self, text: str, scores: dict[str, float]) -> None:
        super().__init__("i give up", "crisis")
        self.then, self.scores = text, scores

    def read(self, text: str, heard: Heard = NOTHING) -> DangerReading:
        return DangerReading("urgent", "classifier", self.scores) if text == self.then else super().read(text, heard)


def test_tablets_in_despair_are_met_with_help_for_despair_and_not_with_social_care(client_hearing: Hearing, rasa: FakeRasa) -> None:
    rasa.script = {("i give up", False): CRISIS, ("got her tablets here", False): ALARM}

    client = client_hearing(DespairThen("got her tablets here", {"urgent": 0.4, "crisis": 0.3}), rasa)
    conversation = _say(client, message="i give up")["conversation"]
    answer = _say(client, conversation, message="got her tablets here")
    assert answer["status"] == "crisis"
    assert "111" in "\n".join(_texts(answer))


@pytest.mark.parametrize(("text", "urgent", "status"), [("like 20 mins ago", 0.2, "crisis"), ("hes got a knife", 0.9, "urgent")])
def test_few_words_after_despair_are_about_it_unless_they_are_surely_an_emergency(
    client_hearing: Hearing, rasa: FakeRasa, text: str, urgent: float, status: str
) -> None:
    rasa.script = {("i give up", False): CRISIS, (text, False): ALARM}

    client = client_hearing(DespairThen(text, {"urgent": urgent, "crisis": 0.01}), rasa)
    conversation = _say(client, message="i give up")["conversation"]
    assert _say(client, conversation, message=text)["status"] == status
