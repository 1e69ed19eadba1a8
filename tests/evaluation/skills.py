"""Which skill answers a first message, over the running product: 1,560 messages by eleven writers whose words the dialogue has not learnt from.

`ok` lists the statuses of a right reply, best first; for sets 3 to 5, which are told in much detail, fresh readers put it right with the manual
beside them. SETS says what each set was used for. `make eval` prints the figures; `python -m tests.evaluation.skills` alone starts the product
on ports of its own.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import httpx
import msgspec

from tests.conftest import PRODUCT_SECRET, SATURDAY_NIGHT, free_ports

FOLDER = Path(__file__).parent / "messages"
ALARMS = ("urgent", "crisis", "child")
SETS = {"1": "weights were chosen on it", "2": "looked at", "3": "told in detail; looked at", "4": "told in detail; looked at", "5": "told in detail; looked at", "6": "parents who were reported; looked at"}


class Expected(msgspec.Struct, frozen=True):
    text: str
    skill: str
    ok: tuple[str, ...]


class Got(msgspec.Struct, frozen=True):
    message: Expected
    status: str

    @property
    def right(self) -> bool:
        return self.status in self.message.ok


def expected(name: str) -> list[Expected]:
    lines = (FOLDER / f"skills_{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [msgspec.convert(json.loads(line), Expected) for line in lines]


def ask(address: str, messages: Iterable[Expected]) -> list[Got]:
    """Each message to a conversation of its own."""
    with httpx.Client(base_url=address, timeout=30, trust_env=False) as client:
        return [Got(m, client.post("/api/chat", json={"message": m.text}).raise_for_status().json()["status"]) for m in messages]


def figures(found: Sequence[Got]) -> dict[str, float]:
    """Shares (0 to 1): right by skill and over all, the mean over skills, and messages alarmed for nothing (nobody is in danger in them)."""
    skills = sorted({g.message.skill for g in found})
    by_skill = {skill: _share([g.right for g in found if g.message.skill == skill]) for skill in skills}
    alarmed = _share([g.status in ALARMS and not g.right for g in found])
    return {**by_skill, "all": _share([g.right for g in found]), "mean over skills": sum(by_skill.values()) / len(by_skill), "alarmed for nothing": alarmed}


def _share(of: Sequence[bool]) -> float:
    return sum(of) / max(1, len(of))


def report(name: str, use: str, found: Sequence[Got]) -> str:
    counts = Counter(g.message.skill for g in found)
    lines = [f"first messages by skill, messages {name} ({use}): {len(found)}"]
    lines += [f"  {name:20s} {value:.3f}" + (f" of {counts[name]}" if name in counts else "") for name, value in figures(found).items()]
    lines += [f"  {g.message.skill}, answered as {g.status}: {g.message.text}" for g in found if not g.right]
    return "\n".join(lines)


def main() -> None:
    from tools.start import running

    with running(*free_ports(3), env={"WAYMARK_SECRET": PRODUCT_SECRET, "WAYMARK_NOW": SATURDAY_NIGHT.isoformat()}) as address:
        for name, use in SETS.items():
            print(report(name, use, ask(address, expected(name))))


if __name__ == "__main__":
    main()
