"""Numbers now: who answers at this moment for a worry about a child, then every number by need; and one sheet of paper for the night desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, get_args

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from bot import shapes
from bot.api import guide
from bot.site.desk_sheet import desk_sheet
from bot.site.templating import page
from guidance.compose import AREAS
from guidance.contacts import ContactNow, find_contacts
from guidance.content import Content
from guidance.records import Audience

router = APIRouter()
FIRST = "report-concern"
# In the order of the page. A service stands in full under the first of its own needs, and by name under the others.
NEEDS = {
    "emergency": "Danger now",
    "report-concern": "Worried about a child",
    "out-of-hours": "When the offices are shut",
    "police": "Police, not an emergency",
    "child-helpline": "A helpline for children",
    "adult-helpline": "A helpline for adults who worry about a child",
    "mental-health-crisis": "Mental health crisis",
    "mental-health-advice": "Mental health advice",
    "allegation": "A worry about somebody who works with children (LADO)",
    "early-help": "Early help for a family",
    "domestic-abuse": "Domestic abuse",
    "exploitation": "Exploitation",
    "radicalisation": "Radicalisation",
    "forced-marriage": "Forced marriage",
    "bullying": "Bullying",
    "young-carers": "Young carers",
    "lived-experience-support": "Places and websites for children and young people",
    "child-death": "A child has died: what staff need",
    "bereavement": "A child has died: help for the family",
    "substance-misuse": "Drugs and alcohol",
    "prison-families": "Families of prisoners",
    "perinatal": "Pregnancy and the first year",
    "learning-disability": "Learning disability",
    "school-support": "Schools",
    "whistleblowing": "Whistleblowing",
    "safeguarding-board": "The safeguarding board",
    "training": "Training",
    "other": "Other services",
}
AUDIENCES = {
    "public": "a member of the public",
    "professional": "somebody who works with children",
    "child": "a child or young person",
}
assert set(AUDIENCES) == set(get_args(Audience))


@dataclass(frozen=True, slots=True)
class Group:
    """A need: the services that are chiefly for it, and those that can help too."""

    id: str
    title: str
    contacts: list[dict[str, Any]]
    also: list[dict[str, Any]]


@router.get("/contacts", response_class=HTMLResponse)
async def contacts(request: Request, area: str = "", audience: str = "public") -> HTMLResponse:
    """Filters that are not known count as not given: an address that was cut off still shows numbers."""
    content, now = guide(request).content, guide(request).now()
    chosen = area if area in AREAS else None
    who = audience if audience in AUDIENCES else "public"
    answering = find_contacts(content, [FIRST], chosen, who, now)
    shown = [c for c in answering if c.contact.number]
    groups = [_group(content, need, find_contacts(content, [need], chosen, who, now)) for need in NEEDS]
    return page(
        request,
        "contacts.html",
        open_now=[shapes.contact(content, c) for c in shown if c.open_now],
        unknown=[shapes.contact(content, c) for c in shown if c.open_now is None],
        shut=[shapes.contact(content, c) for c in shown if c.open_now is False],
        groups=[g for g in groups if g.contacts or g.also],
        conflict=content.messages["contacts-conflict"].text.strip(),
        area=chosen or "",
        audience=who,
        audiences=AUDIENCES,
    )


@router.get("/contacts/sheet", response_class=HTMLResponse)
async def sheet(request: Request) -> HTMLResponse:
    """One page of A4 for the night desk: day and night, and the bank holidays of the next twelve months."""
    made = desk_sheet(guide(request).content, guide(request).now())
    return page(request, "contacts_sheet.html", sheet=made)


def _group(content: Content, need: str, found: list[ContactNow]) -> Group:
    own = [c for c in found if c.contact.needs[0] == need]
    others = [c for c in found if need in c.contact.needs[1:]]
    return Group(
        need, NEEDS[need], [shapes.contact(content, c) for c in own], [shapes.contact(content, c) for c in others]
    )
