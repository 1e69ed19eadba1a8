"""One typed message while the summary is being made -> what it means: an answer, a correction of another field, a command, a question.

In the middle of the form free words are the answer. Only what is plain is read as something else: a command that is the whole message, a
correction that names its field, a question. All words that are recognised stand in referral.yml.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Literal

from guidance.field_names import MOST_WORDS_OF_A_FACT, labelled, names_field
from guidance.fields import Command, Field, ReferralForm
from guidance.text import words

Meaning = Literal["answer", "fill", "change", "remove", "question", "command"]

_CHANGE = (
    r"(?:i (?:want|need|would like|'?d like) to |can (?:i|you|we) |could (?:i|you|we) |please |let me |lets |let's )*"
)
_CHANGES = re.compile(rf"^{_CHANGE}(?:change|correct|edit|fix|amend|update|redo|alter|put right)\s+(?P<rest>.+)$", re.I)
_REMOVES = re.compile(rf"^{_CHANGE}(?:delete|remove|take out|take away|erase|rub out|leave out)\s+(?P<rest>.+)$", re.I)
_WRONG = re.compile(
    r"^(?P<rest>.+?)\s+(?:is|are|was|were|isn'?t|aren'?t|looks?)\s+"
    r"(?:(?:spel(?:t|led) )?wrong(?:ly)?|not right|incorrect|not correct|right|correct|mis-?spel(?:t|led))$",
    re.I,
)
_COURTESY = re.compile(r"[\s,.!]*(?:\b(?:please|pls|plz|thanks|thank you)\b[\s,.!]*)?$", re.I)
_RIGHT = re.compile(r"\b(?:is|are|was|were) (?:right|correct)$", re.I)
_ISNT = re.compile(r"\b(?:isn'?t|is not|not|wasn'?t)\s+(?P<old>.+?)[,.]?\s+(?:it'?s|it is|but)\s+(?P<new>.+)$", re.I)
_NOT = re.compile(r"^(?P<new>.+?),?\s+(?:and\s+)?not\s+(?P<old>.+)$", re.I)
_MEANT = re.compile(
    r"^(?:(?:no|sorry|oops|wait|actually)[,.! ]+)*(?:i (?:meant|mean)(?: to say)?|it should (?:be|say)|that should (?:be|say)|make (?:that|it))\s+(?P<new>.+)$",
    re.I,
)
_ITS = re.compile(r"^(?:(?:no|sorry|oops|wait|actually)[,.! ]+)+(?:it'?s|it is|its|that'?s)?\s*(?P<new>.+)$", re.I)
_LEAD_IN = re.compile(
    r"^(?:it'?s|it is|that'?s|that is|they'?re|he'?s|she'?s|(?:he|she) is|they are)\s+(?:called\s+)?(?=\S)|^called\s+",
    re.I,
)
_CLAUSE = re.compile(r"\s*(?:[,;]|\.\s|\band\b|\n)\s*", re.I)
ALIKE = 0.7
MOST_WORDS_OF_A_COMMAND = 9


@dataclass(frozen=True, slots=True)
class Said:
    """What a message means.

    values   for 'answer' and 'fill': field id -> words; a 'fill' does not answer the open field unless it names it
    field    for 'change' and 'remove': the field named, None if none is
    """

    meaning: Meaning
    values: Mapping[str, str]
    field: str | None = None
    command: Command | None = None


def understand(
    form: ReferralForm, answers: Mapping[str, str], last: str | None, open_field: Field | None, text: str
) -> Said:
    """Read one message.

    answers     what was told so far: only an answered field can be corrected
    last        the field answered last, which "I meant ..." corrects
    open_field  the field being asked; None after the questions
    """
    text = text.replace("’", "'").strip()
    command = read_command(form, text)
    if command:
        return Said("command", {}, command=command)
    changed = _changed(form, answers, text)
    if changed:
        return changed
    corrected = _corrected(form, answers, last, open_field, text)
    if corrected:
        return Said("fill", corrected)
    if is_question(form, text, open_field is not None and open_field.is_story):
        return Said("question", {})
    if open_field is None:
        return Said("answer", {})
    if open_field.is_story:
        return Said("answer", {open_field.id: text})
    return _facts(form, open_field, text)


def read_command(form: ReferralForm, text: str) -> Command | None:
    """The command that the whole message is, small words apart."""
    said = words(text)
    if not said or len(said) > MOST_WORDS_OF_A_COMMAND:
        return None
    spoken = " ".join(said)
    meant = {" ".join(words(p)): command for command, phrases in form.commands.items() for p in phrases}
    small = {w for filler in form.fillers for w in words(filler)}
    first = next((i for i, w in enumerate(said) if w not in small), 0)
    last = next((i for i, w in enumerate(reversed(said)) if w not in small), 0)
    for start in range(first + 1):
        for end in range(last + 1):
            found = meant.get(" ".join(said[start : len(said) - end]))
            if found:
                return found
    # "I don't know his date of birth": a field's own words may follow
    for phrase in (*form.commands["unknown"], *form.commands["refuse"]):
        opening = f"{' '.join(words(phrase))} "
        if spoken.startswith(opening) and names_field(form, spoken.removeprefix(opening)):
            return "unknown" if phrase in form.commands["unknown"] else "refuse"
    return None


def opens_like(form: ReferralForm, command: Command, text: str) -> bool:
    """True if the first word, small words apart, is one that a command opens with: "can you delete the referral", not "mum deletes everything"."""
    small = {w for filler in form.fillers for w in words(filler)}
    first = next((w for w in words(text) if w not in small), "")
    return first in {words(phrase)[0] for phrase in form.commands[command]}


def is_question(form: ReferralForm, text: str, story: bool = False) -> bool:
    """True if a message asks something. A doubtful fact ("6?") and a child's question told in a `story` do not."""
    said = words(text)
    asks = any(w in form.asking for w in said[: 1 if story else 3])
    spoken = f"{' '.join(said)} "
    return (text.rstrip().endswith("?") and asks) or any(
        spoken.startswith(f"{' '.join(words(o))} ") for o in form.openers
    )


