"""Contract: HEAD answers as GET does, without the body; long pages that are the same for all are pressed, what shows somebody's words is not."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient


@pytest.mark.parametrize("path", ["/", "/glossary", "/api/search?q=lado", "/no-such-page"])
def test_head_is_get_without_the_body(client: TestClient, path: str) -> None:
    asked, told = client.get(path, headers={"Accept-Encoding": "identity"}), client.head(path, headers={"Accept-Encoding": "identity"})
    assert (told.status_code, told.content, told.headers["content-length"]) == (asked.status_code, b"", str(len(asked.content)))


def test_long_pages_travel_small(client: TestClient) -> None:
    assert client.get("/glossary").headers.get("content-encoding") == "gzip"


def test_a_page_with_somebodys_words_is_not_pressed(client: TestClient) -> None:
    client.post("/chat", data={"message": "hello " * 900})
    page = client.get("/chat")
    assert (len(page.content) > 5000, page.headers.get("content-encoding")) == (True, None)
