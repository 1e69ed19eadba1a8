"""What somebody says -> the walk-through that fits: by nearness in meaning to the ways in which it says it is asked for, and by the chapters
that a search for the same words finds, where the walk-through rests on them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from guidance.pathways import Pathway

Embed = Callable[[Sequence[str]], "np.ndarray"]
DEFAULT = "worried-about-a-child"
# Chosen on the ways of asking themselves, each left out in turn: right 73%, another 11%, the general one 16% (docs/decisions/0009).
START, LEAD, OFFER = 0.65, 0.05, 0.60
CHAPTER_WEIGHTS = (0.20, 0.10, 0.06)  # for the first three passages found, times the share of the walk-through that rests on their chapter


@dataclass(frozen=True, slots=True)
class Fit:
    """A walk-through, and how well what was said fits it (about -1 to 1)."""

    pathway: Pathway
    fit: float


class Fits(tuple[Fit, ...]):
    """All walk-throughs, the best fit first."""

    __slots__ = ()

    def to_start(self) -> str:
        """The id of the walk-through to open for a worry: the best fit where it clearly fits, and the general one otherwise."""
        general = next((fit.fit for fit in self if fit.pathway.id == DEFAULT), -1.0)
        best = self[0]
        return best.pathway.id if best.fit >= START and best.fit >= general + LEAD else DEFAULT

    def to_offer(self) -> Pathway | None:
        """A walk-through worth offering beside the answer to a question, or None."""
        return self[0].pathway if self[0].fit >= OFFER else None


class WalkFinder:
    """Finds walk-throughs by what people say."""

    def __init__(self, pathways: Sequence[Pathway], embed: Embed) -> None:
        self._embed = embed
        said = [(pathway, text) for pathway in pathways for text in (pathway.title, *pathway.asked)]
        self._owners = tuple(pathway for pathway, _ in said)
        self._vectors = embed([text for _, text in said])
        self._chapters = {pathway.id: _shares(pathway) for pathway in pathways}

    def find(self, text: str, found: Sequence[str] = ()) -> Fits:
        """How each walk-through fits.

        found  the chapters of the passages that a search for the text finds, best first
        """
        best: dict[str, Fit] = {}
        for pathway, nearness in zip(self._owners, self._vectors @ self._embed([text])[0]):
            if pathway.id not in best or nearness > best[pathway.id].fit:
                best[pathway.id] = Fit(pathway, float(nearness))
        for name, fit in best.items():
            rests = sum(weight * self._chapters[name].get(chapter, 0.0) for weight, chapter in zip(CHAPTER_WEIGHTS, found))
            best[name] = Fit(fit.pathway, fit.fit + rests)
        return Fits(sorted(best.values(), key=lambda fit: -fit.fit))


def _shares(pathway: Pathway) -> dict[str, float]:
    """The share of a walk-through's questions and ends that rest on each chapter."""
    rests = [{source.partition("#")[0] for source in node.source} for node in pathway.nodes.values()]
    return {chapter: sum(chapter in one for one in rests) / len(rests) for chapter in set().union(*rests)}
