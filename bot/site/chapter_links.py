"""Where a chapter leads: to the chapters that it names, the walk-throughs and time limits that rest on it, and what is not held near it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from guidance.chapters import Chapter
from guidance.content import Content
from guidance.pathways import Pathway
from guidance.records import NotHeld, Timescale

MOST = 8
_NAMED = re.compile(r"\bchapters? (?:on|about) ([^.;:|>]{3,160})", re.I)


@dataclass(frozen=True, slots=True)
class SeeAlso:
    chapters: tuple[Chapter, ...]
    walks: tuple[Pathway, ...]
    limits: tuple[Timescale, ...]
    not_held: tuple[NotHeld, ...]

    def __bool__(self) -> bool:
        return bool(self.chapters or self.walks or self.limits or self.not_held)


def see_also(content: Content, chapter: Chapter) -> SeeAlso:
    """At most MOST of each kind; walk-throughs that rest on the chapter most come first."""
    rests = {p.id: sum(s.startswith(f"{chapter.id}#") for n in p.nodes.values() for s in n.source) for p in content.pathways.values()}
    walks = sorted((p for p in content.pathways.values() if rests[p.id]), key=lambda p: -rests[p.id])
    return SeeAlso(
        named_chapters(content, chapter)[:MOST],
        tuple(walks[:MOST]),
        tuple(t for t in content.timescales.values() if t.source.chapter == chapter.id),
        tuple(n for n in content.not_held.values() if any(r.chapter == chapter.id for r in n.nearest))[:MOST],
    )


def named_chapters(content: Content, chapter: Chapter) -> tuple[Chapter, ...]:
    """The chapters that this one sends its reader to: "see the chapter on ..."."""
    text = "\n".join([chapter.intro, *(s.text for s in chapter.sections)])
    named = " ".join(_NAMED.findall(text)).lower()
    return tuple(c for c in content.chapters.values() if c.id != chapter.id and any(name in named for name in _names(c)))


def neighbours(content: Content, chapter: Chapter) -> tuple[Chapter | None, Chapter | None]:
    """The chapter before and the one after, in the order of groups.yml."""
    order = [content.chapters[i] for group in content.groups for i in group.chapters]
    if chapter not in order:
        return None, None
    here = order.index(chapter)
    return (order[here - 1] if here else None), (order[here + 1] if here + 1 < len(order) else None)


def _names(chapter: Chapter) -> set[str]:
    title = chapter.meta.title.lower()
    return {chapter.id.replace("-", " "), title, re.split(r"[:(]| and ", title)[0].strip()}
