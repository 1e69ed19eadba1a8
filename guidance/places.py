"""A message -> which authority's area it speaks of, from towns, villages and the authorities' own names.

Never guesses from a postcode: PE and CB cross the borders. A place on the border, or named in both areas, is asked about.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

import spacy
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from guidance.records import Places

_DOUBTED = re.compile(  # "not sure shes in ely", but not "not sure who to ring in ely"
    r"\b(not sure|unsure|not certain|do(n'?t| not) (know|think)),?( if| that| whether)? (he|she|they|it)('?s|'?re)?\b[^,;.!?]*$", re.I
)
_PLACE_WORDS = {"in", "from", "near", "at", "to", "around", "is", "lives", "of", "maybe", "perhaps", "said"}


@dataclass(frozen=True, slots=True)
class AreaReading:
    """kind 'known' has area cambridgeshire or peterborough; 'ask' and 'outside' carry the place and what to say about it."""

    kind: Literal["known", "ask", "outside", "none"]
    area: str | None = None
    place: str | None = None
    note: str | None = None


class PlaceFinder:
    """Finds places in free words; built once from places.yml."""

    def __init__(self, places: Places) -> None:
        self._nlp = spacy.blank("en")
        self._matcher = PhraseMatcher(self._nlp.vocab, attr="LOWER")
        self._readings: dict[str, AreaReading] = {}
        for authority in places.authorities:
            self._add([authority.id], AreaReading("known", authority.id, authority.id.title()))
        for place in places.outside:
            self._add([place.name, *place.also], AreaReading("outside", None, place.name, place.authority))
        for place in places.places:
            self._add([place.name, *place.also], AreaReading("known", place.authority, place.name, place.note))
        for border in places.ambiguous:
            self._add([border.name, *border.also], AreaReading("ask", None, border.name, border.ask))

    def _add(self, names: list[str], reading: AreaReading) -> None:
        for name in names:
            self._readings[name.lower()] = reading
            self._matcher.add(name.lower(), [self._nlp.make_doc(name)])

    @staticmethod
    def _as_place(doc: Doc, span: Span) -> bool:
        """True if a doubtful name (Eye, March ...) is used as a place: after a word such as 'in' or 'from', or alone."""
        return span.start == 0 or doc[span.start - 1].lower_ in _PLACE_WORDS

    @staticmethod
    def _denied(doc: Doc, span: Span) -> bool:
        """True for a place that is named to say that it is not meant, or perhaps not: "ely not peterborough", "not sure shes in ely"."""
        before = [token.lower_ for token in doc[max(0, span.start - 2) : span.start]]
        if _DOUBTED.search(doc[max(0, span.start - 8) : span.start].text):
            return True
        return before[-1:] == ["not"] or (before[:1] == ["not"] and before[-1] in _PLACE_WORDS)

    def without(self, text: str) -> str:
        """The message without the places it names, for what is asked of its subject alone."""
        doc = self._nlp.make_doc(text)
        places = filter_spans([doc[start:end] for _, start, end in self._matcher(doc)])
        inside = {token.i for span in places if self._as_place(doc, span) for token in span}
        return "".join(token.text_with_ws for token in doc if token.i not in inside).strip()

    def read(self, text: str) -> AreaReading:
        """The area a message speaks of. A certain place beats a doubtful one; two certain areas are asked about."""
        doc = self._nlp.make_doc(text)
        spans = filter_spans([doc[start:end] for _, start, end in self._matcher(doc)])
        named = [(span, self._readings[span.text.lower()]) for span in spans if span.text.lower() in self._readings]
        named = [(span, reading) for span, reading in named if not self._denied(doc, span)]
        readings = [reading for span, reading in named if reading.kind != "ask" or self._as_place(doc, span)]
        for kind in ("known", "outside", "ask"):
            found = [r for r in readings if r.kind == kind]
            if found and kind == "known" and len({r.area for r in found}) > 1:
                return AreaReading(
                    "ask",
                    None,
                    " and ".join(dict.fromkeys(r.place or "" for r in found)),
                    "Which of the two does the child live in?",
                )
            if found:
                return found[0]
        return AreaReading("none")
