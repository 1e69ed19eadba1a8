"""What somebody says -> the walk-through that fits. Three things count: how near it comes in meaning to the nearest of the ways in which the
walk-through is asked for, what a regression learns from all of those ways together, and whether the walk-through rests on the passages that a
search for the same words finds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from guidance.pathways import Pathway

Embed = Callable[[Sequence[str]], "np.ndarray"]
DEFAULT = "worried-about-a-child"
# Chosen on the ways of asking themselves, each left out in turn (docs/decisions/0009).
CLEAR, LEAD, NEAR = 0.90, 0.10, 0.80
SECTION, CHAPTER = 0.08, 0.08
_RIDGE = 1.0
PASSAGES = (1.0, 0.8, 0.6, 0.5, 0.4, 0.3)  # what the passages found count, best first


@dataclass(frozen=True, slots=True)
class Fit:
    """A walk-through, and how well what was said fits it (about -1 to 2)."""

    pathway: Pathway
    fit: float


class Fits(tuple[Fit, ...]):
    """All walk-throughs, the best fit first."""

    __slots__ = ()

    def to_start(self) -> str:
        """The id of the walk-through to open for a worry: the best fit where it clearly fits, and the general one otherwise."""
        general = next((fit.fit for fit in self if fit.pathway.id == DEFAULT), -1.0)
        best = self[0]
        return best.pathway.id if best.fit >= CLEAR and best.fit >= general + LEAD else DEFAULT

    def to_offer(self) -> Pathway | None:
        """A walk-through worth offering beside the answer to a question, or None."""
        return self[0].pathway if self[0].fit >= CLEAR else None

    def is_about_children(self) -> bool:
        """False where nothing comes near: what was said is about something else altogether."""
        return self[0].fit >= NEAR


class WalkFinder:
    """Finds walk-throughs by what people say."""

    def __init__(self, pathways: Sequence[Pathway], embed: Embed) -> None:
        self._embed, self._pathways = embed, tuple(pathways)
        said = [(number, text) for number, pathway in enumerate(pathways) for text in (pathway.title, *pathway.asked)]
        self._owners = np.array([number for number, _ in said])
        self._vectors = embed([text for _, text in said])
        self._learnt = _regression(self._vectors, np.eye(len(self._pathways))[self._owners])
        self._sections = [{source for node in pathway.nodes.values() for source in node.source} for pathway in pathways]
        self._chapters = [pathway.chapter_shares() for pathway in pathways]

    def find(self, text: str, found: Sequence[str] = ()) -> Fits:
        """How each walk-through fits.

        found  the ids of the passages that a search for the text finds, best first
        """
        (vector,) = self._embed([text])
        nearest = np.full(len(self._pathways), -1.0)
        np.maximum.at(nearest, self._owners, self._vectors @ vector)
        weights, mean = self._learnt
        fits = nearest + vector @ weights + mean
        for count, passage in zip(PASSAGES, found):
            chapter = passage.partition("#")[0]
            fits += [count * (SECTION * (passage in own) + CHAPTER * share.get(chapter, 0.0)) for own, share in zip(self._sections, self._chapters)]
        return Fits(Fit(self._pathways[i], float(fits[i])) for i in np.argsort(-fits, kind="stable"))


def _regression(vectors: np.ndarray, owners: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Ridge regression of whose each text is, every walk-through weighing alike.

    shapes  vectors (n, d), owners (n, walk-throughs) of 0 and 1; returns weights (d, walk-throughs) and mean (walk-throughs,)
    """
    weight = 1 / owners.sum(axis=0)[owners.argmax(axis=1)]
    weighted = vectors.astype(np.float64) * (weight / weight.mean())[:, None]
    mean = owners.mean(axis=0)
    return np.linalg.solve(weighted.T @ vectors + _RIDGE * np.eye(vectors.shape[1]), weighted.T @ (owners - mean)), mean
