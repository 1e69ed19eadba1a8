"""Contract: the served files carry a digest of them all, are compressed for who asks, and nothing else can be reached through them."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from bot.static_files import StaticTree, WebNotBuilt

FEW_KB = 15_000


def tree(client: TestClient) -> StaticTree:
    found: StaticTree = client.app.state.static  # type: ignore[attr-defined]
    return found


def test_a_page_links_to_files_that_are_there(client: TestClient) -> None:
    assert client.get(tree(client).url("waymark.css")).headers["content-type"] == "text/css; charset=utf-8"


def test_the_styles_are_compressed_for_who_asks_and_small(client: TestClient) -> None:
    url = tree(client).url("waymark.css")
    with client.stream("GET", url, headers={"accept-encoding": "gzip"}) as packed:
        body = b"".join(packed.iter_raw())
    plain = client.get(url, headers={"accept-encoding": "identity"})
    assert (packed.headers["content-encoding"], gzip.decompress(body) == plain.content, len(body) < FEW_KB, "content-encoding" in plain.headers) == ("gzip", True, True, False)


@pytest.mark.parametrize("path", ["/", "/chat", "/contacts"])
def test_a_page_is_never_compressed(client: TestClient, path: str) -> None:
    assert "content-encoding" not in client.get(path, headers={"accept-encoding": "gzip"}).headers


def test_an_address_with_an_older_digest_is_served_but_not_kept(client: TestClient) -> None:
    answer = client.get("/static/0123456789ab/waymark.css")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")


@pytest.mark.parametrize("name", ["../app.py", "..%2fapp.py", "%2e%2e/settings.py", "/etc/passwd", "nothing.css"])
def test_nothing_else_can_be_reached(client: TestClient, name: str) -> None:
    assert client.get(f"/static/{tree(client).digest}/{name}").status_code == 404


def test_a_template_that_names_a_file_that_is_not_there_fails(client: TestClient) -> None:
    with pytest.raises(KeyError):
        tree(client).url("missing.css")


def test_the_digest_changes_with_a_file(tmp_path: Path) -> None:
    styles = tmp_path / "web" / "waymark.css"
    styles.parent.mkdir()
    styles.write_text("a{}")
    first = StaticTree(tmp_path).digest
    styles.write_text("b{}")
    assert StaticTree(tmp_path).digest != first


def test_without_the_built_styles_the_app_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(WebNotBuilt, match="make web"):
        StaticTree(tmp_path)
