"""The buttons that a reply offered -> which of them typed words mean, and which walk-through a pressed one belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.conversations import Turn
from guidance.interpret import same_words
from guidance.wording import WordLists, accepts, agreement

_OPENS = "/open_pathway{"
_PATHWAY_NAMED = re.compile(r'"pathways_id": ?"([\w-]+)"')


def meant(options: Sequence[tuple[str, str]], said: str, lists: WordLists) -> str | None:
    """What pressing the button sends whose words these are, or the one that a bare yes or no means; None where that is not plain.

    options  (label, what it sends) of the newest reply
    """
    found = {payload for label, payload in options if same_words(label, said)}
    agrees = agreement(said, lists)
    if not found and agrees is not None:
        answer = "yes" if agrees else "no"
        found = {payload for label, payload in options if label.split(",")[0].lower() == answer}
    if not found and accepts(said, lists):
        found = {payload for _, payload in options if payload.startswith(_OPENS)}
    return found.pop() if len(found) == 1 else None


def walk_of(payload: str, turns: Sequence[Turn]) -> str | None:
    """The id of the walk-through that a button opens, or else of the newest one in the conversation."""
    named = _PATHWAY_NAMED.search(payload)
    if named:
        return named[1]
    return next((turn.answer["pathway"] for turn in reversed(turns) if turn.answer["pathway"]), None)
