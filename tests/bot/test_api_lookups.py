"""Contract: programs get deadlines, glossary and changes in the shapes of DESIGN.md section 8, and errors as RFC 9457 problem details."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from bot.app import create_app
from tests.actions.talks import guide
from tests.bot.fakes import FakeRasa


@pytest.fixture
def client() -> TestClient:
    return TestClient(create_app(guide(), FakeRasa()), base_url="http://127.0.0.1")  # type: ignore[arg-type]


def test_a_deadline_has_due_counted_and_source(client: TestClient) -> None:
    answer = client.get("/api/deadlines", params={"timescale": "final-strategy-minutes", "from": "2026-12-24"}).json()
    assert (answer["due"][:10], answer["counted"], answer["source"]["chapter"]) == (
        "2026-12-31",
        ["Tuesday 29 December", "Wednesday 30 December", "Thursday 31 December"],
        "moving-between-authorities",
    )


def test_hours_are_counted_by_the_clock(client: TestClient) -> None:
    answer = client.get(
        "/api/deadlines", params={"timescale": "referral-written-confirmation", "from": "2026-12-24T16:00"}
    ).json()
    assert answer["due"] == "2026-12-25T16:00:00+00:00"


def test_a_duty_without_a_number_has_no_due_time(client: TestClient) -> None:
    answer = client.get("/api/deadlines", params={"timescale": "nrm-referral", "from": "2026-12-24"}).json()
    assert (answer["due"], answer["counted"], answer["within"]) == (None, [], "as soon as possible")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/deadlines?timescale=nothing&from=2026-12-24", 404),
        ("/api/deadlines?timescale=final-strategy-minutes&from=2026-02-31", 422),
        ("/api/deadlines?timescale=final-strategy-minutes&from=9999-12-31", 422),
        ("/api/deadlines?timescale=final-strategy-minutes&from=tomorrow", 422),
        ("/api/deadlines?timescale=final-strategy-minutes", 422),
        ("/api/deadlines?from=2026-12-24", 422),
        ("/api/deadlines?timescale=referral-written-confirmation&from=2026-12-24", 422),
        ("/api/changes?since=last-year", 422),
        ("/api/changes?since=2019-13", 422),
        ("/api/changes?manual=london", 422),
    ],
)
def test_what_cannot_be_answered_is_a_problem(client: TestClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["content-type"], set(answer.json())) == (
        status,
        "application/problem+json",
        {"type", "title", "status", "detail"},
    )


def test_the_glossary_is_searched_by_question_or_term(client: TestClient) -> None:
    entries = client.get("/api/glossary", params={"q": "what does EDT mean"}).json()["entries"]
    assert [(e["term"], e["expansion"], e["source"]["chapter"]) for e in entries] == [
        ("EDT", "Emergency Duty Team", "thresholds")
    ]


def test_an_unknown_term_has_no_entries(client: TestClient) -> None:
    assert client.get("/api/glossary", params={"q": "unicorn"}).json() == {"query": "unicorn", "entries": []}


def test_the_whole_glossary_can_be_had(client: TestClient) -> None:
    assert len(client.get("/api/glossary").json()["entries"]) == len(guide().content.glossary)


def test_changes_are_newest_first_and_say_their_place(client: TestClient) -> None:
    found = client.get("/api/changes", params={"since": "2021"}).json()["changes"]
    dates = [c["date"] for c in found]
    assert (dates == sorted(dates, reverse=True), dates[-1] >= "2021-01", {c["place"] for c in found}) == (
        True,
        True,
        {"Derby and Derbyshire (another area)"},
    )


def test_changes_of_a_chapter_are_found_in_any_words(client: TestClient) -> None:
    found = client.get("/api/changes", params={"chapter": "bruising", "manual": "peterborough"}).json()["changes"]
    assert [(c["date"], c["chapter"]) for c in found] == [("2017-09", "Bruising in Pre-Mobile Babies Protocol")]


def test_the_open_api_names_the_look_ups(client: TestClient) -> None:
    assert {"/api/deadlines", "/api/glossary", "/api/changes", "/api/timescales"} <= set(
        client.get("/api/openapi.json").json()["paths"]
    )
