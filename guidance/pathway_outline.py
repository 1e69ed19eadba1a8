"""A walk-through as a whole: its questions and ends, numbered once, so that its flowchart and the list beside it name them alike.

Used by the page of a walk-through's flowchart and by tools/charts.py, which draws it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from guidance.pathways import Node, Pathway

_BOLD_START = re.compile(r"\*\*(.+?)\*\*")
_SENTENCE = re.compile(r"(?<=[.?!])\s")


@dataclass(frozen=True, slots=True)
class Place:
    """One question or end. `name` is what is shown: "Question 2", "End 5"; `key` names it within the page."""

    node_id: str
    node: Node
    name: str
    key: str

    @property
    def words(self) -> str:
        """The question, or the first thing to do."""
        return self.node.ask or headline(self.node)


def outline(pathway: Pathway) -> tuple[tuple[Place, ...], dict[str, Place]]:
    """Every question and end, nearest to the start first.

    returns  the places in order, questions and ends mixed; and the same by node id
    """
    order = [pathway.start]
    for name in order:
        order += [o.next for o in pathway.nodes[name].options if o.next not in order]
    order = list(dict.fromkeys(order))
    places: list[Place] = []
    counted = {"Question": 0, "End": 0}
    for name in order:
        node = pathway.nodes[name]
        kind = "End" if node.is_outcome else "Question"
        counted[kind] += 1
        places.append(Place(name, node, f"{kind} {counted[kind]}", f"{kind.lower()}-{counted[kind]}"))
    return tuple(places), {place.node_id: place for place in places}


def headline(node: Node) -> str:
    """What an end says first, without Markdown: its words in bold if it begins with them, else its first sentence."""
    first = (node.say or "").strip().partition("\n")[0]
    bold = _BOLD_START.match(first)
    return bold[1] if bold else _SENTENCE.split(first.replace("**", ""))[0]
