"""Contract: every passage can be found and is the corpus's own words; an index that does not match model, corpus or code is refused."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from guidance.content import Content
from index.build import HOME, check, embed
from index.embedder import open_embedder
from index.passages import NOT_HELD, OVERLAP_WORDS, plain, rows, sentences
from index.reader import open_reader
from index.search import Searcher
from index.store import Built, Embedded, IndexNotReady, builds, load, publish, rollback
from tests.conftest import ROOT, SMALL_CHAPTERS, FakeEmbedder


@pytest.fixture(scope="module")
def small(content: Content) -> Content:
    """Three chapters with their questions: enough to build an index in a moment."""
    chapters = {name: content.chapters[name] for name in SMALL_CHAPTERS}
    questions = tuple(q for q in content.questions if q.section.partition("#")[0] in chapters)
    return replace(content, chapters=chapters, questions=questions)


def made(content: Content, old: Built | None = None, embedder: FakeEmbedder | None = None) -> Embedded:
    return embed(content, old, embedder or FakeEmbedder(), lambda line: None)


def inside(texts: Sequence[str]) -> np.ndarray:
    """A reader that holds every question for one of the manual's own."""
    return np.full((len(texts), 5), -3.0)


@pytest.fixture
def home(small: Content, tmp_path: Path) -> Path:
    publish(tmp_path, made(small), "corpus-1", FakeEmbedder.info)
    return tmp_path


def test_every_section_has_text_questions_and_sentences_in_the_index(small: Content) -> None:
    kinds = {(r.passage, r.kind) for r in rows(small)} | {(m.passage, "sentence") for m in made(small).marks}
    assert all({(s.id, "text"), (s.id, "question"), (s.id, "sentence")} <= kinds for s in small.sections())


def test_the_rows_of_a_passage_stand_together(small: Content) -> None:
    order = [r.passage for r in rows(small)]
    assert [p for i, p in enumerate(order) if i == 0 or order[i - 1] != p] == list(dict.fromkeys(order))


def test_chapters_that_are_not_held_have_rows(small: Content) -> None:
    assert any(r.passage == f"{NOT_HELD}bruising-pre-mobile-babies" for r in rows(small))


def test_every_sentence_is_tied_to_the_words_that_it_begins_with(small: Content) -> None:
    index = made(small)
    texts = [word for row in index.rows for word in row.text.split()]
    for mark in index.marks:
        said = plain(small.section(mark.passage).text[mark.start : mark.end])  # type: ignore[union-attr]
        assert " ".join(texts[mark.first : mark.last]) in said
        assert mark.last - mark.first >= len(said.split()[:OVERLAP_WORDS]) - 2  # a sentence may begin or end between a word and its quotation mark
    cut = [span for section in small.searched_sections() for span in sentences(section.text)]
    assert len(index.marks) > 0.99 * len(cut)


def test_sentences_are_cut_at_list_items_and_full_stops() -> None:
    text = "Ring the council now please. Then write it all down.\n\n- first item of the list\n- second item of the list"
    assert [text[a:b] for a, b in sentences(text)] == [
        "Ring the council now please.",
        "Then write it all down.",
        "first item of the list",
        "second item of the list",
    ]


def test_a_published_index_is_loaded_as_it_was_written(small: Content, home: Path) -> None:
    built, written = load(home, "corpus-1", FakeEmbedder.info), made(small)
    assert (list(built.rows), list(built.marks)) == (written.rows, written.marks)
    assert np.array_equal(built.words, written.words)
    assert np.array_equal(built.vectors.reconstruct_n(0, len(built.rows)), written.vectors)


def test_texts_that_are_known_are_not_embedded_again(small: Content, home: Path) -> None:
    class Counting(FakeEmbedder):
        asked = 0

        def read(self, texts: Sequence[str]) -> tuple[np.ndarray, list[np.ndarray]]:
            self.asked += len(texts)
            return super().read(texts)

    counting = Counting()
    changed = replace(small, questions=(*small.questions[1:], replace(small.questions[0], text="a new question")))
    again = made(changed, load(home), counting)
    assert counting.asked == 1
    assert np.array_equal(again.vectors, made(changed).vectors)
    assert np.array_equal(again.words, made(changed).words)


@pytest.fixture(scope="module")
def searcher(content: Content) -> Searcher:
    """The real index over the real corpus."""
    built = ROOT / "built"
    real = open_embedder(built / "model")
    return Searcher(content, load(built / "index", content.sha256, real.info), real, open_reader(built / "reader").scores)


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("how quickly do I have to tell the LADO?", "lado#who-to-tell"),
        ("baby cant crawl yet and has a bruise", "significant-harm#bruises-on-a-baby"),
        ("do i have to give my name if i report my neighbour", "responding-to-concerns#stay-anonymous"),
    ],
)
def test_a_question_in_other_words_finds_its_section_among_the_first_two(searcher: Searcher, question: str, passage: str) -> None:
    assert passage in [hit.section.id for hit in searcher.search(question).hits[:2]]


def test_a_question_about_a_chapter_that_is_not_held_says_so(searcher: Searcher) -> None:
    result = searcher.search("bruising in pre-mobile babies protocol")
    assert (result.status, result.not_held and result.not_held.number) == ("not_held", "1.4.10")


def test_what_only_a_text_that_is_not_held_would_answer_names_that_text(searcher: Searcher) -> None:
    result = searcher.search("who chairs the core group and how often does it meet")
    assert (result.status, result.not_held and result.not_held.id) == ("not_held", "child-protection-plans")


def test_a_passage_that_answers_comes_before_a_text_that_is_not_held(searcher: Searcher) -> None:
    assert searcher.search("who chairs the transfer in conference when a child on a plan moves to us, and by when").status in ("answered", "weak")


