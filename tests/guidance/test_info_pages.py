"""Contract: a page that lacks a source, names what is not there, or prints a number, is refused with its file and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from guidance.content import load_content
from guidance.lint import check
from guidance.yaml_files import ContentError

CHILDLINE = "{#childline source=responding-to-concerns#child-telling-someone,responding-to-concerns#nspcc-childline contacts=childline}"


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (CHILDLINE, "{#childline}", "children.md:1.: 'Talk to Childline' names no source"),
        (CHILDLINE, "{#childline source=bullying#gone}", "'bullying#gone', which is not a section"),
        (CHILDLINE, "{#childline source=waymark contacts=nobody}", "'nobody', which does not exist"),
        (CHILDLINE, "{#childline source=waymark numbers=nothing}", "nothing"),
        (CHILDLINE, "{#childline source=waymark colour=red}", "colour"),
        (CHILDLINE, "{childline}", "is not of the form"),
        ("{#not-your-fault ", "{#childline ", "the anchor 'childline' stands twice"),
        ("id: children", "id: child", "is not the file's name"),
        ("kind: guidance", "kind: novel", "novel"),
        ("---\n## In danger", "---\nHello.\n\n## In danger", "text stands above the first heading"),
    ],
)
def test_a_broken_page_is_refused(corpus: Path, old: str, new: str, words: str) -> None:
    edit(corpus / "pages/children.md", old, new)
    with pytest.raises(ContentError, match=words):
        load_content(corpus)


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("pages/children.md", "You can ring and just talk.", "Ring 0800 1111 and just talk.", "0800 1111 stands in 'childline'"),
        ("pages/children.md", "(/procedures/bullying#if-you-are-bullied)", "(/procedures/bullying#gone)", "links to /procedures/bullying#gone"),
        ("groups.yml", "bullying", "lado", "the chapter 'bullying' stands 0 times"),
    ],
)
def test_the_lint_finds(corpus: Path, file: str, old: str, new: str, words: str) -> None:
    edit(corpus / file, old, new)
    assert [f for f in check(load_content(corpus)) if words in str(f)] != []


def test_a_group_names_only_chapters_that_are_held(corpus: Path) -> None:
    edit(corpus / "groups.yml", "bullying", "teasing")
    with pytest.raises(ContentError, match="'teasing', which does not exist"):
        load_content(corpus)
