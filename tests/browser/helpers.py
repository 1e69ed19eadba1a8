"""What the browser tests share: opening a page, talking, and the checks that every page must pass (axe, reflow, focus, origin)."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, Page

from tests.conftest import ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
WCAG_2_2_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PHONE, DESKTOP = (320, 640), (1280, 900)
ZOOMED = (320, 256)  # 1280 by 1024 at 400%
Size = tuple[int, int]


def open_page(
    browser: Browser, address: str, path: str = "/", size: Size = PHONE, scripts: bool = True, **context: Any
) -> tuple[Page, list[str]]:
    """A fresh visitor on a page, and the list that fills with requests which leave the origin."""
    width, height = size
    page = browser.new_context(
        viewport={"width": width, "height": height}, java_script_enabled=scripts, base_url=address, **context
    ).new_page()
    page.set_default_timeout(15_000)
    outside: list[str] = []
    page.on("request", lambda request: None if request.url.startswith(address) else outside.append(request.url))
    page.goto(path)
    return page, outside


def say(page: Page, words: str) -> str:
    """Type a message, send it, and return what the reply shows; from the home page too."""
    before = page.locator(".wm-turn").count()
    page.fill("#message", words)
    page.get_by_role("button", name="Send").click()
    return reply(page, before)


def press(page: Page, label: str) -> str:
    """Press a button that the newest reply, or the page, offers, and return the reply."""
    before = page.locator(".wm-turn").count()
    page.get_by_role("button", name=label, exact=True).last.click()
    return reply(page, before)


def reply(page: Page, turn: int) -> str:
    """The reply of that turn, once it is there."""
    shown = page.locator(".wm-turn").nth(turn).locator(".wm-reply")
    shown.wait_for()
    return shown.inner_text()


def axe(page: Page) -> list[str]:
    """The violations of WCAG 2.2 A and AA that axe-core finds, as 'rule: element'; contrast included, everything unfolded."""
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    page.evaluate(AXE.read_text(encoding="utf-8"))  # evaluated, not added: the page's policy allows no foreign script
    found = page.evaluate("(tags) => axe.run({ runOnly: tags })", WCAG_2_2_AA)
    return [f"{v['id']}: {n['html'][:150]} ({n['failureSummary'][:200]})" for v in found["violations"] for n in v["nodes"]]


def sticks_out(page: Page) -> list[str]:
    """What is wider than the window; tables may scroll by themselves. Empty if nothing has to be scrolled sideways."""
    return list(
        page.evaluate(
            """() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('body *')]
            .filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.wm-table'))
            .map((e) => e.outerHTML.slice(0, 120))"""
        )
    )


def hidden_focus(page: Page, most: int = 300) -> list[str]:
    """Go through the page with Tab; what has the focus but is covered or outside the window."""
    page.evaluate("document.activeElement?.blur(); scrollTo(0, 0)")
    hidden: list[str] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        state = page.evaluate(
            """() => {
              const e = document.activeElement;
              if (!e || e === document.body) return { over: true };
              if (e.dataset.seen) return { over: true };
              e.dataset.seen = 'yes';
              const seen = [...e.getClientRects()].some((r) => {
                const x = Math.min(Math.max((r.left + r.right) / 2, 0), innerWidth - 1), y0 = Math.max(r.top, 0), y1 = Math.min(r.bottom, innerHeight);
                if (y1 <= y0) return false;
                return [0.1, 0.5, 0.9].some((part) => { const t = document.elementFromPoint(x, y0 + (y1 - y0) * part); return t && (e.contains(t) || t.contains(e)); });
              });
              return { over: false, hidden: seen ? null : e.outerHTML.slice(0, 150) };
            }"""
        )
        if state["over"]:
            break
        if state["hidden"]:
            hidden.append(state["hidden"])
    page.evaluate("document.querySelectorAll('[data-seen]').forEach((e) => delete e.dataset.seen)")
    return hidden
