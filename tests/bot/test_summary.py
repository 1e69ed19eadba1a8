"""Contract: the summary belongs to the session's conversation alone, works without scripts, shows words as words, and is gone with it."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from docx import Document
from fastapi.testclient import TestClient

from bot.headers import secure_headers
from guidance.content import Content
from guidance.replies import Message, Noted, Reply
from tests.bot.fakes import FakeRasa
from tests.bot.told import ARABIC, FACTS, MARKUP, POLISH, many_scripts

FILES = ["/summary.txt", "/summary.docx", "/summary.pdf"]


@pytest.fixture
def rasa(content: Content) -> FakeRasa:
    state = many_scripts(content)
    noted = (Noted("Full name", MARKUP, POLISH),)
    return FakeRasa(Reply("summary", (Message("Here.", noted=noted, summary={"state": state, "facts": FACTS}),)))


@pytest.fixture
def visitor(client_with: Callable[[FakeRasa], TestClient], rasa: FakeRasa, content: Content) -> TestClient:
    """A browser whose conversation has a summary."""
    client = client_with(rasa)
    client.post("/chat", data={"message": "show me the summary"})
    conversation = client.app.state.chat.conversations.find(client.cookies["waymark"])  # type: ignore[attr-defined]
    rasa.kept[conversation.sender] = {
        "referral_state": many_scripts(content),
        "shared_area": "peterborough",
        "shared_audience": "professional",
    }
    return client


def test_the_page_shows_the_answers_who_to_ring_the_time_limit_and_that_nothing_was_sent(visitor: TestClient) -> None:
    page = visitor.get("/summary")
    wanted = [
        POLISH,
        ARABIC,
        "01733 234724",
        "by 10.15pm on Sunday 29 November",
        "Nothing has been sent to anyone",
        "Still missing",
        'dir="auto"',
    ]
    assert (page.status_code, [w for w in wanted if w not in page.text]) == (200, [])


def test_what_was_typed_is_never_markup_on_the_page_or_in_the_chat(visitor: TestClient) -> None:
    for text in (visitor.get("/summary").text, visitor.get("/chat").text):
        assert ("<script>alert" in text, 'href="javascript' in text, "{{ 7*7 }}" in text) == (False, False, True)


def test_the_page_works_without_scripts_and_leads_to_the_files(visitor: TestClient) -> None:
    text = visitor.get("/summary").text
    assert ("<script>" in text, [f for f in FILES if f'href="{f}"' not in text]) == (False, [])


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/summary.txt", "text/plain"),
        ("/summary.docx", "application/vnd.openxmlformats"),
        ("/summary.pdf", "application/pdf"),
    ],
)
def test_a_file_comes_with_its_type_a_name_that_tells_nothing_and_is_not_stored(
    visitor: TestClient, path: str, kind: str
) -> None:
    answer = visitor.get(path)
    disposition = f'attachment; filename="{path[1:]}"'
    assert (
        answer.status_code,
        answer.headers["content-type"].startswith(kind),
        answer.headers["content-disposition"],
    ) == (200, True, disposition)
    assert {name: answer.headers.get(name) for name in secure_headers()} == secure_headers()


def test_a_file_is_what_the_page_shows(visitor: TestClient) -> None:
    words = "\n".join(p.text for p in Document(io.BytesIO(visitor.get("/summary.docx").content)).paragraphs)
    assert (ARABIC in words, POLISH in words, MARKUP in visitor.get("/summary.txt").text) == (True, True, True)


@pytest.mark.parametrize("path", FILES)
def test_another_browser_gets_nothing(
    visitor: TestClient, client_with: Callable[[FakeRasa], TestClient], rasa: FakeRasa, path: str
) -> None:
    stranger = TestClient(visitor.app, base_url="http://127.0.0.1")
    assert (stranger.get(path).status_code, POLISH in stranger.get("/summary").text) == (404, False)


@pytest.mark.parametrize("way", ["/clear", "/exit"])
def test_after_leaving_nothing_of_it_remains(visitor: TestClient, rasa: FakeRasa, way: str) -> None:
    visitor.post(way, follow_redirects=False)
    assert (rasa.kept, [visitor.get(f).status_code for f in FILES], POLISH in visitor.get("/summary").text) == (
        {},
        [404] * 3,
        False,
    )


def test_a_deleted_summary_is_no_longer_shown_in_the_conversation(visitor: TestClient, rasa: FakeRasa) -> None:
    rasa.replies = [Reply("cleared", (Message("Deleted."),))]
    text = visitor.post("/chat", data={"message": "delete it"}).text
    assert (POLISH in text, "Deleted." in text) == (False, True)


def test_without_a_conversation_the_page_offers_to_begin(client: TestClient) -> None:
    page = client.get("/summary")
    assert (
        page.status_code,
        "There is no summary yet" in page.text,
        'value="Help me get ready for the call"' in page.text,
    ) == (200, True, True)


@pytest.mark.parametrize("path", ["/summary", *FILES])
def test_with_rasa_away_it_says_so_and_gives_numbers(visitor: TestClient, rasa: FakeRasa, path: str) -> None:
    rasa.away = True
    page = visitor.get(path)
    assert (page.status_code, "01733 234724" in page.text, "not working just now" in page.text) == (503, True, True)


def test_an_unknown_kind_of_file_is_refused(visitor: TestClient) -> None:
    assert visitor.get("/summary.html").status_code in (404, 422)


def test_the_api_gives_the_summary_as_data(visitor: TestClient) -> None:
    answer: dict[str, Any] = visitor.post("/api/chat", json={"message": "show me the summary"}).json()
    message = answer["messages"][-1]
    summary = message["summary"]
    assert (answer["status"], message["noted"][0]["before"], summary["call"]["made"]) == ("summary", POLISH, True)
    assert [d["id"] for d in summary["deadlines"]] == [
        "referral-written-confirmation",
        "referral-response-decision",
        "referral-chase",
    ]
    assert ("unknown" in {m["why"] for m in summary["missing"]}, summary["contacts"][0]["id"]) == (
        False,
        "emergency-duty-team",
    )


def test_answering_on_calmly_is_heard_as_nobody_in_danger(client_unsure_of: Callable[[str, FakeRasa], TestClient]) -> None:
    client = client_unsure_of("bruise on baby", FakeRasa(Reply("summary", (Message("Next question?"),))))
    first = client.post("/api/chat", json={"message": "bruise on baby"}).json()
    headers = {"X-Conversation": first["conversation"]}
    client.post("/api/chat", json={"message": "Tomas"}, headers=headers)
    third = client.post("/api/chat", json={"message": "bruise on baby"}, headers=headers).json()
    assert ("999" in first["messages"][0]["text"], [m["text"] for m in third["messages"]]) == (True, ["Next question?"])


def test_no_log_holds_words_of_the_summary(visitor: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    for path in ("/summary", *FILES):
        visitor.get(path)
    assert POLISH not in caplog.text


def test_each_answer_and_each_gap_can_be_changed_from_the_page(visitor: TestClient) -> None:
    text = visitor.get("/summary").text
    assert (text.count('action="/summary/change"') > 10, 'name="field" value="child-name"' in text, "Answer<span" in text) == (True, True, True)


def test_a_change_is_asked_in_the_conversation(visitor: TestClient, rasa: FakeRasa) -> None:
    answer = visitor.post("/summary/change", data={"field": "child-name"}, follow_redirects=False)
    assert (answer.headers["location"], rasa.heard[-1]) == ("/chat#newest", '/choose_in_referral{"referral_choice":"field:child-name"}')


@pytest.mark.parametrize("field", ["", "nothing", 'x"}', "child-name/restart"])
def test_a_change_of_what_is_no_field_asks_nothing(visitor: TestClient, rasa: FakeRasa, field: str) -> None:
    heard = len(rasa.heard)
    answer = visitor.post("/summary/change", data={"field": field}, follow_redirects=False)
    assert (answer.headers["location"], len(rasa.heard)) == ("/summary", heard)


def test_without_a_conversation_a_change_leads_to_the_summary_page(client: TestClient) -> None:
    assert client.post("/summary/change", data={"field": "child-name"}, follow_redirects=False).headers["location"] == "/summary"
