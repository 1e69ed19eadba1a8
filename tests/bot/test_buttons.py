"""Contract: typed words press a button only where it is plain which one; a button of a walk-through leads to its page while Rasa is away."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from bot.buttons import meant
from guidance.content import Content
from guidance.replies import Choice, Message, Reply
from tests.bot.fakes import FakeRasa
from tests.bot.test_api import say

WALK = ("Walk me through it: Worried about a child", '/open_pathway{"pathways_id":"worried-about-a-child"}')
CHANGE = ("Show all walk-throughs", "/open_pathway")
DANGER = (("Yes, somebody is in danger", "/signal_urgent"), ("No, not right now", "/say_false_alarm"))
AREAS = (("Yes, in Cambridgeshire", "/a"), ("Yes, in Peterborough", "/b"))


@pytest.mark.parametrize(
    ("options", "said", "pressed"),
    [
        ([WALK, CHANGE], "yes please", WALK[1]),
        ([WALK, CHANGE], "Show all walk-throughs!", CHANGE[1]),
        ([WALK, CHANGE], "no", None),
        ([WALK, CHANGE], "ok", None),
        ([*DANGER, WALK], "yes", "/signal_urgent"),
        ([*DANGER, WALK], "no", "/say_false_alarm"),
        ([*DANGER], "go on", None),
        ([WALK, CHANGE], "go on", WALK[1]),
        ([*AREAS], "yes", None),
        ([], "yes", None),
    ],
)
def test_words_press_the_button_they_mean(content: Content, options: list[tuple[str, str]], said: str, pressed: str | None) -> None:
    assert meant(options, said, content.words) == pressed


@pytest.mark.parametrize("choice", [Choice(*WALK), Choice("Cambridgeshire", '/choose_option{"pathways_option":"cambridgeshire"}')])
def test_a_walk_goes_on_as_a_page_while_rasa_is_away(client_with: Callable[[FakeRasa], TestClient], choice: Choice) -> None:
    rasa = FakeRasa(Reply("pathway", (Message("Where?", options=(choice,)),), pathway="worried-about-a-child"))
    client = client_with(rasa)
    first = say(client, "hello")
    rasa.away = True
    pressed = client.post("/api/chat", json={"option": first["messages"][0]["options"][0]["id"]}, headers={"X-Conversation": first["conversation"]}).json()
    assert (pressed["status"], "](/walk/worried-about-a-child)" in pressed["messages"][0]["text"], bool(pressed["messages"][0]["contacts"])) == ("error", True, True)
    assert client.get("/walk/worried-about-a-child").status_code == 200
