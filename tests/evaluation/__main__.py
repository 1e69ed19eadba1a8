"""`make eval`: the figures of the danger check, of search and of the skills on every message and question, and what changed since the baseline."""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import msgspec

from index.guide import open_guide
from tests.evaluation import danger, skills
from tests.evaluation.questions import answerable, unanswerable
from tests.evaluation.run import changes, read_baseline, report, run, write_baseline

BUILT = Path(__file__).resolve().parents[2] / "built"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--accept", action="store_true", help="make this run the baseline")
    parser.add_argument("--out", type=Path, default=BUILT / "eval" / "results.jsonl")
    arguments = parser.parse_args()
    guide = open_guide(BUILT)
    searcher = guide.searcher
    print(danger.report(guide.danger))
    start = time.perf_counter()
    results = run(searcher, answerable(), unanswerable())
    print(report(results))
    print(f"{(time.perf_counter() - start) / len(results) * 1000:.1f} ms a question, judging included")
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    arguments.out.write_text("".join(json.dumps(msgspec.to_builtins(r), ensure_ascii=False) + "\n" for r in results), encoding="utf-8")
    print(f"each question: {arguments.out}")
    lost, won = changes(results, read_baseline())
    print(f"since the baseline: {len(won)} won, {len(lost)} lost")
    for result in lost:
        print(f"  lost {result.id} ({result.status}, rank {result.rank}): {result.question}")
    skills.main()
    if arguments.accept:
        write_baseline(results)
        print("this run is now the baseline")


if __name__ == "__main__":
    main()