def _changed(form: ReferralForm, answers: Mapping[str, str], text: str) -> Said | None:
    """'change the date of birth', 'change the school to Fulbridge', 'his address is wrong', 'take out her name'."""
    plain = _COURTESY.sub("", text)
    removes = _REMOVES.match(plain)
    field = names_field(form, removes["rest"]) if removes else None
    if field:
        return Said("remove", {}, field.id)
    changes = _CHANGES.match(plain)
    if changes:
        named, _, value = changes["rest"].partition(" to ")
        field = names_field(form, named) or names_field(form, changes["rest"])
        if field and value and names_field(form, named):
            return Said("fill", {field.id: value.strip()})
        return Said("change", {}, field.id) if field else None
    wrong = _WRONG.match(plain)
    field = names_field(form, wrong["rest"]) if wrong and not _RIGHT.search(plain) else None
    if field:
        return Said("change", {}, field.id)
    part = labelled(form, _after_opening(form, text) or "", parts=True)
    return Said("change", {}, part[0]) if part and part[0] in answers else None


def _corrected(
    form: ReferralForm, answers: Mapping[str, str], last: str | None, open_field: Field | None, text: str
) -> dict[str, str] | None:
    """'no, his name is Tomas'; 'I meant Tomas'; 'Tomas, not Thomas'; after the questions, also 'his name is Tomas'."""
    rest = _after_opening(form, text)
    if rest is not None or open_field is None:
        named = labelled(form, rest if rest is not None else text)
        if named and (named[0] in answers or open_field is None or not open_field.is_story):
            return {named[0]: _in_place(answers.get(named[0], ""), named[1])}
    meant = _MEANT.match(text)
    short = len(words(text)) <= MOST_WORDS_OF_A_FACT
    plain = _MEANT.sub(lambda m: m["new"], rest if rest is not None else text)
    swapped = _ISNT.search(plain) or _NOT.match(plain)
    if swapped and short:
        for field_id, was in answers.items():
            old = re.compile(rf"(?<!\w){re.escape(swapped['old'].strip(' .!'))}(?!\w)", re.I)
            if old.search(was):
                new = _LEAD_IN.sub("", swapped["new"].strip())
                return {field_id: old.sub(lambda _, new=new: new, was)}  # type: ignore[misc]
    if last is not None and last in answers and short:
        if meant:
            return {last: meant["new"].strip()}
        again = _ITS.match(text)
        if again and SequenceMatcher(None, again["new"].lower(), answers[last].lower()).ratio() >= ALIKE:
            return {last: again["new"].strip()}
    return None


def _in_place(was: str, new: str) -> str:
    """One name of several put right ("no, his name is Tomas" of "Thomas Kowalski"); any other words replace what stood there."""
    alike = [w for w in was.split() if SequenceMatcher(None, w.lower(), new.lower()).ratio() >= ALIKE]
    if len(was.split()) > 1 and len(new.split()) == 1 and len(alike) == 1:
        return was.replace(alike[0], new, 1)
    return new


def _after_opening(form: ReferralForm, text: str) -> str | None:
    """What follows "no," or "sorry, I meant"; None if the message opens otherwise."""
    for phrase in sorted(form.corrections, key=len, reverse=True):
        opening = re.match(rf"{re.escape(phrase)}\b[\s,.!:;-]*", text, re.I)
        if opening and opening.end() < len(text):
            rest = text[opening.end() :]
            return _after_opening(form, rest) or rest
    return None


def _facts(form: ReferralForm, open_field: Field, text: str) -> Said:
    """An answer to a question of fact; other facts named in it ("..., date of birth 3/5/2018") go where they belong."""
    if open_field.options or len(words(text)) > 3 * MOST_WORDS_OF_A_FACT:
        return Said("answer", {open_field.id: text})
    found: dict[str, str] = {}
    here, cuts = open_field.id, [0, *(m.end() for m in _CLAUSE.finditer(text)), len(text)]
    for start, end in pairwise(cuts):
        clause = text[start:end]
        named = labelled(form, clause)
        if named:
            here = named[0]
            found[here] = clause[clause.rindex(named[1]) :] if named[1] in clause else named[1]
        elif clause.strip():
            found[here] = found.get(here, "") + clause
    tidy = {field_id: re.sub(r"[\s,;]+(?:and)?\s*$", "", value.strip()) for field_id, value in found.items()}
    if open_field.id in tidy:
        tidy[open_field.id] = _LEAD_IN.sub("", tidy[open_field.id], count=1) or tidy[open_field.id]
        return Said("answer", tidy)
    return Said("fill", tidy)
