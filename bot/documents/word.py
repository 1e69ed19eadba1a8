"""The referral summary as a Word document. Right-to-left words get Word's own marks, so that Arabic or Urdu names stand as they are written."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from bot.documents.lines import NO_BREAK, contact_line, deadline_line, runs, runs_right_to_left

INDENT = Cm(0.6)


def to_word(summary: dict[str, Any]) -> bytes:
    document = Document()
    _describe(document, summary)
    document.add_heading(summary["title"], 1)
    document.add_paragraph().add_run(summary["not_sent"]).bold = True
    document.add_heading(summary["contacts_heading"], 2)
    for contact in summary["contacts"]:
        document.add_paragraph(contact_line(contact, NO_BREAK), style="List Bullet")
    document.add_paragraph(summary["about_words"])
    for part in summary["parts"]:
        document.add_heading(part["heading"], 2)
        for entry in part["entries"]:
            _entry(document, entry["label"], entry["words"])
    if summary["call"]["words"]:
        document.add_paragraph().add_run(summary["call"]["words"]).bold = True
    for heading, lines in (
        (summary["deadlines_heading"], [deadline_line(d) for d in summary["deadlines"]]),
        (summary["missing_heading"], summary["missing_words"]),
    ):
        if lines:
            document.add_heading(heading, 2)
        for line in lines:
            document.add_paragraph(line, style="List Bullet")
    document.sections[0].footer.paragraphs[0].text = f"{summary['made_words']}. {summary['not_sent']}"
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _describe(document: WordDocument, summary: dict[str, Any]) -> None:
    """A4, British English, and properties that say nothing about anybody."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    document.styles["Normal"].font.size = Pt(11)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    document.styles["Normal"].element.get_or_add_rPr().append(language)
    about = document.core_properties
    about.title, about.author, about.last_modified_by, about.comments = summary["title"], "Waymark", "Waymark", ""
    about.created = about.modified = datetime.fromisoformat(summary["made"]).replace(tzinfo=None)


def _entry(document: WordDocument, label: str, words: str) -> None:
    """A label, and under it the words as they were told."""
    heading = document.add_paragraph()
    heading.add_run(label).bold = True
    heading.paragraph_format.keep_with_next = True
    heading.paragraph_format.space_after = Pt(0)
    for line in words.splitlines():
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = INDENT
        if runs_right_to_left(line):
            paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
        _write(paragraph, line)


def _write(paragraph: Paragraph, line: str) -> None:
    for piece, right_to_left in runs(line):
        run = paragraph.add_run(piece)
        if right_to_left:
            run.font.rtl = True
