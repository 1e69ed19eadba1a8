"""What every page shares: `page()` renders a template with the numbers for now and the way out; `problem()` is a page that says what is wrong.

Knows no single page: the modules beside it import this one, never the reverse.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, PrefixLoader, select_autoescape

from bot import render, shapes
from bot.api import guide
from bot.settings import settings
from bot.site import session
from bot.static_files import StaticTree
from guidance.compose import AREAS
from guidance.contacts import find_contacts

NAV = (
    ("/", "Home"),
    ("/contacts", "Numbers now"),
    ("/procedures", "Procedures"),
    ("/walk", "Walk-throughs"),
    ("/deadlines", "Deadlines"),
    ("/glossary", "Glossary"),
    ("/changes", "What changed"),
)
FOOTER = (
    ("/children", "Help if you are a child"),
    ("/leaving-safely", "Leaving safely"),
    ("/privacy", "Privacy"),
    ("/accessibility", "Accessibility"),
)


def _environment() -> Environment:
    """Our templates, and GOV.UK Frontend's macros under their package's name. A name that is not set is an empty string, as the macros expect."""
    own = FileSystemLoader(Path(__file__).parent.parent / "templates")
    macros = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    made = Environment(
        loader=ChoiceLoader([own, macros]), autoescape=select_autoescape(), trim_blocks=True, lstrip_blocks=True
    )
    made.filters.update(md=render.html, tel=render.tel, opening=render.opening, day=render.day, chapter_md=render.chapter_html)
    made.globals.update(nav=NAV, footer_links=FOOTER)
    return made


templates = Jinja2Templates(env=_environment())


def page(request: Request, name: str, status: int = 200, **values: Any) -> HTMLResponse:
    """Render a template of bot/templates/.

    name     such as "contacts.html"
    values   what the template shows, beside what every page has: now, clock, moment(iso), static(name), footer_contacts, areas, headings, messages (the set
             replies by id), here (the path, for the navigation), exit_path and exit_to
    """
    now = guide(request).now()
    content = guide(request).content
    files: StaticTree = request.app.state.static
    footer = [shapes.contact(content, c) for c in find_contacts(content, ["report-concern"], None, "public", now)][:4]
    return templates.TemplateResponse(
        request,
        name,
        {
            "now": now,
            "clock": render.clock(now),
            "moment": lambda iso: render.moment(iso, now),
            "static": files.url,
            "here": request.url.path,
            "exit_path": session.exit_path(request),
            "exit_to": settings().exit_to,
            "operator": settings().operator,
            "footer_contacts": footer,
            "areas": AREAS,
            "headings": content.referral.headings,
            "messages": content.messages,
            **values,
        },
        status,
    )


def problem(request: Request, status: int, title: str, text: str) -> HTMLResponse:
    """A page that says what is wrong, with the numbers that work without Waymark."""
    return page(request, "problem.html", status, title=title, text=text)
