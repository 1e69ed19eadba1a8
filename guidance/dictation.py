"""One typed message while the summary is being made -> what it means: an answer, other fields, a correction, a command, a question, nothing at all.

In the middle of the form free words are the answer. What is plainly something else is never stored as one: a command (guidance/said_commands.py),
a correction (said_corrections.py), a question (said_questions.py). All words that are recognised stand in referral.yml.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from guidance.field_names import MOST_WORDS_OF_A_FACT, labelled
from guidance.fields import Command, Field, ReferralForm
from guidance.interpret import AGE
from guidance.said_commands import halted, left_open, read_command
from guidance.said_corrections import Correction, after_opening, read_correction
from guidance.said_questions import asked
from guidance.text import added, has_digit, holds, sentences, words

Meaning = Literal["answer", "fill", "change", "remove", "question", "command", "left-open", "unplaced", "doubtful", "nothing"]

_LEAD_IN = re.compile(
    r"^(?:it'?s|it is|that'?s|that is|they'?re|he'?s|she'?s|(?:he|she) is|they are)\s+(?:called\s+)?(?=\S)|^called\s+",
    re.I,
)
_CLAUSE = re.compile(r"\s*(?:[,;]|\.\s|\band\b|\n)\s*", re.I)
_STREET = re.compile(
    r"\s*(?:flat \w+ )?\d+\w?\s+(?:[a-z'-]+\s+){1,3}"
    r"(?:road|rd|street|st|lane|ln|close|drive|avenue|ave|way|crescent|gardens|court|terrace|place|square|hill|grove|row|mews|walk|view|green)\b",
    re.I,
)
_AGE = re.compile(rf"\s*(?:(?:he|she)(?:'?s| is)|aged?) {AGE}[\s,.;]*$", re.I)
_BORN = re.compile(
    rf"{_AGE.pattern}|\s*\d{{1,2}}(?:st|nd|rd|th)?(?:[/.-]\d{{1,2}}[/.-]\d{{2,4}}|\s+(?:of\s+)?[a-z]{{3,9}},?\s+(?:19|20)?\d\d)[\s,.;]*$", re.I
)
# What may stand behind an answer without being named, and the field that it belongs to: "Tyler, he is 4"; "14 March 2011"; "hes 4, 3 Oak Road Wisbech".
_UNNAMED = {"child-name": (_BORN, "child-birth"), "child-birth": (_STREET, "child-address")}
_FEW_WORDS = 8  # "mum doesnt know im ringing", and not a story in which it stands
_NAME_WORDS = 5  # in a story, "his name is" and more than these is part of the story
_PROGRAM = re.compile(
    r"\b(?:select|insert|update|delete|drop|alter|create|union)\b.*\b(?:from|into|table|set|where|users?)\b.*;"
    r"|;\s*--|\$\{|<\?php|\bimport os\b",
    re.I | re.S,
)


@dataclass(frozen=True, slots=True)
class Said:
    """What a message means.

    values   for 'answer' and 'fill': field id -> words; a 'fill' does not answer the open field unless it names it
    field    for 'change', 'remove' and 'left-open': the field named, None if none is
    rest     for 'question': the sentences that ask; for 'command' (stop): what follows it
    """

    meaning: Meaning
    values: Mapping[str, str]
    field: str | None = None
    command: Command | None = None
    rest: str = ""


def understand(
    form: ReferralForm, answers: Mapping[str, str], last: str | None, open_field: Field | None, text: str
) -> Said:
    """Read one message.

    answers     what was told so far: only an answered field can be corrected
    last        the field answered last, which "I meant ..." corrects
    open_field  the field being asked; None after the questions
    """
    text = text.replace("’", "'").strip()
    story = open_field is not None and open_field.is_story
    bidden = _bidden(form, open_field, text)
    if bidden:
        return bidden
    corrected = read_correction(form, answers, last, open_field, text)
    if corrected and not (corrected.lost and asked(form, text, story)):
        return _corrected(corrected)
    question = asked(form, text, story)
    if question:
        return Said("question", _told_beside(form, text), rest=question)
    if not any(map(str.isalnum, text)):
        return Said("nothing", {})
    if _PROGRAM.search(text):
        return Said("doubtful", {})
    if open_field is None:
        named = labelled(form, text)
        return Said("fill", {named[0]: named[1]}) if named else Said("answer", {})
    return _elsewhere(form, answers, open_field, text) or _answer(form, open_field, text)


def _bidden(form: ReferralForm, open_field: Field | None, text: str) -> Said | None:
    """A command, a field left open by its name, or "stop" with more behind it (which a child may have said, where that is asked)."""
    command = read_command(form, text)
    if command:
        return Said("command", {}, command=command)
    left = left_open(form, text)
    if left:
        return Said("left-open", {}, left[0].id, left[1])
    told_by_others = open_field is not None and open_field.is_story and not set(words(text)).isdisjoint(form.asking.reporting)
    rest = None if told_by_others else halted(form, text)
    return None if rest is None else Said("command", {}, command="stop", rest=rest)


def _corrected(read: Correction) -> Said:
    if read.values:  # what was understood is put right; a field to ask again comes after it
        return Said("fill", read.values, read.change, rest="lost" if read.lost else "")
    if read.change or read.remove:
        return Said("change" if read.change else "remove", {}, read.change or read.remove)
    return Said("unplaced", {})


def _told_beside(form: ReferralForm, text: str) -> dict[str, str]:
    """Facts named in a message that also asks something: "her name is Zoe. do you need the address"."""
    told = [s.rstrip(" .!") for s in sentences(text) if not asked(form, s)]
    found = filter(None, (labelled(form, sentence) for sentence in told))
    calls = filter(None, (of_the_call(form, sentence) for sentence in told))
    return {**{field_id: value for field_id, value in found if _plain_there(form, field_id, value)}, **dict(calls)}


def of_the_call(form: ReferralForm, text: str) -> tuple[str, str] | None:
    """'i already rang' -> that the call was made, whatever is asked."""
    field, said = form.field("call-made"), words(text)
    for option in field.options if field else ():
        if any(said == words(phrase) for phrase in form.called.get(option.id, ())):
            return "call-made", option.label
    return None


def _elsewhere(form: ReferralForm, answers: Mapping[str, str], open_field: Field, text: str) -> Said | None:
    """A fact that belongs to another field, whatever is asked: "her address is 14 Chapel St", "baby not born yet"."""
    if len(words(text)) > MOST_WORDS_OF_A_FACT:
        return None
    birth, address = form.field("child-birth"), form.field("child-address")
    age, _ = after_opening(form, text)
    if birth and not open_field.is_story and open_field != birth and _AGE.match(age):  # "actually he is 4", where the address is asked for
        return Said("fill", {birth.id: age})
    named, call = labelled(form, text.rstrip(" .")), of_the_call(form, text)
    if call:
        return Said("fill", dict([call]))
    if named and named[0] != open_field.id and (open_field.is_story or open_field.options) and _plain_there(form, *named):
        return Said("fill", {named[0]: named[1]})
    if birth and not open_field.is_story and open_field != birth and len(words(text)) <= _NAME_WORDS and holds(text, form.unborn):
        return Said("fill", {birth.id: text})
    told = next((f for f in form.fields if f != open_field and len(words(text)) <= _FEW_WORDS and holds(text, f.told_by)), None)
    if told:
        return Said("fill", {told.id: added(answers.get(told.id), text)})
    theirs = _of_others(form, answers, open_field, text)
    if theirs:
        return theirs
    if named and open_field.options and _is_fact(form, *named):
        return Said("fill", {named[0]: named[1]})
    if address and open_field.id == "area" and address.id not in answers and re.match(r"\s*(?:flat\s+)?\d+\w?[\s,]+[a-z]+\s+[a-z]+", text, re.I):
        return Said("fill", {address.id: text})
    return None


def _is_fact(form: ReferralForm, field_id: str, value: str) -> bool:
    """True for a name or a number, where the open question has options: "health visitor is Sandra Okoye"."""
    field = form.field(field_id)
    return field is not None and not field.is_story and not field.anywhere and _is_name_or_number(value)


def _is_name_or_number(value: str) -> bool:
    return value[:1].isupper() or has_digit(value)


def _of_others(form: ReferralForm, answers: Mapping[str, str], open_field: Field, text: str) -> Said | None:
    """Somebody else's details, where the child's are asked for: "dads details are Craig Smith, 12 Broadway"."""
    if not (open_field.anywhere and open_field.about == "child"):
        return None
    for others in form.others:
        found = _whose(others.persons).match(text)
        if found and _is_name_or_number(found["value"]):
            if found["address"] and open_field.id == "child-address":
                return Said("doubtful", {})  # it may be the child's too
            return Said("fill", {others.field: added(answers.get(others.field), text)})
    return None


@lru_cache(maxsize=8)
def _whose(persons: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(re.escape(p) for p in sorted(persons, key=len, reverse=True))
    return re.compile(
        rf"^(?:(?:his|her|their|the|my|and)\s+)*(?:{names})(?:'?s)?\s+"
        r"(?:(?:(?:full )?names?|details|(?:phone )?number|mobile|contact details|(?P<address>address))\s+)*(?:is|are|called|[:=-])\s+"
        r"(?:called\s+)?(?P<value>\S.*)$",
        re.I | re.S,
    )


def _plain_there(form: ReferralForm, field_id: str, value: str) -> bool:
    """True if a value is plainly that of its field, and no part of a story that only names the field."""
    field = form.field(field_id)
    if field is None or not field.anywhere:
        return False
    if field_id == "child-address":
        return has_digit(value)
    return _has_sign(field, value) and len(words(value)) <= MOST_WORDS_OF_A_FACT and ("name" not in field_id or len(value.split()) <= _NAME_WORDS)


def _answer(form: ReferralForm, open_field: Field, text: str) -> Said:
    if open_field.is_story:
        return Said("answer", {open_field.id: text})
    read = _facts(form, open_field, text)
    if open_field.id in read.values and not _has_sign(open_field, read.values[open_field.id]):
        return Said("doubtful", {})
    return read


def _has_sign(field: Field, value: str) -> bool:
    """True if the words can be an answer to the field: they hold one of its signs, if it has any, and none of the words that are unlike it."""
    if not set(words(value)).isdisjoint(field.unlike):
        return False
    if not field.signs or not value.isascii():
        return True
    return ("#" in field.signs and has_digit(value)) or not set(words(value)).isdisjoint(field.signs)


def _facts(form: ReferralForm, open_field: Field, text: str) -> Said:
    """An answer to a question of fact; other facts named in it ("..., date of birth 3/5/2018") go where they belong."""
    if open_field.options or len(words(text)) > 3 * MOST_WORDS_OF_A_FACT:
        return Said("answer", {open_field.id: text})
    found: dict[str, str] = {}
    here, cuts = open_field.id, [0, *(m.end() for m in _CLAUSE.finditer(text)), len(text)]
    for start, end in pairwise(cuts):
        clause = text[start:end]
        named = labelled(form, clause)
        unnamed = _UNNAMED.get(open_field.id)
        if named is None and unnamed and unnamed[0].match(clause):
            here = unnamed[1]
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
