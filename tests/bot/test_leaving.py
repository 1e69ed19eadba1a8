"""Contract: each way of leaving ends the conversation here and in Rasa, deletes the cookie, and goes to the harmless page."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from fastapi.testclient import TestClient

from bot.settings import settings
from tests.bot.fakes import FakeRasa

With = Callable[[FakeRasa], TestClient]
SITE = "https://www.peterborough.gov.uk"
IN_FRAME = {"sec-fetch-dest": "iframe", "sec-fetch-site": "cross-site"}


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/exit", 303), ("POST", "/exit", 303), ("POST", "/exit?background=true", 204), ("POST", "/clear", 303)])
def test_leaving_forgets_the_conversation_and_the_cookie(client_with: With, method: str, path: str, status: int) -> None:
    rasa = FakeRasa()
    client = client_with(rasa)
    client.post("/chat", data={"message": "canary"})
    left = client.request(method, path, follow_redirects=False)
    assert (left.status_code, 'waymark=""' in left.headers["set-cookie"], len(rasa.forgotten), "canary" in client.get("/chat").text) == (status, True, 1, False)


def test_exit_leads_to_the_harmless_page(client: TestClient) -> None:
    assert client.get("/exit", follow_redirects=False).headers["location"] == settings().exit_to


def test_no_cookie_of_another_service_is_deleted(client: TestClient) -> None:
    assert "cookies" not in client.get("/exit", follow_redirects=False).headers["clear-site-data"]


def test_a_browser_that_fetches_ahead_ends_nothing(client: TestClient) -> None:
    client.post("/chat", data={"message": "canary"})
    client.get("/exit", headers={"sec-purpose": "prefetch;prerender"}, follow_redirects=False)
    assert "canary" in client.get("/chat").text


def test_every_page_has_both_ways_out(client: TestClient) -> None:
    text = client.get("/nothing").text
    assert (text.count('href="/exit"'), text.count('target="_top"'), f'data-to="{settings().exit_to}"' in text) == (2, 2, True)


@pytest.fixture
def framed(client_with: With, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setenv("WAYMARK_FRAME_ANCESTORS", SITE)
    monkeypatch.setenv("WAYMARK_HTTPS", "true")
    settings.cache_clear()
    client = client_with(FakeRasa())
    client.base_url = "https://127.0.0.1"  # type: ignore[assignment]
    return client


def test_a_conversation_in_a_frame_has_a_cookie_of_its_own(framed: TestClient) -> None:
    page = framed.get("/chat", headers=IN_FRAME).text
    cookie = framed.post("/chat", data={"message": "canary", "framed": "1"}, follow_redirects=False).headers["set-cookie"]
    assert 'name="framed"' in page
    assert [part.strip() for part in cookie.split(";")][1:] == ["HttpOnly", "Path=/", "SameSite=None", "Secure", "Partitioned"]
    assert "canary" in framed.get("/chat").text


def test_outside_of_a_frame_the_cookie_stays_strict(framed: TestClient) -> None:
    cookie = framed.post("/chat", data={"message": "canary"}, follow_redirects=False).headers["set-cookie"]
    assert (cookie.startswith("__Host-waymark="), "SameSite=strict" in cookie, "Secure" in cookie, 'name="framed"' in framed.get("/chat").text) == (True, True, True, False)


def test_without_the_setting_a_page_cannot_ask_for_the_cookie_of_a_frame(client: TestClient) -> None:
    cookie = client.post("/chat", data={"message": "canary", "framed": "1"}, follow_redirects=False).headers["set-cookie"]
    assert "SameSite=strict" in cookie


def test_the_exit_link_of_a_framed_page_ends_the_conversation_without_its_cookie(framed: TestClient) -> None:
    framed.post("/chat", data={"message": "canary", "framed": "1"})
    page = framed.get("/chat", headers=IN_FRAME).text
    link = page.split('href="/exit/')[1].split('"')[0]
    held = dict(framed.cookies)
    framed.cookies.clear()  # at the top of the window the frame's cookie is not sent
    framed.get(f"/exit/{link}", follow_redirects=False)
    framed.cookies.update(held)
    assert ("canary" in page, "canary" in framed.get("/chat").text) == (True, False)


def test_a_wrong_word_ends_nothing_and_leaves_all_the_same(framed: TestClient) -> None:
    left = framed.get("/exit/not-the-word", follow_redirects=False)
    assert (left.status_code, left.headers["location"]) == (303, settings().exit_to)
