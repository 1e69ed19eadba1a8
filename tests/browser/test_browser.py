"""Contract: in a real browser, on a phone's width, the main conversation works with scripts and without, and no request leaves the origin."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WORRY = "I'm worried about my neighbours boy, I think his dad hurts him, we're in peterborough"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, *as_root])
        yield opened
        opened.close()


def open_page(browser: Browser, address: str, scripts: bool = True) -> tuple[Page, list[str]]:
    page = browser.new_context(
        viewport={"width": 320, "height": 640}, java_script_enabled=scripts, base_url=address
    ).new_page()
    outside: list[str] = []
    page.on("request", lambda request: None if request.url.startswith(address) else outside.append(request.url))
    page.goto("/")
    return page, outside


def say(page: Page, words: str, turn: int) -> str:
    """Type a message, send it, and return what the newest turn shows."""
    page.fill("#message", words)
    page.click("#say .send")
    page.locator(".turn").nth(turn).wait_for()
    return page.locator(".turn").nth(turn).inner_text()


@pytest.mark.product
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_whole_conversation(browser: Browser, product: str, scripts: bool) -> None:
    page, outside = open_page(browser, product, scripts)
    assert "If a child is in danger now" in say(page, WORRY, 0)
    assert "before any further investigation" in say(page, "how quickly do I have to tell the LADO?", 1)
    assert page.locator('.turn:nth-of-type(2) a[href="/procedures/lado#who-to-tell"]').count() > 0
    ring = say(page, "who do I ring, it's saturday night", 2)
    assert ring.index("Emergency duty team") < ring.index("opens on Monday 30 November at 9am")
    alarm = say(page, "he's hitting her right now", 3)
    assert alarm.index("Ring 999 now") < alarm.index("Emergency duty team")
    page.get_by_role("button", name="Go on where I was").click()
    page.locator(".turn").nth(4).wait_for()
    assert "Is the child in danger right now" in page.locator(".turn").nth(4).inner_text()
    assert outside == []


@pytest.mark.product
def test_a_phone_never_scrolls_sideways(browser: Browser, product: str) -> None:
    page, _ = open_page(browser, product)
    say(page, "how quickly do I have to tell the LADO?", 0)
    wide = [
        path
        for path in ("/", "/contacts", "/procedures/lado", "/procedures/child-death")
        if page.goto(path) and page.evaluate("document.documentElement.scrollWidth > 320")
    ]
    assert wide == []


@pytest.mark.product
def test_exit_forgets_the_conversation(browser: Browser, product: str) -> None:
    page, _ = open_page(browser, product)
    say(page, "something private", 0)
    page.get_by_role("button", name="Exit this page").click()
    page.wait_for_url("**/contacts")
    page.goto("/")
    assert (page.locator(".turn").count(), page.context.cookies()) == (0, [])


@pytest.mark.product
def test_the_whole_page_can_be_used_with_the_keyboard(browser: Browser, product: str) -> None:
    page, _ = open_page(browser, product)
    page.focus("#message")
    page.keyboard.type("are you a robot?")
    page.keyboard.press("Enter")
    page.locator(".turn").nth(0).wait_for()
    assert "not a person" in page.locator(".turn").nth(0).inner_text()
