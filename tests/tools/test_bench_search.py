"""Contract: a search's figures follow from what it found, and a page and picture can be made of them. No peer, model or network is needed."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

import index.search
from tools import bench_peers, bench_search, index_scale, search_figures
from tools.progress import SetupError
from tools.search_figures import OWN_INDEX, System

OURS = System("ours", OWN_INDEX, [1, 1, 2, None], [1.0, 2.0, 3.0, 4.0])
PEER = System("a peer & more", "texts", [1, None, None, 3], [10.0, 20.0, 30.0, 40.0])
GROUPS = [{"kind": "phone"}] * 4
NOT_RIGHT = "neither"


def test_fusion_puts_a_passage_of_both_rankings_before_the_first_of_either() -> None:
    assert bench_peers.fuse([[7, 3, 5], [9, 3]])[0] == 3


def test_fusion_of_one_ranking_leaves_its_order() -> None:
    assert bench_peers.fuse([[4, 2, 8]]) == [4, 2, 8]


def test_fusion_counts_ranks_from_one_with_sixty_added() -> None:
    # 1/61 is more than 1/62 and less than 2/70: a first place loses to two tenth places, and beats one second place
    one, other = [1, 2, *range(10, 17), 3], [4, 5, *range(20, 27), 3]
    assert bench_peers.fuse([one, other])[:3] == [3, 1, 4]


def test_entries_stand_after_the_text_of_their_passage() -> None:
    made = bench_peers.entries("texts and questions", ["a text", "b text"], [["a?", "aa?"], []])
    assert (made.texts, made.owners.tolist()) == (["a text", "a?", "aa?", "b text"], [0, 0, 0, 1])


def test_texts_alone_have_no_questions_among_their_entries() -> None:
    assert bench_peers.entries("texts", ["a", "b"], []).texts == ["a", "b"]


def test_a_passage_found_by_several_entries_keeps_its_best_place_only() -> None:
    assert bench_peers.to_passages(np.array([5, 2, 5, 1, 2])) == [5, 2, 1]


def test_everybody_is_asked_everything_once_and_in_order() -> None:
    heard: list[str] = []

    def echo(question: str) -> list[str]:
        heard.append(question)
        return [question, "second", "third"]

    questions = [f"q{n}" for n in range(bench_peers.BLOCK + 3)]
    rows, ms = bench_peers.ask_all({("echo", "texts"): echo}, questions, ["warm"], 2, lambda line: None)["echo", "texts"]
    assert (heard, rows[-1], len(ms)) == (["warm", *questions], [questions[-1], "second"], len(questions))


def test_a_connection_ends_the_run_of_the_peers() -> None:
    with pytest.raises(RuntimeError, match="wanted the network"):
        bench_peers.refuse_network("socket.connect", (None, ("127.0.0.1", 80)))


def test_vectors_of_an_earlier_run_are_not_made_again(tmp_path: Path) -> None:
    made: list[str] = []

    def embed(texts: list[str]) -> np.ndarray:
        made.extend(texts)
        return np.array([[len(text)] for text in texts])

    bench_peers.embed_once(["a", "bbb", "a"], embed, tmp_path / "vectors.npz")
    vectors = bench_peers.embed_once(["cc", "bbb"], embed, tmp_path / "vectors.npz")
    assert (made, vectors.tolist()) == (["a", "bbb", "cc"], [[2.0], [3.0]])


def test_a_rank_is_the_place_of_the_first_right_passage() -> None:
    assert search_figures.rank_of(["x", "y", "z"], {"z", "y"}) == 2


def test_there_is_no_rank_where_no_right_passage_is_shown() -> None:
    assert search_figures.rank_of(["x"], {NOT_RIGHT}) is None


def test_an_interval_stands_about_its_mean_and_narrows_with_more_questions() -> None:
    few, many = (search_figures.mean_interval(np.array([0.0, 1.0] * n)) for n in (10, 1000))
    assert few[0] == many[0] == 0.5
    assert few[1] < many[1] < 0.5 < many[2] < few[2]


def test_an_interval_of_equal_values_is_that_value() -> None:
    assert search_figures.mean_interval(np.ones(9)) == (1.0, 1.0, 1.0)


def test_the_report_names_the_best_peer_and_the_paired_difference() -> None:
    better = System("better peer", "texts", [1, 2, None, None], [5.0] * 4)
    said = search_figures.report([OURS, better, PEER], GROUPS)
    assert "the best peer on R@3 (better peer, texts), question by question: +0.250" in said


def test_the_report_says_worse_when_ours_is_worse() -> None:
    ours, peer = System("ours", OWN_INDEX, [None] * 9, [1.0] * 9), System("peer", "texts", [1] * 9, [1.0] * 9)
    assert "-1.000 (95%: -1.000 to -1.000); worse" in search_figures.report([ours, peer], [{}] * 9)


def test_the_comparison_counts_what_only_one_of_two_has() -> None:
    row = search_figures.comparison(OURS, [PEER], GROUPS).splitlines()[-1]
    assert "| 1 / 2 |" in row


def test_a_group_of_few_questions_is_not_spoken_of() -> None:
    many = [{"kind": "many", "style": "few"}] * search_figures.LEAST_IN_GROUP
    many[0] = {"kind": "many", "style": "other"}
    assert [name for name, _, _ in search_figures.by_group(np.ones(len(many)), many)] == ["kind: many"]


def test_the_picture_is_well_formed_and_shows_every_system() -> None:
    drawn = ElementTree.fromstring(search_figures.svg([OURS, PEER]))
    said = [text.text or "" for text in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert [s.name for s in (OURS, PEER) if not any(one.startswith(s.name) for one in said)] == []


def test_points_of_the_picture_lie_in_its_plot() -> None:
    circles = list(ElementTree.fromstring(search_figures.svg([OURS, PEER])).iter("{http://www.w3.org/2000/svg}circle"))
    places = [(float(c.get("cx", "-1")), float(c.get("cy", "-1"))) for c in circles]
    inside = [search_figures.LEFT <= x <= search_figures.RIGHT and search_figures.TOP <= y <= search_figures.BOTTOM for x, y in places]
    assert inside == [True, True]


def test_only_the_section_of_a_page_is_replaced() -> None:
    page = "before\n<!-- scale: made by its tool -->\nold\n<!-- end of scale -->\nafter"
    assert search_figures.put_between(page, "scale", r"new \1") == page.replace("old", r"new \1")


def test_a_page_without_the_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="lacks the marks"):
        search_figures.put_between("a page", "scale", "new")


def test_the_page_has_the_marks_of_both_tools() -> None:
    page = bench_search.PAGE.read_text(encoding="utf-8")
    assert [s for s in ("search", "scale") if f"<!-- {s}: made by its tool -->" not in page or f"<!-- end of {s} -->" not in page] == []


def test_refusals_are_off_only_within() -> None:
    with bench_search.refusals_off():
        within = index.search.verdict(-99.0)
    assert (within, index.search.verdict(-99.0)) == ("answered", "none")


def test_another_order_without_refusals_is_an_error() -> None:
    with pytest.raises(SetupError, match="another order"):
        bench_search.check_same_order([["a", "b"]], [["b"]])


def test_a_refusal_may_show_fewer_passages() -> None:
    bench_search.check_same_order([["a", "b"], ["c"]], [["a"], []])


def test_two_halves_become_the_list_that_they_were_cut_from() -> None:
    whole = list(range(7))
    assert bench_search.alternate(whole[::2], whole[1::2]) == whole


def test_the_peers_have_the_pytorch_of_the_app() -> None:
    from tools.stamps import APP, pinned

    assert pinned(bench_search.PEERS.requirements_file)["torch"] == pinned(APP.requirements_file)["torch"]


def test_the_lock_of_the_peers_names_no_place() -> None:
    from tools.locks import portable

    text = bench_search.PEERS.requirements_file.read_text(encoding="utf-8")
    assert portable(text, "requirements/peers.txt") == text


def test_simulated_vectors_have_length_one_and_resemble_the_real_ones() -> None:
    random = np.random.default_rng(5)
    real = random.standard_normal((50, 12), np.float32) + 3
    real /= np.linalg.norm(real, axis=1, keepdims=True)
    made = index_scale.simulate(real, 200)
    assert np.allclose(np.linalg.norm(made, axis=1), 1, atol=1e-5)
    assert (made @ real.T).max(axis=1).min() > 0.8


def test_recall_is_the_share_of_the_true_nearest_that_was_found() -> None:
    assert index_scale.recall(np.array([[1, 2], [3, 9]]), np.array([[2, 1], [3, 4]])) == 0.75


@pytest.mark.parametrize("kind", index_scale.KINDS)
def test_every_kind_of_index_is_built_and_tuned(kind: str, tmp_path: Path) -> None:
    random = np.random.default_rng(3)
    vectors = random.standard_normal((400, 16), np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    np.save(tmp_path / "vectors.npy", vectors)
    np.save(tmp_path / "queries.npy", vectors[:220])
    index_scale.answer_exactly(tmp_path)
    index_scale.divide(tmp_path)
    measured = index_scale.measure(tmp_path, kind, index_scale.build(tmp_path, kind))
    assert (measured.recall > 0.6, len(measured.ms[1])) == (True, 20)
