"""Contract: questions and ends are numbered once, nearest to the start first; an end is called by the first thing to do."""

from __future__ import annotations

import pytest

from guidance.content import Content
from guidance.pathway_outline import headline, outline
from guidance.pathways import Node


def test_every_node_has_one_name_and_the_start_is_question_1(content: Content) -> None:
    for pathway in content.pathways.values():
        places, by_id = outline(pathway)
        assert (places[0].node_id, places[0].name, {p.node_id for p in places}, len({p.key for p in places})) == (pathway.start, "Question 1", set(pathway.nodes), len(pathway.nodes))
        assert all(by_id[p.node_id] is p for p in places)


@pytest.mark.parametrize(
    ("say", "first"),
    [
        ("**Ring 999 now** for the police.\n\nThen tell them.", "Ring 999 now"),
        ("Ring the police. Then wait.", "Ring the police."),
        ("Is it **very** bad? Ring.", "Is it very bad?"),
    ],
)
def test_an_end_is_called_by_its_first_words(say: str, first: str) -> None:
    assert headline(Node(outcome="done", say=say)) == first
