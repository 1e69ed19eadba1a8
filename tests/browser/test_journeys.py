"""Contract: the three users' journeys work in a real browser, with scripts and without, on a phone and a desktop, by keyboard alone, and no
request leaves the origin.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.helpers import DESKTOP, PHONE, Size, open_page, press, reply, say

WORRY = "I'm worried about my neighbours boy, I think his dad hurts him, we're in peterborough"
pytestmark = pytest.mark.product
with_and_without_scripts = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
on_both = pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])


@with_and_without_scripts
@on_both
def test_a_worried_person_is_asked_goes_astray_and_comes_back(browser: Browser, product: str, scripts: bool, size: Size) -> None:
    page, outside = open_page(browser, product, size=size, scripts=scripts)
    assert "If a child is in danger now" in say(page, WORRY)
    assert "before any further investigation" in say(page, "how quickly do I have to tell the LADO?")
    assert page.locator('.wm-turn:nth-of-type(2) a[href="/procedures/lado#who-to-tell"]').count() > 0
    alarm = say(page, "he's hitting her right now")
    assert alarm.index("Ring 999 now") < alarm.index("Emergency duty team")
    assert "Is the child in danger right now" in press(page, "Go on where I was")
    assert (page.url.removeprefix(product).split("#")[0], outside) == ("/chat", [])


@with_and_without_scripts
def test_a_new_colleague_reads_the_section_that_a_reply_quotes(browser: Browser, product: str, scripts: bool) -> None:
    page, outside = open_page(browser, product, scripts=scripts)
    assert "Show me all the walk-throughs" in press(page, "I work with children")
    say(page, "how quickly do I have to tell the LADO?")
    assert "within one working day" in page.locator(".wm-turn").last.locator(".wm-passage mark").first.inner_text()
    page.locator(".wm-turn").last.locator(".wm-passage__heading a").first.click()
    page.wait_for_url("**/procedures/lado#who-to-tell")
    page.go_back()
    assert (page.locator(".wm-turn").count(), outside) == (2, [])


@with_and_without_scripts
@on_both
def test_a_duty_worker_has_a_number_to_ring_in_one_step(browser: Browser, product: str, scripts: bool, size: Size) -> None:
    page, _ = open_page(browser, product, size=size, scripts=scripts)
    shown = press(page, "I need a number now")
    first = page.locator(".wm-turn .wm-card").first
    assert (first.locator("a.wm-tel").get_attribute("href"), "Open now" in first.inner_text()) == ("tel:01733234724", True)
    assert "Opens on Monday 30 November at 9am" in shown


@with_and_without_scripts
def test_back_change_why_and_start_again_are_buttons(browser: Browser, product: str, scripts: bool) -> None:
    page, _ = open_page(browser, product, scripts=scripts)
    say(page, WORRY)
    assert "Would you give your name" in press(page, "No, not right now")
    assert "Where does the child live" in press(page, "Back")
    assert "Would you give your name" not in press(page, "Why do you ask?")
    assert press(page, "Change an answer")
    assert "danger right now" in press(page, "Start again")


def tab_to(page: Page, name: str, most: int = 60) -> None:
    """Go on with Tab until what has the focus is called so."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText || document.activeElement.id").strip() == name:
            return
    raise AssertionError(f"no {name!r} within {most} steps of Tab")


def test_a_walk_can_be_done_with_the_keyboard_alone(browser: Browser, product: str) -> None:
    page, _ = open_page(browser, product)
    tab_to(page, "I am worried about a child")
    page.keyboard.press("Enter")
    reply(page, 0)
    tab_to(page, "No, not right now")
    page.keyboard.press("Enter")
    reply(page, 1)
    assert page.evaluate("document.activeElement.id") == "newest"
    tab_to(page, "message")
    page.keyboard.type("are you a robot?")
    page.keyboard.press("Enter")
    assert "not a person" in reply(page, 2)


def test_the_skip_link_leads_past_the_navigation(browser: Browser, product: str) -> None:
    page, _ = open_page(browser, product)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_the_home_page_weighs_less_than_150_kb_and_waits_for_no_script(browser: Browser, product: str) -> None:
    page, _ = open_page(browser, product, "/contacts")
    weight: list[int] = []
    page.context.clear_cookies()
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    session.on("Network.loadingFinished", lambda event: weight.append(int(event["encodedDataLength"])))
    page.goto("/", wait_until="networkidle")
    blocking = page.locator("script:not([type=module]):not([defer])").count()
    assert (0 < sum(weight) < 150_000, blocking) == (True, 0)
