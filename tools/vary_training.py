"""Which dialogues hang on one training? Trains the dialogue model without one example in sixteen, other ones for each seed, and runs the
dialogues on each: another machine's model differs from this one's by less. What fails rests on a middling intent; let words decide it.

`.venv/bin/python -m tools.vary_training [SEED...]`, after `make train`; about five minutes a seed on two cores. The trained model is put back.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MODEL = ROOT / "models" / "waymark.tar.gz"
LEFT_OUT = 1 / 16  # of the examples


def thinned(lines: list[str], draw: random.Random) -> list[str]:
    """The lines of a file of examples, without those that this draw leaves out."""
    return [line for line in lines if not (line.startswith("    - ") and draw.random() < LEFT_OUT)]


def train(seed: int, folder: Path) -> None:
    """Train on thinned copies of the examples, in the place of the product's model."""
    draw = random.Random(seed)  # noqa: S311
    for path in sorted([*(ROOT / "data" / "nlu").glob("*.yml"), *(ROOT / "built" / "nlu").glob("*.yml")]):
        (folder / path.name).write_text("\n".join(thinned(path.read_text(encoding="utf-8").splitlines(), draw)) + "\n", encoding="utf-8")
    settings = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONWARNINGS": "ignore", "LOG_LEVEL": "WARNING", "RASA_TELEMETRY_ENABLED": "false"}
    data = ["--domain", "domain", "--data", str(folder), "data/rules", "--config", "config.yml"]
    out = ["--out", "models", "--fixed-model-name", MODEL.name.removesuffix(".tar.gz")]
    subprocess.run([".venv-rasa/bin/python", "-m", "rasa", "train", "--force", *data, *out], cwd=ROOT, env=settings, check=True, capture_output=True)


def failures() -> list[str]:
    """What the dialogues print of those that fail."""
    command = [sys.executable, "-m", "pytest", "tests/dialogues", "-n", "2", "--dist", "loadfile"]
    printed = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True).stdout.splitlines()
    return [line for line in printed if line.startswith(("FAILED", "ERROR")) or "AssertionError: turn" in line]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seeds", nargs="*", type=int, default=[1, 2])
    with tempfile.TemporaryDirectory() as kept:
        before = shutil.copy2(MODEL, kept)
        try:
            for seed in parser.parse_args().seeds:
                with tempfile.TemporaryDirectory() as folder:
                    train(seed, Path(folder))
                print(f"seed {seed}", flush=True)
                print("\n".join(failures()) or "  all pass", flush=True)
        finally:
            shutil.copy2(before, MODEL)


if __name__ == "__main__":
    main()
