"""Ranks and statuses -> figures. Pure functions; a rank is 1-based, None where no right passage was shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

Rank = int | None


def recall_at(ranks: Sequence[Rank], k: int) -> float:
    """Share of questions with a right passage among the first k shown."""
    return sum(r is not None and r <= k for r in ranks) / max(1, len(ranks))


def mrr(ranks: Sequence[Rank]) -> float:
    return sum(1 / r for r in ranks if r) / max(1, len(ranks))


def f2(shown: Sequence[str], relevant: Sequence[str]) -> float:
    """F-measure of the passages shown for one question, recall counting twice as much as precision."""
    found = len(set(shown) & set(relevant))
    if not found:
        return 0.0
    precision, recall = found / len(shown), found / len(relevant)
    return 5 * precision * recall / (4 * precision + recall)


def interval(ranks: Sequence[Rank], k: int, draws: int = 1000) -> tuple[float, float]:
    """95% bootstrap interval of recall at k."""
    hit = np.array([r is not None and r <= k for r in ranks], float)
    means = np.random.default_rng(0).choice(hit, (draws, len(hit))).mean(axis=1)
    return float(np.quantile(means, 0.025)), float(np.quantile(means, 0.975))


@dataclass(frozen=True, slots=True)
class Point:
    """Of all questions asked, the share answered when only the surest are, and how many of those answers are wrong."""

    coverage: float
    risk: float


def risk_coverage(confidence: Sequence[float], correct: Sequence[bool]) -> list[Point]:
    """The curve from the surest question to all of them. Unanswerable questions count as asked; any answer to one is wrong."""
    order = np.argsort(-np.asarray(confidence), kind="stable")
    wrong = np.cumsum(~np.asarray(correct, bool)[order])
    return [Point((i + 1) / len(order), float(wrong[i]) / (i + 1)) for i in range(len(order))]


def area_under(points: Sequence[Point]) -> float:
    """Mean risk over all coverages: the lower the better."""
    return float(np.mean([p.risk for p in points])) if points else 0.0
