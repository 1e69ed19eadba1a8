"""What of a message asks something of the guide, with a question mark or without: it is answered, and never stored as an answer of the summary.

The words stand under `asking` in referral.yml. Used by guidance/dictation.py and guidance/told.py.
"""

from __future__ import annotations

import re

from guidance.fields import ReferralForm
from guidance.text import words

_SENTENCES = re.compile(r"(?<=[.!?;])\s+|\n+|\s+-+\s+")
_LATER = re.compile(r",\s*|\s+(?:and|but|so|or)\s+", re.I)
_MARKED_WORDS = 3  # a question word among the first of a sentence that ends with a question mark

_OWN = ("i", "we")
_WHOSE = frozenset(words("my our the a an his her their this one"))  # how somebody's telling begins
_TOLD, _SHORT_QUESTION = 5, 7  # words


def asked(form: ReferralForm, text: str, story: bool = False) -> str:
    """The sentences of a message that ask something; "" if none does.

    A doubtful fact ("6?") asks nothing. In a `story`, what may be somebody else's question ("is mummy coming, he said") asks nothing.
    """
    asking = [s.strip() for s in _SENTENCES.split(text) if s and _asks(form, s, story)]
    return " ".join(asking)


def told(form: ReferralForm, text: str, story: bool = True) -> str:
    """A message without the sentences, and the ends of sentences, that ask something."""
    kept = []
    for sentence in _SENTENCES.split(text):
        if sentence and _begins_asking(form, sentence, story):
            kept.append(_told_behind(form, sentence))
        elif sentence:
            cut = _asks_later(form, sentence)
            kept.append(sentence if cut is None else sentence[:cut])
    return " ".join(s.strip() for s in kept if s.strip())


def _told_behind(form: ReferralForm, sentence: str) -> str:
    """What is told behind a question and a comma: "what should i do, my niece's stepdad locks her in the shed"; "" if nothing is."""
    question, _, behind = sentence.partition(",")
    said = words(behind)
    tells = len(said) >= _TOLD and (said[0] in _WHOSE or said[0] in form.asking.pronouns) and len(words(question)) <= _SHORT_QUESTION
    return behind.strip(" ?") if tells and not _asks(form, behind, True) else ""


def _asks(form: ReferralForm, sentence: str, story: bool) -> bool:
    if _begins_asking(form, sentence, story):
        return True
    return _asks_later(form, sentence) is not None


def _asks_later(form: ReferralForm, sentence: str) -> int | None:
    """Where the caller's own question begins in the middle of a sentence: "hang on, when do i ..."; not in "he asked, can i come"."""
    for joint in _LATER.finditer(sentence):
        if _reports(form, sentence[: joint.start()]):
            return None
        if _begins_asking(form, sentence[joint.end() :], True, near=True):
            return joint.start()
    return None


def _reports(form: ReferralForm, text: str) -> bool:
    return not set(words(text)).isdisjoint(form.asking.reporting)


def _begins_asking(form: ReferralForm, sentence: str, story: bool, near: bool = False) -> bool:
    """True if these words begin with a question. `near`: they follow a comma, where only the caller's own question ("..., do i ring") is plain."""
    asking, marked = form.asking, sentence.rstrip().endswith("?")
    said = words(sentence)
    reported = _reports(form, sentence)
    while said and said[0] in asking.lead_ins:
        said = said[1:]
    if not said or any(_starts(said, phrase) for phrase in asking.not_asking):
        return False
    if near:
        own = _inverted(said, asking.verbs, _OWN) or (said[0] in asking.pointing and _asks_how(said, asking.verbs))
        return own and not reported
    if marked and any(word in asking.first for word in said[: 1 if story else _MARKED_WORDS]):
        return not (story and reported)
    if reported and story:
        return False
    return any(_starts(said, phrase) for phrase in asking.openers) or _turned(form, said, story)


def _turned(form: ReferralForm, said: list[str], story: bool) -> bool:
    """True for "do i ...", "what is ...", "how long ..."."""
    asking = form.asking
    if _inverted(said, asking.verbs, asking.pronouns if story else asking.subjects):
        return True
    if said[0] not in asking.pointing or len(said) < 2:
        return False
    joined = said[0].endswith("s") and said[0] not in ("whose",) and len(said) > 2  # "whats the number"
    return joined or said[1] in asking.after_pointing


def _inverted(said: list[str], verbs: tuple[str, ...], subjects: tuple[str, ...]) -> bool:
    return len(said) > 1 and said[0] in verbs and said[1] in subjects


def _asks_how(said: list[str], verbs: tuple[str, ...]) -> bool:
    """True for "when do i ..." and "how long have i ..."."""
    return _inverted(said[1:], verbs, _OWN) or _inverted(said[2:], verbs, _OWN)


def _starts(said: list[str], phrase: str) -> bool:
    wanted = words(phrase)
    return said[: len(wanted)] == wanted
