"""Walk-throughs: one YAML file is one pathway; `walk` replays a person's answers through it and says where they are.

Chat and plain pages use the same function. Nothing but the pathway's id and the list of answers is ever stored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from guidance.records import Audience, Need, Record, convert
from guidance.yaml_files import ContentError, read_yaml

Fact = Literal["area", "happened", "audience", "allocated"]
# Chapters on which nearly every walk-through rests: they tell what it is about no better than "a child" does.
GENERAL = frozenset(["responding-to-concerns", "thresholds", "initial-action-on-referral", "information-sharing"])
Topic = Literal["worry", "harm", "mind", "family", "reporting", "worker", "place", "death"]


class PathwayError(Exception):
    """An answer does not belong to the question that is open."""


class Option(Record, frozen=True):
    """One answer. `also` holds other words for it, so that a typed answer can be matched."""

    id: str
    label: str
    next: str
    also: tuple[str, ...] = ()


class Node(Record, frozen=True):
    """A question (`ask` and options) or an outcome (`outcome` and `say`).

    say        what to do, shown before the question or as the outcome
    fact       the option ids of this question are values of this fact; a fact already known is not asked again. `happened` is the area where
               something took place, `area` the one where the child lives: the numbers shown follow the first where both are known
    numbers    needs for which the right numbers for area, audience and time are shown
    timescales deadlines that start when this is shown
    """

    ask: str | None = None
    why: str | None = None
    options: tuple[Option, ...] = ()
    outcome: str | None = None
    say: str | None = None
    fact: Fact | None = None
    numbers: tuple[Need, ...] = ()
    contacts: tuple[str, ...] = ()
    timescales: tuple[str, ...] = ()
    source: tuple[str, ...] = ()

    @property
    def is_outcome(self) -> bool:
        return self.outcome is not None

    @property
    def asks_place(self) -> bool:
        return self.fact in ("area", "happened")


class Pathway(Record, frozen=True):
    """One walk-through.

    topic  under which heading the page of walk-throughs lists it
    about  'child': somebody may be in danger, so the first question asks; 'process': a matter of procedure, whose first screen prints the 999 line
    needs  whose numbers are given for a question on this matter that the procedures do not answer
    general_advice  False where what the general chapters say, such as to talk to the parents first, may do harm: what is asked on the way is then
           answered from the chapters that this is about
    asked  what people say who need it, in their own words: how a conversation finds the walk-through to offer
    """

    id: str
    title: str
    summary: str
    audience: tuple[Audience, ...]
    topic: Topic
    asked: tuple[str, ...]
    start: str
    nodes: dict[str, Node]
    about: Literal["child", "process"] = "child"
    general_advice: bool = True
    needs: tuple[Need, ...] = ("report-concern",)

    def chapter_shares(self) -> dict[str, float]:
        """The share of its questions and ends that rest on each chapter."""
        rests = [{source.partition("#")[0] for source in node.source} for node in self.nodes.values()]
        return {chapter: sum(chapter in one for one in rests) / len(rests) for chapter in set().union(*rests)}

    @property
    def chapters(self) -> frozenset[str]:
        """The chapters that it is about; none where it rests on general ones alone."""
        return self._main_chapters() - GENERAL

    @property
    def advice(self) -> frozenset[str]:
        """The chapters from which what is asked on the way may be answered."""
        return self._main_chapters() if self.general_advice else self.chapters

    def _main_chapters(self) -> frozenset[str]:
        shares = self.chapter_shares()
        return frozenset(chapter for chapter, share in shares.items() if share >= max(shares.values()) / 2)


@dataclass(frozen=True, slots=True)
class Answered:
    """One question already answered."""

    node: str
    ask: str
    option: str
    label: str


@dataclass(frozen=True, slots=True)
class Step:
    """Where a walk stands: the node to show, what was answered before it, and the facts learnt on the way."""

    pathway: Pathway
    node_id: str
    node: Node
    answered: tuple[Answered, ...]
    facts: Mapping[str, str]
    restarted: bool = False


def read_pathway(path: Path) -> Pathway:
    """Read one pathway file and check that it is a walk that ends.

    raises  ContentError: a next leads nowhere, a node is unreachable, a path does not end, an outcome has options ...
    """
    data = read_yaml(path)
    pathway = convert(data, Pathway, path)
    if pathway.id != path.stem:
        raise ContentError(path, 1, f"the id '{pathway.id}' is not the file's name", f"write id: {path.stem}")
    lines = {name: getattr(node, "line", None) for name, node in data["nodes"].items()}
    _check_nodes(path, pathway, lines)
    _check_paths(path, pathway, lines)
    return pathway


def _check_nodes(path: Path, pathway: Pathway, lines: dict[str, int | None]) -> None:
    if pathway.start not in pathway.nodes:
        raise ContentError(
            path, 1, f"start is '{pathway.start}', which is not a node", "name the first question's node"
        )
    for name, node in pathway.nodes.items():
        if node.is_outcome == bool(node.ask):
            raise ContentError(
                path,
                lines[name],
                f"node '{name}' must either ask a question or be an outcome",
                "give it 'ask' and options, or 'outcome' and 'say'",
            )
        if node.is_outcome and node.options:
            raise ContentError(
                path, lines[name], f"outcome '{name}' has options", "an outcome ends the walk-through; delete them"
            )
        if node.is_outcome and not node.say:
            raise ContentError(path, lines[name], f"outcome '{name}' says nothing", "write what to do under 'say'")
        if not node.is_outcome and len(node.options) < 2:
            raise ContentError(path, lines[name], f"question '{name}' needs at least two options")
        if not node.source:
            raise ContentError(path, lines[name], f"node '{name}' has no source", "write source: [chapter-id#anchor]")
        ids = [option.id for option in node.options]
        for option in node.options:
            if ids.count(option.id) > 1:
                raise ContentError(path, lines[name], f"node '{name}' has the option '{option.id}' twice")
            if option.next not in pathway.nodes:
                raise ContentError(
                    path,
                    lines[name],
                    f"option '{option.id}' leads to '{option.next}', which is not a node",
                    "correct 'next'",
                )


def _check_paths(path: Path, pathway: Pathway, lines: dict[str, int | None]) -> None:
    reached: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        if name in trail:
            raise ContentError(
                path,
                lines[name],
                f"the walk goes in a circle: {' -> '.join((*trail, name))}",
                "lead one of the options elsewhere",
            )
        reached.add(name)
        for option in pathway.nodes[name].options:
            visit(option.next, (*trail, name))

    visit(pathway.start, ())
    lost = [name for name in pathway.nodes if name not in reached]
    if lost:
        raise ContentError(
            path, lines[lost[0]], f"no answer leads to '{lost[0]}'", "lead an option there, or delete it"
        )


def walk(pathway: Pathway, answers: Sequence[str], known: Mapping[str, str] | None = None) -> Step:
    """Replay the answers from the start and return the step that comes next.

    answers  option ids, in the order they were chosen
    known    facts learnt elsewhere in the conversation; a question about one of them is answered by itself, after the answers run out
    returns  a Step; `restarted` is True if an answer no longer fits (the file has changed), and then the walk stands at its start
    """
    facts: dict[str, str] = {}
    answered: list[Answered] = []
    node_id = pathway.start
    queue = list(answers)
    while True:
        node = pathway.nodes[node_id]
        if node.is_outcome:
            return Step(pathway, node_id, node, tuple(answered), facts)
        choice = queue.pop(0) if queue else (known or {}).get(node.fact or "")
        option = next((o for o in node.options if o.id == choice), None)
        if option is None:
            if len(answered) < len(answers):
                return Step(pathway, pathway.start, pathway.nodes[pathway.start], (), {}, restarted=True)
            return Step(pathway, node_id, node, tuple(answered), facts)
        answered.append(Answered(node_id, node.ask or "", option.id, option.label))
        if node.fact:
            facts[node.fact] = option.id
        node_id = option.next


def choose(step: Step, option_id: str) -> list[str]:
    """The list of answers after choosing an option of this step.

    raises  PathwayError: the open question has no such option
    """
    if all(option.id != option_id for option in step.node.options):
        raise PathwayError(f"'{option_id}' is not an answer to '{step.node_id}'")
    return [*(a.option for a in step.answered), option_id]


def back(step: Step) -> list[str]:
    """The list of answers with the last one taken away; a question answered by itself is taken away too."""
    return [a.option for a in step.answered[:-1]]


def to_mermaid(pathway: Pathway) -> str:
    """The pathway as a Mermaid flowchart: questions, labelled arrows, outcomes."""

    def words(text: str) -> str:
        return text.strip().splitlines()[0].replace('"', "'").replace("[", "(").replace("]", ")")

    lines = ["flowchart TD"]
    for name, node in pathway.nodes.items():
        lines.append(
            f'  {name}(["{words(node.say or "")}"])' if node.is_outcome else f'  {name}["{words(node.ask or "")}"]'
        )
        lines += [f'  {name} -->|"{words(option.label)}"| {option.next}' for option in node.options]
    return "\n".join(lines) + "\n"
