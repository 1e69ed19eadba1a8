"""Everything a turn needs, opened once per process: content, index, danger check, places and the clock.

`bot/` opens it at start-up and hands it to `actions/` with `use`; both speak to the same copy.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from guidance.content import CORPUS, Content, load_content
from guidance.danger import DangerCheck
from guidance.hours import LONDON
from guidance.places import PlaceFinder
from guidance.replies import PassageRef
from index.embedder import Embedder, open_embedder
from index.search import Searcher, SearchResult
from index.store import load


@dataclass(frozen=True, slots=True)
class Guide:
    content: Content
    searcher: Searcher
    danger: DangerCheck
    places: PlaceFinder
    embedder: Embedder
    now: Callable[[], datetime]

    def search(self, question: str, k: int = 5) -> SearchResult:
        return self.searcher.search(question, k)


def refs(result: SearchResult, k: int = 3) -> tuple[PassageRef, ...]:
    """What search found, as a reply names it: at most k passages, as fits a phone."""
    return tuple(PassageRef(hit.section.id, hit.best, round(hit.score, 4)) for hit in result.hits[:k])


def open_guide(built: Path, now: Callable[[], datetime] | None = None) -> Guide:
    """Open what `make index` and `make train` left in `built`.

    raises  ContentError, IndexNotReady, ModelNotReady, DangerModelError: with what to run
    """
    content = load_content()
    embedder = open_embedder(built / "model")
    searcher = Searcher(content, load(built / "index", content.sha256, embedder.info), embedder.encode)
    danger = DangerCheck(built / "danger.npz", CORPUS / "danger.yml", embedder.encode)
    return Guide(
        content, searcher, danger, PlaceFinder(content.places), embedder, now or (lambda: datetime.now(LONDON))
    )


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
