"""Words -> the time limits of timescales.yml that they speak of, best first, and whether that is sure. By words and by meaning.

Made once per process, in about a second; nothing is stored. Used by actions/limits.py.
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
from guidance.date_phrases import MONTHS, WEEKDAYS
from guidance.records import AbsentLimit, Timescale
from guidance.said_limits import SaidLimit
from guidance.text import words
from index.guide import Guide
from index.passages import plain
from index.spelling import Speller

# Chosen on 45 questions about 33 of the limits and 18 about none, written for this: docs/decisions/0010.
MEANING, WORDS = 0.6, 0.4
SURE, SURE_MEANING, SURE_WITHOUT_NUMBER, LEAD = 0.57, 0.55, 0.72, 0.06
SURE_ABSENT = 0.5  # a text that is not held is named from here on, if nothing that is held comes nearer
TELLING = 9  # a word that so many duties hold, or fewer, tells one by itself: "icpc", not "review"
NAMED = 0.1  # more where one of its names stands in the message word for word
MAYBE, MAYBE_MEANING, MAYBE_SPREAD, MOST_OPTIONS = 0.43, 0.42, 0.15, 3
FITS = 0.5  # this share of a message's words must be the limit's own, if the message goes on from it
NO_NUMBER = 0.06  # less for a duty without a number, where a date is asked for
NEAR_ENOUGH = 0.8  # of a misspelt word to one of a time limit
NOT_OURS = 0.12  # less for history and other areas
TOPIC = 0.3  # of the nearness to what was spoken of before, where a message alone is not sure
UNSPOKEN = 9.0  # less, so that it is never found: a limit after a death, where nothing was said of a death, and the like
# Chapters on one kind of event, and words that speak of it. Of a death speak also the words that no other limit holds ("pathologist").
_DEATHS = (("child-death", "suicide-response"), "death dead die died dies dying suicide killed")
_WORKERS = (
    ("lado",),
    "lado allegation accused teacher ta staff worker coach carer childminder volunteer employee colleague vicar club designated officer amm threshold",
)

_OWN_LIFE = re.compile(r"\b(?:took|taken|taking) (?:his|her|their) own li(?:fe|ves)\b", re.I)

# Words in which people ask for a date or say one; they tell nothing about the duty.
_ASKING = frozenset((*MONTHS, *WEEKDAYS)) | frozenset(
    words(
        """
        a about actually after again also am an and any approx are as at back be been before being but by calculate call called calling can change changed
        correct correction could date day days deadline did different do does doing done due eight end ever exactly fast five for found four from get give
        given gives go going gone got had happen happened happens has have having he heard held hello hi hour hours how i i'm i've if im in instead into
        is isn't isnt it it's its ive just know last latest let limit long made make makes many me mean means meant month months much must my need needs
        nine no not now obviously of off oh ok okay on one or other our out phoning please pls plz quick quickly rang rather right ring ringing roughly
        rung said same say says seven shall she should shud since six so some soon sorry start started starts still suppose supposed supposing tell ten than
        thank thanks that that's the their them then there they think this thought three till time times timescale timescales to today told two until up
        us wait wants was we week weeks were what what's whats when when's whens where which who will with within work working would year years yes
        yesterday you your
        """
    )
)


@dataclass(frozen=True, slots=True)
class Found:
    """sure: these are meant (several, where one time limit stands for more than one duty); otherwise: some of these may be. () for none.

    absent  what is asked for stands only in a text that is not held; there are no timescales then
    """

    timescales: tuple[Timescale, ...] = ()
    sure: bool = False
    absent: AbsentLimit | None = None

    def __bool__(self) -> bool:
        return bool(self.timescales or self.absent)


@dataclass(frozen=True, slots=True)
class _Named:
    """How a duty is spoken of: `phrases` by meaning, `names` word for word, `told` are all its words."""

    phrases: tuple[str, ...]
    names: tuple[str, ...]
    told: str

    @classmethod
    def of(cls, duty: str, aliases: Sequence[str], more: Sequence[str] = (), phrases: Sequence[str] = ()) -> _Named:
        names = tuple(f" {' '.join(words(name))} " for name in aliases if " " in name)
        return cls((duty, *phrases, *aliases), names, " ".join((duty, *more, *aliases)))


class TimescaleFinder:
    """Finds time limits by their duty, the event they run from, and their other names: those that the manual has, and those that only a text
    would have which is not held. The former stand first in every array.
    """

    def __init__(self, content: Content, encode: Callable[[Sequence[str]], np.ndarray]) -> None:
        self._all, self._absent = tuple(content.timescales.values()), tuple(content.timescales_not_held.values())
        self._encode, self._stemmer = encode, Stemmer.Stemmer("english")
        named = [_Named.of(t.duty, t.aliases, (t.from_, t.who), (f"{t.duty}, from {t.from_}",)) for t in self._all]
        named += [_Named.of(limit.duty, limit.aliases) for limit in self._absent]
        self._owners = np.array([i for i, one in enumerate(named) for _ in one.phrases])
        self._vectors = encode([phrase for one in named for phrase in one.phrases])
        self._words, self._names = [frozenset(self._stems(one.told)) for one in named], [one.names for one in named]
        ours = (word for one in named for word in words(one.told))
        self._spelt = Speller(ours, (word for s in content.sections() for word in words(plain(s.text))), NEAR_ENOUGH)
        self._spread = Counter(word for stems in self._words for word in stems)
        self._sources = [frozenset((s.chapter, *s.lines) for s in (t.source, *t.also_in)) for t in self._all]
        self._workers, (deaths, of_deaths) = self._kind(*_WORKERS), self._kind(*_DEATHS)
        elsewhere = frozenset(w for held, death in zip(self._words, deaths) if not death for w in held)
        self._deaths = deaths, of_deaths | frozenset(w for held, death in zip(self._words, deaths) if death for w in held - elsewhere)
        self._less = np.array([NO_NUMBER * (t.within.value is None) + NOT_OURS * _is_not_ours(t) for t in self._all])

    def speaks_of_a_duty(self, text: str) -> bool:
        """True if any word is left that is not only a way to ask for a date."""
        return bool(self._stems(text))

    def names_a_duty(self, text: str) -> bool:
        """True if enough words are left for a sentence to name one by itself; "how do i put this right" has one."""
        return len(set(self._stems(text))) > 1

    def fits(self, text: str, timescales: Sequence[Timescale]) -> bool:
        """True if a message can be about these limits: it names no duty, or what it names is mostly theirs."""
        stems = self._stems(self._mended(text))
        if not stems:
            return True
        shares, ids = self._shares(stems), {t.id for t in timescales}
        return any(shares[i] >= FITS for i, t in enumerate(self._all) if t.id in ids)

    def find(self, text: str, topic: str = "") -> Found:
        """The time limits that a message speaks of.

        text   the message without its dates and times
        topic  what was spoken of before: it decides between limits where the message alone is not sure
        """
        text = self._mended(text)
        stems = self._stems(text)
        if not stems:
            return Found()
        meaning = self._nearness(text)
        said = f" {' '.join(words(text))} "
        named = np.array([NAMED * any(name in said for name in names) for names in self._names])
        held = len(self._all)
        told = {*stems, *self._stems(topic)}
        unspoken = np.zeros(len(self._all), bool)
        for chosen, speaking in (self._deaths, *((self._workers,) if topic else ())):
            unspoken |= chosen & (named[:held] == 0) & (not speaking & told)
        every = MEANING * meaning + WORDS * self._shares(stems) + named
        every[:held] -= self._less + UNSPOKEN * unspoken
        in_topic = every + TOPIC * self._nearness(topic) if self._stems(topic) else every
        absent = held + int(np.argmax(in_topic[held:]))
        of_it = [stem for stem in stems if stem in self._words[absent]]
        telling = len(of_it) > 1 or any(self._spread[stem] <= TELLING for stem in of_it)
        if telling and every[absent] >= SURE_ABSENT and meaning[absent] >= SURE_MEANING and in_topic[absent] > in_topic[:held].max():
            return Found(absent=self._absent[absent - held])
        found = self._chosen(every[:held], meaning)
        if found.sure or not self._stems(topic):
            return found
        before = self._nearness(topic)[:held]
        return self._chosen(every[:held] + TOPIC * (before - before.mean()), meaning)

    def _is_same(self, one: int, other: int) -> bool:
        alike = _limit(self._all[one]) == _limit(self._all[other]) and self._all[one].within.value is not None
        return alike and bool(self._sources[one] & self._sources[other])

    def _kind(self, chapters: Sequence[str], speaking: str) -> tuple[np.ndarray, frozenset[str]]:
        """Which limits are of these chapters (n,), and the stems that speak of what they are about."""
        return np.array([t.source.chapter in chapters for t in self._all]), frozenset(self._stems(speaking))

    def _nearness(self, text: str) -> np.ndarray:
        """For each time limit, how near in meaning its nearest phrase is: (n,), -1 to 1."""
        meaning = np.full(len(self._words), -1.0)
        np.maximum.at(meaning, self._owners, self._vectors @ self._encode([text])[0])
        return meaning

    def _chosen(self, scores: np.ndarray, meaning: np.ndarray) -> Found:
        order = [int(i) for i in np.argsort(-scores, kind="stable")]
        top = order[0]
        numbered, maybe = self._all[top].within.value is not None, self._near(order, scores, MAYBE_SPREAD)[:MOST_OPTIONS]
        # Beside the best, only a duty with a number makes it doubtful: any other has no date that could be meant.
        near = [i for i in self._near(order, scores, LEAD) if i == top or self._all[i].within.value is not None]
        enough = SURE if numbered else SURE_WITHOUT_NUMBER
        clear = meaning[top] >= SURE_MEANING or len(maybe) == 1
        if scores[top] >= enough and clear and len({_limit(self._all[i]) for i in near}) == 1:
            return Found(tuple(self._all[i] for i in near[:MOST_OPTIONS]), True)
        if scores[top] < MAYBE or meaning[top] < MAYBE_MEANING:
            return Found()
        return Found(tuple(self._all[i] for i in maybe))

    def _near(self, order: Sequence[int], scores: np.ndarray, spread: float) -> list[int]:
        """The limits, best first, that score nearly as much as the best, each duty once."""
        return self._distinct([i for i in order[: 2 * MOST_OPTIONS] if scores[i] > scores[order[0]] - spread])

    def _distinct(self, order: Sequence[int]) -> list[int]:
        """The same, each duty once: of limits as long as one another that rest on one line of the manual the binding one stays, in the best place."""
        kept: list[int] = []
        for i in order:
            place = next((n for n, k in enumerate(kept) if self._is_same(k, i)), None)
            if place is None:
                kept.append(i)
            elif self._all[i].strength == "must" != self._all[kept[place]].strength:
                kept[place] = i
        return kept

    def of_length(self, lengths: Sequence[SaidLimit]) -> tuple[Timescale, ...]:
        """The current limits of this area that are exactly as long as one of these; () where they are too many to tell anything."""
        same = tuple(t for t in self._all if not _is_not_ours(t) and any(length.agrees_with(t.within) for length in lengths))
        return same if len(same) <= MOST_OPTIONS else ()

    def _shares(self, stems: Sequence[str]) -> np.ndarray:
        """For each time limit, how much of the message's words it holds, rare words counting more: (n,), 0 to 1."""
        weights = {stem: math.log(1 + len(self._words) / (0.5 + self._spread[stem])) for stem in stems}
        return np.array([sum(w for s, w in weights.items() if s in held) for held in self._words]) / sum(
            weights.values()
        )

    def _mended(self, text: str) -> str:
        text = _OWN_LIFE.sub("died by suicide", text)
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
