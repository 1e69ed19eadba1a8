"""Compares pipelines that read a message's intent: macro-F1 over folds and seeds of the examples of data/nlu; then, trained on all that the
dialogue learns from, accuracy on the independent messages, time and memory.

Runs in Rasa's environment, after `make train`: `.venv-rasa/bin/python -m tools.compare_nlu [--seeds N] [NAME...]`. Each pipeline is trained by
Rasa itself, in a process of its own, which says after each fold what it has found. Danger and fallback are left out: they outrank any of these.
The result stands in docs/decisions/0003.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path
from typing import Any, Dict, List, Sequence, Tuple

import yaml

ROOT = Path(__file__).resolve().parents[1]
FOLDS, SEEDS = 5, (1, 2, 3)
MESSAGES = [ROOT / "tests" / "evaluation" / "messages" / f"skills_{n}.jsonl" for n in (1, 2)]
SKILL = {"find_contact": "contacts", "ask_procedure": "ask", "start_pathway": "pathways", "ask_deadline": "deadlines", "say_date": "deadlines",
         "ask_definition": "glossary", "ask_changes": "changes", "start_referral": "referral", "show_referral": "referral", "ask_harm": "out_of_scope",
         "ask_personal_data": "out_of_scope", "ask_off_topic": "out_of_scope", "ask_removed": "out_of_scope", "ask_language": "out_of_scope",
         "ask_complaint": "ask"}  # fmt: skip
_COUNTS: List[Dict[str, Any]] = [
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
]
_DIET: Dict[str, Any] = {"name": "DIETClassifier", "entity_recognition": False, "constrain_similarities": True, "epochs": 30}
_MEANING: Dict[str, Any] = {"name": "bot.components.embedding.SentenceEmbeddingFeaturizer"}
_PARTS: Dict[str, Any] = {"name": "bot.components.word_parts.WordPartsFeaturizer"}
_REGRESSION: Dict[str, Any] = {"name": "LogisticRegressionClassifier", "max_iter": 400}
_OURS: Dict[str, Any] = {"name": "bot.components.intents.IntentRegression", "max_iter": 150}
PIPELINES: Dict[str, List[Dict[str, Any]]] = {
    "meaning and word parts, logistic regression of ours": [_MEANING, _PARTS, _OURS],
    "meaning and plain counts, logistic regression": [_MEANING, _COUNTS[1], _REGRESSION],
    "plain counts, logistic regression": [*_COUNTS, _REGRESSION],
    "meaning, support vectors": [_MEANING, {"name": "SklearnIntentClassifier", "C": [5], "max_cross_validation_folds": 2}],
    "DIET on counts (Rasa's own)": [*_COUNTS, _DIET],
    "DIET on counts and meaning": [_MEANING, *_COUNTS, _DIET],
}


def examples(*folders: str) -> List[Tuple[str, str]]:
    """(text, intent) of the dialogue's training data, without the ids that buttons carry."""
    from rasa.shared.importers.importer import TrainingDataImporter

    data = TrainingDataImporter.load_from_dict({}, training_data_paths=list(folders)).get_nlu_data()
    return [(m.get("text"), m.get("intent")) for m in data.intent_examples if not m.get("text").startswith("/")]


def train(name: str, told: List[Tuple[str, str]], seed: int, folder: Path) -> Tuple[Any, float]:
    """A reader of messages (text -> intent and its ranking) of this pipeline, and the seconds that training took."""
    from rasa.core.agent import load_agent
    from rasa.model_training import train_nlu

    steps = [{"name": "WhitespaceTokenizer"}, *(dict(step) for step in PIPELINES[name])]
    for step in steps:
        if any(kind in step["name"] for kind in ("Regression", "DIET")):
            step["random_seed" if "DIET" in step["name"] else "random_state"] = seed
    config, data = folder / "config.yml", folder / "nlu.yml"
    config.write_text(yaml.safe_dump({"recipe": "default.v1", "assistant_id": "compare", "language": "en", "pipeline": steps}))
    by_intent: Dict[str, List[str]] = {}
    for text, intent in told:
        by_intent.setdefault(intent, []).append(text)
    data.write_text(
        yaml.safe_dump({"version": "3.1", "nlu": [{"intent": i, "examples": "".join(f"- {t}\n" for t in ts)} for i, ts in by_intent.items()]},
                       allow_unicode=True, width=100_000)
    )  # fmt: skip
    start = time.perf_counter()
    path = train_nlu(str(config), str(data), str(folder), fixed_model_name="m")
    took = time.perf_counter() - start
    return asyncio.run(load_agent(path)), took