def test_a_question_about_something_else_finds_no_passage(searcher: Searcher) -> None:
    assert searcher.search("recipe for lasagne").status == "no_passage"


@pytest.mark.parametrize(("word", "chapter"), [("bruise", "significant-harm"), ("dogs", "dangerous-dogs"), ("the bullying", "bullying")])
def test_a_bare_subject_is_shown_what_there_is_without_a_claim_to_answer(searcher: Searcher, word: str, chapter: str) -> None:
    found = searcher.search(word)
    assert (found.status, found.hits[0].section.chapter) == ("weak", chapter)


@pytest.mark.parametrize("word", ["pizza", "my neighbour", "and then"])
def test_a_bare_word_that_is_no_subject_finds_nothing(searcher: Searcher, word: str) -> None:
    assert searcher.search(word).status == "no_passage"


def test_the_best_sentence_stands_in_its_section(searcher: Searcher) -> None:
    hits = searcher.search("can we investigate before we ring the lado").hits
    hit = next(hit for hit in hits if hit.section.id == "lado#who-to-tell")
    assert "before any further investigation" in hit.section.text[slice(*hit.best)]  # type: ignore[misc]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("how long does an Assesment take", "how long does an assessment take"),
        ("safegaurding refferals", "safeguarding refferals"),
        ("a stratagy discussion", "a strategy discussion"),
        ("an uncle tickling her bothers me", "an uncle tickling her bothers me"),
        ("shaming the family, a brothel, injections", "shaming the family, a brothel, injections"),
        ("Wisbech and Jaydon", "Wisbech and Jaydon"),
    ],
)
def test_a_slip_is_put_right_and_a_right_word_left_alone(searcher: Searcher, typed: str, meant: str) -> None:
    assert searcher.rank(typed).question == meant


def test_a_misspelt_question_is_answered(searcher: Searcher) -> None:
    found = searcher.search("how long does an assesment take")
    assert (found.status, found.hits[0].section.chapter) == ("answered", "child-and-family-assessment")


def test_an_empty_question_finds_nothing(small: Content, home: Path, embedder: FakeEmbedder) -> None:
    assert Searcher(small, load(home), embedder, inside).search("  ").status == "no_passage"


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


@pytest.mark.parametrize("name", ["rows.jsonl", "marks.jsonl", "vectors.faiss", "words.npy", "word_starts.npy"])
def test_a_damaged_file_is_refused(home: Path, name: str) -> None:
    path = next(home.glob(f"*/{name}"))
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(IndexNotReady, match=f"{name} is damaged"):
        load(home)


def test_the_check_finds_the_index_that_make_built_sound() -> None:
    said: list[str] = []
    check(said.append)
    assert "sound" in said[-1]


@pytest.mark.parametrize("part", ["vectors", "words"])
def test_the_check_finds_vectors_that_belong_to_other_texts(part: str, content: Content, tmp_path: Path) -> None:
    built = load(HOME)
    vectors, words = built.vectors.reconstruct_n(0, len(built.rows)), built.words
    if part == "vectors":
        vectors = np.roll(vectors, 1, axis=0)
    else:
        words = np.roll(words, 1, axis=0)
    publish(tmp_path, Embedded(built.rows, vectors, words, built.word_starts, built.marks), content.sha256, built.manifest["embedder"])
    with pytest.raises(IndexNotReady, match="make index"):
        check(home=tmp_path)


def test_a_failed_build_leaves_the_current_index_alone(small: Content, home: Path) -> None:
    before = (home / "current").read_text()
    broken = replace(made(small), vectors=np.zeros((3, 16), np.float32))
    with pytest.raises(IndexNotReady):
        publish(home, broken, "corpus-2", FakeEmbedder.info)
    assert ((home / "current").read_text(), sorted(home.glob("making-*"))) == (before, [])


def test_rollback_names_an_older_build(small: Content, home: Path) -> None:
    older = (home / "current").read_text().strip()
    publish(home, made(small), "corpus-2", FakeEmbedder.info)
    rollback(home, older)
    assert (load(home).manifest["corpus_sha256"], builds(home)[0]) == ("corpus-1", older)


def test_rollback_to_a_build_that_is_gone_says_which_there_are(home: Path) -> None:
    with pytest.raises(IndexNotReady, match=(home / "current").read_text().strip()):
        rollback(home, "0000")


def test_old_builds_are_cleared_away_and_the_current_one_kept(small: Content, home: Path) -> None:
    everything = made(small)
    for number in range(7):
        publish(home, everything, f"corpus-{number}", FakeEmbedder.info)
    assert (len(builds(home)), load(home).manifest["corpus_sha256"]) == (5, "corpus-6")


def test_a_search_goes_on_while_the_index_is_built_anew(small: Content, home: Path, embedder: FakeEmbedder) -> None:
    """Readers search without a pause while builds are published; each answers as before, and the next one to open sees the new build."""
    searcher, question = Searcher(small, load(home), embedder, inside), small.questions[0].text
    before = [hit.section.id for hit in searcher.search(question).hits]
    everything, stop = made(small), threading.Event()
    answers: list[list[str]] = []

    def read() -> None:
        while not stop.is_set():
            answers.append([hit.section.id for hit in searcher.search(question).hits])

    readers = [threading.Thread(target=read) for _ in range(3)]
    for one in readers:
        one.start()
    for number in range(7):
        publish(home, everything, f"corpus-{number}", FakeEmbedder.info)
        load(home, f"corpus-{number}")
    stop.set()
    for one in readers:
        one.join()
    assert len(answers) > 3
    assert all(answer == before for answer in answers)
