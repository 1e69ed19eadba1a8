"""Trains the danger check: data/danger/messages.jsonl and calm messages -> built/danger.npz (plain arrays), with thresholds and figures from cross-validation.

Usage: python -m tools.train_danger [--out FILE]     Called by `make train`. guidance/danger.py evaluates what this writes.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from guidance.content import load_content
from guidance.danger import FEATURES_VERSION, HASH_BITS, LABELS, hashed
from guidance.text import clean
from guidance.yaml_files import read_yaml
from index.embedder import open_embedder

ROOT = Path(__file__).resolve().parent.parent
# Share of true messages of each level that must be found (out of fold); `unsure` asks "is anybody in danger now?" and may be generous.
RECALL = {"urgent": 0.90, "crisis": 0.90, "child": 0.88}
UNSURE_RECALL = 0.99
STAFF_STEP = 3  # every third is enough; all of them would drown the messages
SEED = 7


def features(texts: list[str]) -> csr_matrix:
    """Dense sentence embedding beside hashed words and characters: (n, d + 2**HASH_BITS)."""
    dense = open_embedder(ROOT / "built" / "model").encode(texts)
    rows, columns, values = [], [], []
    for row, text in enumerate(texts):
        for slot, weight in hashed(text).items():
            rows.append(row)
            columns.append(slot)
            values.append(weight)
    return hstack([csr_matrix(dense), csr_matrix((values, (rows, columns)), shape=(len(texts), 1 << HASH_BITS))]).tocsr()


def calm() -> list[tuple[str, str]]:
    """Messages that are certainly no emergency, by kind: the dialogue's own examples, and questions that staff put to the procedures."""
    rows = []
    for path in sorted((ROOT / "data" / "nlu").glob("*.yml")):
        for intent in read_yaml(path)["nlu"]:
            if not intent["intent"].startswith("signal_"):
                rows += [("dialogue", line[2:].strip()) for line in intent["examples"].splitlines() if line.startswith("- ") and "](" not in line]
    staff = [q.text for q in load_content().questions if q.voice in ("staff", "duty")]
    return rows + [("staff question", text) for text in staff[::STAFF_STEP]]


def threshold(scores: np.ndarray, positive: np.ndarray, recall: float) -> float:
    """The highest threshold that still finds `recall` of the positive messages."""
    return float(np.quantile(scores[positive], 1 - recall))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "built" / "danger.npz")
    out = parser.parse_args().out
    rows = [json.loads(line) for line in (ROOT / "data" / "danger" / "messages.jsonl").read_text(encoding="utf-8").splitlines()]
    quiet = calm()
    groups = np.array([r["label"] for r in rows] + [kind for kind, _ in quiet])
    texts = [clean(t) for t in [r["text"] for r in rows] + [text for _, text in quiet]]
    labels = np.where(np.isin(groups, LABELS), groups, "not_urgent")
    x = features(texts)
    model = LogisticRegression(C=5.0, class_weight="balanced", max_iter=2000, random_state=SEED)
    folds = StratifiedKFold(5, shuffle=True, random_state=SEED)
    scores = cross_val_predict(model, x, labels, cv=folds, method="predict_proba")
    column = {label: i for i, label in enumerate(LABELS)}
    chosen = {level: threshold(scores[:, column[level]], groups == level, recall) for level, recall in RECALL.items()}
    chosen["unsure"] = min(threshold(scores[:, column["urgent"]], groups == "urgent", UNSURE_RECALL), chosen["urgent"])
    print(f"danger check: {len(rows)} messages and {len(quiet)} calm ones, 5 folds, out of fold:")
    for level, limit in chosen.items():
        label = "urgent" if level == "unsure" else level
        hit = scores[:, column[label]] >= limit
        others = {str(group): f"{hit[groups == group].mean():.1%}" for group in np.unique(groups) if group != label}
        print(f"  {level:7s} from {limit:.2f}: finds {hit[groups == label].mean():.1%}; also raised by {others}")
    model.fit(x, labels)
    dense = open_embedder(ROOT / "built" / "model").dimension
    weights = model.coef_.T.astype(np.float32)
    out.parent.mkdir(exist_ok=True)
    np.savez_compressed(
        out, version=FEATURES_VERSION, dense=weights[:dense], hashed=weights[dense:], bias=model.intercept_.astype(np.float32),
        thresholds=np.array([chosen[level] for level in ("urgent", "crisis", "child", "unsure")], np.float32),
    )  # fmt: skip
    print(f"  wrote {out.relative_to(ROOT)} ({out.stat().st_size // 1024} kB)")


if __name__ == "__main__":
    main()
