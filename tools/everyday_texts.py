"""Scraps of everyday talk, and long rambling texts, for the danger check to learn that they are no alarm in themselves.

data/danger/everyday.yml -> short scraps; calm and labelled messages -> long texts cut as guidance/danger.py cuts them.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from pathlib import Path

from guidance.content import CORPUS
from guidance.text import clean
from guidance.yaml_files import read_yaml

_HOLE = re.compile(r"\{(\w+)\}")
_LONG_CHARS = 360  # what one piece of a long message holds
_BEFORE, _INSIDE = 140, 190  # characters: so that the message in the middle stands within what the reader reads


class Scraps:
    """Frames of everyday.yml, filled with words of its lists."""

    def __init__(self, path: Path) -> None:
        data = read_yaml(path)
        self._frames: list[str] = list(data["frames"])
        self._lists: dict[str, list[str]] = {name: [str(word) for word in words] for name, words in data["lists"].items()}
        self._lists["place"] = [str(place["name"]) for place in read_yaml(CORPUS / "places.yml")["places"]]

    def draw(self, count: int, choice: random.Random) -> list[str]:
        """That many texts; frames come in turn, so that each kind is shown."""
        frames = [self._frames[i % len(self._frames)] for i in range(count)]
        return [clean(self._filled(frame, choice)) for frame in frames]

    def _filled(self, frame: str, choice: random.Random) -> str:
        def word(hole: re.Match[str]) -> str:
            return str(choice.randint(1, 17)) if hole[1] == "number" else choice.choice(self._lists[hole[1]])

        text = _HOLE.sub(word, frame).replace("{{", "{").replace("}}", "}")
        return text.lower() if choice.random() < 0.4 else text


def long_calm(texts: Sequence[str], choice: random.Random) -> str:
    """One piece out of a long message without danger: several texts, or one said again and again, cut anywhere."""
    said = [choice.choice(texts)] * 30 if choice.random() < 0.5 else choice.sample(texts, 12)
    whole = " ".join(said)
    start = choice.randrange(max(1, len(whole) - _LONG_CHARS))
    return whole[start : start + _LONG_CHARS]


def long_around(message: str, texts: Sequence[str], choice: random.Random) -> str:
    """One piece out of a long message that holds this one among calm words. It keeps the message's label."""
    before = " ".join(choice.sample(texts, 6))
    after = " ".join(choice.sample(texts, 6))
    return f"{before[-choice.randrange(20, _BEFORE) :]} {message[:_INSIDE]} {after}"[:_LONG_CHARS]
