"""The referral summary's decisions -> replies: the question with its buttons, what was noted, the summary so far.

No words stand here: they come from referral.yml and messages.yml. Used by actions/.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from guidance import referral
from guidance.compose import set_message
from guidance.content import Content
from guidance.fields import Field, ReferralForm
from guidance.referral import State
from guidance.replies import Choice, Message, Noted
from guidance.text import capped

MOST_TO_CHANGE = 12
SHOWN_BACK_CHARS = 160


def choice(form: ReferralForm, label: str, value: str | None = None) -> Choice:
    """A button of the summary: a key of `labels`, or with `value` a label of its own."""
    return Choice(
        form.labels[label] if value is None else label, f'/choose_in_referral{{"referral_choice":"{value or label}"}}'
    )


def question(content: Content, field: Field, state: State) -> Message:
    """The open field's question; for a field that is answered, what it says now."""
    form = content.referral
    buttons = [choice(form, o.label, f"option:{o.id}") for o in field.options]
    noted: tuple[Noted, ...] = ()
    lead = ""
    if field.id in state["answers"]:
        lead = content.messages["referral-change-now"].text.strip()
        noted = (Noted(field.label, state["answers"][field.id]),)
        buttons += [choice(form, "keep"), choice(form, "unknown")]
    elif field.about == "caller":
        buttons += [choice(form, "refuse"), choice(form, "skip")]
    else:
        buttons += [choice(form, "unknown"), choice(form, "skip")]
    if state["held"] and not state["held"].get("aside"):
        buttons.append(choice(form, "put"))
    buttons.append(choice(form, "why"))
    if state["answers"]:
        buttons.append(choice(form, "show"))
    ask = (referral.is_unborn(form, state) and field.ask_unborn) or field.ask
    text = "\n\n".join(filter(None, (lead, f"**{ask}**")))
    return Message(text, options=tuple(buttons), noted=noted)


def why(field: Field) -> Message:
    return Message(field.why, source=field.source)


def say(
    content: Content, message_id: str, facts: Mapping[str, str], at: datetime, *labels: str, noted: Sequence[Noted] = ()
) -> Message:
    """A set message with buttons of the summary and words of the person."""
    buttons = [choice(content.referral, label) for label in labels]
    message = set_message(content, message_id, facts, at, options=buttons)
    return Message(
        message.text,
        message.tone,
        contacts=message.contacts,
        options=message.options,
        source=message.source,
        noted=tuple(noted),
    )


def shown(
    content: Content, state: State, facts: Mapping[str, str], at: datetime, *labels: str, lead: str = "referral-summary"
) -> Message:
    """The summary so far, under a set message."""
    buttons = tuple(choice(content.referral, label) for label in labels)
    message = set_message(content, lead, facts, at)
    return Message(message.text, options=buttons, source=message.source, summary={"state": state, "facts": dict(facts)})


def which_change(
    content: Content, state: State, facts: Mapping[str, str], at: datetime, lead: str = "referral-which-change"
) -> Message:
    """The answers that could be changed, the newest last; the words for saying it where there are too many."""
    answered = [f for f in content.referral.fields if f.id in state["answers"]]
    if not answered:
        return say(content, "referral-nothing-to-change" if lead == "referral-which-change" else lead, facts, at)
    buttons = tuple(choice(content.referral, f.label, f"field:{f.id}") for f in answered[-MOST_TO_CHANGE:])
    return Message(content.messages[lead].text.strip(), options=buttons)


def noted(form: ReferralForm, before: State, after: State, quiet: Collection[str] = ()) -> tuple[Noted, ...]:
    """What two states differ in: the fields filled or replaced, but for the `quiet` ones."""
    return tuple(
        Noted(f.label, after["answers"][f.id], before["answers"].get(f.id))
        for f in form.fields
        if f.id not in quiet and f.id in after["answers"] and after["answers"][f.id] != before["answers"].get(f.id)
    )


def opening(content: Content, state: State, facts: Mapping[str, str], at: datetime) -> tuple[Message, ...]:
    """What the first bubble says: 999, ring first if it cannot wait, what will be asked; then what is known already."""
    known = noted(content.referral, {**state, "answers": {}}, state)
    intro = say(content, "referral-intro", facts, at)
    return (intro, say(content, "referral-known", facts, at, noted=known)) if known else (intro,)


def written_down(content: Content, state: State, facts: Mapping[str, str], at: datetime) -> Message:
    """The words that an emergency interrupted, and where they stand now."""
    field = content.referral.field(state["held"]["field"])
    words = (Noted(field.label, state["held"]["words"]),) if field else ()
    return say(content, "referral-held", facts, at, "undo", noted=words)


def shortened(noted_: Sequence[Noted]) -> tuple[Noted, ...]:
    """Long words as they begin: what is shown back is to be recognised, and stands in full in the summary."""
    return tuple(Noted(n.label, _short(n.words), _short(n.before) if n.before else None) for n in noted_)


def _short(told: str) -> str:
    return told if len(told) <= SHOWN_BACK_CHARS else f"{capped(told, SHOWN_BACK_CHARS)} ..."
