"""The referral summary as plain text (UTF-8): each answer on lines of its own under its label, so that scripts do not mix."""

from __future__ import annotations

from typing import Any

from bot.documents.lines import contact_line, deadline_line


def to_text(summary: dict[str, Any]) -> bytes:
    lines = [summary["title"].upper(), "", summary["not_sent"], "", summary["contacts_heading"].upper()]
    lines += [f"- {contact_line(c)}" for c in summary["contacts"]]
    lines += ["", summary["about_words"]]
    for part in summary["parts"]:
        lines += ["", part["heading"].upper()]
        for entry in part["entries"]:
            lines += [f"{entry['label']}:", *(f"  {line}" for line in entry["words"].splitlines())]
    if summary["call"]["words"]:
        lines += ["", summary["call"]["words"]]
    if summary["deadlines"]:
        lines += ["", summary["deadlines_heading"].upper(), *(f"- {deadline_line(d)}" for d in summary["deadlines"])]
    if summary["missing_words"]:
        lines += ["", summary["missing_heading"].upper(), *(f"- {line}" for line in summary["missing_words"])]
    lines += ["", summary["made_words"], summary["not_sent"], ""]
    return "\r\n".join(lines).encode()
