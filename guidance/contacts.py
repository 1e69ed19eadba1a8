"""The right number now: which services to ring for a need, an area, a person and a moment, best first.

`find_contacts` is used by the chat, the contacts page, the walk-throughs and the API alike. It never invents hours: where the manual
prints none, a cautious office day is assumed, said to be assumed, and at its margins both the day line and the duty team are given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from guidance.content import Content
from guidance.hours import LONDON, Opening, holiday_name, opening
from guidance.records import Contact, OfficeDay
from guidance.text import words

_FOLLOWERS = {
    "report-concern": "out-of-hours",
    "allegation": "out-of-hours",
    "mental-health-advice": "mental-health-crisis",
}  # a need -> the need of the team that takes it when the day line is shut
_CHILDREN_ONLY = "child-helpline"  # a line for children to ring themselves
_SHORTEST_CUT = 5  # letters: "emerg" is "emergency", but "child" is not "childline"


@dataclass(frozen=True, slots=True)
class ContactNow:
    """A contact as it stands at a moment. `open_now` is None where nobody knows (no hours printed, or the margin of the office day)."""

    contact: Contact
    open_now: bool | None
    opens_at: datetime | None
    closes_at: datetime | None
    why: str


def find_contacts(
    content: Content, needs: Sequence[str], area: str | None, audience: str, at: datetime
) -> list[ContactNow]:
    """Return who to ring, best first: who answers now, then who opens later.

    needs     one or more of guidance.records.Need
    area      cambridgeshire | peterborough | None (unknown: both areas are returned, each labelled)
    audience  public | professional | child
    at        the moment, aware
    returns   services whose first need is one of these, those that answer now foremost, in the order of the needs; then services that can also
              help. A line for children stands last for an adult, and is not given to people who work with children, unless it is what is needed
    """
    order = [*needs, *(_FOLLOWERS[n] for n in needs if n in _FOLLOWERS)]
    wanted, for_children = set(order), audience == "child" or _CHILDREN_ONLY in needs
    chosen = [
        describe(contact, content.office_day, at)
        for contact in content.contacts.values()
        if wanted & set(contact.needs)
        and audience in contact.audience
        and _serves(contact, area)
        and contact.status != "superseded"
        and (for_children or audience != "professional" or contact.needs[0] != _CHILDREN_ONLY)
    ]

    def rank(now: ContactNow) -> tuple[bool, int, int, bool]:
        first: str = now.contact.needs[0]
        if _FOLLOWERS.get(first) in needs and _FOLLOWERS[first] in now.contact.needs:  # a line for advice that takes a crisis too
            first = _FOLLOWERS[first]
        place = order.index(first) if first in wanted else len(order) + (first == _CHILDREN_ONLY and not for_children)
        return first not in wanted, len(_FOLLOWERS) if place > len(order) else _readiness(now), place, now.contact.number is None

    return sorted(chosen, key=rank)


def asked_by_name(content: Content, text: str) -> list[Contact]:
    """The contacts that a message names by what people call them, in the file's order. A longer name wins over one inside it.

    A slip of one letter ("ladoo", "cahms") and a word cut short inside a longer name ("police non emerg") are heard too.
    """
    said = words(text)
    named = [(f" {' '.join(words(name))} ", contact) for contact in content.contacts.values() for name in contact.called]
    heard = {name for name in dict.fromkeys(name for name, _ in named) if _is_said(name.split(), said)}
    heard -= {name for name in heard if any(name != longer and name in longer for longer in heard)}
    usable = [contact for name, contact in named if name in heard and contact.audience and contact.status != "superseded"]
    return list({contact.id: contact for contact in usable}.values())


def with_named(content: Content, named: Sequence[Contact], found: Sequence[ContactNow], area: str | None, at: datetime) -> list[ContactNow]:
    """What was found, with the services that were asked for by name: foremost, or, where they are shut, behind who takes their calls now."""
    asked = [describe(contact, content.office_day, at) for contact in named if _serves(contact, area)]
    later = [now for now in asked if now.open_now is False and now.contact.hours != "out-of-office"]
    first = [now for now in asked if now not in later]
    others = [now for now in found if now not in asked]
    takers = {_FOLLOWERS[need] for now in later for need in now.contact.needs if need in _FOLLOWERS}
    answering = [now for now in others if now.open_now and now.contact.needs[0] in takers]
    return [*first, *answering, *later, *(now for now in others if now not in answering)]


def _is_said(name: Sequence[str], said: Sequence[str]) -> bool:
    """True if the words of a name stand in the message one after the other."""
    alone = len(name) == 1
    return any(
        all(_same(word, typed, alone) for word, typed in zip(name, said[start : start + len(name)]))
        for start in range(len(said) - len(name) + 1)
    )


def _same(word: str, typed: str, alone: bool) -> bool:
    """True if a typed word is this word of a name: a letter doubled or two letters changed about, or, in a longer name, cut short."""
    if word == typed:
        return True
    if alone and len(word) > 3 and sorted(set(word)) == sorted(set(typed)) and word[0] == typed[0]:
        doubled = len(typed) == len(word) + 1 and any(typed[:i] + typed[i + 1 :] == word for i in range(1, len(typed)) if typed[i] == typed[i - 1])
        return doubled or any(typed == word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(1, len(word) - 1))
    return not alone and len(typed) >= _SHORTEST_CUT and word.startswith(typed)


def _serves(contact: Contact, area: str | None) -> bool:
    if contact.area in ("both", "national"):
        return True
    return contact.area == area or (area is None and contact.area in ("cambridgeshire", "peterborough"))


def _readiness(now: ContactNow) -> int:
    return {True: 0, None: 1, False: 2}[now.open_now]


def describe(contact: Contact, office_day: OfficeDay, at: datetime) -> ContactNow:
    """Say whether one contact answers at a moment, and in words why it stands where it does."""
    if contact.hours == "always":
        return ContactNow(contact, True, None, None, "Answers day and night.")
    if contact.hours == "not-stated":
        return ContactNow(contact, None, None, None, "The manual prints no hours for this service.")
    if contact.hours == "office":
        return _office_line(contact, office_day, at)
    if contact.hours == "out-of-office":
        return _duty_team(contact, office_day, at)
    state = opening(contact.hours, at)
    return ContactNow(contact, state.is_open, state.opens_at, state.closes_at, _sentence(state, at))


def _office_line(contact: Contact, office_day: OfficeDay, at: datetime) -> ContactNow:
    certain, possible = opening(office_day.certain, at), opening(office_day.possible, at)
    if certain.is_open:
        return ContactNow(contact, True, None, certain.closes_at, f"{_sentence(certain, at)} {office_day.note}")
    if possible.is_open:
        return ContactNow(contact, None, certain.opens_at, None, f"It may answer at this hour. {office_day.note}")
    return ContactNow(contact, False, certain.opens_at, None, f"{_sentence(certain, at)} {office_day.note}")


def _duty_team(contact: Contact, office_day: OfficeDay, at: datetime) -> ContactNow:
    office = opening(office_day.certain, at)
    if office.is_open:
        return ContactNow(contact, False, office.closes_at, None, "For urgent worries when the day lines are shut.")
    holiday = holiday_name(at)
    reason = f"{holiday.removesuffix(' (observed)')} (bank holiday): the day lines are shut." if holiday else "The day lines are shut."
    return ContactNow(contact, True, None, office.opens_at, f"{reason} This team takes urgent worries.")


def _sentence(state: Opening, at: datetime) -> str:
    if state.is_open:
        return f"Open now{', until ' + say_time(state.closes_at, at) if state.closes_at else ''}."
    return f"Shut now{'; opens ' + say_time(state.opens_at, at) if state.opens_at else ''}."


def say_clock(at: datetime) -> str:
    """A clock time as people say it: 9am, 5.30pm, midday, midnight."""
    local = at.astimezone(LONDON)
    if local.minute == 0 and local.hour in (0, 12):
        return "midnight" if local.hour == 0 else "midday"
    minutes = f".{local.minute:02d}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'}"


def say_day(at: datetime) -> str:
    """A day as people say it: Monday 23 November."""
    local = at.astimezone(LONDON)
    return f"{local:%A} {local.day} {local:%B}"


def say_time(at: datetime, now: datetime) -> str:
    """A moment as people say it, seen from `now`: '5pm today', 'on Monday 23 November at 9am'."""
    same_day = at.astimezone(LONDON).date() == now.astimezone(LONDON).date()
    return f"{say_clock(at)} today" if same_day else f"on {say_day(at)} at {say_clock(at)}"
