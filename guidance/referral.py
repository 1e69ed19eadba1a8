"""The referral summary: what was told about a child, field by field, what comes next, and the summary of it.

State is a plain dict that lives in one slot of the conversation and nowhere else; every function returns a new one. The fields stand in
referral.yml. Used by actions/ (which fill it) and bot/ (which shows it). Runs in the app only, as guidance/statements.py does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from guidance.compose import area_of, numbers
from guidance.content import Content
from guidance.fields import Field, Gap, ReferralForm
from guidance.said_roles import works_with_children
from guidance.statements import sort_statements
from guidance.text import MAX_QUESTION_CHARS, holds
from guidance.worker_worries import is_about_worker

State = dict[str, Any]
PARTS = ("child", "worry", "own-words", "seen-or-heard", "said", "opinion", "family", "caller", "call")
NEED, MOST_CONTACTS = "report-concern", 3


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer, or the part of it that belongs under one heading; `words` are the caller's."""

    field: str
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Part:
    """A heading of the summary (a key of `headings` in referral.yml) with what stands under it."""

    id: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    field: str
    label: str
    why: Gap


@dataclass(frozen=True, slots=True)
class Summary:
    """What can be told so far.

    call_made   None where it is not said
    counted     the moment from which `deadlines` (ids of timescales) count: the call, or now while it is not made; None if it is not clear
    contacts    ids, best first, for the moment at which the summary is made
    undated     timescales that hold too, but run from something else than the call
    """

    parts: tuple[Part, ...]
    missing: tuple[Missing, ...]
    call_made: bool | None
    counted: datetime | None
    deadlines: tuple[str, ...]
    contacts: tuple[str, ...]
    undated: tuple[str, ...] = ()


def blank() -> State:
    """Nothing told yet. part: how far to ask (1 or 2); done: the part that was finished; asking: a field asked out of turn; held: words
    that did not look like an answer, and the field they would go to, or (aside) those of an emergency, to be shown back; worker: a
    walk-through about somebody who works with children came before."""
    return {
        "answers": {}, "passed": {}, "part": 1, "done": 0, "open": True, "asking": None, "last": None, "misses": 0, "call_at": None,
        "held": None, "undo": None, "worker": False,
    }  # fmt: skip


def restored(slot: Any) -> State | None:
    """The state that a slot holds; None if there is none, or none that this code wrote."""
    whole = isinstance(slot, dict) and set(blank()) <= set(slot) and isinstance(slot["answers"], dict)
    return {**slot, "answers": dict(slot["answers"]), "passed": dict(slot["passed"])} if whole else None


def applies(form: ReferralForm, field: Field, state: State, facts: Mapping[str, str]) -> bool:
    """True if this field is asked of this person, after what they have answered."""
    if facts.get("audience", "public") not in field.audience or field.when == ("born" if is_unborn(form, state) else "unborn"):
        return False
    return all(chosen(form, state, other) == option for other, option in field.only_if.items())


def is_unborn(form: ReferralForm, state: State) -> bool:
    """True if it was answered that the baby is not born yet."""
    return holds(state["answers"].get("child-birth", ""), form.unborn)


def chosen(form: ReferralForm, state: State, field_id: str) -> str | None:
    """The option's id that a field with options was answered with."""
    field = form.field(field_id)
    words = state["answers"].get(field_id)
    return next((o.id for o in field.options if o.label == words), None) if field else None


def next_field(form: ReferralForm, state: State, facts: Mapping[str, str]) -> Field | None:
    """The field to ask now: one to be changed, else the first of this part that was neither answered nor passed; None at the end."""
    asked = form.field(state["asking"])
    if asked:
        return asked
    done = {**state["answers"], **state["passed"]}
    waiting = (f for f in form.fields if f.part <= state["part"] and f.id not in done)
    return next((f for f in waiting if applies(form, f, state, facts)), None)


def fill(form: ReferralForm, state: State, field_id: str, words: str, call_at: datetime | None = None) -> State:
    """Answer a field and go on to the next; words that stand there are replaced. `call_at`: the moment that "when did you ring" means."""
    return {**correct(form, state, field_id, words, call_at), "asking": None, "misses": 0}


def correct(form: ReferralForm, state: State, field_id: str, words: str, call_at: datetime | None = None) -> State:
    """Replace the answer of a field, whichever is being asked: that one stays open."""
    new = changing(state)
    new["answers"][field_id] = words.strip()[:MAX_QUESTION_CHARS]
    new["passed"].pop(field_id, None)
    if field_id == "call-when":
        new["call_at"] = call_at.isoformat() if call_at else None
    new["last"] = field_id
    return _settled(form, new)


