"""Contract: a walk is replayed from its answers; a file that does not make a whole walk is refused with file, line and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from guidance.content import Content
from guidance.pathways import Pathway, PathwayError, back, choose, read_pathway, to_mermaid, walk
from guidance.yaml_files import ContentError

GOOD = """id: test
title: Test
summary: A test
asked: []
audience: [public]
topic: worry
start: first
nodes:
  first:
    ask: First?
    options:
    - {id: left, label: Left, next: second}
    - {id: right, label: Right, next: end}
    source: [a#b]
  second:
    ask: Where?
    fact: area
    options:
    - {id: cambridgeshire, label: C, next: end}
    - {id: peterborough, label: P, next: end}
    source: [a#b]
  end: {outcome: done, say: The end., source: [a#b]}
"""


def read(folder: Path, text: str) -> Pathway:
    (folder / "test.yml").write_text(text)
    return read_pathway(folder / "test.yml")


def test_walk_stands_at_the_first_question_without_answers(tmp_path: Path) -> None:
    assert walk(read(tmp_path, GOOD), []).node_id == "first"


def test_walk_answers_a_question_by_itself_when_the_fact_is_known(tmp_path: Path) -> None:
    step = walk(read(tmp_path, GOOD), ["left"], {"area": "peterborough"})
    assert (step.node_id, step.facts) == ("end", {"area": "peterborough"})


def test_walk_restarts_when_an_answer_no_longer_fits(tmp_path: Path) -> None:
    step = walk(read(tmp_path, GOOD), ["gone"])
    assert (step.node_id, step.restarted) == ("first", True)


def test_choose_refuses_an_option_of_another_question(tmp_path: Path) -> None:
    with pytest.raises(PathwayError, match="peterborough"):
        choose(walk(read(tmp_path, GOOD), []), "peterborough")


def test_back_takes_away_the_last_answer(tmp_path: Path) -> None:
    assert back(walk(read(tmp_path, GOOD), ["left", "peterborough"])) == ["left"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("next: second}", "next: secnd}", "'secnd', which is not a node"),
        ("next: second}", "next: end}", "no answer leads to 'second'"),
        ("id: peterborough, label: P, next: end}", "id: peterborough, label: P, next: first}", "goes in a circle"),
        ("start: first", "start: frist", "start is 'frist'"),
        ("    - {id: right, label: Right, next: end}\n", "", "at least two options"),
        ("say: The end., source: [a#b]", "source: [a#b]", "says nothing"),
        ("    fact: area\n", "    fact: area\n    outcome: x\n", "must either ask a question or be an outcome"),
        ("say: The end., source: [a#b]", "say: The end.", "has no source"),
        ("title: Test\n", "title: Test\ntitle: Again\n", "'title' stands here twice"),
        ("summary: A test\n", "sumary: A test\n", "sumary"),
    ],
)
def test_a_broken_pathway_is_refused_with_its_file_and_fault(tmp_path: Path, old: str, new: str, words: str) -> None:
    with pytest.raises(ContentError, match=words) as caught:
        read(tmp_path, GOOD.replace(old, new))
    assert "test.yml:" in str(caught.value)


def test_the_graph_names_every_question_and_labels_every_arrow(content: Content) -> None:
    pathway = content.pathways["worried-about-a-child"]
    arrows = sum(len(node.options) for node in pathway.nodes.values())
    assert to_mermaid(pathway).count("-->|") == arrows
