"""Contract: a listed site may show Waymark in a frame, where the conversation holds together and the exit leads out of the frame; no other may.

The app runs here over plain http on 127.0.0.1, which Chromium trusts like HTTPS; the council's page is on localhost, so another site.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page

from bot.app import create_app
from bot.settings import settings
from guidance.replies import Message, Reply
from index.guide import open_guide
from tests.bot.fakes import FakeRasa
from tests.conftest import ROOT, SATURDAY_NIGHT, free_ports

HELLO = Reply("smalltalk", (Message("Hello from Rasa"),))


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None:
        return None


@pytest.fixture(scope="module")
def addresses() -> tuple[int, int]:
    app, council = free_ports(2)
    return app, council


@pytest.fixture(scope="module")
def rasa() -> FakeRasa:
    return FakeRasa(HELLO)


@pytest.fixture(scope="module")
def council(addresses: tuple[int, int], rasa: FakeRasa, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Waymark, framed by a page of a council; yields that page's address."""
    app_port, council_port = addresses
    folder = tmp_path_factory.mktemp("council")
    _write_pages(folder, app_port)
    pages = ThreadingHTTPServer(("127.0.0.1", council_port), partial(Quiet, directory=str(folder)))
    threading.Thread(target=pages.serve_forever, daemon=True).start()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WAYMARK_SECRET", "a-secret-for-tests-only")
        patch.setenv("WAYMARK_HTTPS", "true")
        patch.setenv("WAYMARK_FRAME_ANCESTORS", f"http://localhost:{council_port}")
        patch.setenv("WAYMARK_EXIT_TO", f"http://127.0.0.1:{council_port}/weather.html")
        settings.cache_clear()
        guide = open_guide(ROOT / "built", lambda: SATURDAY_NIGHT)
        server = uvicorn.Server(uvicorn.Config(create_app(guide, rasa), port=app_port, log_level="error"))  # type: ignore[arg-type]
        running = threading.Thread(target=server.run, daemon=True)
        running.start()
        while not server.started:
            time.sleep(0.05)
        yield f"http://localhost:{council_port}/"
        server.should_exit = True
        running.join()
        pages.shutdown()
        pages.server_close()
    settings.cache_clear()


def _write_pages(folder: Path, app_port: int) -> None:
    frame = f'<iframe src="http://127.0.0.1:{app_port}/chat" title="Waymark" width="400" height="600"></iframe>'
    (folder / "index.html").write_text(f"<!doctype html><title>A council</title><h1>A council</h1>{frame}")
    (folder / "weather.html").write_text("<!doctype html><title>Weather</title><h1>Weather</h1>")


def framed(browser: Browser, address: str, scripts: bool) -> Page:
    page = browser.new_context(java_script_enabled=scripts).new_page()
    page.set_default_timeout(15_000)
    page.goto(address)
    return page


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_in_a_frame_the_conversation_holds_together_and_exit_leaves_the_frame(browser: Browser, council: str, rasa: FakeRasa, scripts: bool) -> None:
    page = framed(browser, council, scripts)
    inside = page.frame_locator("iframe")
    for turn in range(2):
        inside.locator("#message").fill("hello")
        inside.get_by_role("button", name="Send").click()
        inside.locator(".wm-turn .wm-reply").nth(turn).wait_for()
    forgotten = len(rasa.forgotten)
    inside.get_by_role("button", name="Exit this page").click()
    page.wait_for_url("**/weather.html")
    page.wait_for_timeout(300)
    assert len(rasa.forgotten) == forgotten + 1
    page.goto(council)
    assert inside.locator("#message").is_visible()
    assert inside.locator(".wm-turn").count() == 0


def test_in_a_frame_shift_three_times_leaves_the_frame(browser: Browser, council: str) -> None:
    page = framed(browser, council, True)
    page.frame_locator("iframe").locator("#message").click()
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url("**/weather.html")


def test_a_site_that_is_not_listed_may_not_frame_it(browser: Browser, council: str) -> None:
    page = framed(browser, council.replace("localhost", "127.0.0.1"), True)
    assert page.frame_locator("iframe").locator("#message").count() == 0


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_exit_reaches_a_page_of_another_site(browser: Browser, council: str, addresses: tuple[int, int], scripts: bool) -> None:
    page = framed(browser, f"http://localhost:{addresses[0]}/chat", scripts)
    page.get_by_role("button", name="Exit this page").click()
    page.wait_for_url("**/weather.html")
