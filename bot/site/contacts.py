"""Numbers now: who answers at this moment, by need, area and audience."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from bot import shapes
from bot.api import guide
from bot.site.templating import page
from guidance.compose import AREAS
from guidance.contacts import find_contacts

router = APIRouter()
NEEDS = {
    "report-concern": "Worried about a child",
    "allegation": "Allegation about somebody who works with children (LADO)",
    "early-help": "Early help for a family",
    "mental-health-crisis": "Mental health crisis",
    "child-helpline": "Helpline for children",
    "bereavement": "After a child has died",
    "police": "Police, not an emergency",
}


@router.get("/contacts", response_class=HTMLResponse)
async def contacts(request: Request, area: str = "", audience: str = "public") -> HTMLResponse:
    content, now = guide(request).content, guide(request).now()
    chosen = area if area in AREAS else None
    who = audience if audience in ("public", "professional", "child") else "public"
    groups = [
        (label, [shapes.contact(content, c) for c in find_contacts(content, [need], chosen, who, now)])
        for need, label in NEEDS.items()
    ]
    return page(request, "contacts.html", groups=[g for g in groups if g[1]], area=area, audience=who)
