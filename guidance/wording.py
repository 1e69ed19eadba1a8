"""procedures_corpus/words.yml -> who is writing, which contact they need, a bare yes or no, and a wish to delete, read from everyday words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import takewhile
from pathlib import Path
from typing import Any, Literal

from guidance.interpret import asking_part, asks
from guidance.records import Audience, Need, Record, convert
from guidance.text import has_digit, holds, words
from guidance.yaml_files import read_yaml


class WordLists(Record, frozen=True):
    audience: dict[Audience, tuple[str, ...]]
    roles: tuple[str, ...]
    help_called: tuple[str, ...]
    needs: dict[Need, tuple[str, ...]]
    delete: tuple[str, ...]
    number: tuple[str, ...]
    led: tuple[str, ...]
    only_with: dict[str, tuple[str, ...]]
    not_with: dict[str, tuple[str, ...]]
    reaching: tuple[str, ...]
    helping: tuple[str, ...]
    to_a_person: tuple[str, ...]
    summary: tuple[str, ...]
    no_form: tuple[str, ...]
    surely: dict[Literal["anyone", "child"], dict[str, tuple[str, ...]]]
    somebody: tuple[str, ...]
    reported_me: tuple[str, ...]
    all_clear: tuple[str, ...]
    agree: tuple[str, ...]
    accept: tuple[str, ...]
    disagree: tuple[str, ...]
    polite: tuple[str, ...]


def read_words(path: Path) -> WordLists:
    """Read words.yml.

    raises  ContentError: an unknown audience or need, or a list that is not one
    """
    return convert(read_yaml(path), WordLists, path)


def read_audience(text: str, lists: WordLists) -> str | None:
    """public, professional or child, if the words say who is writing; None if they do not."""
    return _first(text, lists.audience) or ("professional" if says_role(text, lists) else None)


_ROLE_NAMED = re.compile(r"(?:^| )(?:im|i m|i am|we re|we are|speaking as|as) (?:an? |the |your |their )?(?P<named>.+)")

_NO_TITLE = frozenset(
    [
        "and",
        "or",
        "but",
        "who",
        "that",
        "my",
        "his",
        "her",
        "their",
        "our",
        "with",
        "about",
        "to",
        "for",
        "in",
        "at",
        "on",
        "mum",
        "dad",
        "parent",
        "mother",
        "father",
        "worried",
    ]
)


def says_role(text: str, lists: WordLists) -> bool:
    """True if the writer names their work: "I'm a teaching assistant", "as the deputy head of a school", at most three words before the role."""
    said = _ROLE_NAMED.search(" ".join(words(text)).replace("'", " "))
    first = " ".join(takewhile(lambda word: word not in _NO_TITLE, said["named"].split()[:6])) if said else ""
    return any(
        re.search(rf"^(?:\S+ ){{0,3}}{re.escape(' '.join(words(role)))}s?(?: |$)", first) for role in lists.roles
    )


_INTRODUCTION = re.compile(
    r"\b(?:i'?m|i am|as|speaking as) (?:a|an|the) (?:[a-z-]+ ){0,3}?[a-z-]+(?=,| and | in | at | who | but |\.|$| i )(?:,| and)?",
    re.I,
)


_RELATIVE = re.compile(  # "im her auntie, ...": an aunt who writes is not a worry about an aunt
    r"\b(?:i'?m|i am) (?:(?:just|only) )?(?:his|her|their|there|the|a|an|your) (?:[a-z]+ )?(?:mum|dad|mother|father|nan|gran|granny|grandma|grandmother"
    r"|grandad|grandfather|aunt|auntie|aunty|uncle|sister|brother|cousin|neighbou?r|friend|step ?mum|step ?dad)\b(?:,| and|\.)?",
    re.I,
)


_PARDON = r"^\W*(?:(?:sorry|please|hello|hi)\W+)*"
_END = r"(?:[.,;!:]+|\s+(?:but|and|so)\b)\s*"
_ENGLISH = re.compile(  # "english not good. neighbour hit boy" is not about interpreters
    rf"{_PARDON}(?:(?:for )?my )?english (?:is )?(?:(?:so|very|really|still) )?(?:not|no|bad|poor|isn'?t|little)(?: (?:so|very|too|my))*"
    rf"(?: (?:good|well|great|first language|perfect|strong))?{_END}"
    rf"|{_PARDON}i (?:do ?n'?o?t|not|no) (?:speak|write)s? (?:much |good |well )*english(?: (?:good|well|much))*{_END}",
    re.I,
)


def without_introduction(text: str, lists: WordLists) -> str:
    """The message without who its writer says they are ("I'm a teacher and ..."): a teacher who writes is not a worry about a teacher. Nor is one
    who begs pardon for their English asking for an interpreter."""
    text = _ENGLISH.sub("", text).strip() or text
    text = _RELATIVE.sub("", text).strip() or text
    said = _INTRODUCTION.search(text)
    if said is None or read_audience(said[0], lists) != "professional":
        return text
    return " ".join((text[: said.start()] + text[said.end() :]).split())


_SIGNED = re.compile(r"^\W*(?:the |a |an )?(?P<who>[a-z'/]+(?: [a-z'/]+){0,3}?)(?:(?P<here> here\b)[\s,.:;-]*|\s*[.:;]\s+|\s+-\s+)(?=\S+\s+\S)", re.I)


def without_signature(text: str, lists: WordLists) -> str:
    """The message without the role that it opens with: "EDT duty worker. number for a child in cambs", "the LADO here, number for the police"."""
    signed = _SIGNED.match(text)
    if not signed or not (signed["here"] or read_audience(f"i am a {signed['who']}", lists) == "professional"):
        return text
    return text[signed.end() :]


def read_need(text: str, lists: WordLists) -> str | None:
    """The need of contacts.yml that the words name, the most particular first; None if they name none."""
    return _first(text, lists.needs)


def asks_number(text: str, lists: WordLists) -> bool:
    """True if the words ask for a number or an address of somebody to reach."""
    return holds(text, lists.number)


def says_help_called(text: str, lists: WordLists) -> bool:
    """True if the words can mean that 999 has been rung already."""
    return holds(text, lists.help_called)


def asks_to_be_led(text: str, lists: WordLists) -> bool:
    """True if the words ask to be taken through something step by step, or where to begin."""
    return holds(text, lists.led)


def asks_for_summary(text: str, lists: WordLists) -> bool:
    """True if the words ask for the referral summary."""
    return holds(text, lists.summary)


def means_no_form(text: str, lists: WordLists) -> bool:
    """True if "form" stands in the words as a part of a school."""
    return holds(text, lists.no_form)


def speaks_of_somebody(text: str, lists: WordLists) -> bool:
    """True if the words speak of a person, as what is asked about a case does and a question for a rule does not."""
    return holds(text, lists.somebody)


def says_reported(text: str, lists: WordLists) -> bool:
    """True if a parent or carer says that others have reported them."""
    return holds(text, lists.reported_me)


def asks_deletion(text: str, lists: WordLists) -> bool:
    """True if the message is nothing but a clear wish to delete the conversation. A question about it, or anything more, is none."""
    return _is_one_of(text, lists.delete, lists)


_NO = re.compile(r"^\W*(?:no|nope|nah|naw)\b(?!\W*(?:sorry|wait|i mean|i meant)\b)", re.I)


def can_be_all_clear(text: str, lists: WordLists) -> bool:
    """False for what does not say that nobody is in danger: "they found nothing", what only puts something right ("no sorry, hes 7"), and what is only
    asked ("is he going to be arrested"). No words are a button's, which says so.
    """
    told = text.replace(asking_part(text), " ") if asks(text) else text
    return not text or may_be_over(told, lists) or bool(_NO.match(text) and not has_digit(text))


def may_be_over(text: str, lists: WordLists) -> bool:
    """True if the text holds a word of those that say that nobody is in danger."""
    return holds(text, lists.all_clear)


def agreement(text: str, lists: WordLists) -> bool | None:
    """True for a bare yes, False for a bare no, None for anything that says more."""
    if _is_one_of(text, lists.agree, lists):
        return True
    return False if _is_one_of(text, lists.disagree, lists) else None


def accepts(text: str, lists: WordLists) -> bool:
    """True for a bare yes, or words that take up what was offered and answer no question: "go on", "lets do it"."""
    return agreement(text, lists) is True or _is_one_of(text, lists.accept, lists)


def _is_one_of(text: str, phrases: Sequence[str], lists: WordLists) -> bool:
    """True if the text is one of the phrases, but for words of `polite` before and after it."""
    said = " ".join(words(text))
    wanted = {" ".join(words(phrase)) for phrase in phrases}
    polite = [" ".join(words(phrase)) for phrase in lists.polite]
    while said and said not in wanted:
        rest = said
        for phrase in polite:
            rest = rest.removeprefix(f"{phrase} ").removesuffix(f" {phrase}")
        if rest == said:
            return False
        said = rest
    return bool(said)


def _first(text: str, lists: Mapping[Any, Sequence[str]]) -> str | None:
    return next((key for key, phrases in lists.items() if holds(text, phrases)), None)
