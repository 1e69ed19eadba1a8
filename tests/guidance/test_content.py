"""Contract: the real content loads and is clean; broken content is refused with its file and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from guidance.content import Content, load_content
from guidance.records import SourceRef
from guidance.yaml_files import ContentError


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_five_first_chapters_are_held(content: Content) -> None:
    assert {"responding-to-concerns", "initial-action-on-referral", "lado", "thresholds", "significant-harm"} <= set(
        content.chapters
    )


def test_a_section_stands_word_for_word_in_its_chapter_file(content: Content) -> None:
    missing = [
        s.id
        for s in content.sections()
        if s.text not in (content.root / "chapters" / f"{s.chapter}.md").read_text(encoding="utf-8")
    ]
    assert missing == []


def test_a_source_leads_to_the_section_that_tells_it(content: Content) -> None:
    section = content.section_for(SourceRef(chapter="lado", lines=(2055, 2055)))
    assert section is not None
    assert section.id == "lado#ofsted"


def test_every_held_source_of_a_contact_leads_to_a_section(content: Content) -> None:
    lost = [
        c.id
        for c in content.contacts.values()
        if c.source.chapter in content.chapters and content.section_for(c.source) is None
    ]
    assert lost == []


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("contacts.yml", "- id: emergency-999", "- id: police-101", "'police-101' stands twice"),
        ("contacts.yml", "area: national", "area: nation", "emergency-999.*nation"),
        (
            "contacts.yml",
            "source: {chapter: violent-extremism, lines: [4470, 4470]}",
            "source: {chapter: violent-extremism, lines: [1, 2]}",
            "outside violent-extremism",
        ),
        ("contacts.yml", "source: {chapter: violent-extremism, lines: [4470, 4470]}", "", "source"),
        (
            "glossary.yml",
            "source: {chapter: lado,",
            "source: {chapter: ladoo,",
            "'ladoo', which sources.yml does not have",
        ),
        (
            "chapters/lado.md",
            "document: cambridgeshire-peterborough-procedures",
            "document: unknown",
            "'unknown' is not a document",
        ),
        ("messages.yml", "responding-to-concerns#danger-now", "responding-to-concerns#gone", "is not a section"),
        ("messages.yml", "contacts: [emergency-999]", "contacts: [nobody]", "'nobody', which does not exist"),
        ("pathways/worried-about-a-child.yml", "referral-chase]", "referral-never]", "timescale 'referral-never'"),
        ("questions/lado.yml", "who-to-tell:", "who-to-phone:", "'lado#who-to-phone', which is not a section"),
        ("chapters/lado.md", "{#who-to-tell ", "{who-to-tell ", "is not of the form"),
        ("chapters/lado.md", "id: lado", "id: other", "is not the file's name"),
        ("chapters/lado.md", "kind: procedure", "kind: novel", "kind"),
    ],
)
def test_broken_content_is_refused_with_its_file_and_fault(
    corpus: Path, file: str, old: str, new: str, words: str
) -> None:
    edit(corpus / file, old, new)
    with pytest.raises(ContentError, match=words) as caught:
        load_content(corpus)
    assert Path(file).name in str(caught.value)


def test_a_file_in_another_encoding_is_named_with_its_line(corpus: Path) -> None:
    (corpus / "messages.yml").write_bytes("a:\n  text: caf\u00e9\n".encode("latin-1"))
    with pytest.raises(ContentError, match=r"messages\.yml:2: a character cannot be read"):
        load_content(corpus)


def test_a_superseded_chapter_can_be_read_but_answers_nothing(corpus: Path) -> None:
    edit(corpus / "chapters/breast-ironing.md", "kind: procedure", "kind: procedure\nsuperseded_by: significant-harm")
    loaded = load_content(corpus)
    searched = {section.chapter for section in loaded.searched_sections()}
    assert ("breast-ironing" in loaded.chapters, "breast-ironing" in searched) == (True, False)


def test_an_absent_file_is_named(corpus: Path) -> None:
    (corpus / "places.yml").unlink()
    with pytest.raises(ContentError, match=r"places\.yml: the file is missing"):
        load_content(corpus)


def test_a_changed_word_changes_the_corpus_digest(corpus: Path, content: Content) -> None:
    edit(corpus / "messages.yml", "Hello.", "Good day.")
    assert load_content(corpus).sha256 != content.sha256