def pass_over(form: ReferralForm, state: State, field_id: str, how: Gap) -> State:
    """Leave a field open: skipped, unknown or refused. Skipping a change leaves the answer as it was."""
    new = changing(state)
    if how != "skipped" or field_id not in new["answers"]:
        new["answers"].pop(field_id, None)
        new["passed"][field_id] = how
    new.update(asking=None, misses=0)
    return _settled(form, new)


def undone(state: State) -> State | None:
    """The state with the answers as they were before the last change; None if there is none to take back."""
    return {**state, **state["undo"], "undo": None} if state["undo"] else None


def changing(state: State) -> State:
    """A copy to change, which can be taken back."""
    return {**state, "answers": dict(state["answers"]), "passed": dict(state["passed"]), "undo": snapshot(state)}


def snapshot(state: State) -> dict[str, Any]:
    """What `undone` puts back."""
    return {name: state[name] for name in ("answers", "passed", "call_at")}


def asked_before(form: ReferralForm, state: State, facts: Mapping[str, str]) -> Field | None:
    """The field before the open one, for going back."""
    here = next_field(form, state, facts)
    asked = [f for f in form.fields if applies(form, f, state, facts) and f.part <= state["part"]]
    before = asked[: asked.index(here)] if here in asked else asked
    return before[-1] if before else None


def _settled(form: ReferralForm, state: State) -> State:
    """Without answers whose condition no longer holds: no time of a call that was not made."""
    for field in form.fields:
        if any(chosen(form, state, other) != option for other, option in field.only_if.items()):
            state["answers"].pop(field.id, None)
            state["passed"].pop(field.id, None)
    if "call-when" not in state["answers"]:
        state["call_at"] = None
    return state


def missing(form: ReferralForm, state: State, facts: Mapping[str, str]) -> tuple[Missing, ...]:
    """What children's social care will ask for and the summary does not say, with the reason."""
    return tuple(
        Missing(f.id, f.label, state["passed"].get(f.id, "open"))
        for f in form.fields
        if applies(form, f, state, facts) and f.id not in state["answers"]
    )


def summary(content: Content, state: State, facts: Mapping[str, str], now: datetime) -> Summary:
    """Everything told so far, sorted under its headings, with who to ring at `now` and the time limits."""
    form = content.referral
    under: dict[str, list[Entry]] = {part: [] for part in PARTS}
    for field in form.fields:
        words = state["answers"].get(field.id)
        if not words:
            continue
        if field.kind in ("own-words", "seen-or-heard"):
            for kind, statement in sort_statements(words, field.kind, form.cues):
                under[kind].append(Entry(field.id, field.label, statement))
        else:
            own = field.kind if field.kind != "fact" and field.about != "call" else field.about
            under[own].append(Entry(field.id, field.label, words))
    made = {"made": True, "not-made": False}.get(chosen(form, state, "call-made") or "")
    at = datetime.fromisoformat(state["call_at"]) if state["call_at"] else None
    counted = at if made else now
    audience = "professional" if works_with_children(content, state["answers"].get("caller-role")) else facts.get("audience")
    worker = bool(state["worker"]) or is_about_worker(form, state["answers"])
    return Summary(
        parts=tuple(Part(part, tuple(entries)) for part, entries in under.items() if entries),
        missing=missing(form, state, facts),
        call_made=made,
        counted=counted,
        deadlines=tuple(
            d.timescale for d in form.deadlines if counted and (audience is None or audience in d.audience)
        ),
        contacts=_contacts(content, state, facts, now, worker),
        undated=form.worker.deadlines if worker else (),
    )


def _contacts(content: Content, state: State, facts: Mapping[str, str], now: datetime, worker: bool) -> tuple[str, ...]:
    """Who to ring now, and whom else for a worry about a worker; for a child who lives elsewhere, what the set reply about that names."""
    if chosen(content.referral, state, "area") == "elsewhere":
        return content.messages["contacts-outside"].contacts
    known = {**facts, "audience": facts.get("audience", "public")}
    area = chosen(content.referral, state, "area") or area_of(facts)
    known = {**known, "area": area} if area else known
    found = [n.contact.id for n in numbers(content, [NEED], known, now)][:MOST_CONTACTS]
    needs = set(content.referral.worker.needs) if worker else set()
    also = [n.contact.id for n in numbers(content, sorted(needs), known, now) if needs & set(n.contact.needs)] if needs else []
    return tuple(dict.fromkeys((*found[:1], *also, *found[1:])))
