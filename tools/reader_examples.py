"""What the reader learns from: data/danger and data/scope, questions of the corpus as calm and answerable examples, everyday messages of
the dialogue, and made ones. tools/train_reader.py draws from it.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from guidance.content import load_content
from guidance.danger import LABELS
from guidance.text import clean
from guidance.yaml_files import read_yaml
from tools.everyday_texts import Scraps, long_around, long_calm

ROOT = Path(__file__).resolve().parent.parent
EPOCHS, BATCH = 3, 32
HELD_BACK = 0.05  # of the messages: a check that the training worked
QUIET_A_ROUND, SHORT = 0.8, 100  # of the messages in which nobody is in danger, this share is shown in a round; short ones (characters) always
CALM_A_ROUND, DIALOGUE_A_ROUND = 1000, 1500  # questions of the corpus, and everyday messages, shown in one epoch; other ones each time
SCRAPS_A_ROUND, LONG_CALM_A_ROUND, LONG_AROUND_A_ROUND = 800, 200, 300  # names, streets, nonsense; pieces of long messages
SEED = 7
NO_LABEL = -1
MARK = re.compile(r"\[([^\]]*)\]\([^)]*\)")  # [words](entity) in an example


@dataclass(frozen=True, slots=True)
class Example:
    """danger: a place in LABELS; scope: 1 where the manual cannot answer; NO_LABEL where that is not known."""

    text: str
    danger: int
    scope: int
    group: str


def read_examples(folder: Path) -> list[Example]:
    """All labelled messages of data/danger and data/scope."""
    found = []
    for path in sorted((folder / "danger").glob("*.jsonl")):
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            found.append(Example(clean(row["text"]), LABELS.index(row["label"]), NO_LABEL, row.get("kind", row["label"])))
    for path in sorted((folder / "scope").glob("*.jsonl")):
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            outside = row["group"] != "inside"  # near misses that the manual does answer
            found.append(Example(clean(row["text"]), LABELS.index("not_urgent"), int(outside), "scope"))
    return found


def calm_examples(folder: Path) -> list[Example]:
    """Questions that the manual answers, and the dialogue's own everyday messages: no emergency among them."""
    calm = LABELS.index("not_urgent")
    found = [Example(q.text, calm if q.voice in ("staff", "duty") else NO_LABEL, 0, "question") for q in load_content().questions]
    for path in sorted((folder / "nlu").glob("*.yml")):
        for entry in read_yaml(path)["nlu"]:
            if not entry["intent"].startswith(("signal_", "choose_")):  # choose_...: ids that buttons carry, nobody's words
                lines = [MARK.sub(r"\1", line[2:].strip()) for line in entry["examples"].splitlines() if line.startswith("- ")]
                found += [Example(line, calm, NO_LABEL, "dialogue") for line in lines]
    return found


def made_examples(messages: list[Example], calm: list[Example], choice: random.Random) -> list[Example]:
    """Scraps that mean nothing, and pieces of long messages: calm throughout, or with one labelled message in the midst."""
    quiet, labelled = LABELS.index("not_urgent"), [e for e in messages if e.scope == NO_LABEL]
    texts = [e.text for e in calm if e.danger != NO_LABEL]
    texts += [e.text for e in labelled if e.danger == quiet and e.group != "worry"]
    scraps = Scraps(ROOT / "data" / "danger" / "everyday.yml").draw(SCRAPS_A_ROUND, choice)
    made = scraps + [long_calm(texts, choice) for _ in range(LONG_CALM_A_ROUND)]
    around = choice.sample(labelled, LONG_AROUND_A_ROUND)
    return [
        *(Example(text, quiet, NO_LABEL, "made") for text in made),
        *(Example(long_around(e.text, texts, choice), e.danger, NO_LABEL, "made") for e in around),
    ]


def split(messages: list[Example]) -> tuple[list[Example], list[Example]]:
    """Messages to learn from and messages held back, the same each time."""
    order = random.Random(SEED).sample(messages, len(messages))  # noqa: S311
    held = int(len(order) * HELD_BACK)
    return order[held:], order[:held]


def rounds(messages: list[Example], calm: list[Example], seed: int) -> Iterator[list[Example]]:
    """Batches of all epochs. Alike lengths go together, since padding is what costs time."""
    draw = random.Random(seed)  # noqa: S311
    dialogue = [e for e in calm if e.group == "dialogue"]
    questions = [e for e in calm if e.group == "question"]
    calm_label = LABELS.index("not_urgent")
    always = [e for e in messages if e.danger != calm_label or len(e.text) <= SHORT]
    quiet = [e for e in messages if e.danger == calm_label and len(e.text) > SHORT]
    for _ in range(EPOCHS):
        shown = [
            *always,
            *draw.sample(quiet, int(QUIET_A_ROUND * len(quiet))),
            *draw.sample(dialogue, min(DIALOGUE_A_ROUND, len(dialogue))),
            *draw.sample(questions, min(CALM_A_ROUND, len(questions))),
            *made_examples(messages, calm, draw),
        ]
        shown.sort(key=lambda e: len(e.text) + draw.randint(0, 30))
        batches = [shown[i : i + BATCH] for i in range(0, len(shown), BATCH)]
        draw.shuffle(batches)
        yield from batches
