"""Decisions -> replies: which set message, which contacts, which options. Used by actions/ and, when Rasa is away, by the edge.

No words of guidance stand here: they come from messages.yml, pathways and sections.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from msgspec.structs import replace

from guidance.contacts import ContactNow, describe, find_contacts, say_time, with_named
from guidance.content import Content
from guidance.danger import DangerReading
from guidance.languages import Spoken
from guidance.messages import Tone
from guidance.pathways import Node, Pathway, Step
from guidance.places import AreaReading
from guidance.records import Contact, NotHeld
from guidance.replies import Choice, Message, PassageRef, Reply, ReplyStatus

AREAS = {"cambridgeshire": "Cambridgeshire", "peterborough": "Peterborough"}
MAX_CONTACTS = 5
_OUTCOME_TONES: dict[str, Tone] = {"urgent": "emergency", "child": "urgent"}
SAID_AGAIN = 200  # characters: what stands above a question and is no longer than this is said whenever the question is asked
EMERGENCY_CONTACTS = 3  # few, so that 999 is not buried
LISTED = 6  # walk-throughs, as fit a phone
LIKELIEST = "likeliest"  # in the place of a walk-through's id: the list of those that fit what was said
ALL_WALKS = Choice("Show me all the walk-throughs", "/open_pathway")


def area_of(facts: Mapping[str, str]) -> str | None:
    """The area whose numbers count: where it happened, if a walk-through has asked for that, else where the child lives. None if it is not
    one of the two authorities.
    """
    area = facts.get("happened", facts.get("area"))
    return area if area in AREAS else None


FOR_CHILD = "-child"  # behind the id of a message


def set_message(
    content: Content,
    message_id: str,
    facts: Mapping[str, str],
    at: datetime,
    *,
    options: Sequence[Choice] = (),
    text: str = "",
    needs: Sequence[str] = (),
) -> Message:
    """A message of messages.yml with its contacts for the known area and audience; `text` is put after its own words.

    A child is told the same in words for a child, where a message whose id ends so stands beside it (`FOR_CHILD`).

    needs  whose numbers to give, in the place of the message's own
    """
    for_child = content.messages.get(message_id + FOR_CHILD) if facts.get("audience") == "child" else None
    entry = for_child or content.messages[message_id]
    contacts = list(entry.contacts)
    if needs or entry.numbers:
        most = EMERGENCY_CONTACTS if entry.tone == "emergency" else MAX_CONTACTS
        contacts += [c.contact.id for c in numbers(content, needs or entry.numbers, facts, at)[:most]]
    return Message(
        "\n\n".join(filter(None, (entry.text.strip(), text))),
        entry.tone,
        contacts=open_first(content, dict.fromkeys(contacts), at),
        options=tuple(options),
        source=entry.source,
    )


def open_first(content: Content, ids: Iterable[str], at: datetime) -> tuple[str, ...]:
    """The contacts in their order, but for those that are shut at this hour: they stand last."""
    return tuple(sorted(ids, key=lambda one: describe(content.contacts[one], content.office_day, at).open_now is False))


def numbers(content: Content, needs: Sequence[str], facts: Mapping[str, str], at: datetime) -> list[ContactNow]:
    """The contacts for these needs with a number, an address or a website, best first, at most MAX_CONTACTS."""
    found = find_contacts(content, needs, area_of(facts), facts.get("audience", "public"), at)
    usable = [c for c in found if c.contact.number or c.contact.email or c.contact.website or c.contact.text]
    return usable[:MAX_CONTACTS]


def walk_contacts(content: Content, node: Node, facts: Mapping[str, str], at: datetime) -> list[ContactNow]:
    """Whom a question or an end of a walk-through names, then whom its needs call for; who is shut at this hour stands last."""
    named = [describe(content.contacts[name], content.office_day, at) for name in node.contacts]
    all_of_them = {c.contact.id: c for c in (*named, *numbers(content, node.numbers, facts, at))}
    return sorted(all_of_them.values(), key=lambda c: c.open_now is False)


def danger(content: Content, reading: DangerReading, facts: Mapping[str, str], at: datetime, resume: bool, again: bool = False) -> Reply:
    """The reply to urgent, crisis or child.

    resume  adds the way back to a walk-through that is still open
    again   a child has been told where to turn, and tells more
    """
    level: ReplyStatus = reading.level if reading.level in ("urgent", "crisis", "child") else "urgent"  # type: ignore[assignment]
    options = [Choice("Nobody is in danger now", "/say_false_alarm")] if level == "urgent" else []
    if resume:
        options.append(Choice("Go on where I was", "/resume_pathway"))
    facts = {**facts, "audience": "child"} if level == "child" else facts
    name = "danger-child-again" if level == "child" and again else "danger-crisis-taken" if reading.taken else f"danger-{level}"
    return Reply(level, (set_message(content, name, facts, at, options=options),))


def other_language(
    content: Content, spoken: Spoken, facts: Mapping[str, str], at: datetime, options: Sequence[Choice] = ()
) -> Reply:
    """The reply to a message in another language: the fixed words in that language where they are held, then in English, with the numbers
    for now. Where danger is heard, 999 comes first in both.
    """
    held = content.languages.get(spoken.language)
    own = [Message(held.text, language=held.id)] if held else []
    english = set_message(content, "smalltalk-english-only", facts, at, options=options)
    if not spoken.danger:
        return Reply("contacts", (*own, english))
    heard = danger(content, DangerReading("urgent", "language", {}), facts, at, resume=False)
    return Reply("urgent", (*(replace(m, tone="emergency") for m in own), *heard.messages, replace(english, contacts=())))


def contacts(
    content: Content,
    needs: Sequence[str],
    facts: Mapping[str, str],
    place: AreaReading,
    now: datetime,
    said: datetime | None,
    named: Sequence[Contact] = (),
) -> Reply:
    """Who to ring: for now, or for the time that was said; both areas and a question where the area is unknown.

    named  services that were asked for by name: shown whoever asks, with a word on who they are for
    """
    if place.kind == "outside":
        return Reply(
            "contacts", (set_message(content, "contacts-outside", facts, now, text=f"{place.place}: {place.note}."),)
        )
    at = said or now
    found = with_named(content, named, numbers(content, needs, facts, at), area_of(facts), at)[:MAX_CONTACTS]
    if not found:
        return Reply("contacts", (set_message(content, "contacts-none", facts, now),))
    lead = content.messages["contacts-now" if said in (None, now) else "contacts-then"].text.strip()
    heading = "" if said in (None, now) else f"**{say_time(at, now).removeprefix('on ')}**\n\n"
    words = [heading + lead]
    if any(c.contact.status == "conflicting" for c in found):
        words.append(content.messages["contacts-conflict"].text.strip())
    if any(facts.get("audience", "public") not in contact.audience for contact in named):
        words.append(content.messages["contacts-for-work"].text.strip())
    first = Message(
        "\n\n".join(words), contacts=tuple(c.contact.id for c in found), at=None if at == now else at.isoformat()
    )
    if area_of(facts) or not any(c.contact.area in ("cambridgeshire", "peterborough") for c in found):
        return Reply("contacts", (first,))
    ask = place.note if place.kind == "ask" and place.note else content.messages["contacts-ask-area"].text.strip()
    options = tuple(Choice(name, f'/say_area{{"area":"{area}"}}') for area, name in AREAS.items())
    return Reply("contacts", (first, Message(ask, options=options)))


def passages(
    content: Content,
    status: str,
    refs: Sequence[PassageRef],
    not_held: NotHeld | None,
    facts: Mapping[str, str],
    at: datetime,
    needs: Sequence[str] = (),
) -> Reply:
    """What search found, with its honest status; where it found nothing, who to ring.

    needs  whose numbers these are, where the matter is known
    """
    if status == "not_held" and not_held:
        dated = f" ({not_held.date})" if not_held.date else ""
        title = f"**{f'{not_held.number} ' if not_held.number else ''}{not_held.title}**{dated}"
        entry = content.messages["ask-not-held"]
        text = "\n\n".join(filter(None, (title, entry.text.strip(), not_held.note)))
        return Reply("not_held", (Message(text, passages=tuple(refs), contacts=open_first(content, not_held.contact, at)),))
    if status == "no_passage":
        return Reply("no_passage", (set_message(content, "ask-none", facts, at, needs=needs),))
    text = content.messages["ask-answered" if status == "answered" else "ask-weak"].text.strip()
    return Reply("answered" if status == "answered" else "weak", (Message(text, passages=tuple(refs)),))


def pathway_list(
    content: Content, pathways: Sequence[Pathway], facts: Mapping[str, str], at: datetime, going_on: bool, some: bool = False
) -> Reply:
    """The walk-throughs, to choose from, in the order given; first the way back, where one is going on. `some`: the first of them, as fit a phone, and
    a way to all.
    """
    options = [Choice("Go on where I was", "/resume_pathway")] if going_on else []
    options += [Choice(p.title, f'/open_pathway{{"pathways_id":"{p.id}"}}') for p in (pathways[:LISTED] if some else pathways)]
    options += [ALL_WALKS] if some else []
    return Reply("clarify", (set_message(content, "pathways-list", facts, at, options=options),))


def pathway_step(
    content: Content, step: Step, facts: Mapping[str, str], at: datetime, intro: bool = False, lead: str | None = None, again: bool = False
) -> Reply:
    """The open question with its options, or the outcome with numbers and deadlines.

    lead   a set message said first (a misunderstanding, a way back ...)
    again  the question was shown just before: what stands above it is not said again, unless it is short
    """
    node = step.node
    known = {**facts, **step.facts}
    ids = tuple(c.contact.id for c in walk_contacts(content, node, known, at))
    opening = [content.messages[lead].text.strip()] if lead else []
    if intro and not node.is_outcome:
        opening.append(content.messages["pathways-intro"].text.strip())
    if node.is_outcome:
        tone: Tone = _OUTCOME_TONES.get(node.outcome or "", "normal")
        options: tuple[Choice, ...] = (
            Choice("Back", "/go_back"),
            Choice("Change an answer", "/change_answer"),
            Choice("Start again", "/start_again"),
        )
        if node.outcome == "refer":
            options = (Choice(content.referral.labels["start"], "/start_referral"), *options)
        text = "\n\n".join([*opening, (node.say or "").strip()])
        return Reply(
            "urgent" if node.outcome == "urgent" else "pathway",
            (
                Message(
                    text,
                    tone,
                    contacts=ids,
                    deadlines=node.timescales,
                    options=options,
                    source=node.source,
                ),
            ),  # type: ignore[arg-type]
            step.pathway.id,
        )
    said = [" · ".join(a.label for a in step.answered)] if step.answered and lead is None else []
    above = (node.say or "").strip()
    above = "" if again and len(above) > SAID_AGAIN else above
    text = "\n\n".join([above, *opening, *said, f"**{node.ask}**"]).strip()
    options = tuple(
        Choice(option.label, f'/choose_option{{"pathways_option":"{option.id}"}}') for option in node.options
    )
    if step.answered:
        options += (Choice("Back", "/go_back"),)
    options += (Choice("Why do you ask?", "/ask_why"),)
    if not step.answered:
        options += (Choice("This is about something else", f'/open_pathway{{"pathways_id":"{LIKELIEST}"}}'),)
    return Reply(
        "pathway",
        (Message(text, contacts=ids, options=options, source=node.source),),
        step.pathway.id,
    )
