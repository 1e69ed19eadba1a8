"""Markdown of the corpus -> HTML for the pages, with the best sentence marked, phone links, and times in words."""

from __future__ import annotations

from datetime import date, datetime

from markdown_it import MarkdownIt
from markupsafe import Markup

from bot.duties import mark_duties
from guidance.contacts import say_clock, say_day, say_time

_OPEN, _CLOSE = (
    "\ue000",
    "\ue001",
)  # private-use characters: cannot stand in the corpus (content lint) nor in what was typed (guidance.text)
_TABLE = '<div class="wm-table" role="region" aria-label="Table" tabindex="0"><table>'  # scrolls by itself on a narrow page, by keyboard too
_markdown = MarkdownIt("commonmark", {"html": False}).enable("table")


def html(text: str, best: str | None = None) -> Markup:
    """Render Markdown; `best`, a span of the same text, is wrapped in <mark>."""
    if best and best in text and best.count("**") % 2 == 0 and "|" not in best:
        text = text.replace(best, f"{_OPEN}{best}{_CLOSE}", 1)
    rendered = _markdown.render(text)
    return _finished(rendered.replace(_OPEN, "<mark>").replace(_CLOSE, "</mark>"))


def chapter_html(text: str) -> Markup:
    """The same for a chapter's page: "must" and "should" are marked."""
    return _finished(str(_markdown.renderer.render(mark_duties(_markdown.parse(text)), _markdown.options, {})))


def _finished(rendered: str) -> Markup:
    marked = rendered.replace("<table>", _TABLE).replace("</table>", "</table></div>")
    return Markup(marked)  # noqa: S704  # markdown-it escapes HTML: the option html is off


def tel(number: str) -> str:
    """What a tel: link dials."""
    return "tel:" + "".join(c for c in number if c.isdigit() or c == "+")


def moment(iso: str, now: datetime) -> str:
    return say_time(datetime.fromisoformat(iso), now)


def clock(now: datetime) -> str:
    return f"{say_day(now)}, {say_clock(now)}"


def day(iso: str) -> str:
    """A date as people write it: 22 November 2026."""
    on = date.fromisoformat(iso)
    return f"{on.day} {on:%B} {on.year}"


def opening(why: str) -> str:
    """What is said of a number's hours, beside a tag that says "Open now" or "Shut now" already."""
    for state in ("Shut now; ", "Shut now.", "Open now, ", "Open now."):
        if why.startswith(state):
            rest = why.removeprefix(state).strip()
            return rest[:1].upper() + rest[1:]
    return why
