"""Entries of amendments.yml -> replies of the skill changes: newest first, each with its manual and date, at most ten and how many more.

The Derby and Derbyshire log is another area's; that is said whenever an entry of it is shown. Used by actions/changes.py and the API.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from guidance.content import Content
from guidance.date_phrases import MONTHS
from guidance.messages import SetMessage
from guidance.records import Amendment
from guidance.replies import Message, Reply

MOST_SHOWN = 10
MOST_SOURCES = 3
OTHER_AREA = "derby-and-derbyshire"
_MANUALS = (
    (OTHER_AREA, re.compile(r"\bderby|\bderbs\b", re.I)),
    ("peterborough", re.compile(r"\b(?:peterb|cambridge|cambs|our|local)", re.I)),
)
_KINDS = (
    ("removed", re.compile(r"\b(?:removed|deleted|withdrawn|taken\s+out|dropped)\b", re.I)),
    ("new", re.compile(r"\bnew\s+chapters?\b|\bchapters?\s+(?:were\s+|was\s+)?added\b", re.I)),
)
_NEWEST = re.compile(r"\b(?:when|last|latest|newest|most\s+recent)\b", re.I)


def read_manual(text: str) -> str | None:
    """The manual that a message names, or None if it names none or both. Cambridgeshire's own dates are not held: Peterborough's page is the local one."""
    named = [manual for manual, pattern in _MANUALS if pattern.search(text)]
    return named[0] if len(named) == 1 else None


def read_kind(text: str) -> str | None:
    """removed or new, where a message asks for chapters that went or came; None for every kind of change."""
    return next((kind for kind, pattern in _KINDS if pattern.search(text)), None)


def asks_for_newest(text: str) -> bool:
    """True for "when was ... last updated": one answer is wanted, not a list."""
    return bool(_NEWEST.search(text)) and "since" not in text.lower()


def newest_first(entries: Iterable[Amendment]) -> list[Amendment]:
    """Sorted by date; a year without a month stands after the months of that year. Entries of one date keep the file's order."""
    return sorted(entries, key=lambda a: a.date.ljust(7, "-"), reverse=True)


def say_month(dated: str) -> str:
    """2021-01 as people say it: January 2021; 2014 stays 2014."""
    year, _, month = dated.partition("-")
    return f"{MONTHS[int(month) - 1].capitalize()} {year}" if month else year


def place(content: Content, manual: str) -> str:
    """The manual's name with its place, as replies show it."""
    return content.messages[f"changes-{manual}"].text.strip()


def listed(content: Content, entries: Sequence[Amendment], manual: str | None, only_newest: bool) -> Reply:
    """The entries as a reply: the newest alone (of each manual) where that was asked, else the newest ten."""
    if not entries:
        return _none(content, manual)
    ordered = newest_first(entries)
    if only_newest:
        shown = [next(a for a in ordered if a.manual == m) for m in dict.fromkeys(a.manual for a in ordered)]
    else:
        shown = ordered[:MOST_SHOWN]
    words = content.messages
    texts = [_text(words, "changes-newest" if only_newest and len(shown) == 1 else "changes-list")]
    if any(a.manual == OTHER_AREA for a in shown):
        texts.append(_text(words, "changes-other-area"))
    texts.append("\n".join(f"- {_line(content, entry)}" for entry in shown))
    more = len(ordered) - len(shown)
    if only_newest:
        texts.append(_undated(content))
    elif more:
        texts.append(words["changes-more"].filled(number=str(more)))
    return Reply("changes", (Message("\n\n".join(texts), source=_sections(content, shown)),))


def _none(content: Content, manual: str | None) -> Reply:
    """Nothing fits: said, with what the lists cover, so that nobody takes silence for 'nothing changed'."""
    lists = []
    for name in dict.fromkeys(a.manual for a in content.amendments):
        if manual in (None, name):
            dates = [a.date for a in newest_first(a for a in content.amendments if a.manual == name)]
            span = {"from": say_month(dates[-1]), "to": say_month(dates[0])}
            lists.append("- " + content.messages["changes-held"].filled(place=place(content, name), **span))
    texts = [_text(content.messages, "changes-none"), "\n".join(lists), _undated(content)]
    return Reply("changes", (Message("\n\n".join(texts)),))


def _undated(content: Content) -> str:
    """What is known of the date of our own chapters, which come without a list of changes."""
    document = next(d for d in content.sources.documents if d.kind == "procedures")
    return content.messages["changes-undated"].filled(as_of=document.as_of)


def _line(content: Content, entry: Amendment) -> str:
    return content.messages["changes-line"].filled(
        date=say_month(entry.date), place=place(content, entry.manual), chapter=entry.chapter, change=entry.change
    )


def _sections(content: Content, entries: Sequence[Amendment]) -> tuple[str, ...]:
    sections = [content.section_for(entry.source) for entry in entries]
    return tuple(dict.fromkeys(s.id for s in sections if s))[:MOST_SOURCES]


def _text(words: dict[str, SetMessage], message_id: str) -> str:
    return words[message_id].text.strip()
