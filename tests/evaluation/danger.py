"""How the danger check reads messages by writers whose words it has not learnt from. `make eval` prints it.

messages/danger_1.jsonl chose the thresholds; messages/danger_2.jsonl, by another writer, is only reported on;
on danger_3.jsonl, by two more, one rule was found (docs/decisions/0008).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import msgspec

from guidance.danger import DangerCheck
from guidance.text import clean

FOLDER = Path(__file__).parent / "messages"


class Labelled(msgspec.Struct, frozen=True):
    """label: urgent, crisis, child or not_urgent; kind: what sort of it (for not_urgent, `worry` is a serious worry not in progress)."""

    text: str
    label: str
    kind: str = ""


class Read(msgspec.Struct, frozen=True):
    message: Labelled
    level: str


def labelled(name: str) -> list[Labelled]:
    lines = (FOLDER / f"danger_{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [msgspec.convert(json.loads(line), Labelled) for line in lines]


def read_all(check: DangerCheck, messages: Sequence[Labelled]) -> list[Read]:
    return [Read(message, check.read(clean(message.text)).level) for message in messages]


def figures(found: Sequence[Read]) -> dict[str, float]:
    """Shares (0 to 1). An emergency gets 999 in its first line at every level but none."""

    def share(levels: Sequence[str], of: Sequence[Read]) -> float:
        return sum(one.level in levels for one in of) / max(1, len(of))

    by_label = {name: [r for r in found if r.message.label == name] for name in ("urgent", "crisis", "child", "not_urgent")}
    worries = [r for r in by_label["not_urgent"] if r.message.kind == "worry"]
    near = [r for r in by_label["not_urgent"] if r.message.kind != "worry"]
    return {
        "emergencies: urgent": share(["urgent"], by_label["urgent"]),
        "emergencies: 999 in the first line": share(["urgent", "crisis", "child", "unsure"], by_label["urgent"]),
        "near misses alarmed": share(["urgent"], near),
        "near misses asked": share(["unsure"], near),
        "worries alarmed": share(["urgent"], worries),
        "worries asked": share(["unsure"], worries),
        "crisis: crisis": share(["crisis"], by_label["crisis"]),
        "crisis: crisis or urgent": share(["crisis", "urgent"], by_label["crisis"]),
        "child: child": share(["child"], by_label["child"]),
        "child: child, crisis or urgent": share(["child", "crisis", "urgent"], by_label["child"]),
        "others read as a child": share(["child"], by_label["not_urgent"]),
    }


def report(check: DangerCheck) -> str:
    lines = []
    for name, use in (("1", "thresholds were chosen on it"), ("2", "reported on"), ("3", "one rule was found on it")):
        found = read_all(check, labelled(name))
        counts = Counter(r.message.label for r in found)
        lines.append(f"danger check, messages {name} ({use}): " + ", ".join(f"{v} {k}" for k, v in sorted(counts.items())))
        lines += [f"  {label:38s} {value:.3f}" for label, value in figures(found).items()]
    return "\n".join(lines)
