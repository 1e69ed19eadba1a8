"""Contract: the pages for children, on privacy, accessibility and leaving are held, work without Rasa, and guidance in them has a source."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from bot.conversations import KEPT_S
from bot.settings import settings
from guidance.content import Content

PATHS = {"children": "/children", "privacy": "/privacy", "accessibility": "/accessibility", "leaving-safely": "/leaving-safely"}
NINE, ELEVEN = 4.0, 6.0  # the school grades of children who are nine and eleven


def grade(markdown: str) -> float:
    """The Automated Readability Index (Senter and Smith, 1967): about the school grade that a text suits; by letters, so no list of syllables is needed."""
    plain = re.sub(r"[*\"#]|^- ", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", markdown), flags=re.M)
    sentences = [s for line in plain.splitlines() if line.strip() for s in re.split(r"(?<=[.?!:])\s+", line.strip())]
    words = re.findall(r"[\w']+", " ".join(sentences))
    return 4.71 * sum(map(len, words)) / len(words) + 0.5 * len(words) / len(sentences) - 21.43


@pytest.mark.parametrize("page_id", PATHS)
def test_a_page_is_shown_whole_without_rasa(client_without_rasa: TestClient, content: Content, page_id: str) -> None:
    answer = client_without_rasa.get(PATHS[page_id])
    assert (answer.status_code, [s.anchor for s in content.pages[page_id].sections if f'id="{s.anchor}"' not in answer.text]) == (200, [])


def test_every_page_of_the_corpus_has_an_address(content: Content) -> None:
    assert set(content.pages) == set(PATHS)


def test_the_page_for_children_gives_999_then_childline_before_anything_else(client: TestClient, content: Content) -> None:
    text = client.get("/children").text
    main = text[text.index('id="main"') :]
    childline, council = content.contacts["childline"].number, content.contacts["childrens-social-care-peterborough"].number
    assert main.index("999") < main.index(str(childline)) < main.index(str(council))


def test_the_page_for_children_suits_a_nine_year_old(content: Content) -> None:
    assert grade("\n".join(f"{s.heading}\n{s.text}" for s in content.pages["children"].sections)) <= NINE


@pytest.mark.parametrize("page_id", ["privacy", "leaving-safely", "accessibility"])
def test_the_other_public_pages_suit_a_reader_of_eleven(content: Content, page_id: str) -> None:
    assert grade("\n".join(f"{s.heading}\n{s.text}" for s in content.pages[page_id].sections if "|" not in s.text)) <= ELEVEN


def test_no_page_promises_secrecy_to_a_child(content: Content) -> None:
    words = " ".join(s.text for s in content.pages["children"].sections).lower()
    assert ("must **not** promise to keep it all secret" in words, [w for w in ("confidential", "we will not tell", "ask your parents") if w in words]) == (True, [])


def test_the_privacy_page_names_the_time_that_the_code_keeps_things(content: Content) -> None:
    assert (KEPT_S, "one hour" in content.pages["privacy"].sections[1].text) == (3600, True)


def test_the_privacy_page_names_the_only_cookie_that_is_set(client: TestClient) -> None:
    client.post("/chat", data={"message": "hello"})
    client.post("/procedures", data={"q": "bruise"})
    assert list(client.cookies) == ["waymark"]


@pytest.mark.parametrize("path", [*PATHS.values(), "/contacts", "/procedures", "/procedures/lado", "/summary"])
def test_looking_at_a_page_sets_no_cookie(client: TestClient, path: str) -> None:
    assert "set-cookie" not in client.get(path).headers


def test_the_measure_tells_easy_words_from_hard_ones(content: Content) -> None:
    assert grade("The cat sat. It is wet.") < NINE < ELEVEN < grade(content.chapters["derbyshire-amendments"].sections[2].text)


def test_every_page_says_who_runs_it_where_that_is_set(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "This website is run by" not in client.get("/privacy").text
    monkeypatch.setenv("WAYMARK_OPERATOR", "Fenland <b>Council</b>, 01234 567890")
    settings.cache_clear()
    assert "This website is run by Fenland &lt;b&gt;Council&lt;/b&gt;, 01234 567890." in client.get("/privacy").text
