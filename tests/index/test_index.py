"""Contract: every passage can be found and is the corpus's own words; an index that does not match model, corpus or code is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from guidance.content import Content
from index.embedder import open_embedder
from index.passages import NOT_HELD, plain, rows, sentences
from index.search import Searcher
from index.store import IndexNotReady, load, publish
from tests.conftest import ROOT, SMALL_CHAPTERS, FakeEmbedder


@pytest.fixture(scope="module")
def small(content: Content) -> Content:
    """Three chapters with their questions: enough to build an index in a moment."""
    chapters = {name: content.chapters[name] for name in SMALL_CHAPTERS}
    questions = tuple(q for q in content.questions if q.section.partition("#")[0] in chapters)
    return replace(content, chapters=chapters, questions=questions)


@pytest.fixture
def home(small: Content, tmp_path: Path, embedder: FakeEmbedder) -> Path:
    wanted = rows(small)
    publish(tmp_path, wanted, embedder.encode([r.text for r in wanted]), "corpus-1", FakeEmbedder.info)
    return tmp_path


def test_every_section_has_text_sentences_and_questions_in_the_index(small: Content) -> None:
    kinds = {(r.passage, r.kind) for r in rows(small)}
    assert all({(s.id, "text"), (s.id, "question")} <= kinds for s in small.sections())


def test_chapters_that_are_not_held_have_rows(small: Content) -> None:
    assert any(r.passage == f"{NOT_HELD}bruising-pre-mobile-babies" for r in rows(small))


def test_a_sentence_row_points_at_its_own_words(small: Content) -> None:
    wrong = [
        r
        for r in rows(small)
        if r.kind == "sentence" and plain(small.section(r.passage).text[r.start : r.end]) != r.text
    ]  # type: ignore[union-attr]
    assert wrong == []


def test_sentences_are_cut_at_list_items_and_full_stops() -> None:
    text = "Ring the council now please. Then write it all down.\n\n- first item of the list\n- second item of the list"
    assert [text[a:b] for a, b in sentences(text)] == [
        "Ring the council now please.",
        "Then write it all down.",
        "first item of the list",
        "second item of the list",
    ]


def test_a_published_index_is_loaded_as_it_was_written(small: Content, home: Path) -> None:
    assert list(load(home, "corpus-1", FakeEmbedder.info).rows) == rows(small)


@pytest.fixture(scope="module")
def searcher(content: Content) -> Searcher:
    """The real index over the real corpus."""
    built = ROOT / "built"
    real = open_embedder(built / "model")
    return Searcher(content, load(built / "index", content.sha256, real.info), real.encode)


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("how quickly do I have to tell the LADO?", "lado#who-to-tell"),
        ("baby cant crawl yet and has a bruise", "significant-harm#bruises-on-a-baby"),
        ("do i have to give my name if i report my neighbour", "responding-to-concerns#stay-anonymous"),
    ],
)
def test_a_question_in_other_words_finds_its_section_first(searcher: Searcher, question: str, passage: str) -> None:
    assert searcher.search(question).hits[0].section.id == passage


def test_a_question_about_a_chapter_that_is_not_held_says_so(searcher: Searcher) -> None:
    result = searcher.search("bruising in pre-mobile babies protocol")
    assert (result.status, result.not_held and result.not_held.number) == ("not_held", "1.4.10")


def test_a_question_about_something_else_finds_no_passage(searcher: Searcher) -> None:
    assert searcher.search("recipe for lasagne").status == "no_passage"


def test_the_best_sentence_stands_in_its_section(searcher: Searcher) -> None:
    hit = searcher.search("how quickly do I have to tell the LADO?").hits[0]
    assert "before any further investigation" in hit.section.text[slice(*hit.best)]  # type: ignore[misc]


def test_an_empty_question_finds_nothing(small: Content, home: Path, embedder: FakeEmbedder) -> None:
    assert Searcher(small, load(home), embedder.encode).search("  ").status == "no_passage"


def test_a_question_near_nothing_finds_nothing(small: Content, home: Path) -> None:
    far = Searcher(small, load(home), lambda texts: np.full((len(texts), 16), -0.25, np.float32))
    assert far.search("anything").status == "no_passage"


def test_no_index_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(IndexNotReady, match="make index"):
        load(tmp_path)


def test_an_index_of_another_corpus_is_refused(home: Path) -> None:
    with pytest.raises(IndexNotReady, match="procedures have changed"):
        load(home, "corpus-2")


def test_an_index_of_another_model_is_refused(home: Path) -> None:
    with pytest.raises(IndexNotReady, match="another embedding model"):
        load(home, "corpus-1", {**FakeEmbedder.info, "name": "other"})


def test_an_index_of_other_code_is_refused(home: Path) -> None:
    manifest = next(home.glob("*/manifest.json"))
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "schema": 0}))
    with pytest.raises(IndexNotReady, match="other code"):
        load(home)


@pytest.mark.parametrize("name", ["rows.jsonl", "vectors.faiss"])
def test_a_damaged_file_is_refused(home: Path, name: str) -> None:
    path = next(home.glob(f"*/{name}"))
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(IndexNotReady, match=f"{name} is damaged"):
        load(home)


def test_a_failed_build_leaves_the_current_index_alone(small: Content, home: Path) -> None:
    before = (home / "current").read_text()
    with pytest.raises(IndexNotReady):
        publish(home, rows(small), np.zeros((3, 16), np.float32), "corpus-2", FakeEmbedder.info)
    assert ((home / "current").read_text(), sorted(home.glob("making-*"))) == (before, [])


def test_rollback_is_naming_an_older_build(small: Content, home: Path, embedder: FakeEmbedder) -> None:
    older = (home / "current").read_text()
    publish(home, rows(small), embedder.encode([r.text for r in rows(small)]), "corpus-2", FakeEmbedder.info)
    (home / "current").write_text(older)
    assert load(home).manifest["corpus_sha256"] == "corpus-1"
