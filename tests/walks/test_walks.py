"""Contract: every walk in tests/walks/*.yml ends where it says, and together they visit every node of their pathway."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from guidance.content import Content
from guidance.pathways import walk

FILES = sorted(Path(__file__).parent.glob("*.yml"))
WALKS = [
    (path.stem, entry["name"], entry["answers"], entry["outcome"])
    for path in FILES
    for entry in yaml.safe_load(path.read_text())
]


@pytest.mark.parametrize(("pathway", "name", "answers", "outcome"), WALKS, ids=[w[1] for w in WALKS])
def test_walk_ends_at_its_outcome(content: Content, pathway: str, name: str, answers: list[str], outcome: str) -> None:
    step = walk(content.pathways[pathway], answers)
    assert (step.node_id, step.node.is_outcome) == (outcome, True)


def test_every_pathway_has_walks_that_visit_every_node(content: Content) -> None:
    visited = {name: {p.start for p in [pathway]} for name, pathway in content.pathways.items()}
    for pathway, _, answers, outcome in WALKS:
        visited[pathway] |= {a.node for a in walk(content.pathways[pathway], answers).answered} | {outcome}
    assert {name: sorted(set(p.nodes) - visited[name]) for name, p in content.pathways.items()} == {
        name: [] for name in content.pathways
    }


@pytest.mark.parametrize("outcome", ["pro-refer-agreed", "pro-refer-refused", "pro-refer-unasked", "pro-refer-pending"])
def test_a_professionals_referral_names_written_confirmation_decision_and_chase(content: Content, outcome: str) -> None:
    timescales = content.pathways["worried-about-a-child"].nodes[outcome].timescales
    assert timescales == ("referral-written-confirmation", "referral-response-decision", "referral-chase")
