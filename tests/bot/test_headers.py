"""Contract: every route answers with the headers that keep a visit to itself; only static files may be kept by the browser."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from bot.app import ROUTERS
from bot.headers import secure_headers
from bot.settings import settings
from guidance.replies import Reply
from tests.bot.fakes import FakeRasa

VALUES = {"chapter_id": "lado", "kind": "pdf", "pathway_id": "worried-about-a-child", "leaving": "word"}
ROUTES = sorted({(method, route.path) for module in ROUTERS for route in module.router.routes for method in route.methods})  # type: ignore[attr-defined]
SITES = "https://www.cambridgeshire.gov.uk https://www.peterborough.gov.uk"


class FailingRasa(FakeRasa):
    async def turn(self, sender: str, message: str) -> list[Reply]:
        raise RuntimeError("a fault in our own code")


def filled(path: str) -> str:
    return re.sub(r"\{(\w+)[^}]*\}", lambda name: VALUES.get(name[1], "x"), path)


@pytest.mark.parametrize(("method", "path"), [*ROUTES, ("GET", "/nothing"), ("POST", "/nothing"), ("PUT", "/chat"), ("GET", "/static/x/none.js")])
def test_every_route_carries_the_headers(client: TestClient, method: str, path: str) -> None:
    headers = client.request(method, filled(path), follow_redirects=False).headers
    assert {name: headers.get(name) for name in secure_headers()} == secure_headers()


def test_a_page_about_a_failure_carries_them_too_and_gives_numbers(client_with: Callable[[FakeRasa], TestClient]) -> None:
    client = TestClient(client_with(FailingRasa()).app, base_url="http://127.0.0.1", raise_server_exceptions=False)
    answer = client.post("/chat", data={"message": "hello"})
    assert (answer.status_code, "0345 045 5203" in answer.text) == (500, True)
    assert {name: answer.headers.get(name) for name in secure_headers()} == secure_headers()


@pytest.mark.parametrize("name", ["waymark.css", "site.js", "icon.svg"])
def test_a_static_file_may_be_kept_and_carries_the_other_headers(client: TestClient, name: str) -> None:
    headers = client.get(client.app.state.static.url(name)).headers  # type: ignore[attr-defined]
    wanted = secure_headers() | {"Cache-Control": "public, max-age=31536000, immutable"}
    assert {name: headers.get(name) for name in wanted} == wanted


def test_no_page_may_be_framed_unless_a_site_is_listed(client_with: Callable[[FakeRasa], TestClient], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYMARK_FRAME_ANCESTORS", SITES)
    settings.cache_clear()
    headers = client_with(FakeRasa()).get("/").headers
    assert (headers.get("x-frame-options"), headers["content-security-policy"].endswith(f"frame-ancestors {SITES}")) == (None, True)


@pytest.mark.parametrize("wrong", ["*", "https://*.gov.uk", "http://www.example.org", "https://example.org/path", "https://a.org; script-src *", "example.org"])
def test_only_whole_origins_can_be_listed(monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    monkeypatch.setenv("WAYMARK_FRAME_ANCESTORS", wrong)
    settings.cache_clear()
    with pytest.raises(ValueError, match="not an origin"):
        settings()


@pytest.mark.parametrize("path", ["/", "/chat", "/procedures/lado"])
def test_pages_hold_no_script_or_style_of_their_own(client: TestClient, path: str) -> None:
    text = client.get(path).text
    assert re.findall(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:", text) == []
