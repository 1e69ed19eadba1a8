"""Contract: what another site sends is refused unread, and no honest browser is, however little it tells."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from bot.settings import settings
from tests.bot.fakes import FakeRasa

HONEST = [
    {"sec-fetch-site": "same-origin", "origin": "http://127.0.0.1"},
    {"sec-fetch-site": "same-origin", "origin": "null"},  # what Referrer-Policy: no-referrer makes of it
    {"sec-fetch-site": "none"},  # the address typed, or sent again by hand
    {"origin": "http://127.0.0.1"},
    {"origin": "null"},
    {},
]
FORGED = [
    {"sec-fetch-site": "cross-site", "origin": "https://evil.example"},
    {"sec-fetch-site": "same-site", "origin": "https://other.council.example"},
    {"sec-fetch-site": "cross-site", "origin": "http://127.0.0.1"},
    {"origin": "https://evil.example"},
    {"origin": "http://127.0.0.1.evil.example"},
]


@pytest.mark.parametrize("headers", HONEST, ids=str)
def test_an_honest_form_is_heard(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post("/chat", data={"message": "hello"}, headers=headers, follow_redirects=False).status_code == 303


@pytest.mark.parametrize("path", ["/chat", "/clear", "/exit"])
@pytest.mark.parametrize("headers", FORGED, ids=str)
def test_a_form_of_another_site_is_refused_with_a_page_that_says_so(client: TestClient, path: str, headers: dict[str, str]) -> None:
    client.post("/chat", data={"message": "my own words"})
    refused = client.post(path, data={"message": "not mine"}, headers=headers, follow_redirects=False)
    kept = client.get("/chat").text
    assert (refused.status_code, "did not come from Waymark" in refused.text, "tel:999" in refused.text) == (403, True, True)
    assert ("my own words" in kept, "not mine" in kept, "set-cookie" in refused.headers) == (True, False, False)


def test_the_refusal_carries_the_headers(client: TestClient) -> None:
    assert client.post("/chat", headers=FORGED[0]).headers["cache-control"] == "no-store"


@pytest.mark.parametrize("headers", [{}, {"origin": "null"}], ids=str)
def test_with_the_cookie_of_a_frame_a_browser_must_say_where_it_comes_from(
    client_with: Callable[[FakeRasa], TestClient], monkeypatch: pytest.MonkeyPatch, headers: dict[str, str]
) -> None:
    monkeypatch.setenv("WAYMARK_FRAME_ANCESTORS", "https://www.peterborough.gov.uk")
    monkeypatch.setenv("WAYMARK_HTTPS", "true")
    settings.cache_clear()
    cookie = {"cookie": "__Host-waymark-frame=anything"}
    client = client_with(FakeRasa())
    assert [client.post("/chat", headers=h, follow_redirects=False).status_code for h in (headers | cookie, headers, {"sec-fetch-site": "same-origin"} | cookie)] == [403, 303, 303]


def test_the_api_reads_no_cookie_and_stays_open(client: TestClient) -> None:
    assert client.post("/api/chat", json={"message": "hello"}, headers=FORGED[0]).status_code == 200
