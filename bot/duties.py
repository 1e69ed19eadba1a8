"""Marks "must" and "should" in a chapter's text, so that a duty and good practice can be told apart at a glance; called by bot/render.py.

The words themselves say which it is: the mark only helps to find them. Nothing is marked in quotations, notes and code: there they are not ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it.token import Token

_DUTY = re.compile(r"\b(must not|must|should not|should)\b", re.I)
_QUOTE_MARKS = re.compile(r"[\"“”]")


def mark_duties(tokens: list[Token]) -> list[Token]:
    """The same tokens of markdown-it, with marks put in."""
    notes = 0
    for token in tokens:
        notes += (token.type == "blockquote_open") - (token.type == "blockquote_close")
        if token.type == "inline" and token.children and not notes:
            token.children = list(_marked(token.children))
    return tokens


def _marked(children: list[Token]) -> Iterator[Token]:
    quoted = False
    for i, child in enumerate(children):
        whole = children[i + 1].content if child.type == "strong_open" and i + 2 < len(children) else ""
        if child.type == "strong_open" and not quoted and _DUTY.fullmatch(whole) and children[i + 2].type == "strong_close":
            child.attrSet("class", _class(whole))
            yield child
        elif child.type == "text" and not (i and children[i - 1].attrGet("class")):
            for piece in _DUTY.split(child.content):
                duty = not quoted and _DUTY.fullmatch(piece)
                if duty:
                    yield Token("duty_open", "strong", 1, attrs={"class": _class(piece)})
                yield Token("text", "", 0, content=piece)
                if duty:
                    yield Token("duty_close", "strong", -1)
                quoted ^= len(_QUOTE_MARKS.findall(piece)) % 2 == 1
        else:
            yield child


def _class(words: str) -> str:
    return "wm-must" if words.lower().startswith("must") else "wm-should"
