"""The referral summary as a tagged PDF, typeset by Typst with the fonts in bot/fonts: any script, either direction, in memory.

No font of the machine is used, so that the same words look the same everywhere.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Literal

import typst

from bot.documents.lines import NO_BREAK, contact_line, deadline_line, runs_right_to_left

TEMPLATE = Path(__file__).parent / "summary.typ"
FONTS = Path(__file__).parent.parent / "fonts"
# In the order in which they are asked for a letter; the last has Chinese and Japanese.
FAMILIES = (
    "Noto Sans", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans Devanagari", "Noto Sans Bengali", "Noto Sans Gurmukhi",
    "Noto Sans Gujarati", "Noto Sans Tamil", "Noto Sans Malayalam", "Noto Sans Sinhala", "Noto Sans Thai", "Noto Sans Georgian",
    "Noto Sans Armenian", "Noto Sans Ethiopic", "Droid Sans Fallback",
)  # fmt: skip
_LONG_WORD = re.compile(r"\S{40}(?=\S)")
_BREAK = "\u200b"  # a place where an endless word may be broken


def to_pdf(summary: dict[str, Any]) -> bytes:
    """The PDF, accessible (PDF/UA-1). Where a letter is in none of the fonts, an untagged one that says so."""
    data = {
        **{
            k: summary[k]
            for k in ("title", "made_words", "not_sent", "about_words", "contacts_heading", "call", "missing_words")
        },
        **{k: summary[k] for k in ("deadlines_heading", "missing_heading")},
        "contact_lines": [contact_line(c, NO_BREAK) for c in summary["contacts"]],
        "deadline_lines": [deadline_line(d) for d in summary["deadlines"]],
        "parts": [{"heading": p["heading"], "entries": [_entry(e) for e in p["entries"]]} for p in summary["parts"]],
        "unshown": None,
    }
    try:
        return _typeset(data, "ua-1")
    except typst.TypstError:
        return _typeset({**data, "unshown": summary["unshown"]}, None)


def _entry(entry: dict[str, str]) -> dict[str, Any]:
    lines = entry["words"].splitlines()
    return {
        "label": entry["label"],
        "lines": [
            {"words": _LONG_WORD.sub(rf"\g<0>{_BREAK}", line), "rtl": runs_right_to_left(line)} for line in lines
        ],
    }


def _typeset(data: dict[str, Any], standard: Literal["ua-1"] | None) -> bytes:
    made: bytes = typst.compile(
        input=TEMPLATE,
        sys_inputs={"summary": json.dumps(data), "fonts": json.dumps(FAMILIES)},
        font_paths=[FONTS],
        ignore_system_fonts=True,
        pdf_standards=standard,
    )
    return made
