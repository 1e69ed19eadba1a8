"""Draws each walk-through as a flowchart: procedures_corpus/pathways/ -> built/web/charts/<id>.svg. Called by tools/web.py.

Graphviz lays them out (viz.js, WebAssembly, run by tools/draw_charts.mjs: no browser, nothing to install beside npm's packages). A question
is a box with one row for each answer, so that no words stand on a line; colours are the page's, by class (bot/styles/_charts.scss).
"""

from __future__ import annotations

import json
import re
import textwrap
from html import escape
from pathlib import Path

from guidance.content import CORPUS
from guidance.pathway_outline import Place, outline
from guidance.pathways import Pathway, read_pathway

FONT = "Arial"  # of known widths; the page asks for it and its like
SIZE = 12  # points: 16 px
LINE = 31  # characters in one line of a box
WIDTH = 188  # points that they take
_PROLOG = re.compile(r"<\?xml.*?\?>|<!DOCTYPE.*?>|<!--.*?-->", re.S)
_NAMES = re.compile(r"<title>.*?</title>\n?|<a xlink:title.*?>|</a>|\s(?:id|xmlns:xlink|font-family)=\"[^\"]*\"", re.S)


def drawings() -> dict[str, str]:
    """For each walk-through its drawing in Graphviz's language."""
    return {pathway.id: to_dot(pathway) for pathway in _pathways()}


def _pathways() -> list[Pathway]:
    return [read_pathway(path) for path in sorted((CORPUS / "pathways").glob("*.yml"))]


def to_dot(pathway: Pathway) -> str:
    """One pathway, left to right."""
    places, by_id = outline(pathway)
    lines = [
        "digraph {",
        f'rankdir=LR; bgcolor=transparent; ranksep=0.45; nodesep=0.2; margin=0.05; node [shape=plain fontname="{FONT}" fontsize={SIZE}];',
        "edge [arrowsize=0.7 class=way];",
    ]
    for place in places:
        lines.append(f'"{place.node_id}" [class="{_kind(place)}" label=<{_box(place)}>];')
        for row, option in enumerate(place.node.options):
            lines.append(f'"{place.node_id}":r{row}:e -> "{by_id[option.next].node_id}":top:w;')
    return "\n".join([*lines, "}"])


def tidy(svg: str, label: str) -> str:
    """The drawing without what a page must not carry twice (ids), what would pop up (titles) and what is the page's to say (fonts)."""
    svg = _NAMES.sub("", _PROLOG.sub("", svg)).strip()
    return svg.replace("<svg ", f'<svg role="img" aria-label="{escape(label)}" ', 1) + "\n"


def write(svgs: dict[str, str], folder: Path) -> None:
    """Put the drawings that tools/draw_charts.mjs made into a folder."""
    folder.mkdir(parents=True)
    for pathway in _pathways():
        label = f"Flowchart: {pathway.title}. Its questions, answers and ends stand as a list on the page of the flowchart."
        (folder / f"{pathway.id}.svg").write_text(tidy(svgs[pathway.id], label), encoding="utf-8")


def as_json() -> str:
    """What tools/draw_charts.mjs reads."""
    return json.dumps(drawings())


def _kind(place: Place) -> str:
    if not place.node.is_outcome:
        return "question"
    return "urgent" if place.node.outcome == "urgent" else "end"


def _box(place: Place) -> str:
    head = f"<B>{place.name}</B>{_BREAK}{_wrapped(place.words, bold=place.node.is_outcome)}"
    rows = [f'<TR><TD PORT="top" ALIGN="LEFT" CELLPADDING="7" WIDTH="{WIDTH}">{head}</TD></TR>']
    rows += [
        f'<TR><TD PORT="r{row}" ALIGN="LEFT" CELLPADDING="5">{_wrapped(option.label)}</TD></TR>'
        for row, option in enumerate(place.node.options)
    ]
    return f'<TABLE BORDER="0" CELLBORDER="1" CELLSPACING="0">{"".join(rows)}</TABLE>'


_BREAK = '<BR ALIGN="LEFT"/>'


def _wrapped(text: str, bold: bool = False) -> str:
    """Words of the corpus in lines of one width, each escaped, each ended so that it stands at the left."""
    lines = [escape(line) for line in textwrap.wrap(text, LINE - 2 if bold else LINE)]
    return "".join(f"{f'<B>{line}</B>' if bold else line}{_BREAK}" for line in lines)
