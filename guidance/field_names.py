"""Words that name a field of the referral -> the field, alone ("his date of birth") or with its value ("his name is Tomas").

The words stand in referral.yml; here is only the grammar round them. Used by guidance/dictation.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from guidance.fields import Field, ReferralForm
from guidance.text import lowered, words

MOST_WORDS_OF_A_FACT = 14
_OWNER = (
    r"(?:(?:and|that|it'?s|the|a|an|his|her|their|its|he|she|they|it|is|are|was|were"
    r"|child'?s?|boy'?s?|girl'?s?|baby'?s?|kid'?s?|family'?s?)\s+)*"
)
_IS = r"(?:\s*[,:=]\s*|\s+(?:is|are|was|were|should be|must be|should say|is spel(?:t|led)|=)\s+|\s+(?=\d))"
_BEHIND = r"(?:\s+(?:again|answer|question|field|one|bit|part|please|now|entry|line))*"
_VERB = re.compile(r"\b(?:at|in|on|to|with|called)$")


def names_field(form: ReferralForm, text: str) -> Field | None:
    """The field that these words name and nothing else: "his date of birth"."""
    phrases = _phrases(form)
    named = _naming(tuple(phrases)).fullmatch(_plain(text).strip(" .,!"))
    return phrases[named["phrase"]][0] if named else None


def labelled(form: ReferralForm, clause: str, parts: bool = False) -> tuple[str, str] | None:
    """(field id, value) of 'his name is Tomas'; with `parts`, of 'the surname is Kowalska', which is no value of the whole."""
    phrases = {p: f for p, (f, part) in _phrases(form).items() if part == parts and not f.is_story and not f.options}
    named = _labelling(tuple(phrases)).match(clause.strip())
    if named is None or len(words(named["value"])) > MOST_WORDS_OF_A_FACT:
        return None
    return phrases[_plain(named["noun"] or named["verb"])].id, named["value"].strip().rstrip("!")


def _phrases(form: ReferralForm) -> dict[str, tuple[Field, bool]]:
    """Words -> the field that they name, and whether they name only a part of it."""
    named = {_plain(f.label): (f, False) for f in form.fields}
    for field in form.fields:
        named.update({_plain(w): (field, False) for w in field.words})
        named.update({_plain(w): (field, True) for w in field.parts})
    return named


def _any_of(phrases: Iterable[str]) -> str:
    """A pattern for any of these, the longest tried first; one that never matches if there are none."""
    return "|".join(re.escape(p).replace(r"\ ", r"\s+") for p in sorted(phrases, key=len, reverse=True)) or "(?!)"


@lru_cache(maxsize=4)
def _naming(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"{_OWNER}(?P<phrase>{_any_of(phrases)}){_BEHIND}")


@lru_cache(maxsize=4)
def _labelling(phrases: tuple[str, ...]) -> re.Pattern[str]:
    verbs = _any_of(p for p in phrases if _VERB.search(p))
    nouns = _any_of(p for p in phrases if not _VERB.search(p))
    return re.compile(rf"{_OWNER}(?:(?P<verb>{verbs})\s+|(?P<noun>{nouns}){_IS})(?P<value>\S.*)$", re.I | re.S)


def _plain(text: str) -> str:
    return " ".join(lowered(text).split())
