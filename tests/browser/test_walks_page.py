"""Contract: in a real browser a walk-through can be walked from start to end on a phone, with the keyboard alone and without scripts; nothing is lost or doubled."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.helpers import DESKTOP, PHONE, ZOOMED, Size, axe, hidden_focus, open_page, sticks_out

pytestmark = pytest.mark.product
WORRY = "/walk/worried-about-a-child"
ANSWERS = ["No, not right now", "A relative, friend, neighbour, parent or other member of the public", "Peterborough", "Yes, I would give my name"]


def answer(page: Page, label: str) -> None:
    page.get_by_label(label, exact=True).check()
    go_on(page)


def go_on(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Continue").click()


def to_the_end(page: Page) -> None:
    page.get_by_role("link", name="Show me what to do").click()
    page.wait_for_url("**/end")


def walk_to(page: Page, answers: list[str]) -> None:
    for label in answers:
        answer(page, label)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_walk_from_the_list_to_the_end(browser: Browser, product: str, scripts: bool) -> None:
    page, outside = open_page(browser, product, "/walk", PHONE, scripts)
    page.get_by_role("link", name="I have seen an injury on a child", exact=True).click()
    page.get_by_role("link", name="All walk-throughs").click()
    page.goto(WORRY)
    for number, label in enumerate(ANSWERS, 1):
        assert (page.locator("h1").count(), page.locator("input:checked").count(), page.title()) == (1, 0, f"Question {number} - I am worried about a child - Waymark")
        assert sticks_out(page) == []
        answer(page, label)
    assert page.locator("h1").inner_text() == "Check your answers"
    to_the_end(page)
    shown = page.locator("main").inner_text()
    assert shown.index("Ring children's social care") < shown.index("Emergency duty team") < shown.index("Time limits") < shown.index("Your answers")
    assert (sticks_out(page), outside) == ([], [])


def test_a_walk_with_the_keyboard_alone(browser: Browser, product: str) -> None:
    page, _ = open_page(browser, product, WORRY, PHONE, scripts=False)
    for downs in (1, 0, 1, 0):
        for _ in range(30):
            page.keyboard.press("Tab")
            if page.locator("input[type=radio]:focus").count():
                break
        page.keyboard.press("Space")
        for _ in range(downs):
            page.keyboard.press("ArrowDown")
        with page.expect_navigation():
            page.keyboard.press("Enter")
    assert page.locator("h1").inner_text() == "Check your answers"
    assert [page.locator(".govuk-summary-list__value").nth(i).inner_text() for i in range(4)] == ANSWERS


def test_nothing_chosen_leads_from_the_summary_to_the_first_answer(browser: Browser, product: str) -> None:
    page, _ = open_page(browser, product, WORRY, PHONE, scripts=False)
    go_on(page)
    assert page.title() == "Error: Question 1 - I am worried about a child - Waymark"
    page.get_by_role("link", name="Choose one of the answers").click()
    assert page.evaluate("document.activeElement.id") == "answer"


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_back_and_reload_neither_lose_nor_double_an_answer(browser: Browser, product: str, scripts: bool) -> None:
    page, _ = open_page(browser, product, WORRY, PHONE, scripts)
    walk_to(page, ANSWERS[:3])
    page.go_back()
    page.go_back()
    assert page.get_by_label(ANSWERS[1]).is_checked()
    page.reload()
    go_on(page)
    go_on(page)
    answer(page, ANSWERS[3])
    assert page.locator(".govuk-summary-list__row").count() == 4


def test_a_change_asks_what_follows_again(browser: Browser, product: str) -> None:
    page, _ = open_page(browser, product, WORRY, PHONE, scripts=False)
    walk_to(page, ANSWERS)
    page.get_by_role("link", name="Change the answer to: Who are you?").click()
    answer(page, "I am a child or young person myself")
    assert "grown-up you trust" in page.locator("h1").inner_text()


def test_danger_shows_999_before_anything_else(browser: Browser, product: str) -> None:
    page, _ = open_page(browser, product, WORRY, PHONE, scripts=False)
    answer(page, "Yes, or I am not sure")
    box = page.locator("main").get_by_text("Ring 999 now").bounding_box()
    assert box
    assert box["y"] < PHONE[1]


def test_leaving_lets_go_of_the_answers_and_the_back_button_shows_none(browser: Browser, product: str) -> None:
    page, _ = open_page(browser, product, WORRY, PHONE)
    walk_to(page, ANSWERS)
    page.get_by_role("button", name="Exit this page").click()
    page.wait_for_url("**/contacts")
    page.goto(f"{WORRY}/check")
    assert (page.locator("h1").inner_text(), page.get_by_text("Peterborough", exact=True).count()) == ("Your answers are no longer here", 0)


def test_get_ready_for_the_call_begins_the_summary(browser: Browser, product: str) -> None:
    page, _ = open_page(browser, product, WORRY, PHONE, scripts=False)
    walk_to(page, ANSWERS)
    to_the_end(page)
    page.get_by_role("button", name="Help me get ready for the call").click()
    assert "I can help you get ready for the call" in page.locator(".wm-turn").last.inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("stage", ["list", "question", "error", "urgent", "check", "end", "gone", "chart"])
def test_axe_finds_nothing_and_nothing_sticks_out_or_covers_the_focus(browser: Browser, product: str, stage: str, scheme: str) -> None:
    page, _ = open_page(browser, product, {"list": "/walk", "chart": f"{WORRY}/chart", "gone": f"{WORRY}/end"}.get(stage, WORRY), PHONE, color_scheme=scheme)
    walk_to(page, {"urgent": ["Yes, or I am not sure"], "check": ANSWERS, "end": ANSWERS}.get(stage, []))
    if stage == "error":
        go_on(page)
    if stage == "end":
        to_the_end(page)
    assert (axe(page), sticks_out(page), hidden_focus(page)) == ([], [], [])


@pytest.mark.parametrize("size", [ZOOMED, DESKTOP], ids=["400%", "desktop"])
@pytest.mark.parametrize("path", ["/walk", WORRY, f"{WORRY}/chart"])
def test_it_fits_at_400_percent_and_on_a_desktop(browser: Browser, product: str, path: str, size: Size) -> None:
    page, _ = open_page(browser, product, path, size)
    assert (sticks_out(page), hidden_focus(page)) == ([], [])


def test_the_flowchart_is_scrolled_in_its_own_place_with_the_keyboard(browser: Browser, product: str) -> None:
    page, _ = open_page(browser, product, f"{WORRY}/chart", PHONE, scripts=False)
    page.locator(".wm-chart").focus()
    for _ in range(20):  # a key that is pressed while the page is still being drawn is lost
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(100)
    assert page.evaluate("document.querySelector('.wm-chart').scrollLeft") > 0
    assert page.evaluate("Math.min(...[...document.querySelectorAll('.wm-chart text')].map((t) => t.getBoundingClientRect().height))") >= 15


def test_words_fit_their_boxes_in_every_flowchart(browser: Browser, product: str) -> None:
    page, _ = open_page(browser, product, "/walk", DESKTOP)
    over: list[str] = []
    for path in page.evaluate("[...document.querySelectorAll('a[href$=\"/chart\"]')].map((a) => a.getAttribute('href'))"):
        page.goto(path)
        over += page.evaluate(
            """() => [...document.querySelectorAll('.wm-chart .node')].flatMap((node) => {
              const right = Math.max(...[...node.querySelectorAll('polygon')].map((p) => p.getBoundingClientRect().right));
              return [...node.querySelectorAll('text')].filter((t) => t.getBoundingClientRect().right > right).map((t) => t.textContent);
            })"""
        )
    assert over == []


def test_finding_a_walk_through_hides_the_others(browser: Browser, product: str) -> None:
    page, outside = open_page(browser, product, "/walk", PHONE)
    page.get_by_label("Find a walk-through").fill("dog")
    page.get_by_role("status").get_by_text("of 28 fit").wait_for()
    assert (page.get_by_role("link", name="A dog has hurt a child, or may hurt one", exact=True).is_visible(), page.get_by_role("heading", name="After a death").is_visible()) == (True, False)
    assert (page.url.endswith("/walk"), outside) == (True, [])
