"""Contract: axe-core finds nothing against WCAG 2.2 A and AA, nothing is scrolled sideways at 400% zoom, and nothing covers the focus."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.helpers import DESKTOP, PHONE, ZOOMED, axe, hidden_focus, open_page, press, say, sticks_out

pytestmark = pytest.mark.product
PAGES = ["/", "/chat", "/contacts", "/procedures", "/procedures?q=lado", "/procedures/lado", "/procedures/child-death", "/summary", "/nothing-here"]
REPLIES = {
    "a walk-through": ["I'm worried about my neighbours boy, we're in peterborough", "*No, not right now"],
    "danger": ["he's hitting her right now"],
    "a crisis": ["I want to kill myself"],
    "a child": ["my dad hits me and I am 10"],
    "passages": ["how quickly do I have to tell the LADO?"],
    "nothing found": ["what does the procedure say about parking permits for the moon"],
    "a chapter that is not held": ["what does the FGM chapter say"],
    "numbers": ["who do I ring, it's saturday night"],
    "a deadline": ["the strategy meeting was on friday 18 december, when are the minutes due?"],
    "a term": ["what is a LADO"],
    "changes": ["what changed in 2020"],
    "another language": ["Martwię się o dziecko moich sąsiadów, ciągle płacze w nocy"],
    "a referral": ["help me write the referral", "Łukasz Żółć, محمد, 6 years old"],
    "a summary": ["help me write the referral", "Łukasz Żółć, 6", "show me the summary"],
    "a deletion": ["delete this conversation"],
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_on_a_page(browser: Browser, product: str, path: str, scheme: str) -> None:
    page, _ = open_page(browser, product, path, DESKTOP, color_scheme=scheme)
    assert axe(page) == []


@pytest.mark.parametrize("kind", REPLIES)
def test_a_reply_passes_axe_in_light_and_dark_and_fits_a_phone(browser: Browser, product: str, kind: str) -> None:
    page, outside = open_page(browser, product, "/chat", PHONE)
    for words in REPLIES[kind]:
        press(page, words[1:]) if words.startswith("*") else say(page, words)
    light = axe(page)
    wide = sticks_out(page)
    page.emulate_media(color_scheme="dark")
    assert (light, axe(page), wide, outside) == ([], [], [], [])


def test_axe_finds_nothing_while_an_error_is_shown(browser: Browser, product: str) -> None:
    page, _ = open_page(browser, product, "/chat")
    page.get_by_role("button", name="Send").click()
    assert axe(page) == []


@pytest.mark.parametrize("path", PAGES)
def test_at_400_percent_nothing_is_scrolled_sideways_and_nothing_covers_the_focus(browser: Browser, product: str, path: str) -> None:
    page, _ = open_page(browser, product, path, ZOOMED)
    assert (sticks_out(page), hidden_focus(page)) == ([], [])


@pytest.mark.parametrize("size", [PHONE, ZOOMED, DESKTOP], ids=["phone", "400%", "desktop"])
def test_nothing_covers_the_focus_in_a_long_conversation(browser: Browser, product: str, size: tuple[int, int]) -> None:
    page, _ = open_page(browser, product, "/chat", size)
    say(page, "who do I ring, it's saturday night")
    say(page, "how quickly do I have to tell the LADO?")
    say(page, "I'm worried about my neighbours boy")
    assert hidden_focus(page) == []


@pytest.mark.parametrize("path", ["/", "/chat"])
def test_text_spacing_and_larger_text_break_nothing(browser: Browser, product: str, path: str) -> None:
    page, _ = open_page(browser, product, path, PHONE)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    page.evaluate("document.body.style.cssText = 'line-height:1.5;letter-spacing:.12em;word-spacing:.16em'")
    assert sticks_out(page) == []
