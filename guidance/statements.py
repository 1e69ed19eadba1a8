"""What somebody told, sentence by sentence -> the same words sorted: the caller's opinion, what others said, and the rest.

No word is changed. The cues stand in referral.yml. Runs in the app only: Rasa's environment has no spaCy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import spacy
from spacy.language import Language

from guidance.fields import Cues, Kind
from guidance.text import words

_JOINT = re.compile(r"[,;]?\s+(?=(?:and|but|so|because|cos)\s)", re.I)


@lru_cache(maxsize=1)
def _sentencizer() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp


def sort_statements(text: str, kind: Kind, cues: Cues) -> list[tuple[Kind, str]]:
    """Cut a text into statements and say of each what it is.

    kind     what a statement without a cue is
    returns  (kind, words) in the order told; neighbours of one kind stay together
    """
    found: list[tuple[Kind, str]] = []
    for statement in _statements(text, cues):
        said = f" {_plain(statement)} "
        own: Kind = "opinion" if _holds(said, cues.opinion) else "said" if _holds(said, cues.said) else kind
        if found and found[-1][0] == own:
            statement = f"{found.pop()[1]} {statement}"
        found.append((own, statement))
    return found


def _statements(text: str, cues: Cues) -> Iterator[str]:
    """Sentences, cut again before an 'and ...' or 'but ...' that opens with a cue."""
    for line in text.splitlines():
        for sentence in _sentencizer()(line).sents:
            start = 0
            for joint in _JOINT.finditer(sentence.text):
                if _opens_with_cue(sentence.text[joint.end() :], cues):
                    yield sentence.text[start : joint.start()].strip()
                    start = joint.end()
            if sentence.text[start:].strip():
                yield sentence.text[start:].strip()


def _opens_with_cue(rest: str, cues: Cues) -> bool:
    said = _plain(rest).partition(" ")[2] + " "
    return any(said.startswith(f"{_plain(cue)} ") for cue in (*cues.opinion, *cues.said))


def _holds(said: str, cues: tuple[str, ...]) -> bool:
    return any(f" {_plain(cue)} " in said for cue in cues)


def _plain(text: str) -> str:
    return " ".join(words(text))
