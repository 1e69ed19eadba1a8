"""A message -> is anybody in danger now? A trained reader first, explicit patterns behind it. Danger comes first on every turn.

`DangerCheck` runs alike in Rasa's process and in the app's. It takes the trained reader (index/reader.py) as a function, since guidance/
does not know how one is made, and the patterns from procedures_corpus/danger.yml.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from guidance.followups import opens_correcting
from guidance.yaml_files import ContentError, read_yaml

Level = Literal["urgent", "crisis", "child", "unsure", "none"]
Read = Callable[[Sequence[str]], "np.ndarray"]
ALARMS: tuple[Literal["urgent", "crisis", "child"], ...] = ("urgent", "crisis", "child")  # the most pressing first
DESPAIR_FIRST: tuple[Literal["urgent", "crisis", "child"], ...] = ("crisis", "urgent", "child")
LABELS = ("child", "crisis", "not_urgent", "urgent")
# From these probabilities on. Chosen on one half of the independent messages, reported on the other: docs/decisions/0008.
THRESHOLDS = {"urgent": 0.14, "crisis": 0.15, "child": 0.15}
# In the midst of a conversation a short message says little by itself: "no, she's gone", "ive rung them, do i go round there". From the values
# above on, help is put first and what was asked is answered; the alarm alone answers from these on.
MIDWAY = {"urgent": 0.40, "crisis": 0.70, "child": 0.70}
MIDWAY_WORDS = 30
MIDWAY_CORRECTION = 0.75  # "actually its Jayden with an e, and hes 15 not 16" is answered, with the question whether anybody is in danger
UNSURE = 0.012  # of urgent: "is anybody in danger right now?" is asked
# In the midst of a conversation a word or two are an answer, and tell the reader little: a child's name is no alarm.
FEW_WORDS, UNSURE_FEW = 4, 0.04
_WINDOW_CHARS, _STEP_CHARS = 360, 240
_NEAR_CHARS = 80
_BARE_NO = re.compile(r"\W*no\b(?!\W*(?:wait|sorry|actually|i mean|i meant)\b)", re.I)  # "no, hes got a knife" puts nothing right


@dataclass(frozen=True, slots=True)
class DangerReading:
    """What a message shows. `why` is 'pattern' or 'classifier', for maintainers; scores are probabilities by label.

    maybe  of 'unsure': which of the three it may be
    taken  somebody in despair says that they have taken or done something
    """

    level: Level
    why: str
    scores: dict[str, float]
    maybe: Level = "none"
    taken: bool = False


@dataclass(frozen=True, slots=True)
class Heard:
    """What the conversation has told before, which changes how a message is read.

    nobody_in_danger  the writer has just said so of this very message: it is read as calm
    grown_up          the writer is no child: what the classifier alone takes for a child's words is not taken for that
    a_child           the writer is known to be a child: what they say of danger is not weighed down because it is short
    in_despair        help for somebody who may hurt themself was given just before: a few words tell enough, and "i took some of them" tells all
    midway            the message is an answer or a follow-up
    child_asks        a child who has been told where to turn asks something: it is answered, and not met with the same words again
    """

    nobody_in_danger: bool = False
    grown_up: bool = False
    a_child: bool = False
    in_despair: bool = False
    midway: bool = False
    child_asks: bool = False


NOTHING = Heard()


@dataclass(frozen=True, slots=True)
class Patterns:
    """danger.yml, compiled."""

    urgent: tuple[re.Pattern[str], ...]
    crisis: tuple[re.Pattern[str], ...]
    denied: tuple[re.Pattern[str], ...]
    taken: tuple[re.Pattern[str], ...]
    child: tuple[re.Pattern[str], ...]
    young: tuple[re.Pattern[str], ...]
    grown_up: tuple[re.Pattern[str], ...]
    adult: tuple[re.Pattern[str], ...]
    hypothetical: tuple[re.Pattern[str], ...]
    past: tuple[re.Pattern[str], ...]

    def match(self, text: str) -> Level:
        """The most pressing level whose pattern the text meets."""
        if any(self._is_now(text, found) for p in self.urgent for found in p.finditer(text)):
            return "urgent"
        if any(not self._is_denied(text, found) for p in self.crisis for found in p.finditer(text)):
            return "crisis"
        return "child" if any(p.search(text) for p in self.child) and not self.by_adult(text) else "none"

    def has_taken(self, text: str) -> bool:
        """True if words after despair say that something has been taken or done."""
        return any(p.search(text) for p in self.taken)

    def by_adult(self, text: str) -> bool:
        """True if the writer is clearly an adult, however much the words sound like a child's."""
        return not self.says_young(text) and any(p.search(text) for p in (*self.grown_up, *self.adult))

    def says_grown_up(self, text: str) -> bool:
        """True if the writer says of themself that they are grown up, which holds for what they write next, too."""
        return not self.says_young(text) and any(p.search(text) for p in self.grown_up)

    def says_young(self, text: str) -> bool:
        """True if the writer says of themself that they are under 18."""
        return any(p.search(text) for p in self.young)

    def _is_denied(self, text: str, found: re.Match[str]) -> bool:
        """True for "i never said i would hurt myself"."""
        before = re.split(r"[.!?\n]", text[max(0, found.start() - _NEAR_CHARS) : found.start()])[-1]
        return any(p.search(before + found[0]) for p in self.denied)

    def _is_now(self, text: str, found: re.Match[str]) -> bool:
        """False if words near an urgent pattern, in its own sentence, make it training, policy or past."""
        before = re.split(r"[.!?\n]", text[max(0, found.start() - _NEAR_CHARS) : found.start()])[-1]
        after = re.split(r"[.!?\n]", text[found.end() : found.end() + _NEAR_CHARS])[0]
        supposed = any(p.search(before + found[0]) for p in self.hypothetical)
        return not supposed and not any(p.search(before + found[0] + after) for p in self.past)


