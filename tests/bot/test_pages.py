"""Contract: every page works without scripts and without Rasa, shows 999 and the numbers, and leaves nothing in the browser."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from bot.site.templating import FOOTER, NAV

PAGES = [
    "/",
    "/chat",
    "/contacts",
    "/contacts?area=peterborough&audience=professional",
    "/summary",
    "/procedures",
    "/procedures?q=lado",
    "/procedures/lado",
    "/procedures/nothing",
    "/nothing",
]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_shows_999_and_both_contact_centres_without_rasa(client_without_rasa: TestClient, path: str) -> None:
    text = client_without_rasa.get(path).text
    assert ['href="tel:999"' in text, "0345 045 5203" in text, "01733 864180" in text, "01733 234724" in text] == [
        True
    ] * 4


def test_a_form_post_answers_on_the_page(client: TestClient) -> None:
    answer = client.post("/chat", data={"message": "hello"})
    assert (answer.status_code, "Hello from Rasa" in answer.text, "hello" in answer.text) == (200, True, True)


def test_what_was_typed_is_shown_as_text_and_not_as_markup(client: TestClient) -> None:
    assert "<script>alert" not in client.post("/chat", data={"message": "<script>alert(1)</script>"}).text


def test_the_cookie_ends_with_the_browser_and_is_out_of_reach_of_scripts(client: TestClient) -> None:
    cookie = client.post("/chat", data={"message": "hello"}, follow_redirects=False).headers["set-cookie"].lower()
    assert ("httponly" in cookie, "samesite=strict" in cookie, "expires" in cookie, "max-age" in cookie) == (
        True,
        True,
        False,
        False,
    )


def test_the_address_never_holds_what_was_typed(client: TestClient) -> None:
    assert client.post("/chat", data={"message": "my secret"}, follow_redirects=False).headers["location"] == "/chat#newest"


def test_the_fragment_holds_the_new_turn_only(client: TestClient) -> None:
    client.post("/chat", data={"message": "hello"})
    answer = client.post("/chat?fragment=true", data={"message": "a second"})
    assert (answer.headers["waymark-shows"], answer.text.count('class="wm-turn"'), "<html" in answer.text) == ("turn", 1, False)


def test_the_fragment_shows_all_where_the_page_is_out_of_date(client: TestClient) -> None:
    client.post("/chat", data={"message": "hello"})
    answer = client.post("/chat?fragment=true", data={"message": "delete this conversation"})
    assert (answer.headers["waymark-shows"], answer.text.count('class="wm-turn"')) == ("whole", 1)


def test_the_home_page_leads_back_to_a_conversation_and_shows_nothing_of_it(client: TestClient) -> None:
    before = client.get("/").text
    client.post("/chat", data={"message": "my secret"})
    after = client.get("/").text
    assert ("/chat#newest" in before, "/chat#newest" in after, "my secret" in after) == (False, True, False)


def test_what_is_too_long_to_send_gets_a_page_with_the_numbers(client: TestClient) -> None:
    answer = client.post("/chat", data={"message": "x" * 60_000})
    assert (answer.status_code, "0345 045 5203" in answer.text, answer.headers["content-type"]) == (422, True, "text/html; charset=utf-8")


def test_every_page_that_the_navigation_names_is_a_link_on_every_page(client: TestClient) -> None:
    text = client.get("/nothing").text
    assert [path for path, _ in (*NAV, *FOOTER) if f'href="{path}"' not in text] == []


def test_a_chapter_page_has_an_anchor_for_every_section(client: TestClient) -> None:
    text = client.get("/procedures/lado").text
    assert all(f'id="{anchor}"' in text for anchor in ("who-to-tell", "time-limits", "dbs-duty"))


def test_the_contacts_page_says_when_the_day_line_opens(client: TestClient) -> None:
    assert "Opens on Monday 30 November at 9am" in client.get("/contacts?area=peterborough").text


def test_a_passage_of_another_area_is_labelled(client: TestClient) -> None:
    assert "Not current local procedure" in client.get("/procedures/derbyshire-amendments").text
