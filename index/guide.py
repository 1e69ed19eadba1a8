"""Everything a turn needs, opened once per process: content, index, danger check, places and the clock.

`bot/` opens it at start-up and hands it to `actions/` with `use`; both speak to the same copy.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import faiss
from threadpoolctl import threadpool_limits

from guidance.content import CORPUS, Content, load_content
from guidance.danger import DangerCheck
from guidance.hours import LONDON
from guidance.pathways import Pathway
from guidance.places import PlaceFinder
from guidance.replies import PassageRef
from guidance.text import capped
from guidance.wording import without_introduction, without_signature
from index.embedder import Embedder, open_embedder
from index.reader import Reader, open_reader
from index.search import Hit, Searcher, SearchResult
from index.store import load
from index.walks import PASSAGES, Fits, WalkFinder

OUTSIDE, LIKELY_OUTSIDE = 2.5, 1.2  # of the reader's score (a logit); of 565 ways to ask for a walk-through none reaches the first


@dataclass(frozen=True, slots=True)
class Guide:
    content: Content
    searcher: Searcher
    danger: DangerCheck
    places: PlaceFinder
    embedder: Embedder
    now: Callable[[], datetime]
    walks: WalkFinder
    reader: Reader

    def search(self, question: str, k: int = 5) -> SearchResult:
        return self.searcher.search(question, k)

    def search_in(self, question: str, walk: Pathway) -> SearchResult:
        """A question put in the middle of a walk-through: "shall I talk to the aunt" means the matter of the walk-through, where it names no other.

        Then it must not be answered from what fits the words alone: in a forced marriage, that would be how to talk to parents.
        """
        found = self.search(question)
        first = found.hits[0].section.chapter if found.hits else ""
        if found.status == "not_held" or (found.status == "answered" and first in walk.advice):
            return found
        if found.status == "no_passage" and self._outside_score(question) >= LIKELY_OUTSIDE:  # "what is the capital of france"
            return found
        other = self.fitting_walks(question).to_offer()
        if other and other.id != walk.id and found.status == "answered" and first in other.chapters:
            return found
        hits = self.searcher.within(question, walk.chapters) or self.searcher.within(question, walk.advice)
        return SearchResult(question, "weak", hits, None, found.confidence) if hits else found

    def outside(self, text: str) -> bool:
        """True if the manual has nothing to do with this: the reader is sure of it, or holds it likely and a search finds nothing."""
        if not text.strip():
            return False
        score = self._outside_score(text)
        return score >= OUTSIDE or (score >= LIKELY_OUTSIDE and self.search(capped(text), 1).status == "no_passage")

    def rather_outside(self, text: str) -> bool:
        """True if the reader holds it likelier than not that the manual has nothing to do with this: enough beside another sign of it."""
        return bool(text.strip()) and self._outside_score(text) > 0

    def _outside_score(self, text: str) -> float:
        return float(self.reader.scores([capped(text)])[0, -1])

    def fitting_walks(self, text: str) -> Fits:
        """How the walk-throughs fit what somebody says. Places, and who the writer is, are no part of the matter."""
        lists = self.content.words
        told = without_signature(without_signature(self.places.without(text), lists), lists)  # "new starter - reception teacher. kid told me today ..."
        matter = capped(without_introduction(told, lists)) or capped(text)
        return self.walks.find(matter, [section.id for section in self.searcher.nearest(matter, len(PASSAGES))])


def refs(hits: Sequence[Hit], k: int = 3) -> tuple[PassageRef, ...]:
    """What search found, as a reply names it: at most k passages, as fits a phone."""
    return tuple(PassageRef(hit.section.id, hit.best, round(hit.score, 4)) for hit in hits[:k])


def open_guide(built: Path, now: Callable[[], datetime] | None = None) -> Guide:
    """Open what `make index` and `make train` left in `built`.

    raises  ContentError, IndexNotReady, ModelNotReady, ReaderNotReady: with what to run
    """
    # One thread a search: for vectors as few as these, several only wait for one another (35 ms instead of 1 on a busy machine).
    threadpool_limits(1)
    faiss.omp_set_num_threads(1)
    content = load_content()
    embedder = open_embedder(built / "model")
    reader = open_reader(built / "reader")
    searcher = Searcher(content, load(built / "index", content.sha256, embedder.info), embedder, reader.scores)
    danger = DangerCheck(reader.scores, CORPUS / "danger.yml")
    return Guide(
        content, searcher, danger, PlaceFinder(content.places), embedder, now or (lambda: datetime.now(LONDON)),
        WalkFinder(tuple(content.pathways.values()), embedder.encode), reader,
    )  # fmt: skip


_current: Guide | None = None


def use(guide: Guide) -> None:
    """Make this the process's guide. Called once, at start-up."""
    global _current
    _current = guide


def current() -> Guide:
    """The process's guide.

    raises  RuntimeError: `use` has not been called
    """
    if _current is None:
        raise RuntimeError("no guide is open in this process: bot.app opens one at start-up")
    return _current
