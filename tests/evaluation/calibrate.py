"""Fits the weights of index/judgement.py on the question sets: python -m tests.evaluation.calibrate

Prints what each threshold refuses, out of fold (ten folds), then WEIGHTS to copy. Beside the questions, everyday messages of the dialogue
(data/nlu: answers, greetings, thanks) count as not to be answered, with little weight each: few words find themselves somewhere.
"""

from __future__ import annotations

from dataclasses import astuple
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from guidance.yaml_files import read_yaml
from index.guide import open_guide
from index.search import Searcher
from tests.evaluation.questions import answerable, unanswerable

ROOT = Path(__file__).resolve().parents[2]
EVERYDAY = ("answer_pathway", "greet", "thank", "say_goodbye", "ask_abilities", "leave_pathway", "resume_pathway")
EVERYDAY_WEIGHT = 0.3
THRESHOLDS = (-1.2, -1.0, -0.8, -0.6, -0.4, -0.2, 0.0, 0.3, 0.6)


def everyday() -> list[str]:
    entries = [e for path in sorted((ROOT / "data" / "nlu").glob("*.yml")) for e in read_yaml(path)["nlu"]]
    lines = [line[2:] for e in entries if e["intent"] in EVERYDAY for line in e["examples"].splitlines() if line.startswith("- ")]
    return [line.strip() for line in lines if "](" not in line]


def look(searcher: Searcher, text: str) -> tuple[tuple[float, ...], bool]:
    """The signs of one question, and whether it is answered 'not held' whatever they say."""
    ranking = searcher.rank(text)
    return astuple(searcher.signs(ranking)), searcher.not_held(ranking.found, "answered") is not None


def main() -> None:
    searcher = open_guide(ROOT / "built").searcher
    questions, must_not, talk = answerable(), unanswerable(), everyday()
    looks = [look(searcher, text) for text in [*(q.question for q in questions), *(u.question for u in must_not), *talk]]
    x, not_held = np.array([signs for signs, _ in looks]), np.array([absent for _, absent in looks])
    kind = np.repeat([0, 1, 2], [len(questions), len(must_not), len(talk)])
    y = (kind == 0).astype(int)
    weight = np.array([1.0, 2.0, EVERYDAY_WEIGHT])[kind]
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.3, max_iter=2000))
    folds = StratifiedKFold(10, shuffle=True, random_state=0)
    sure = cross_val_predict(model, x, y, cv=folds, method="decision_function", params={"logisticregression__sample_weight": weight})
    shared = np.array([q.id[0] in "abcde" for q in questions])
    print("out of fold; shared: the 248 questions of the shared set, own: the 360 of ours")
    for threshold in THRESHOLDS:
        refused = (sure < threshold) | not_held
        mine = refused[kind == 0]
        print(
            f"  from {threshold:5.1f}: answerable refused {mine.mean():.3f} (shared {mine[shared].mean():.3f}, own {mine[~shared].mean():.3f}); "
            f"must-not refused {refused[kind == 1].mean():.3f}; everyday refused {refused[kind == 2].mean():.3f}"
        )
    model.fit(x, y, logisticregression__sample_weight=weight)
    scaler, fitted = model[0], model[1]
    weights = fitted.coef_[0] / scaler.scale_
    bias = fitted.intercept_[0] - float(weights @ scaler.mean_)
    print("WEIGHTS = np.array([" + ", ".join(f"{w:.2f}" for w in (bias, *weights)) + "])")


if __name__ == "__main__":
    main()
