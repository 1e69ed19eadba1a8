"""What a safeguarding lead has to look at: chapters whose review date has passed, and every contradiction that a section states.

Usage: python -m guidance.review     (`make review`). A report, never an error: a date must not break a build overnight.
"""

from __future__ import annotations

import sys
from datetime import date, timedelta

from guidance.content import Content, load_content

_DAYS_A_MONTH = 30.44


def reviews_due(content: Content, today: date) -> list[str]:
    """Chapters whose review date has passed. Reported, never an error: a date must not break a build overnight."""
    due = []
    for chapter in content.chapters.values():
        months = int(chapter.meta.review_in.split()[0])
        if date.fromisoformat(chapter.meta.last_reviewed_on) + timedelta(days=_DAYS_A_MONTH * months) < today:
            due.append(
                f"chapters/{chapter.id}.md: last reviewed on {chapter.meta.last_reviewed_on}, review in {chapter.meta.review_in}"
            )
    return due


def stated_conflicts(content: Content) -> list[str]:
    """Every contradiction and defect that a section states: what a safeguarding lead has to settle."""
    return [
        f"chapters/{s.chapter}.md:{s.file_line}: {kind}: {text}" for s in content.sections() for kind, text in s.notes
    ]


def main() -> int:
    content = load_content()
    due, conflicts = reviews_due(content, date.today()), stated_conflicts(content)
    print(f"Review date passed: {len(due)}", *due, sep="\n  ")
    print(f"Stated contradictions and defects: {len(conflicts)}", *conflicts, sep="\n  ")
    return 0


if __name__ == "__main__":
    sys.exit(main())
