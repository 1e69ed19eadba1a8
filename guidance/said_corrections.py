"""A typed message that puts something right -> the fields and their new words: "sorry, it's Tanner not Turner. and dob is 30 April", "change the worry".

Several corrections may stand in one message. What cannot be placed is said to be lost: it is never taken for an answer. Used by guidance/dictation.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from guidance.field_names import MOST_WORDS_OF_A_FACT, labelled, names_field
from guidance.fields import Field, ReferralForm
from guidance.text import words

ALIKE = 0.7
_MOST_SWAPPED = 5  # words of the one or of the other
_NO_NAMES = frozenset(words("i i'm im he he's hes she she's shes they they're theyre it it's its that's thats there no yes sure"))
_ASKED = r"(?:i (?:want|need|would like|'?d like) to |can (?:i|you|we) |could (?:i|you|we) |please |let me |lets |let's )*"
_CHANGES = re.compile(rf"^{_ASKED}(?:change|correct|edit|fix|amend|update|redo|alter|put right)\s+(?P<rest>.+)$", re.I | re.S)
_REMOVES = re.compile(rf"^{_ASKED}(?:delete|remove|take out|take away|erase|rub out|leave out)\s+(?P<rest>.+)$", re.I | re.S)
_POINTS = re.compile(r"^(?:that|the|this|his|her|my|their|it|what|one|where|bit)\b", re.I)
_RETOLD = re.compile(r"^(?:that|it|this|to)?(?:\s+to)?\s*[:,-]?\s*(?P<new>.*\d.*)$", re.I)
_WRONG = re.compile(
    r"^(?P<rest>.+?)\s+(?:is|are|was|were|isn'?t|aren'?t|looks?)\s+"
    r"(?:(?:spel(?:t|led) )?wrong(?:ly)?|not right|incorrect|not correct|right|correct|mis-?spel(?:t|led))$",
    re.I,
)
_RIGHT = re.compile(r"\b(?:is|are|was|were) (?:right|correct)$", re.I)
_SAID = r"(?:(?:it'?s|it is|it was|that'?s|he'?s|she'?s|they'?re|(?:he|she|they|i|mum|dad) (?:said|says|meant|mean|is|was|are)|should (?:be|say))\s+)*"
_SAID_FIRST = re.compile(r"^(?:it'?s|it is|it was|that'?s|(?:he|she|they|i|mum|dad) (?:said|says|meant)|should be)\b", re.I)
_ISNT = re.compile(r"\b(?:isn'?t|is not|not|wasn'?t)\s+(?P<old>.+?)[,.]?\s+(?:it'?s|it is|but)\s+(?P<new>.+)$", re.I)
_NOT = re.compile(rf"^{_SAID}(?P<new>.+?),?\s+(?:and\s+)?not\s+(?P<old>[^,.;]+)(?P<more>.*)$", re.I)
_OWNER = r"(?:his|her|their|the|my|an?)"
_NOT_FIRST = re.compile(rf"^{_SAID}not\s+(?P<old>{_OWNER}\s[^,.;]+)[,.;]\s*(?:but\s+)?(?P<new>{_OWNER}\s[^,.;]+)(?P<more>)$", re.I)
_OWNED = re.compile(rf"^{_OWNER}\s+", re.I)
_OWNERS = frozenset(words("his her their the my a an"))
_COUNTS = frozenset(words("one two three four five six seven eight nine ten eleven twelve"))
_MEANT = re.compile(
    r"^(?:(?:no|sorry|oops|wait|actually)[,.! ]+)*(?:i (?:meant|mean)(?: to say)?|it should (?:be|say)|that should (?:be|say)|make (?:that|it))\s+(?P<new>.+)$",
    re.I,
)
_ITS = re.compile(r"^(?:it'?s|it is|its|that'?s)?\s*(?P<new>.+)$", re.I)
_ASKS_FOR_IT = re.compile(r"\b(?:change|correct|fix|put|got|have|ve|on there)\b", re.I)
_NUMBER = re.compile(r"^(?P<number>\d+)\s*(?P<unit>[a-z]+)?$", re.I)
_JOINT = re.compile(r"[.!;]\s+(?:and\s+|also\s+)*|\n+|,?\s+(?:and|also)\s+", re.I)
_COMMA = re.compile(r",\s*")
_SPELT = re.compile(r",?\s+(?:spel(?:t|led)\s+)?with\s+(?:an?|one|two|a double|double|no)\s+\w{1,2}\b", re.I)
_TWICE = re.compile(r"\b(\w+(?:\s+\w+){0,3})[\s,]+\1\b", re.I)  # "Kelly Kelly Marshall", where "Kelly Marshall" was put for "Marsh"
_NUMBERS = re.compile(r"^\d+\b.*?\bnot\s+(?:the\s+)?\d", re.I)
_LONE = re.compile(r"^(?:(?:he|she|it|they)(?:'?s|'?re| is| are)\s+)?(?P<new>\d{1,2}|\d{4})(?:\s+(?:now|actually|sorry|years? old|yrs?))*$", re.I)
_TAIL = re.compile(r",?\s+(?:and\s+)?not\s+(?!sure|known|yet|registered)(?P<old>\S+(?:\s+\S+){0,3})$", re.I)


@dataclass(frozen=True, slots=True)
class Correction:
    """values: field id -> its words now. change, remove: a field to ask again, or to take out. lost: something could not be placed."""

    values: Mapping[str, str] = field(default_factory=dict)
    change: str | None = None
    remove: str | None = None
    lost: bool = False


@dataclass(frozen=True, slots=True)
class _Context:
    form: ReferralForm
    answers: Mapping[str, str]
    last: str | None
    open_field: Field | None
    opened: bool  # the message opens, or ends, like a correction
    strong: bool  # and can be nothing else


def read_correction(form: ReferralForm, answers: Mapping[str, str], last: str | None, open_field: Field | None, text: str) -> Correction | None:
    """What a message puts right; None if it corrects nothing."""
    plain, ended = _without_tails(form, text)
    rest, opening = after_opening(form, plain)
    strong = ended or opening in form.mistakes
    context = _Context(form, answers, last, open_field, ended or bool(opening), strong)
    found = _several(context, rest) or (_meant(context, plain) if opening else None)
    if found:
        return found
    claims = bool(opening) and (
        _NOT_FIRST.match(rest) is not None
        or (_NOT.match(rest) is not None and (_SAID_FIRST.match(rest) is not None or _NUMBERS.match(rest) is not None))
    )
    if (strong or claims or _asks_change(rest)) and len(words(rest)) <= MOST_WORDS_OF_A_FACT:
        return Correction(lost=True)
    return None


def _asks_change(text: str) -> bool:
    return (changes := _CHANGES.match(text)) is not None and _POINTS.match(changes["rest"]) is not None


def _several(context: _Context, text: str) -> Correction | None:
    """The corrections of a message, cut where a part that puts something right begins."""
    for joint in reversed(_joints(context.form, text)):
        after, before = _one(context, text[joint.end() :]), text[: joint.start()]
        if after is None or not before.strip():
            continue
        first = _several(context, before)
        if first is None:
            return after if context.opened and len(words(before)) <= 3 else replace(after, lost=context.opened or after.lost)
        return Correction({**first.values, **after.values}, first.change or after.change, first.remove or after.remove, first.lost or after.lost)
    return _one(context, text)


def _joints(form: ReferralForm, text: str) -> list[re.Match[str]]:
    """Where a message may be cut; at a bare comma only before a field that is named: "name is Jayden not Jaydon, age 2 not 3"."""
    commas = [comma for comma in _COMMA.finditer(text) if labelled(form, text[comma.end() :])]
    return sorted([*_JOINT.finditer(text), *commas], key=lambda joint: (joint.start(), joint.end()))


def _one(context: _Context, text: str) -> Correction | None:
    text = _SPELT.sub("", text.strip().rstrip("!,"))
    for read in (_part_swapped, _changed, _named, _swapped, _lone_number, _meant):
        found = read(context, text)
        if found:
            return found
    return None


def _changed(context: _Context, text: str) -> Correction | None:
    """'change the date of birth', 'change the school to Fulbridge', 'his address is wrong', 'take out her name', 'correct that: 24 weeks'."""
    form, plain = context.form, text.rstrip(" .!")
    removes, changes, wrong = _REMOVES.match(plain), _CHANGES.match(plain), _WRONG.match(plain)
    gone = names_field(form, removes["rest"]) if removes else None
    if gone:
        return Correction(remove=gone.id)
    if changes:
        named, _, value = changes["rest"].partition(" to ")
        found = names_field(form, named) or names_field(form, changes["rest"])
        if found and value and names_field(form, named):
            return Correction({found.id: value.strip()})
        retold = _RETOLD.match(changes["rest"])
        return Correction(change=found.id) if found else _retold(context, retold["new"]) if retold else None
    again = names_field(form, wrong["rest"]) if wrong and not _RIGHT.search(plain) else None
    if again:
        return Correction(change=again.id)
    part = labelled(form, text, parts=True) if context.opened else None
    return Correction(change=part[0]) if part and part[0] in context.answers else None


def _part_swapped(context: _Context, text: str) -> Correction | None:
    """'her surname is March not Marsh': the one is put for the other in that field alone."""
    part = labelled(context.form, text.rstrip(" ."), parts=True)
    tail = _TAIL.search(part[1].rstrip(" .")) if part else None
    if part is None or tail is None:
        return None
    swapped = dict(_with_swap(context, part[1][: tail.start()].strip(), tail["old"])).get(part[0])
    return Correction({part[0]: swapped}) if swapped else None


def _lone_number(context: _Context, text: str) -> Correction | None:
    """'no, hes 7', 'no sorry 2018': stands where one number of the kind stands, in the age or date of birth that was told."""
    lone = _LONE.match(text.strip(" .")) if context.opened else None
    told = context.answers.get("child-birth")
    asked = context.open_field.id if context.open_field else None
    if lone is None or told is None or asked in ("child-birth", "child-address", "call-when"):
        return None
    there = re.compile(r"(?<!\d)\d{4}(?!\d)" if len(lone["new"]) == 4 else r"(?<![\d/])\d{1,2}(?![\d/])")
    return Correction({"child-birth": there.sub(lone["new"], told)}) if len(there.findall(told)) == 1 else None


def _retold(context: _Context, new: str) -> Correction | None:
    """'24 weeks': stands where one number of weeks stands."""
    number = _NUMBER.match(new.strip())
    if number is None or not number["unit"]:
        return None
    there = re.compile(rf"(?<!\w)\d+(\s*){re.escape(number['unit'])}\b", re.I)
    holding = [f for f, was in context.answers.items() if there.search(was)]
    if len(holding) != 1:
        return None
    return Correction({holding[0]: there.sub(new.strip(), context.answers[holding[0]])})


def _named(context: _Context, text: str) -> Correction | None:
    """'his name is Tomas': what is answered, or is asked for in so many words, after an opening ("no, ..."); any field after the questions."""
    if not context.opened and context.open_field is not None and " not " not in text:
        return None
    named = labelled(context.form, text)
    if named is None:
        return None
    field_id, value = named
    if words(value)[:1] == ["not"]:  # "no, the address is not safe"
        return None
    open_to_it = context.open_field is None or not context.open_field.is_story
    if field_id not in context.answers and not (open_to_it and (context.opened or context.open_field is None)):
        return None
    if not context.opened and context.open_field is not None and not re.search(r"\bnot\b", value):
        return None
    tail = _TAIL.search(value.rstrip(" .")) if field_id in context.answers else None
    told = value[: tail.start()].strip() if tail else value.strip()
    wrong = tail["old"] if tail and not _NUMBER.match(tail["old"]) else ""
    everywhere = dict(_with_swap(context, told, wrong)) if wrong and _ratio(told, wrong) >= ALIKE else {}  # a name misspelt in the worry, too
    return Correction({**everywhere, field_id: _in_place(context.answers.get(field_id, ""), told)})


def _swapped(context: _Context, text: str) -> Correction | None:
    """'Tanner not Turner' puts one for the other where it stands; a number only where it stands in one field alone."""
    if len(words(text)) > MOST_WORDS_OF_A_FACT:
        return None
    swap = _ISNT.search(text) or _NOT_FIRST.match(text) or _NOT.match(text)
    if swap is None:
        return None
    new, old = (swap[side].strip(" .,!") for side in ("new", "old"))
    new, old = _counterparts(new, old)
    if len(words(old)) > _MOST_SWAPPED or len(words(new)) > _MOST_SWAPPED or not {*context.form.asking.verbs, *_NO_NAMES}.isdisjoint(words(new)):
        return None  # "he is not safe" puts nothing in the place of "safe"
    story = context.open_field is not None and context.open_field.is_story
    if story and not (context.opened or _NUMBER.match(old) or _SAID_FIRST.match(text)):
        return None
    found = dict(_with_swap(context, new, old))
    if not found or (len(found) > 1 and _NUMBER.match(old)):
        return Correction(lost=True) if found else None
    more = (swap.groupdict().get("more") or "").strip(" .,;")
    for field_id in found:
        if more and _alike(more, found[field_id]) and not _field(context, field_id).is_story:
            found[field_id] = more  # "Tanner not Turner, Lexie-Mae Tanner": the whole, spelt out
    return Correction(found)


def _counterparts(new: str, old: str) -> tuple[str, str]:
    """What of a sentence stands for `old`, and for what it stands: "his arm" of "the bruises were on his arm", for "his back"; "four children" of
    "there are four children" for "three children" (a three-year-old stays three).
    """
    said, was = new.split(), words(old)
    counts = [i for i, word in enumerate(said) if word.lower() in _COUNTS]
    if len(was) == 1 and was[0] in _COUNTS and len(counts) == 1:
        counted = said[counts[0] + 1 : counts[0] + 2]
        return " ".join([said[counts[0]], *counted]), " ".join([old, *counted])
    begins = [i for i, word in enumerate(said) if was and was[0] in _OWNERS and word.lower() in _OWNERS]
    return (" ".join(said[begins[-1] :]) if begins and begins[-1] > 0 and len(said) - begins[-1] <= len(was) + 1 else new), old


def _with_swap(context: _Context, new: str, old: str) -> Iterator[tuple[str, str]]:
    now, was = _NUMBER.match(new), _NUMBER.match(old)
    unit = ((now and now["unit"]) or (was and was["unit"]) or "") if was else ""
    for field_id, told in context.answers.items():
        if _field(context, field_id).options:
            continue
        if was and now and unit:
            pattern, put = rf"(?<!\w){was['number']}(?P<gap>\s*)(?={re.escape(unit)}\b)", f"{now['number']}\\g<gap>"
            if re.search(pattern, told, re.I):
                yield field_id, re.sub(pattern, put, told, flags=re.I)
            continue
        there, put = re.compile(rf"(?<!\w){re.escape(old)}(?!\w)", re.I), new.replace("\\", r"\\")
        if not there.search(told) and _OWNED.match(old) and _OWNED.match(new):  # "the left foot not the hand", for "his hand"
            there = re.compile(rf"(?<!\w)(?P<owner>{_OWNER} ){re.escape(_OWNED.sub('', old))}(?!\w)", re.I)
            put = rf"\g<owner>{_OWNED.sub('', put)}"
        if there.search(told):
            swapped = there.sub(put, told)
            yield field_id, swapped if _field(context, field_id).is_story else _TWICE.sub(r"\1", swapped)


def _meant(context: _Context, text: str) -> Correction | None:
    """'I meant Tomas'; 'no, it's Tomas': the field answered last."""
    last = context.last
    if last is None or last not in context.answers or len(words(text)) > MOST_WORDS_OF_A_FACT:
        return None
    meant = _MEANT.match(text)
    if meant:
        return Correction({last: meant["new"].strip()})
    again = _ITS.match(text) if context.opened else None
    return Correction({last: again["new"].strip()}) if again and _ratio(again["new"], context.answers[last]) >= ALIKE else None


