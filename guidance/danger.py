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

from guidance.yaml_files import ContentError, read_yaml

Level = Literal["urgent", "crisis", "child", "unsure", "none"]
Read = Callable[[Sequence[str]], "np.ndarray"]
LABELS = ("child", "crisis", "not_urgent", "urgent")
# From these probabilities on. Chosen on one half of the independent messages, reported on the other: docs/decisions/0008.
THRESHOLDS = {"urgent": 0.08, "crisis": 0.15, "child": 0.20}
UNSURE = 0.008  # of urgent: "is anybody in danger right now?" is asked
_WINDOW_CHARS, _STEP_CHARS = 360, 240
_NEAR_CHARS = 80


@dataclass(frozen=True, slots=True)
class DangerReading:
    """What a message shows. `why` is 'pattern' or 'classifier', for maintainers; scores are probabilities by label."""

    level: Level
    why: str
    scores: dict[str, float]


@dataclass(frozen=True, slots=True)
class Patterns:
    """danger.yml, compiled."""

    urgent: tuple[re.Pattern[str], ...]
    crisis: tuple[re.Pattern[str], ...]
    child: tuple[re.Pattern[str], ...]
    adult: tuple[re.Pattern[str], ...]
    hypothetical: tuple[re.Pattern[str], ...]
    past: tuple[re.Pattern[str], ...]

    def match(self, text: str) -> Level:
        """The most pressing level whose pattern the text meets."""
        if any(self._is_now(text, found) for p in self.urgent for found in p.finditer(text)):
            return "urgent"
        if any(p.search(text) for p in self.crisis):
            return "crisis"
        return "child" if any(p.search(text) for p in self.child) and not self.by_adult(text) else "none"

    def by_adult(self, text: str) -> bool:
        """True if the writer is clearly an adult at work, however much the words sound like a child's."""
        return any(p.search(text) for p in self.adult)

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
            for kind in ("urgent", "crisis", "child", "adult", "hypothetical", "past")
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

    def read(self, text: str) -> DangerReading:
        """Assess one cleaned message of any length.

        returns  the most pressing level found; 'unsure' means: ask whether anybody is in danger right now
        """
        if not text.strip():
            return DangerReading("none", "classifier", {})
        pieces = list(windows(text))
        scores = self.probabilities(pieces)
        top = dict(zip(LABELS, map(float, scores.max(axis=0))))
        found = next((p for p in map(self._patterns.match, pieces) if p == "urgent"), self._patterns.match(text))
        for level in ("urgent", "crisis", "child"):
            if found == level:
                return DangerReading(level, "pattern", top)  # type: ignore[arg-type]
            if top[level] >= THRESHOLDS[level] and not (level == "child" and self._patterns.by_adult(text)):
                return DangerReading(level, "classifier", top)  # type: ignore[arg-type]
        return DangerReading("unsure" if top["urgent"] >= UNSURE else "none", "classifier", top)

    def probabilities(self, texts: Sequence[str]) -> np.ndarray:
        """Probabilities (n, 4) in the order of LABELS."""
        logits = self._reader(texts)[:, : len(LABELS)]
        exp = np.exp(logits - logits.max(axis=1, keepdims=True))
        return np.asarray(exp / exp.sum(axis=1, keepdims=True))
