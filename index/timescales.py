"""Words -> the time limits of timescales.yml that they speak of, best first, and whether that is sure. By words and by meaning.

Made once per process, in about a second; nothing is stored. Used by actions/deadlines.py.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import Stemmer

from guidance.content import Content
from guidance.records import Timescale
from guidance.said_limits import SaidLimit
from guidance.text import words
from index.guide import Guide
from index.passages import plain
from index.spelling import Speller

# Chosen on 45 questions about 33 of the limits and 18 about none, written for this: docs/decisions/0010.
MEANING, WORDS = 0.6, 0.4
SURE, SURE_MEANING, SURE_WITHOUT_NUMBER, LEAD = 0.57, 0.55, 0.72, 0.06
NAMED = 0.1  # more where one of its names stands in the message word for word
MAYBE, MAYBE_MEANING, MAYBE_SPREAD, MOST_OPTIONS = 0.43, 0.42, 0.15, 3
FITS = 0.5  # this share of a message's words must be the limit's own, if the message goes on from it
NO_NUMBER = 0.06  # less for a duty without a number, where a date is asked for
NEAR_ENOUGH = 0.8  # of a misspelt word to one of a time limit
NOT_OURS = 0.12  # less for history and other areas

# Words in which people ask for a date; they tell nothing about the duty.
_ASKING = frozenset(
    words(
        """
        a about actually again also am an and any approx are as at be been before being but by calculate call called can change changed correct
        correction could date day days deadline did different do does doing done due eight end ever exactly fast five for found four from get give
        given gives go going gone got had happen happened happens has have having he heard held hello hi hour hours how i i'm i've if im in instead
        into is isn't isnt it it's its ive just know last latest let limit long made make makes many me mean means meant month months much must my
        need needs nine no not now of off oh ok okay on one or other our out please pls plz quick quickly rang rather right ring roughly rung said
        same say says seven shall she should since six so some soon sorry start started starts still suppose supposed supposing tell ten than thank
        thanks that that's the their them then there they think this thought three till time times timescale timescales to today told two until up
        us wait wants was we week weeks were what what's whats when when's whens where which who will with within work working would year years yes
        yesterday you your
        """
    )
)


@dataclass(frozen=True, slots=True)
class Found:
    """sure: these are meant (several, where one time limit stands for more than one duty); otherwise: some of these may be. () for none."""

    timescales: tuple[Timescale, ...] = ()
    sure: bool = False


class TimescaleFinder:
    """Finds time limits by their duty, the event they run from, and their other names."""

    def __init__(self, content: Content, encode: Callable[[Sequence[str]], np.ndarray]) -> None:
        self._all = tuple(content.timescales.values())
        self._encode, self._stemmer = encode, Stemmer.Stemmer("english")
        phrases = [
            (i, phrase) for i, t in enumerate(self._all) for phrase in (t.duty, f"{t.duty}, from {t.from_}", *t.aliases)
        ]
        self._owners = np.array([i for i, _ in phrases])
        self._vectors = encode([phrase for _, phrase in phrases])
        self._words = [frozenset(self._stems(" ".join((t.duty, t.from_, t.who, *t.aliases)))) for t in self._all]
        self._names = [tuple(f" {' '.join(words(name))} " for name in t.aliases if " " in name) for t in self._all]
        ours = (word for t in self._all for word in words(" ".join((t.duty, t.from_, t.who, *t.aliases))))
        self._spelt = Speller(ours, (word for s in content.sections() for word in words(plain(s.text))), NEAR_ENOUGH)
        self._spread = Counter(word for stems in self._words for word in stems)
        self._less = np.array([NO_NUMBER * (t.within.value is None) + NOT_OURS * _is_not_ours(t) for t in self._all])

    def speaks_of_a_duty(self, text: str) -> bool:
        """True if any word is left that is not only a way to ask for a date."""
        return bool(self._stems(text))

    def fits(self, text: str, timescales: Sequence[Timescale]) -> bool:
        """True if a message can be about these limits: it names no duty, or what it names is mostly theirs."""
        stems = self._stems(self._mended(text))
        if not stems:
            return True
        shares, ids = self._shares(stems), {t.id for t in timescales}
        return any(shares[i] >= FITS for i, t in enumerate(self._all) if t.id in ids)

    def find(self, text: str) -> Found:
        """The time limits that a message speaks of.

        text  the message without its dates and times
        """
        text = self._mended(text)
        stems = self._stems(text)
        if not stems:
            return Found()
        meaning = np.full(len(self._all), -1.0)
        np.maximum.at(meaning, self._owners, self._vectors @ self._encode([text])[0])
        said = f" {' '.join(words(text))} "
        named = np.array([NAMED * any(name in said for name in names) for names in self._names])
        scores = MEANING * meaning + WORDS * self._shares(stems) + named - self._less
        order = [int(i) for i in np.argsort(-scores, kind="stable")]
        top = order[0]
        near = [i for i in order if scores[i] > scores[top] - LEAD]
        enough = SURE if self._all[top].within.value is not None else SURE_WITHOUT_NUMBER
        if scores[top] >= enough and meaning[top] >= SURE_MEANING and len({_limit(self._all[i]) for i in near}) == 1:
            return Found(tuple(self._all[i] for i in near[:MOST_OPTIONS]), True)
        if scores[top] < MAYBE or meaning[top] < MAYBE_MEANING:
            return Found()
        maybe = [i for i in order[:MOST_OPTIONS] if scores[i] > scores[top] - MAYBE_SPREAD]
        return Found(tuple(self._all[i] for i in maybe))

    def of_length(self, lengths: Sequence[SaidLimit]) -> tuple[Timescale, ...]:
        """The current limits of this area that are exactly as long as one of these; () where they are too many to tell anything."""
        same = tuple(t for t in self._all if not _is_not_ours(t) and any(length.agrees_with(t.within) for length in lengths))
        return same if len(same) <= MOST_OPTIONS else ()

    def _shares(self, stems: Sequence[str]) -> np.ndarray:
        """For each time limit, how much of the message's words it holds, rare words counting more: (n,), 0 to 1."""
        weights = {stem: math.log(1 + len(self._all) / (0.5 + self._spread[stem])) for stem in stems}
        return np.array([sum(w for s, w in weights.items() if s in held) for held in self._words]) / sum(
            weights.values()
        )

    def _mended(self, text: str) -> str:
        return re.sub(r"[A-Za-z]+", lambda word: word[0] if (right := self._spelt(word[0].lower())) == word[0].lower() else right, text)

    def _stems(self, text: str) -> list[str]:
        return [self._stemmer.stemWord(word) for word in words(text) if word not in _ASKING and not word.isdigit()]


def _is_not_ours(timescale: Timescale) -> bool:
    return timescale.area == "other" or timescale.id.startswith("report-")


def _limit(timescale: Timescale) -> tuple[float | None, str, str]:
    return timescale.within.value, timescale.within.unit, timescale.direction


_made: dict[tuple[str, int], TimescaleFinder] = {}


def timescale_finder(guide: Guide) -> TimescaleFinder:
    """The finder for a guide, made on first use and kept."""
    key = (guide.content.sha256, id(guide.embedder))
    if key not in _made:
        _made[key] = TimescaleFinder(guide.content, guide.embedder.encode)
    return _made[key]
