"""Usage: python -m guidance.lint     (`make content`)"""

from __future__ import annotations

import sys

from guidance.content import load_content
from guidance.lint import check
from guidance.yaml_files import ContentError


def main() -> int:
    try:
        content = load_content()
    except ContentError as error:
        print(error, file=sys.stderr)
        return 1
    findings = check(content)
    summary = (
        f"content: {len(content.chapters)} chapters, {len(content.sections())} sections, {len(findings)} to put right"
    )
    print(*findings, summary, sep="\n")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
