"""Contract: a walk-through's pages ask what the conversation asks, one question each; answers stand in no address and are gone when one leaves."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from bot.headers import secure_headers
from guidance.pathways import Pathway, walk
from index.guide import Guide
from tests.bot.fakes import FakeRasa

WORRY = "/walk/worried-about-a-child"
TO_THE_CHECK = ["not-now", "public", "peterborough", "named"]


def give(client: TestClient, guide: Guide, answers: list[str], path: str = WORRY) -> str:
    """Answer from the start; returns the address where that leads."""
    pathway: Pathway = guide.content.pathways[path.rpartition("/")[2]]
    to = path
    for number, answer in enumerate(answers, 1):
        form = {"question": walk(pathway, answers[: number - 1]).node_id, "answer": answer}
        to = client.post(f"{path}/{number}", data=form, follow_redirects=False).headers["location"]
    return to


def title(text: str) -> str:
    return re.findall(r"<title>(.*?)</title>", text)[0]


def test_every_walk_through_is_listed_once(client: TestClient, guide: Guide) -> None:
    text = client.get("/walk").text
    assert [i for i in guide.content.pathways if text.count(f'<h3 class="wm-card__name"><a href="/walk/{i}"') != 1] == []


def test_the_list_for_family_leaves_out_what_is_only_for_work(client: TestClient) -> None:
    assert "/walk/dbs-referral" not in client.get("/walk?who=public").text


def test_the_first_question_says_999_asks_and_chooses_nothing(client: TestClient) -> None:
    text = client.get(WORRY).text
    main = text[text.index("<main") :]
    assert (main.index("ring 999 first") < main.index("Is the child in danger"), "checked" in main, text.count("<h1")) == (True, False, 1)


def test_a_look_at_the_first_question_sets_no_cookie(client: TestClient) -> None:
    assert "set-cookie" not in client.get(WORRY).headers


def test_danger_leads_straight_to_999(client: TestClient, guide: Guide) -> None:
    text = client.get(give(client, guide, ["in-danger"])).text
    main = text[text.index("<main") :]
    assert (main.index("Ring 999 now") < main.index('href="tel:999"') < main.index("Your answers"), "Immediate action required" in main) == (True, True)


def test_a_late_999_is_not_held_up_by_a_check(client: TestClient, guide: Guide) -> None:
    path, answers = next(
        (f"/walk/{p.id}", found) for p in guide.content.pathways.values() if (found := _way_to_urgent(p, [])) and len(found) > 2
    )
    assert give(client, guide, answers, path) == f"{path}/end"


def _way_to_urgent(pathway: Pathway, answers: list[str]) -> list[str]:
    step = walk(pathway, answers)
    if step.node.is_outcome:
        return answers if step.node.outcome in ("urgent", "crisis") and len(answers) > 2 else []
    return next((way for o in step.node.options if (way := _way_to_urgent(pathway, [*answers, o.id]))), [])


def test_more_than_two_answers_are_checked_before_the_end(client: TestClient, guide: Guide) -> None:
    text = client.get(give(client, guide, TO_THE_CHECK)).text
    assert [word in text for word in ("Check your answers", "Peterborough", f'href="{WORRY}/3"', f'href="{WORRY}/end"')] == [True] * 4


def test_two_answers_are_not(client: TestClient, guide: Guide) -> None:
    path = "/walk/interpreters"
    pathway = guide.content.pathways["interpreters"]
    two = next([a.id, b.id] for a in walk(pathway, []).node.options if not walk(pathway, [a.id]).node.is_outcome
               for b in walk(pathway, [a.id]).node.options if walk(pathway, [a.id, b.id]).node.is_outcome)  # fmt: skip
    assert give(client, guide, two, path) == f"{path}/end"


def test_the_end_gives_words_numbers_for_the_area_deadlines_sources_and_the_call(client: TestClient, guide: Guide) -> None:
    give(client, guide, TO_THE_CHECK)
    text = client.get(f"{WORRY}/end").text
    main = text[text.index("<main") : text.index("</main")]
    shown = ["Ring children's social care", "01733 864180", "by the end of Monday 30 November", "/procedures/responding-to-concerns#", "Help me get ready for the call"]
    assert [word for word in shown if word not in main.replace("&#39;", "'")] == []
    assert "tel:03450455203" not in main  # Cambridgeshire's: the child lives in Peterborough


def test_nothing_chosen_is_said_at_the_field_above_it_and_in_the_title(client: TestClient) -> None:
    answer = client.post(f"{WORRY}/1", data={"question": "in-danger-now"})
    text = answer.text
    assert (answer.status_code, title(text).startswith("Error: "), 'href="#answer"' in text, 'id="answer"' in text, 'id="answer-error"' in text) == (422, True, True, True, True)


def test_an_answer_of_another_question_is_none(client: TestClient) -> None:
    assert client.post(f"{WORRY}/1", data={"question": "in-danger-now", "answer": "peterborough"}).status_code == 422


def test_no_address_and_no_title_tells_an_answer(client: TestClient, guide: Guide) -> None:
    places = [give(client, guide, TO_THE_CHECK[:n]) for n in range(1, 5)] + [f"{WORRY}/end"]
    give(client, guide, TO_THE_CHECK)
    told = " ".join([*places, *(title(client.get(place).text) for place in places)]).lower()
    assert [word for word in ("public", "peterborough", "named", "name", "neighbour", "live", "?") if word in told] == []


def test_an_answer_sent_twice_is_one_answer(client: TestClient, guide: Guide) -> None:
    give(client, guide, ["not-now", "public"])
    again = client.post(f"{WORRY}/2", data={"question": "who-are-you", "answer": "public"}, follow_redirects=False)
    assert (again.headers["location"], client.get(f"{WORRY}/4", follow_redirects=False).headers["location"]) == (f"{WORRY}/3", f"{WORRY}/3")


def test_going_back_shows_the_answer_that_was_given(client: TestClient, guide: Guide) -> None:
    give(client, guide, ["not-now", "public"])
    assert re.search(r'value="public" checked', client.get(f"{WORRY}/2").text)


def test_a_changed_answer_lets_go_of_those_after_it(client: TestClient, guide: Guide) -> None:
    give(client, guide, TO_THE_CHECK)
    changed = client.post(f"{WORRY}/2", data={"question": "who-are-you", "answer": "child"}, follow_redirects=False).headers["location"]
    assert (changed, "Is there a grown-up you trust" in client.get(changed).text) == (f"{WORRY}/3", True)


def test_the_same_answer_again_leads_back_to_the_check(client: TestClient, guide: Guide) -> None:
    give(client, guide, TO_THE_CHECK)
    same = client.post(f"{WORRY}/2", data={"question": "who-are-you", "answer": "public"}, follow_redirects=False)
    assert same.headers["location"] == f"{WORRY}/check"


def test_a_page_left_open_answers_no_other_question(client: TestClient, guide: Guide) -> None:
    give(client, guide, ["not-now", "child"])
    stale = client.post(f"{WORRY}/3", data={"question": "public-where", "answer": "peterborough"}, follow_redirects=False)
    assert stale.headers["location"] == f"{WORRY}/3"


@pytest.mark.parametrize("place", ["3", "check", "end"])
def test_answers_that_are_gone_are_said_to_be_gone_with_numbers(client: TestClient, place: str) -> None:
    answer = client.get(f"{WORRY}/{place}")
    main = answer.text[answer.text.index("<main") :]
    assert (answer.status_code, "no longer here" in main, "ring 999" in main, "01733 234724" in main, f'href="{WORRY}"' in main) == (410, True, True, True, True)


def test_an_answer_after_the_conversation_has_ended_is_told_so(client: TestClient) -> None:
    assert client.post(f"{WORRY}/3", data={"question": "public-where", "answer": "peterborough"}).status_code == 410


@pytest.mark.parametrize("path", ["/clear", "/exit"])
def test_leaving_lets_go_of_the_answers(client: TestClient, guide: Guide, path: str) -> None:
    give(client, guide, TO_THE_CHECK)
    held = client.cookies["waymark"]
    client.post(path, follow_redirects=False)
    client.cookies.set("waymark", held)
    assert client.get(f"{WORRY}/end").status_code == 410


def test_starting_again_asks_the_first_question_without_an_answer(client: TestClient, guide: Guide) -> None:
    give(client, guide, ["not-now", "public"])
    text = client.post(f"{WORRY}/again").text
    assert ("question 1" in text, " checked" in text) == (True, False)


@pytest.mark.parametrize("path", ["/walk", WORRY, f"{WORRY}/3", f"{WORRY}/chart", "/deadlines", "/glossary", "/changes"])
def test_a_page_shows_999_the_numbers_and_the_way_out_without_rasa_and_carries_the_headers(client_without_rasa: TestClient, path: str) -> None:
    answer = client_without_rasa.get(path)
    shown = ['href="tel:999"' in answer.text, "0345 045 5203" in answer.text, "01733 864180" in answer.text, 'href="/exit"' in answer.text]
    assert (shown, {k: answer.headers.get(k) for k in secure_headers()}) == ([True] * 4, secure_headers())


def test_two_walk_throughs_stand_beside_each_other(client: TestClient, guide: Guide) -> None:
    give(client, guide, ["not-now", "public"])
    give(client, guide, ["not-now"], "/walk/seen-an-injury")
    assert client.get(f"{WORRY}/3").status_code == 200


def test_the_walk_needs_no_rasa(client_without_rasa: TestClient, guide: Guide) -> None:
    assert "Check your answers" in client_without_rasa.get(give(client_without_rasa, guide, TO_THE_CHECK)).text


def test_the_chat_goes_on_beside_a_walk(client: TestClient, guide: Guide) -> None:
    give(client, guide, ["not-now", "public"])
    client.post("/chat", data={"message": "hello"})
    assert client.get(f"{WORRY}/3").status_code == 200


@pytest.mark.parametrize("path", ["/walk/nothing", "/walk/nothing/2", "/walk/nothing/end", "/walk/nothing/chart", f"{WORRY}/0", f"{WORRY}/nonsense"])
def test_what_does_not_exist_is_not_found(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_flowchart_and_its_list_hold_every_question_answer_and_end(client: TestClient, guide: Guide) -> None:
    for pathway in guide.content.pathways.values():
        text = client.get(f"/walk/{pathway.id}/chart").text
        listed = text[text.index('id="list"') :]
        arrows = sum(len(node.options) for node in pathway.nodes.values())
        assert (pathway.id, listed.count(">go to "), len(re.findall(r'<li id="', listed)), text.count('class="edge way"')) == (pathway.id, arrows, len(pathway.nodes), arrows)


def test_every_link_of_the_flowcharts_list_leads_somewhere(client: TestClient) -> None:
    text = client.get(f"{WORRY}/chart").text
    assert set(re.findall(r'href="#((?:question|end)-\d+)"', text)) - set(re.findall(r'id="([\w-]+)"', text)) == set()


def test_a_flowchart_that_was_not_drawn_leaves_the_list(guide: Guide, client_with, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr("bot.static_files.StaticTree.text", lambda tree, name: None)
    text = client_with(FakeRasa()).get(f"{WORRY}/chart").text
    assert ("<svg" in text, "go to Question 2" in text) == (False, True)
