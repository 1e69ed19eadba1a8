"""What a search saw -> whether the manual answers the question: answered, weak, or not at all.

One number cannot tell: the nearest passage is always somewhere. Several signs together can: how near the best passage comes word by word and
in meaning, whether it stands out from those behind it, whether words are shared, how near a chapter comes that is not held, and what
the reader (index/reader.py), trained on questions from outside the manual, makes of the question itself.
The weights are few: `python -m tests.evaluation.calibrate` fits them and prints what each threshold costs; docs/decisions/0004 holds the figures.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import Literal

import numpy as np

Verdict = Literal["answered", "weak", "none"]


@dataclass(frozen=True, slots=True)
class Signs:
    """What a search saw. All but `outside` are of the best passage, or of its lead over another; cosines unless said."""

    outside: float  # the reader's score that the manual cannot answer (a logit)
    word_by_word: float
    text: float
    any_text: float
    lead: float  # of the score over the second passage
    lead_of_five: float  # of the score over the fifth
    lexical: float  # share of the best match of words, 0 to 1
    nearest_text: float  # of all passages
    absent: float  # the nearest chapter that is not held
    absent_lead: float  # of that over the nearest text or question of any passage
    asked_lead: float  # of the nearest question about a text that is not held, over the same
    brevity: float  # 1 / words (word pieces) of the question: a few words find themselves somewhere, whatever they mean


# Bias first, then one weight for each sign, in their order.
WEIGHTS = np.array([-12.53, -0.87, 10.80, -0.55, 2.65, 0.51, 5.96, 1.76, 4.07, -2.06, -1.51, -1.65, -15.32])
ANSWERED, WEAK = 1.2, -0.8


def sureness(signs: Signs) -> float:
    """How sure it is that the manual answers (log odds; higher is surer)."""
    return float(WEIGHTS[0] + WEIGHTS[1:] @ np.array(astuple(signs)))


def verdict(sure: float) -> Verdict:
    return "answered" if sure >= ANSWERED else "weak" if sure >= WEAK else "none"
