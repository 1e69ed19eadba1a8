"""Contract: replies come in order and are announced once, focus is never lost, and what was typed is never lost."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.browser.helpers import open_page, press, reply, say

pytestmark = pytest.mark.product
LISTEN = """() => {
  window.heard = [];
  for (const region of document.querySelectorAll('[role=log], [role=status], [role=alert], [aria-live]')) {
    new MutationObserver((changes) => changes.forEach((c) => c.addedNodes.forEach((n) => {
      const copy = n.cloneNode(true);
      if (copy.querySelectorAll) copy.querySelectorAll('[aria-hidden=true]').forEach((h) => h.remove());
      if (!(n.getAttribute && n.getAttribute('aria-hidden') === 'true')) window.heard.push([region.getAttribute('role') || 'live', copy.textContent]);
    }))).observe(region, { childList: true, subtree: true, characterData: true });
  }
}"""


def chat(browser: Browser, product: str, **context: Any) -> Page:
    return open_page(browser, product, "/chat", **context)[0]


def test_a_reply_is_announced_once_and_by_the_log_alone(browser: Browser, product: str) -> None:
    page = chat(browser, product)
    say(page, "hello")
    page.evaluate(LISTEN)
    say(page, "are you a robot?")
    heard = page.evaluate("window.heard.filter(([, text]) => text.trim())")
    assert ({role for role, _ in heard}, sum("not a person" in text for _, text in heard), sum("are you a robot" in text for _, text in heard)) == ({"log"}, 1, 1)
    assert not any("Hello." in text for _, text in heard)


def test_who_speaks_is_said(browser: Browser, product: str) -> None:
    page = chat(browser, product)
    say(page, "hello")
    assert (page.locator(".wm-you").inner_text().startswith("You said:"), page.locator(".wm-reply h2").text_content()) == (True, "Waymark")


def test_two_messages_sent_fast_are_answered_in_their_order(browser: Browser, product: str) -> None:
    page = chat(browser, product)
    slow = {"first": True}

    def late(route: Route) -> None:
        if slow.pop("first", None):
            page.wait_for_timeout(500)
        route.continue_()

    page.route("**/chat?fragment=true", late)
    for words in ("are you a robot?", "what is a LADO"):
        page.fill("#message", words)
        page.keyboard.press("Enter")
    second = reply(page, 1)
    assert ("not a person" in reply(page, 0), "Local Authority Designated Officer" in second) == (True, True)


def test_a_message_that_does_not_get_through_is_given_back_and_can_be_sent_again(browser: Browser, product: str) -> None:
    page = chat(browser, product)
    page.route("**/chat?fragment=true", lambda route: route.abort())
    page.fill("#message", "are you a robot?")
    page.keyboard.press("Enter")
    page.locator("#say-error:not([hidden])").wait_for()
    told = page.locator("#message")
    assert (told.input_value(), told.get_attribute("aria-describedby"), page.locator(".wm-turn").count()) == ("are you a robot?", "say-error", 0)
    page.unroute("**/chat?fragment=true")
    page.keyboard.press("Enter")
    assert "not a person" in reply(page, 0)
    assert page.locator("#say-error").is_hidden()


def test_a_button_that_does_not_get_through_can_be_tried_again(browser: Browser, product: str) -> None:
    page = chat(browser, product)
    say(page, "I am worried about a child")
    page.route("**/chat?fragment=true", lambda route: route.abort())
    page.get_by_role("button", name="No, not right now").click()
    again = page.get_by_role("button", name="Try again")
    again.wait_for()
    assert page.evaluate("document.activeElement.id") == "again"
    page.unroute("**/chat?fragment=true")
    again.click()
    assert reply(page, 1)


def test_an_empty_message_is_not_sent_and_says_why(browser: Browser, product: str) -> None:
    page = chat(browser, product)
    page.get_by_role("button", name="Send").click()
    assert (page.locator("#say-error").inner_text(), page.evaluate("document.activeElement.id"), page.locator(".wm-turn").count()) == ("Type your message first", "message", 0)


def test_shift_and_enter_make_a_line(browser: Browser, product: str) -> None:
    page = chat(browser, product)
    page.focus("#message")
    page.keyboard.type("one")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("two")
    assert (page.locator("#message").input_value(), page.locator(".wm-turn").count()) == ("one\ntwo", 0)


def test_the_focus_stays_in_the_box_or_goes_to_the_reply_of_a_button(browser: Browser, product: str) -> None:
    page = chat(browser, product)
    page.focus("#message")
    page.keyboard.type("I am worried about a child")
    page.keyboard.press("Enter")
    reply(page, 0)
    typed = page.evaluate("document.activeElement.id")
    press(page, "No, not right now")
    page.wait_for_function("document.activeElement.id === 'newest'")
    page.keyboard.press("Tab")
    assert (typed, page.evaluate("Boolean(document.activeElement.closest('#newest'))")) == ("message", True)


def test_only_the_newest_reply_has_buttons(browser: Browser, product: str) -> None:
    page = chat(browser, product)
    say(page, "I am worried about a child")
    press(page, "No, not right now")
    assert page.locator(".wm-turn").first.locator(".wm-options").count() == 0


def test_a_number_and_a_passage_can_be_copied(browser: Browser, product: str) -> None:
    page = chat(browser, product, permissions=["clipboard-read", "clipboard-write"])
    say(page, "who do I ring")
    page.locator(".wm-copy").first.click()
    number = page.evaluate("navigator.clipboard.readText()")
    say(page, "how quickly do I have to tell the LADO?")
    page.locator(".wm-turn").last.locator(".wm-passage > .wm-copy").first.click()
    passage = page.evaluate("navigator.clipboard.readText()")
    assert (number, "before any further investigation" in passage, "Copied" in page.locator(".wm-turn").last.inner_text()) == ("01733 234724", True, True)


def test_clearing_leaves_an_empty_page_and_a_new_conversation(browser: Browser, product: str) -> None:
    page = chat(browser, product)
    say(page, "something private")
    page.get_by_role("button", name="Clear this conversation").click()
    page.wait_for_url(product + "/")
    page.goto("/chat")
    assert page.locator(".wm-turn").count() == 0


def test_a_typed_wish_to_delete_takes_what_was_said_off_the_page(browser: Browser, product: str) -> None:
    page = chat(browser, product)
    say(page, "something private")
    page.fill("#message", "delete this conversation")
    page.keyboard.press("Enter")
    page.get_by_text("This conversation is deleted").wait_for()
    assert ("something private" in page.locator("main").inner_text(), page.locator(".wm-turn").count()) == (False, 1)


def test_what_has_ended_is_not_shown_beside_what_is_new(browser: Browser, product: str) -> None:
    page = chat(browser, product)
    say(page, "something private")
    page.context.clear_cookies()  # as an hour later, or after "Exit this page" in another tab
    page.fill("#message", "are you a robot?")
    page.keyboard.press("Enter")
    page.get_by_text("not a person").wait_for()
    assert ("something private" in page.content(), page.locator(".wm-turn").count()) == (False, 1)
