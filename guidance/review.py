"""What a safeguarding lead has to look at: chapters whose review date has passed, and every contradiction that a section states.

Usage: python -m guidance.review     (`make review`). A report, never an error: a date must not break a build overnight.
"""

from __future__ import annotations

import sys
from datetime import date

from guidance.content import Content, load_content
from guidance.yaml_files import ContentError


def reviews_due(content: Content, today: date) -> list[str]:
    """Chapters whose review date has passed."""
    late = [c for c in content.chapters.values() if (due := c.review_due()) and due < today]
    return [
        f"chapters/{c.id}.md: last reviewed on {c.meta.last_reviewed_on}, review in {c.meta.review_in}" for c in late
    ]


def stated_conflicts(content: Content) -> list[str]:
    """Every contradiction and defect that a section states: what a safeguarding lead has to settle."""
    return [
        f"chapters/{s.chapter}.md:{s.file_line}: {kind}: {text}" for s in content.sections() for kind, text in s.notes
    ]


def main() -> int:
    try:
        content = load_content()
    except ContentError as error:
        print(error, file=sys.stderr)
        return 1
    due, conflicts = reviews_due(content, date.today()), stated_conflicts(content)
    print(f"Review date passed: {len(due)}", *due, sep="\n  ")
    print(f"Stated contradictions and defects: {len(conflicts)}", *conflicts, sep="\n  ")
    return 0


if __name__ == "__main__":
    sys.exit(main())
