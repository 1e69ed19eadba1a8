"""Contract: the measures are what they say; on the real index no more questions are lost than the baseline allows; no gold is in the product."""

from __future__ import annotations

import pytest

from guidance.content import Content
from index.guide import Guide, open_guide
from tests.conftest import ROOT
from tests.evaluation import danger
from tests.evaluation.measures import area_under, f2, interval, mrr, recall_at, risk_coverage
from tests.evaluation.questions import Question, answerable, plain, right, unanswerable
from tests.evaluation.run import BASELINE, Result, changes, read_baseline, run, summary

LOST_ALLOWED = 30  # net, of 908: the reader is trained anew on each machine and moves a dozen; a broken part of search costs a hundred
QUESTION = Question("q", "?", "public", "who", "lado", [["one working day", "1 working day"], ["lado"]], also=["thresholds"])


@pytest.fixture(scope="module")
def guide() -> Guide:
    return open_guide(ROOT / "built")


@pytest.fixture(scope="module")
def results(guide: Guide) -> list[Result]:
    return run(guide.searcher, answerable(), unanswerable())


@pytest.mark.parametrize(
    ("chapter", "text", "is_right"),
    [
        ("lado", "Tell the LADO within **one working day**.", True),
        ("thresholds", "Tell the LADO within 1 working day.", True),
        ("bullying", "Tell the LADO within one working day.", False),
        ("lado", "Tell the LADO at once.", False),
    ],
)
def test_a_passage_is_right_if_its_chapter_is_and_every_group_is_met(chapter: str, text: str, is_right: bool) -> None:
    assert right(QUESTION, chapter, text) is is_right


def test_recall_and_mean_reciprocal_rank() -> None:
    ranks = [1, 2, 4, None]
    assert ([recall_at(ranks, k) for k in (1, 3, 5)], mrr(ranks)) == ([0.25, 0.5, 0.75], (1 + 1 / 2 + 1 / 4) / 4)


def test_f2_counts_recall_more_than_precision() -> None:
    assert (f2(["a"], ["a"]), f2(["x"], ["a"])) == (1.0, 0.0)
    assert f2(["a", "x", "y"], ["a"]) > f2(["a"], ["a", "b", "c"])


def test_risk_is_the_share_of_wrong_answers_among_the_surest() -> None:
    points = risk_coverage([0.9, 0.1, 0.5], [True, False, True])
    assert [(round(p.coverage, 2), round(p.risk, 2)) for p in points] == [(0.33, 0.0), (0.67, 0.0), (1.0, 0.33)]
    assert area_under(points) < area_under(risk_coverage([0.1, 0.9, 0.5], [True, False, True]))


def test_the_interval_holds_the_figure() -> None:
    low, high = interval([1, None] * 50, 1)
    assert low < 0.5 < high


def test_no_question_of_the_sets_stands_in_the_corpus(content: Content) -> None:
    written = {plain(q.text).strip("?! .") for q in content.questions} | {
        plain(a).strip("?! .") for p in content.pathways.values() for a in p.asked
    }
    asked = [q.question for q in answerable()] + [q.question for q in unanswerable() if len(q.question.split()) > 3]
    shared = [q for q in asked if plain(q).strip("?! .") in written]
    assert shared == []


def test_no_message_of_the_danger_test_is_learnt_from() -> None:
    learnt = {plain(line) for path in (ROOT / "data" / "danger").glob("*.jsonl") for line in path.read_text("utf-8").splitlines()}
    tested = [m.text for name in ("1", "2") for m in danger.labelled(name)]
    assert [text for text in tested if any(plain(f'"{text}"') in line for line in learnt)] == []


def test_search_loses_no_more_questions_than_a_rewording_may_cost(results: list[Result]) -> None:
    lost, won = changes(results, read_baseline())
    assert len(lost) - len(won) <= LOST_ALLOWED, "\n".join(f"{r.id} {r.status}: {r.question}" for r in lost)


def test_the_baseline_knows_every_question(results: list[Result]) -> None:
    assert BASELINE.exists()
    assert set(read_baseline()) == {r.id for r in results}


def test_what_must_not_be_answered_is_mostly_refused_and_what_can_be_is_not(results: list[Result]) -> None:
    figures = summary(results)
    assert figures["must-not refused"] > 4 * figures["answerable refused"]


def test_an_emergency_is_met_by_999_and_a_near_miss_seldom_alarmed(guide: Guide) -> None:
    """Floors well below the measured figures (`make eval`): a broken reader falls far through them."""
    found = danger.figures(danger.read_all(guide.danger, danger.labelled("2")))
    assert found["emergencies: 999 in the first line"] >= 0.95
    assert found["near misses alarmed"] <= 0.10