def _field(context: _Context, field_id: str) -> Field:
    return next(f for f in context.form.fields if f.id == field_id)


def _alike(new: str, was: str) -> bool:
    """True for the same thing spelt out: they share a word."""
    return len(words(new)) <= MOST_WORDS_OF_A_FACT and not set(words(new)).isdisjoint(words(was))


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one.lower(), other.lower()).ratio()


def _in_place(was: str, new: str) -> str:
    """One name of several put right ("no, his name is Tomas" of "Thomas Kowalski"); any other words replace what stood there."""
    alike = [w for w in was.split() if _ratio(w, new) >= ALIKE]
    if len(was.split()) > 1 and len(new.split()) == 1 and len(alike) == 1:
        return was.replace(alike[0], new, 1)
    return new


def after_opening(form: ReferralForm, text: str) -> tuple[str, str]:
    """What follows "no," or "sorry, I meant", and the opening; the text and "" if it opens otherwise."""
    for phrase in sorted(form.corrections, key=len, reverse=True):
        opening = re.match(rf"{re.escape(phrase)}\b[\s,.!:;-]*", text, re.I)
        if opening and opening.end() < len(text):
            rest, further = after_opening(form, text[opening.end() :])
            return rest, further if further in form.mistakes else phrase
    return text, ""


def _without_tails(form: ReferralForm, text: str) -> tuple[str, bool]:
    """The text without ", change it" or "thats wrong on there" behind it, and whether such a thing, more than a courtesy, stood there."""
    ended, plain = False, text.strip()
    while True:
        for tail in sorted(form.tails, key=len, reverse=True):
            cut = re.search(rf"(?:[,.;!-]\s*|\s)(?:and\s+)?{re.escape(tail)}[\s.!,]*$", plain, re.I)
            if cut and cut.start() > 0:
                plain, ended = plain[: cut.start()].rstrip(" ,.;"), ended or _ASKS_FOR_IT.search(tail) is not None
                break
        else:
            return plain, ended