def predict(agent: Any, texts: List[str]) -> Tuple[List[str], List[float]]:
    """The intent of each text, and the milliseconds that each took."""

    async def all_of_them() -> Tuple[List[str], List[float]]:
        found, took = [], []
        for text in texts:
            start = time.perf_counter()
            parsed = await agent.parse_message(text)
            took.append((time.perf_counter() - start) * 1000)
            found.append(str(parsed["intent"]["name"]))
        return found, took

    return asyncio.run(all_of_them())


def compare(name: str, seeds: Sequence[int]) -> Dict[str, Any]:
    """All figures of one pipeline."""
    from sklearn.metrics import f1_score
    from sklearn.model_selection import StratifiedKFold

    told = examples("data/nlu")  # without the corpus' thousands of questions: they are one intent, or one of two, and would double the hours
    scores: List[float] = []
    for seed in seeds:
        folds = StratifiedKFold(FOLDS, shuffle=True, random_state=seed).split(told, [intent for _, intent in told])
        for learn, held in folds:
            with tempfile.TemporaryDirectory() as folder:
                agent, spent = train(name, [told[i] for i in learn], seed, Path(folder))
                found, _ = predict(agent, [told[i][0] for i in held])
            scores.append(f1_score([told[i][1] for i in held], found, average="macro"))
            print(json.dumps({"pipeline": name, "seed": seed, "fold": len(scores), "macro_f1": round(scores[-1], 3), "train_s": round(spent)}), flush=True)
    told = examples("data/nlu", "built/nlu")
    messages = [json.loads(line) for path in MESSAGES for line in path.read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as folder:
        agent, spent = train(name, told, SEEDS[0], Path(folder))
        found, took = predict(agent, [m["text"] for m in messages])
        size = sum(f.stat().st_size for f in Path(folder).glob("*.tar.gz")) / 1e6
    right = [SKILL.get(intent, "smalltalk") == m["skill"] for intent, m in zip(found, messages)]
    return {
        "pipeline": name, "macro_f1": round(statistics.mean(scores), 3) if scores else None, "spread": round(statistics.pstdev(scores), 3) if scores else None,
        "independent": round(sum(right) / len(right), 3), "train_s": round(spent), "p50_ms": round(statistics.median(took), 1),
        "model_mb": round(size, 1), "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help=f"all of these, unless named: {', '.join(PIPELINES)}")
    parser.add_argument("--seeds", type=int, default=len(SEEDS), help="how many of the three seeds; 0: one training on everything and the independent messages")
    parser.add_argument("--alone", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.alone:
        logging.disable(logging.WARNING)
        warnings.filterwarnings("ignore")
        print(json.dumps(compare(arguments.alone, SEEDS[: arguments.seeds])))
        return
    for name in arguments.names or PIPELINES:
        environment = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "LOG_LEVEL": "ERROR", "RASA_TELEMETRY_ENABLED": "false"}
        command = [sys.executable, "-m", "tools.compare_nlu", "--seeds", str(arguments.seeds), "--alone", name]
        with tempfile.TemporaryFile("w+") as troubles:
            with subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=troubles, text=True) as run:
                assert run.stdout
                for line in run.stdout:
                    if line.startswith("{"):  # Rasa writes there too
                        print(line, end="", flush=True)
            if run.returncode:
                troubles.seek(0)
                print(f"{name}: failed: {(troubles.read().strip().splitlines() or ['without a word'])[-1]}", flush=True)


if __name__ == "__main__":
    main()
