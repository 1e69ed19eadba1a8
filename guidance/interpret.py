"""A typed answer -> which option of the open question it means. Words first, nearness in meaning second; unsure is said, not guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from guidance.pathways import Option
from guidance.text import sentences, words

Embed = Callable[[Sequence[str]], "np.ndarray"]
SURE, MAYBE, LEAD = 0.62, 0.42, 0.06
_ASKING = frozenset(
    words(
        """
        who what when where why how which whose can could do does did is are am shall should must may will would wat wot wen wich shud wud cud list tell show
        explain describe
        """
    )
)
_OPENERS = re.compile(r"^[\s\W]*((so|and|but|ok|okay|then|well|right|yes|no|also|or|sorry|please|hi|hello|thanks)\b[\s,]*)+", re.I)  # before a question
_ASKS_BEHIND = re.compile(  # "a volunteer was accused, can i take statements"; not "he hits her, when he has drunk"
    r",\s*(?:(?:and|so|but)\s+)?(?:(?:can|could|should|shall|do|must|may) (?:i|we)|who (?:chairs|leads|does|do|should|decides|tells|must|needs|can|else)"
    r"|what (?:do|does|should|must|can|happens|are|is) (?:i|we|you|they|my|our|the|a|next|it|happens)|how (?:do|does|long|many|soon|often|quickly|should|can)"
    r"|when (?:do|does|should|must|will|can) (?:i|we|they|the|it|a)|which (?:form|number|team|council|authority|area|one)|where do (?:i|we)"
    r"|is (?:it|that|this) (?:us|me|ok|okay|right|a|an|for|still))\b",
    re.I,
)
_MYSELF = frozenset(words("i i'm im i've ive i'd id my me mine we we're we've our ours us"))
_LONG = 6
_MOST_BESIDE_NONE = 3  # words: "no its a staffy cross" takes back what was said before, and does not say that no answer fits
UNKNOWN, MOST_UNKNOWN = "unknown", 8  # the option's id; words
_SHORT = {"don't": "do not", "dont": "do not", "i'm": "i am", "im": "i am", "i'd": "i would", "id": "i would", "it's": "it is", "its": "it is"}


AGE = (
    "(?:only |just |about |nearly |almost )?"
    r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?: (?:years?|months?|weeks?|days?))?(?: old)?"
)
_AGE_TOLD = re.compile(
    rf"\s*(?:he|she|it|they|the (?:baby|boy|girl|child)|my (?:son|daughter|baby|boy|girl))(?:'?s| is| was|'?re| are| were)?\s+{AGE}[\s.!]*", re.I
)


@dataclass(frozen=True, slots=True)
class Match:
    """The option meant, and whether that is sure enough to go on without asking."""

    option: Option
    sure: bool


def same_words(one: str, other: str) -> bool:
    """True if both say the same, however "do not" and "I am" are written: typing what stands on a button is pressing it."""
    return _spelt_out(one) == _spelt_out(other) != []


def _spelt_out(text: str) -> list[str]:
    return [part for word in words(text) for part in _SHORT.get(word, word).split()]


def asks(text: str) -> bool:
    """True if a message puts a question or asks to be told: by its mark, or by the word that it, or a sentence of it, begins with."""
    sentences = [words(_OPENERS.sub("", sentence)) for sentence in re.split(r"[.!;:\n]", text)]
    return "?" in text or bool(_ASKS_BEHIND.search(text)) or any(len(said) > 2 and said[0] in _ASKING for said in sentences)


def asking_part(text: str) -> str:
    """What is asked, without what is told before it: the last sentence that asks, from a question behind its comma on. The whole text where nothing asks."""
    asking = next((one for one in reversed(sentences(text)) if asks(one)), text)
    behind = [*_ASKS_BEHIND.finditer(asking)]
    return asking[behind[-1].start() :].lstrip(" ,") if behind else asking


def tells_an_age(text: str) -> bool:
    """True for words that tell how old somebody is, and nothing else: "she was 5 months old"."""
    return bool(_AGE_TOLD.fullmatch(text))


def is_told_by_somebody(text: str) -> bool:
    """True if the writer speaks of themself: a situation that somebody is in, not a topic."""
    return not _MYSELF.isdisjoint(words(text))


def is_question(text: str) -> bool:
    """True if a message that is no answer may be a question of its own: it asks, or it says enough to be searched for."""
    return asks(text) or len(words(text)) >= _LONG


def match_option(text: str, options: Sequence[Option], embed: Embed) -> Match | None:
    """The option that a typed answer means, or None.

    text  cleaned; any length, though only short answers are matched by their words
    """
    said = words(text)
    for option in options:
        for phrase in (option.label, *option.also, option.id.replace("-", " ")):
            if said == words(phrase):
                return Match(option, True)
    starts = [
        o
        for o in options
        for phrase in o.also
        if len(words(phrase)) == 1 and said[:1] == words(phrase) and len(said) <= (_MOST_BESIDE_NONE if o.id.startswith("none") else 8)
    ]
    if len({o.id for o in starts}) == 1:
        return Match(starts[0], True)
    contained = {
        o.id: o
        for o in options
        for phrase in (o.label, *o.also)
        if len(words(phrase)) > 1
        and (o.id != UNKNOWN or len(said) <= MOST_UNKNOWN)  # "it might be from a firework, im not sure now" tells something else
        and f" {' '.join(words(phrase))} " in f" {' '.join(said)} "
    }
    if len(contained) == 1:
        return Match(next(iter(contained.values())), True)
    return _nearest(text, options, embed)


def _nearest(text: str, options: Sequence[Option], embed: Embed) -> Match | None:
    phrases = [(option, phrase) for option in options for phrase in (option.label, *option.also)]
    vectors = embed([text, *(phrase for _, phrase in phrases)])
    best: dict[str, float] = {}
    for (option, _), similarity in zip(phrases, vectors[1:] @ vectors[0]):
        best[option.id] = max(best.get(option.id, -1.0), float(similarity))
    ranked = sorted(options, key=lambda o: -best[o.id])
    top, second = best[ranked[0].id], best[ranked[1].id]
    if top >= SURE and top - second >= LEAD:
        return Match(ranked[0], True)
    return Match(ranked[0], False) if top >= MAYBE else None