def read_patterns(path: Path) -> Patterns:
    """Compile danger.yml and try each pattern on its own example.

    raises  ContentError: a pattern is not valid, or does not find its example
    """
    data = read_yaml(path)
    return Patterns(
        *(
            tuple(_compile(path, entry) for entry in data[kind])
            for kind in ("urgent", "crisis", "denied", "taken", "child", "young", "grown_up", "adult", "hypothetical", "past")
        )
    )


def _compile(path: Path, entry: dict) -> re.Pattern[str]:  # type: ignore[type-arg]
    try:
        pattern = re.compile(entry["pattern"], re.I)
    except re.error as error:
        raise ContentError(
            path, getattr(entry, "line", None), f"the pattern is not valid: {error}", "check its brackets"
        ) from None
    if not pattern.search(entry["example"]):
        raise ContentError(
            path,
            getattr(entry, "line", None),
            f"the pattern does not find its example '{entry['example']}'",
            "correct one of the two",
        )
    return pattern


def windows(text: str) -> Iterator[str]:
    """The text in overlapping pieces, so that one live sentence in a long message is not diluted by the rest."""
    yield text[: 2 * _WINDOW_CHARS]
    if len(text) > _WINDOW_CHARS:
        for start in range(0, len(text), _STEP_CHARS):
            yield text[start : start + _WINDOW_CHARS]


class DangerCheck:
    """The danger check that stands before every reply."""

    def __init__(self, reader: Read, patterns: Path) -> None:
        """reader: texts -> raw scores (n, at least 4), one column for each of LABELS, in their order."""
        self._patterns = read_patterns(patterns)
        self._reader = reader

    def says_grown_up(self, text: str) -> bool:
        """True if the writer says of themself that they are no child ("im his nan", "im 34")."""
        return self._patterns.says_grown_up(text)

    def by_adult(self, text: str) -> bool:
        """True if the writer of these words is clearly an adult ("my daughter")."""
        return self._patterns.by_adult(text)

    def says_young(self, text: str) -> bool:
        """True if the writer says of themself that they are under 18 ("im 14")."""
        return self._patterns.says_young(text)

    def read(self, text: str, heard: Heard = NOTHING) -> DangerReading:
        """Assess one cleaned message of any length.

        returns  the most pressing level found; 'unsure' means: ask whether anybody is in danger right now
        """
        if not text.strip() or heard.nobody_in_danger:
            return DangerReading("none", "classifier", {})
        pieces = list(windows(text))
        scores = self.probabilities(pieces)
        top = dict(zip(LABELS, map(float, scores.max(axis=0))))
        adult = heard.grown_up or self._patterns.by_adult(text)
        if heard.in_despair and self._patterns.has_taken(text):
            return DangerReading("crisis", "pattern", top, taken=True)
        short = heard.midway and not heard.in_despair and len(text.split()) <= MIDWAY_WORDS
        found = next((p for p in map(self._patterns.match, pieces) if p == "urgent"), self._patterns.match(text))
        maybe: Level = "none"
        # Despair beside tablets or a bridge sounds like both. Where the reader alone tells them apart, the likelier one answers: both put 999 first.
        corrected = opens_correcting(text) and not _BARE_NO.match(text)
        despair_first = found != "urgent" and top["crisis"] > top["urgent"]
        for level in DESPAIR_FIRST if despair_first else ALARMS:
            if level == "child" and heard.child_asks:
                continue
            if found == level:
                return DangerReading(level, "pattern", top)
            if top[level] < THRESHOLDS[level] or (level == "child" and adult):
                continue
            if not short or top[level] >= max(MIDWAY[level], MIDWAY_CORRECTION if corrected else 0.0) or (heard.a_child and level != "crisis"):
                return DangerReading(level, "classifier", top)
            maybe = maybe if maybe != "none" else level
        few = heard.midway and len(text.split()) <= FEW_WORDS
        if maybe == "none" and top["urgent"] >= (UNSURE_FEW if few else UNSURE):
            maybe = "urgent"
        return DangerReading("unsure" if maybe != "none" else "none", "classifier", top, maybe)

    def probabilities(self, texts: Sequence[str]) -> np.ndarray:
        """Probabilities (n, 4) in the order of LABELS."""
        logits = self._reader(texts)[:, : len(LABELS)]
        exp = np.exp(logits - logits.max(axis=1, keepdims=True))
        return np.asarray(exp / exp.sum(axis=1, keepdims=True))
