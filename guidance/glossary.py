"""A question such as "what does LADO mean" or "edt?" -> the entries of glossary.yml that it asks for; and entries -> a reply.

A term is found by its letters, its full name or its other names; a slip of the finger is forgiven in long words only. Used by
actions/glossary.py and the API.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from difflib import get_close_matches

from guidance import compose
from guidance.content import Content
from guidance.records import GlossaryEntry
from guidance.replies import Message, PassageRef, Reply
from guidance.text import lowered, sentences, words

MOST_ENTRIES = 5
MOST_NUMBERS = 3
MOST_PASSAGES = 2
_WHAT = r"(?:what|wot|wat|wht)"
_STANDS = r"(?:means?|meaning|stands? (?:for|4|fr)|short for|definition|meant)"
_SAYS_MEANING = re.compile(
    rf"\b{_WHAT}(?:'?s| is| are| was| does| do)?\b.*\b{_STANDS}\b"
    r"|\b(?:define|definition of|meaning of|explain|translate|what's the meaning|difference between|which is which)\b"
    r"|\b(?:is there|got) a definition\b|\bare they (?:all |both )?the same\b|\bin (?:plain|normal|simple|easy) (?:words|english)\b"
    r"|\bwhat (?:on earth|the hell|the heck)\b.*\b(?:is|are)\b"
    rf"|.*\b(?:{_STANDS}|{_WHAT} is (?:it|that)|abb?rev\w*|acronym)\s*(?:pl[sz]|please)?\W*$"
    rf"|^\W*[\w&+'/-]+(?: [\w&+'/-]+){{0,3}}\W+{_WHAT}(?:'?s| is) (?:that|it|this)\b"
)
_QUOTED = re.compile(r"""(?<!\w)["'‘“]([\w&+/ -]{2,40}?)["'’”](?!\w)""")
_LETTERS = re.compile(r"\b[A-Z][A-Z0-9&+]{1,7}\b")
_CALLED = re.compile(r"\b(?:word|term|phrase|letters|called|acronym|abbreviation) ([\w&+/-]+)")
_WHAT_IS = re.compile(r"^\W*(?:hi|hello|sorry|please|um|so|and|ok)?\W*(?:what|wot|wat)(?:'?s| is| are|s)\s+(?:an?|the)?\s*[\w&+.'/ -]{2,45}\W*$")
_LONGEST = 12  # words: what is longer asks more than a meaning
_SLIP = 0.84
_SMALL = ("no", "it", "do", "la", "pi", "ed", "pm", "came", "arms")
_SECTION = re.compile(r"\bs(?:ec(?:t(?:ion)?)?)?[\s.]{0,2}(\d{1,3}[a-z]?)\b")
# Words around a term that do not belong to it.
_AROUND = frozenset(
    words(
        """
        a about acronym actually again an and anyone are as called can context could define defined definition do does dont don't each else
        entry exactly explain explanation for from full glossary help hello hi how i i'm idk im in initials is isn't it it's its jargon keep
        know letters like look mean meaning means meant me new of ok on or out please pls plz refer refers remind safeguarding say says
        seeing short simple so someone sorry stand standing stands stuff terms term tell that that's the their them these they thing this
        to understand up use used using version was we what what're what's whats when which who who's whos word words work would you
        wat wot wots whats' yes difference between vs versus compared exact plain english again then abbreviation abbreviations form
        """
    )
)


def find_entries(text: str, glossary: Sequence[GlossaryEntry]) -> tuple[GlossaryEntry, ...]:
    """The entries that a message asks about, in the order of its words; several where several share a name; () if none is named.

    text  a question or the bare term
    """
    return find(text, glossary)[0]


def find(text: str, glossary: Sequence[GlossaryEntry]) -> tuple[tuple[GlossaryEntry, ...], bool]:
    """The entries that a message asks about, as find_entries, and whether it asks something about them: it says more than their names, and does not ask for
    their meaning by name.
    """
    names = _names(glossary)
    said = _plain(text)
    found: list[GlossaryEntry] = []
    rest = list(said)
    for length in range(min(8, len(said)), 0, -1):
        for start in range(len(said) - length + 1):
            span = rest[start : start + length]
            entries = names.get(" ".join(span)) if all(span) else None
            if entries and _is_meant(" ".join(span), text, said):
                found += entries
                rest[start : start + length] = [""] * length
    left = [word for word in rest if word and word not in _AROUND]
    whole = " ".join(word for word in said if word not in _AROUND)
    if found and (not left or any(_is_particular(e) for e in found)):
        return tuple(dict.fromkeys(found))[:MOST_ENTRIES], bool(left) and not _says_meaning(text)
    near = get_close_matches(whole, list(names), 1, _SLIP) if len(whole) >= 5 else []
    return tuple(dict.fromkeys(e for name in near for e in names[name]))[:MOST_ENTRIES], False


def pointed_at(text: str, glossary: Sequence[GlossaryEntry]) -> tuple[GlossaryEntry, ...]:
    """The entries whose names a message sets apart: in quotation marks, in capitals, or after "the word"; () if none is.

    Whoever tells where a term came up says more than the term, and often holds other terms.
    """
    if text.isupper():
        return ()
    names = _names(glossary)
    marked = sorted((m.start(), m[m.lastindex or 0]) for p in (_QUOTED, _LETTERS, _CALLED) for m in p.finditer(text))
    found = (e for _, name in marked for e in names.get(" ".join(_plain(name)), ()))
    return tuple(dict.fromkeys(found))[:MOST_ENTRIES]


def asked_entries(text: str, glossary: Sequence[GlossaryEntry]) -> tuple[GlossaryEntry, ...]:
    """The entries of a message that plainly asks for a meaning, or is nothing but letters ("edt?"); () for any other message.

    "What are the criteria for a LADO referral" names a term, but asks something about it.
    """
    whole = text
    text = next((sentence for sentence in sentences(text) if _says_meaning(sentence)), text)
    is_bare = len(words(text)) == 1
    if not (_says_meaning(text) or _is_what_is(text) or is_bare):
        return ()
    entries, asks_about_them = find(text, glossary)
    if is_bare and not any(entry.term[:2].isupper() for entry in entries):
        return ()
    entries = entries or pointed_at(whole, glossary)
    return () if asks_about_them else entries


def reply(content: Content, entries: Sequence[GlossaryEntry], facts: Mapping[str, str], at: datetime) -> Reply:
    """The entries with their sources, what is not current local procedure said to be so, and the numbers of those that can be rung."""
    messages = [_message(content, entry) for entry in entries]
    if len(entries) > 1:
        messages.insert(0, Message(content.messages["glossary-several"].text.strip()))
    sections = dict.fromkeys(s for s in (_telling(content, entry) for entry in entries) if s)
    needs = list(dict.fromkeys(need for entry in entries for need in entry.numbers))
    if needs:
        found = compose.numbers(content, needs, facts, at)[:MOST_NUMBERS]
        messages.append(
            Message(content.messages["glossary-ring"].text.strip(), contacts=tuple(c.contact.id for c in found))
        )
    if sections and not needs:
        refs = tuple(PassageRef(section) for section in sections)
        messages.append(Message(content.messages["glossary-more"].text.strip(), passages=refs[:MOST_PASSAGES]))
    return Reply("definition", tuple(messages))


def _says_meaning(text: str) -> bool:
    """True if the words ask for a meaning by name: what it means or stands for, a definition, a difference."""
    return bool(_SAYS_MEANING.search(lowered(text))) and len(words(text)) <= _LONGEST


def _is_what_is(text: str) -> bool:
    return bool(_WHAT_IS.search(lowered(text))) and len(words(text)) <= _LONGEST


def _message(content: Content, entry: GlossaryEntry) -> Message:
    form = "glossary-letters" if entry.expansion else "glossary-term"
    texts = [content.messages[form].filled(term=entry.term, expansion=entry.expansion or "", meaning=entry.meaning)]
    if entry.note:
        texts.append(content.messages["glossary-note"].filled(note=entry.note))
    chapter = content.chapters.get(entry.source.chapter)
    if chapter and chapter.meta.kind != "procedure":
        texts.append(content.messages["glossary-not-procedure"].filled(title=chapter.meta.title))
    section = content.section_for(entry.source)
    return Message("\n\n".join(texts), source=(section.id,) if section else ())


def _telling(content: Content, entry: GlossaryEntry) -> str | None:
    """The section that the entry rests on, if its heading or its chapter's title names the term and it is current local procedure."""
    section = content.section_for(entry.source)
    if section is None or content.chapters[section.chapter].meta.kind != "procedure":
        return None
    heading = f" {' '.join(_plain(f'{section.heading} {content.chapters[section.chapter].meta.title}'))} "
    named = (" ".join(_plain(name)) for name in (entry.term, entry.expansion or entry.term, *entry.also_called))
    return section.id if any(f" {name} " in heading for name in named) else None


def _names(glossary: Sequence[GlossaryEntry]) -> dict[str, list[GlossaryEntry]]:
    """Every name that is looked for, in plain words, and whose it is: a term's own entry before those that only also go by it."""
    names: dict[str, list[GlossaryEntry]] = {}
    for entry in glossary:
        for name in {" ".join(_plain(entry.term)), " ".join(_plain(entry.term.partition(" (")[0]))}:
            names.setdefault(name, []).append(entry)
    for entry in glossary:
        for name in {" ".join(_plain(name)) for name in (entry.expansion or "", *entry.also_called)} - {""}:
            if entry not in names.setdefault(name, []):
                names[name].append(entry)
    plurals = {f"{name}s": entries for name, entries in names.items()}
    singulars = {name.removesuffix("s"): entries for name, entries in names.items() if len(name) > 5}
    return {**singulars, **plurals, **names}


def _plain(text: str) -> list[str]:
    """Lower-case words; section 47, s47, s.47 and sec 47 are one."""
    return words(_SECTION.sub(r"section \1", text.lower().replace("&", " and ").replace("+", " plus ")))


def _is_meant(name: str, text: str, said: Sequence[str]) -> bool:
    """False for a small word that is an entry too (IT, NO, DO, UP), unless it is written in capitals or stands alone."""
    is_small = name in _AROUND or name in _SMALL
    return not is_small or len(said) == 1 or name.upper() in re.findall(r"\w+", text)


def _is_particular(entry: GlossaryEntry) -> bool:
    """True for letters and for terms of several words: named in a longer question, they are still what is asked about."""
    return " " in entry.term or entry.term[:2].isupper()
