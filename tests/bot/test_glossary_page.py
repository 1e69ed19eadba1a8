"""Contract: the glossary holds every entry under its letter, each with an id of its own and its source; what is not ours is said not to be."""

from __future__ import annotations

import re

from fastapi.testclient import TestClient

from index.guide import Guide


def ids(text: str) -> list[str]:
    return re.findall(r'data-find-item id="([\w-]+)"', text)


def test_every_entry_stands_there_once_with_an_anchor_of_its_own(client: TestClient, guide: Guide) -> None:
    found = ids(client.get("/glossary").text)
    assert (len(found), len(set(found))) == (len(guide.content.glossary), len(guide.content.glossary))


def test_every_letter_of_the_row_leads_to_its_part(client: TestClient) -> None:
    text = client.get("/glossary").text
    assert set(re.findall(r'href="#(letter-[\w-]+)"', text)) == set(re.findall(r'id="(letter-[\w-]+)"', text))


def test_letters_are_found_as_in_the_chat(client: TestClient) -> None:
    assert "lado" in ids(client.get("/glossary?q=lado").text)


def test_a_word_of_a_meaning_is_found_too(client: TestClient) -> None:
    assert "camhs" in ids(client.get("/glossary?q=mental+health+services").text)


def test_nothing_found_is_said(client: TestClient) -> None:
    assert "No entry fits" in client.get("/glossary?q=xyzzyplugh").text


def test_an_entry_of_another_area_says_so(client: TestClient) -> None:
    text = client.get("/glossary").text
    assert "not current local procedure" in text[text.index('id="calfb"') : text.index('id="cameo"')]


def test_what_was_typed_is_shown_as_text(client: TestClient) -> None:
    assert "<script>alert" not in client.get("/glossary", params={"q": "<script>alert(1)</script>"}).text
