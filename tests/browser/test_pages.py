"""Contract: numbers, procedures, the summary and the pages of the corpus work without scripts, on a phone, in the dark, with a keyboard and on paper."""

from __future__ import annotations

import io

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from tests.browser.helpers import DESKTOP, PHONE, ZOOMED, axe, hidden_focus, open_page, say, sticks_out

pytestmark = pytest.mark.product
PAGES = [
    "/contacts",
    "/contacts?area=peterborough&audience=professional",
    "/contacts/sheet",
    "/procedures",
    "/procedures/not-held",
    "/procedures/lado",
    "/procedures/derbyshire-amendments",
    "/children",
    "/privacy",
    "/accessibility",
    "/leaving-safely",
    "/summary",
]
SEARCHES = {"found": "bruises on a baby", "not held": "FGM policy", "not found": "parking permits on the moon", "danger": "he's hitting her right now"}
PRIVATE = "my own husband shouts"


def look_for(page: Page, words: str) -> None:
    page.get_by_label("Search the procedures").fill(words)
    page.get_by_role("button", name="Search").click()
    page.wait_for_url("**/procedures/search")


def prepared(page: Page) -> None:
    """Answer a few questions of the summary, and open it."""
    for words in ("help me write the referral", "I saw a bruise on his arm on Monday.", "Tomas Kowalski", "6"):
        say(page, words)
    page.goto("/summary")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_whole_without_scripts_and_shows_no_button_that_does_nothing(browser: Browser, product: str, path: str) -> None:
    page, outside = open_page(browser, product, path, scripts=False)
    assert (page.locator("main h1").count(), page.locator("[data-print]:visible").count(), page.locator("button.wm-copy:visible").count(), outside) == (1, 0, 0, [])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(browser: Browser, product: str, path: str, scheme: str) -> None:
    page, _ = open_page(browser, product, path, PHONE, color_scheme=scheme)
    assert axe(page) == []


@pytest.mark.parametrize("path", PAGES)
def test_a_phone_and_400_percent_scroll_nothing_sideways_and_hide_no_focus(browser: Browser, product: str, path: str) -> None:
    page, _ = open_page(browser, product, path, ZOOMED)
    assert (sticks_out(page), hidden_focus(page, 60)) == ([], [])


@pytest.mark.parametrize("words", SEARCHES.values(), ids=SEARCHES)
def test_what_a_search_shows_passes_axe_and_fits_a_phone(browser: Browser, product: str, words: str) -> None:
    page, outside = open_page(browser, product, "/procedures", PHONE)
    look_for(page, words)
    assert (axe(page), sticks_out(page), outside) == ([], [], [])


def test_going_back_to_a_search_asks_for_nothing_and_no_address_holds_its_words(browser: Browser, product: str) -> None:
    page, _ = open_page(browser, product, "/procedures", scripts=False)
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    look_for(page, "how quickly must I tell the LADO")
    page.locator(".wm-passage__heading a").first.click()
    page.wait_for_url("**/procedures/lado*")
    page.go_back()
    assert (page.get_by_label("Search the procedures").input_value(), [a for a in addresses if "quickly" in a]) == ("how quickly must I tell the LADO", [])


def test_leaving_after_a_search_leaves_nothing(browser: Browser, product: str) -> None:
    page, _ = open_page(browser, product, "/procedures")
    look_for(page, PRIVATE)
    page.get_by_role("button", name="Exit this page").click()
    page.wait_for_url("**/contacts")
    page.goto("/procedures/search")
    assert (PRIVATE in page.content(), page.context.cookies()) == (False, [])


def test_numbers_can_be_filtered_without_scripts(browser: Browser, product: str) -> None:
    page, _ = open_page(browser, product, "/contacts", scripts=False)
    page.get_by_text("Choose the area, and who you are").click()
    page.get_by_label("Where the child lives").select_option("Peterborough")
    page.get_by_role("button", name="Show these numbers").click()
    shown = page.locator("#right-now").inner_text()
    assert ("Peterborough, for a member of the public" in shown, "opens again on Monday 30 November at 9am" in shown) == (True, True)


def test_the_sheet_for_the_night_desk_is_one_page_of_a4(browser: Browser, product: str) -> None:
    page, _ = open_page(browser, product, "/contacts/sheet", DESKTOP)
    paper = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    text = paper.pages[0].extract_text()
    width, height = (round(float(side) / 72 * 25.4) for side in paper.pages[0].mediabox[2:])
    assert (len(paper.pages), (width, height), "01733 234724" in text, "Exit this page" in text) == (1, (210, 297), True, False)


def test_the_sheet_is_still_one_page_when_a_year_has_more_holidays_and_text_is_a_little_larger(browser: Browser, product: str) -> None:
    page, _ = open_page(browser, product, "/contacts/sheet", DESKTOP)
    page.evaluate("document.querySelector('.wm-sheet__days').insertAdjacentHTML('beforeend', '<li>One more day</li>'.repeat(2))")
    assert len(PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages) == 1


def test_a_chapter_prints_its_text_without_what_can_only_be_pressed(browser: Browser, product: str) -> None:
    page, _ = open_page(browser, product, "/procedures/lado", DESKTOP)
    text = "".join(p.extract_text() for p in PdfReader(io.BytesIO(page.pdf())).pages)
    assert ("Who to tell" in text or "LADO" in text, "Exit this page" in text, "Back to the contents" in text) == (True, False, False)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_an_answer_is_changed_from_the_summary_and_stands_changed_in_it(browser: Browser, product: str, scripts: bool) -> None:
    page, _ = open_page(browser, product, "/chat", scripts=scripts)
    prepared(page)
    page.get_by_role("button", name="Change full name").click()
    page.wait_for_url("**/chat*")
    assert "full name" in page.locator(".wm-turn").last.inner_text()
    say(page, "Tomas Kowalsky")
    page.goto("/summary")
    assert ("Tomas Kowalsky" in page.locator("main").inner_text(), "Nothing has been sent to anyone" in page.locator("main").inner_text()) == (True, True)


def test_the_summary_passes_axe_fits_a_phone_and_prints(browser: Browser, product: str) -> None:
    page, _ = open_page(browser, product, "/chat", PHONE)
    prepared(page)
    found = (axe(page), sticks_out(page))
    text = "".join(p.extract_text() for p in PdfReader(io.BytesIO(page.pdf())).pages)
    assert (found, "Tomas Kowalski" in text, "Change" in text) == (([], []), True, False)
