"""Trains the reader's linear half, index/wordings.py: half a minute. Called by tools/train_reader.py."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from guidance.danger import LABELS
from index import wordings
from tools.reader_examples import NO_LABEL, Example

CALM_QUESTIONS, QUESTIONS = 4000, 6000  # of the corpus: beside what alarms, and beside what the manual cannot answer
STRENGTH = 8.0  # C of the regressions; between 2 and 30 the figures hardly differ
ROUNDS = 200


def fit(messages: Sequence[Example], calm: Sequence[Example], seed: int, file: Path) -> None:
    """Learn both questions, danger and scope, and write the model."""
    draw = random.Random(seed)  # noqa: S311
    questions = [e for e in calm if e.group == "question"]
    peaceful = draw.sample([e for e in questions if e.danger != NO_LABEL], CALM_QUESTIONS)
    for_danger = [*messages, *peaceful, *(e for e in calm if e.group == "dialogue")]
    for_scope = [*(e for e in messages if e.scope != NO_LABEL), *draw.sample(questions, QUESTIONS)]
    counts = wordings.counted([e.text for e in (*for_danger, *for_scope)])
    rare = wordings.rarity(counts)
    features = csr_matrix(hstack(wordings.weighed(counts, rare)))
    danger = LogisticRegression(C=STRENGTH, max_iter=ROUNDS).fit(features[: len(for_danger)], [e.danger for e in for_danger])
    scope = _outside(features[len(for_danger) :], [e.scope for e in for_scope])
    if list(danger.classes_) != list(range(len(LABELS))):
        raise ValueError("data/danger must hold messages of every label")
    wordings.save(
        file, rare, np.vstack([danger.coef_, scope.coef_]).T, np.concatenate([danger.intercept_, scope.intercept_])
    )


def _outside(features: csr_matrix, outside: Sequence[int]) -> LogisticRegression:
    """Few questions are outside the manual, and they weigh as much together as the many that are not."""
    return LogisticRegression(C=STRENGTH, max_iter=ROUNDS, class_weight="balanced").fit(features, outside)
