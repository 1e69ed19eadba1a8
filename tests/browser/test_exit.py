"""Contract: leaving is quick and leaves nothing: the cookie and the conversation are gone, and going back shows neither."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.helpers import open_page, say

pytestmark = pytest.mark.product


def talked(browser: Browser, product: str, scripts: bool = True) -> Page:
    page, _ = open_page(browser, product, "/chat", scripts=scripts)
    say(page, "something private")
    return page


def assert_nothing_is_left(page: Page) -> None:
    """Wherever the person goes back to, the words are not there."""
    page.wait_for_url("**/contacts")
    page.wait_for_load_state()
    for _ in range(3):
        page.go_back()
        assert "something private" not in page.content()
    page.goto("/chat")
    assert (page.locator(".wm-turn").count(), page.context.cookies()) == (0, [])


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_button_leaves_nothing(browser: Browser, product: str, scripts: bool) -> None:
    page = talked(browser, product, scripts)
    page.get_by_role("button", name="Exit this page").click()
    assert_nothing_is_left(page)


def test_shift_three_times_leaves_nothing(browser: Browser, product: str) -> None:
    page = talked(browser, product)
    for _ in range(3):
        page.keyboard.press("Shift")
    assert_nothing_is_left(page)


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_the_button_is_pressed_with_the_keys_of_a_button(browser: Browser, product: str, key: str) -> None:
    page = talked(browser, product)
    page.get_by_role("button", name="Exit this page").focus()
    page.keyboard.press(key)
    assert_nothing_is_left(page)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_second_link_of_the_page_leaves_nothing(browser: Browser, product: str, scripts: bool) -> None:
    page = talked(browser, product, scripts)
    page.goto("/chat")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "Exit this page quickly"
    page.keyboard.press("Enter")
    assert_nothing_is_left(page)


def test_the_harmless_page_takes_the_place_of_this_one_in_the_history(browser: Browser, product: str) -> None:
    page = talked(browser, product)
    entries = page.evaluate("history.length")
    page.get_by_role("button", name="Exit this page").click()
    page.wait_for_url("**/contacts")
    assert page.evaluate("history.length") == entries


def test_a_server_that_does_not_answer_holds_nobody_back(browser: Browser, product: str) -> None:
    page = talked(browser, product)
    page.route("**/exit**", lambda route: route.abort())
    page.get_by_role("button", name="Exit this page").click()
    page.wait_for_url("**/contacts")
