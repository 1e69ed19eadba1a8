"""Contract: text, Word and PDF hold every word as it was told, in any script, as words and never as markup; they say that nothing was sent."""

from __future__ import annotations

import io
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from bot import summaries
from bot.documents import MAKERS
from bot.documents.lines import runs, runs_right_to_left
from guidance.content import Content
from tests.bot.told import ARABIC, FACTS, LITHUANIAN, MARKUP, OTHERS, POLISH, URDU, many_scripts, told
from tests.conftest import SATURDAY_NIGHT

NOTHING_SENT = "Nothing has been sent to anyone."
DUTY_TEAM = "01733 234724"
DUE = "10.15pm on Sunday 29 November"


def shape(content: Content, **answers: str) -> dict[str, Any]:
    state = told(content, **answers) if answers else many_scripts(content)
    found = summaries.summary(content, state, FACTS, SATURDAY_NIGHT)
    assert found is not None
    return found


def text_of(kind: str, summary: dict[str, Any]) -> str:
    """The document's words as another program reads them, spaces made even."""
    file = MAKERS[kind][1](summary)
    if kind == "txt":
        found = file.decode("utf-8")
    elif kind == "docx":
        found = "\n".join(p.text for p in Document(io.BytesIO(file)).paragraphs)
    else:
        found = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(file)).pages)
    return " ".join(found.split())


@pytest.mark.parametrize("kind", MAKERS)
@pytest.mark.parametrize("words", [POLISH, LITHUANIAN, NOTHING_SENT, DUTY_TEAM, DUE, "Still missing"])
def test_a_document_holds_names_with_accents_who_to_ring_and_when_it_is_due(
    content: Content, kind: str, words: str
) -> None:
    assert words.lower() in text_of(kind, shape(content)).lower()


@pytest.mark.parametrize("kind", ["txt", "docx"])
@pytest.mark.parametrize("words", [ARABIC, URDU, OTHERS, MARKUP])
def test_text_and_word_hold_any_script_and_any_sign_as_it_was_typed(content: Content, kind: str, words: str) -> None:
    assert words in text_of(kind, shape(content))


@pytest.mark.parametrize("name", [ARABIC, URDU])
def test_each_word_of_a_right_to_left_name_is_whole_in_the_pdf(content: Content, name: str) -> None:
    # pypdf reads the words of a right-to-left line in the order of the page; within a word the letters are in theirs
    found = text_of("pdf", shape(content)).split()
    assert [word for word in name.split() if word not in found] == []


def test_the_pdf_shapes_arabic_letters_that_join(content: Content) -> None:
    # as many glyphs as letters would mean that nothing was shaped: the lam-alif of "الأحمد" is one glyph
    file = MAKERS["pdf"][1](shape(content, child_name=ARABIC))
    fonts = {
        font["/BaseFont"] for page in PdfReader(io.BytesIO(file)).pages for font in page["/Resources"]["/Font"].values()
    }  # type: ignore[union-attr,index]
    assert any("NotoSansArabic" in str(name) for name in fonts)


def test_the_pdf_is_tagged_titled_and_in_english(content: Content) -> None:
    reader = PdfReader(io.BytesIO(MAKERS["pdf"][1](shape(content))))
    root = reader.trailer["/Root"]
    assert (root["/Lang"].lower(), root["/MarkInfo"]["/Marked"], reader.metadata.title) == (  # type: ignore[index,union-attr]
        "en-gb",
        True,
        "Summary for the call to children's social care",
    )


def test_a_letter_that_no_font_has_is_told_in_the_pdf(content: Content) -> None:
    assert "Some letters cannot be printed" in text_of("pdf", shape(content, child_name="𒀀𒀁"))


def test_a_word_without_end_stays_on_the_page(content: Content) -> None:
    file = MAKERS["pdf"][1](shape(content, worry="a" * 1900))
    assert len(PdfReader(io.BytesIO(file)).pages) <= 4


def test_right_to_left_words_are_marked_as_such_in_word(content: Content) -> None:
    document = Document(io.BytesIO(MAKERS["docx"][1](shape(content, child_name=f"{ARABIC} (Mohammed)"))))
    paragraph = next(p for p in document.paragraphs if ARABIC in p.text)
    marked = [(run.text.strip(), bool(run.font.rtl)) for run in paragraph.runs]
    assert (paragraph._p.pPr.find(qn("w:bidi")) is not None, marked) == (
        True,
        [(f"{ARABIC} (", True), ("Mohammed)", False)],
    )


def test_the_properties_of_a_word_document_say_nothing_about_anybody(content: Content) -> None:
    about = Document(io.BytesIO(MAKERS["docx"][1](shape(content)))).core_properties
    assert (about.author, about.last_modified_by, about.comments, about.title) == (
        "Waymark",
        "Waymark",
        "",
        "Summary for the call to children's social care",
    )


@pytest.mark.parametrize(
    ("text", "rtl", "pieces"),
    [
        ("Tomas", False, [("Tomas", False)]),
        (ARABIC, True, [(ARABIC, True)]),
        ("(6) דוד Tom", True, [("(6) דוד ", True), ("Tom", False)]),
        ("12", False, [("12", False)]),
        ("", False, []),
    ],
)
def test_a_text_is_cut_where_its_direction_changes(text: str, rtl: bool, pieces: list[tuple[str, bool]]) -> None:
    assert (runs_right_to_left(text), list(runs(text))) == (rtl, pieces)


@pytest.mark.parametrize("kind", MAKERS)
def test_a_document_without_answers_still_says_who_to_ring(content: Content, kind: str) -> None:
    found = text_of(kind, shape(content, call_made="No, not yet"))
    assert (DUTY_TEAM in found, "The call has not been made yet." in found) == (True, True)
