"""procedures_corpus/ -> one checked, immutable Content that the rest of Waymark trusts. Called once at start-up.

`load_content` reads every file, checks shapes and references, and fails with file, line and remedy. Rules about wording live in guidance.lint.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from guidance.chapters import Chapter, Section, read_chapter
from guidance.fields import ReferralForm, read_referral
from guidance.info_pages import InfoPage, read_page
from guidance.languages import DangerWord, Language, read_danger_words, read_languages
from guidance.messages import SetMessage, read_messages
from guidance.pathways import Pathway, read_pathway
from guidance.records import (
    AbsentLimit,
    Amendment,
    ChapterGroup,
    Contact,
    GlossaryEntry,
    NotHeld,
    OfficeDay,
    Places,
    SourceRef,
    Sources,
    Timescale,
    convert,
    convert_each,
)
from guidance.references import check_references
from guidance.wording import WordLists, read_words
from guidance.yaml_files import ContentError, read_yaml

CORPUS = Path(__file__).resolve().parent.parent / "procedures_corpus"


@dataclass(frozen=True, slots=True)
class Question:
    """A question that a section answers, in a user's words; `voice` is public, staff, duty or child."""

    section: str
    voice: str
    text: str


@dataclass(frozen=True, slots=True)
class Content:
    root: Path
    chapters: dict[str, Chapter]
    questions: tuple[Question, ...]
    office_day: OfficeDay
    contacts: dict[str, Contact]
    timescales: dict[str, Timescale]
    timescales_not_held: dict[str, AbsentLimit]
    glossary: tuple[GlossaryEntry, ...]
    not_held: dict[str, NotHeld]
    not_held_questions: dict[str, tuple[str, ...]]
    amendments: tuple[Amendment, ...]
    places: Places
    sources: Sources
    pathways: dict[str, Pathway]
    messages: dict[str, SetMessage]
    words: WordLists
    referral: ReferralForm
    languages: dict[str, Language]
    danger_words: tuple[DangerWord, ...]
    groups: tuple[ChapterGroup, ...]
    pages: dict[str, InfoPage]
    sha256: str

    def section(self, section_id: str) -> Section | None:
        """The section called 'chapter#anchor', or None if there is no such section."""
        chapter, _, anchor = section_id.partition("#")
        held = self.chapters.get(chapter)
        return held.section(anchor) if held else None

    def section_for(self, source: SourceRef) -> Section | None:
        """The section that tells what the cited source lines say; None where the chapter is not written yet."""
        chapter = self.chapters.get(source.chapter)
        if chapter is None:
            return None
        return next((s for s in chapter.sections if s.covers(*source.lines)), None)

    def sections(self) -> tuple[Section, ...]:
        """Every section of every chapter."""
        return tuple(s for chapter in self.chapters.values() for s in chapter.sections)

    def searched_sections(self) -> tuple[Section, ...]:
        """The sections that answers are drawn from: a superseded chapter can still be read, but answers nothing."""
        return tuple(
            s for chapter in self.chapters.values() if not chapter.meta.superseded_by for s in chapter.sections
        )

    def as_of(self, chapter_id: str) -> str:
        """The date shown beside what comes from this chapter, in words."""
        chapter = self.chapters.get(chapter_id)
        if chapter and chapter.meta.as_of:
            return chapter.meta.as_of
        document = self.sources.chapters[chapter_id].document
        return next(d.as_of for d in self.sources.documents if d.id == document)


def corpus_sha256(root: Path = CORPUS) -> str:
    """A digest of every content file: names and bytes, in a fixed order."""
    digest = hashlib.sha256()
    for path in sorted([*root.glob("chapters/*.md"), *root.rglob("*.yml")]):
        if path.is_file():
            digest.update(f"{path.relative_to(root).as_posix()}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def load_content(root: Path = CORPUS) -> Content:
    """Load and check everything in the corpus folder.

    raises  ContentError: with file, line and what to do
    """
    sources = convert(read_yaml(root / "sources.yml"), Sources, root / "sources.yml")
    chapters = {chapter.id: chapter for chapter in map(read_chapter, sorted((root / "chapters").glob("*.md")))}
    contacts_file = read_yaml(root / "contacts.yml")
    contacts = convert_each(contacts_file["contacts"], Contact, root / "contacts.yml")
    timescales = convert_each(read_yaml(root / "timescales.yml"), Timescale, root / "timescales.yml")
    absent_limits = convert_each(read_yaml(root / "timescales_not_held.yml"), AbsentLimit, root / "timescales_not_held.yml")
    not_held = convert_each(read_yaml(root / "not_held.yml"), NotHeld, root / "not_held.yml")
    content = Content(
        root=root,
        chapters=chapters,
        questions=tuple(q for path in sorted((root / "questions").glob("*.yml")) for q in _read_questions(path)),
        office_day=convert(contacts_file["office_day"], OfficeDay, root / "contacts.yml"),
        contacts=_by_id(contacts, root / "contacts.yml"),
        timescales=_by_id(timescales, root / "timescales.yml"),
        timescales_not_held=_by_id(absent_limits, root / "timescales_not_held.yml"),
        glossary=convert_each(read_yaml(root / "glossary.yml"), GlossaryEntry, root / "glossary.yml"),
        not_held=_by_id(not_held, root / "not_held.yml"),
        not_held_questions=_read_asked(root / "not_held_questions.yml"),
        amendments=convert_each(read_yaml(root / "amendments.yml"), Amendment, root / "amendments.yml"),
        places=convert(read_yaml(root / "places.yml"), Places, root / "places.yml"),
        sources=sources,
        pathways={p.id: p for p in map(read_pathway, sorted((root / "pathways").glob("*.yml")))},
        messages=read_messages(root / "messages.yml"),
        words=read_words(root / "words.yml"),
        referral=read_referral(root / "referral.yml"),
        languages=read_languages(root / "languages.yml"),
        danger_words=read_danger_words(root / "danger_languages.yml"),
        groups=convert_each(read_yaml(root / "groups.yml"), ChapterGroup, root / "groups.yml"),
        pages={page.id: page for page in map(read_page, sorted((root / "pages").glob("*.md")))},
        sha256=corpus_sha256(root),
    )
    check_references(content)
    return content


def _by_id(records, path: Path):  # type: ignore[no-untyped-def]
    found = {record.id: record for record in records}
    if len(found) < len(records):
        ids = [record.id for record in records]
        twice = next(i for i in ids if ids.count(i) > 1)
        raise ContentError(path, None, f"the id '{twice}' stands twice", "give one of them another id")
    return found


def _read_asked(path: Path) -> dict[str, tuple[str, ...]]:
    """What people ask about each text that is not held: id -> questions."""
    asked = {}
    for name, texts in read_yaml(path).items():
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            raise ContentError(path, None, f"'{name}' has no list of questions", 'write - "..." below it')
        asked[str(name)] = tuple(texts)
    return asked


def _read_questions(path: Path) -> list[Question]:
    questions = []
    for anchor, entries in read_yaml(path).items():
        for entry in entries:
            if len(entry) != 1 or not isinstance(next(iter(entry.values())), str):
                raise ContentError(
                    path, getattr(entry, "line", None), "a question is one voice and one text", 'write - public: "..."'
                )
            ((voice, text),) = entry.items()
            questions.append(Question(f"{path.stem}#{anchor}", voice, text))
    return questions
