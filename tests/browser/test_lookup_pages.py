"""Contract: deadlines, glossary and changes can be used on a phone with and without scripts, and pass axe in light and dark."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.helpers import PHONE, ZOOMED, axe, hidden_focus, open_page, sticks_out

pytestmark = pytest.mark.product
CONFIRM = "/deadlines/referral-written-confirmation"
PATHS = ["/deadlines", CONFIRM, "/glossary?q=section", "/changes?year=2019", "/changes?year=2009&manual=derby-and-derbyshire"]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_deadline_from_the_list_to_the_date(browser: Browser, product: str, scripts: bool) -> None:
    page, outside = open_page(browser, product, "/deadlines", PHONE, scripts)
    page.get_by_text("Thresholds: effective support", exact=False).first.click()
    page.get_by_role("link", name="Confirm a telephone referral in writing").click()
    for label, typed in (("Day", "27"), ("Month", "11"), ("Year", "2026"), ("At what time?", "4pm")):
        page.get_by_label(label, exact=True).fill(typed)
    page.get_by_role("button", name="Work it out").click()
    assert "by 4pm on Saturday 28 November 2026" in page.locator("#due").inner_text()
    assert (page.url, sticks_out(page), outside) == (f"{product}{CONFIRM}", [], [])


def test_an_error_leads_to_its_field(browser: Browser, product: str) -> None:
    page, _ = open_page(browser, product, CONFIRM, PHONE, scripts=False)
    page.get_by_label("Day", exact=True).fill("27")
    page.get_by_role("button", name="Work it out").click()
    page.get_by_role("link", name="The date must include a month and a year").click()
    assert (page.title().startswith("Error: "), page.evaluate("document.activeElement.id")) == (True, "month")


def test_own_words_find_the_limit_and_the_day(browser: Browser, product: str) -> None:
    page, _ = open_page(browser, product, "/deadlines", PHONE, scripts=False)
    page.get_by_label("Ask in your own words").fill("the strategy meeting was on friday 18 december, when are the minutes due?")
    page.get_by_role("button", name="Work it out").click()
    assert "by the end of Wednesday 23 December 2026" in page.locator("#due").inner_text()


def test_typing_a_term_leaves_what_fits_and_sends_nothing(browser: Browser, product: str) -> None:
    page, outside = open_page(browser, product, "/glossary", PHONE)
    page.get_by_label("Find a term").press_sequentially("lado")
    page.get_by_role("status").get_by_text("fit").wait_for()
    assert (page.locator("#lado").is_visible(), page.locator("#camhs").is_visible(), page.url, outside) == (True, False, f"{product}/glossary", [])


def test_a_term_is_found_without_scripts(browser: Browser, product: str) -> None:
    page, _ = open_page(browser, product, "/glossary", PHONE, scripts=False)
    page.get_by_label("Find a term").fill("lado")
    page.get_by_role("button", name="Find").click()
    assert (page.locator("#lado").is_visible(), page.locator("#camhs").count()) == (True, 0)


def test_changes_of_one_chapter_by_keyboard(browser: Browser, product: str) -> None:
    page, _ = open_page(browser, product, "/changes", PHONE, scripts=False)
    page.get_by_label("Chapter").select_option("Local Contacts")
    page.get_by_label("Put together").select_option("by chapter")
    page.get_by_role("button", name="Show").press("Enter")
    page.wait_for_url("**/changes?*")
    assert page.locator("main h2").all_inner_texts() == ["Local Contacts"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing_and_nothing_sticks_out_or_covers_the_focus(browser: Browser, product: str, path: str, scheme: str) -> None:
    page, _ = open_page(browser, product, path, PHONE, color_scheme=scheme)
    assert (axe(page), sticks_out(page), hidden_focus(page)) == ([], [], [])


@pytest.mark.parametrize("path", PATHS)
def test_it_fits_at_400_percent(browser: Browser, product: str, path: str) -> None:
    page, _ = open_page(browser, product, path, ZOOMED)
    assert (sticks_out(page), hidden_focus(page)) == ([], [])


def test_a_wrong_date_passes_axe(browser: Browser, product: str) -> None:
    page, _ = open_page(browser, product, CONFIRM, PHONE)
    page.get_by_role("button", name="Work it out").click()
    assert axe(page) == []


def test_the_whole_glossary_passes_axe_and_fits(browser: Browser, product: str) -> None:
    page, _ = open_page(browser, product, "/glossary", PHONE)
    assert (axe(page), sticks_out(page)) == ([], [])
