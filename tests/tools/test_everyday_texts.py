"""Contract: what the danger check learns as calm is whole and everyday: no hole is left in a frame, and a long piece keeps the message it was made around."""

from __future__ import annotations

import random

from guidance.content import CORPUS
from guidance.danger import read_patterns
from tests.conftest import ROOT
from tools.everyday_texts import Scraps, long_around, long_calm

EVERYDAY = ROOT / "data" / "danger" / "everyday.yml"
CALM = [f"the {n}th question on the form was about the school" for n in range(40)]


def test_every_frame_is_filled_and_none_meets_a_danger_pattern() -> None:
    patterns = read_patterns(CORPUS / "danger.yml")
    texts = Scraps(EVERYDAY).draw(3000, random.Random(5))
    assert [t for t in texts if not t or "{{" in t or "{place}" in t or patterns.match(t) != "none"] == []


def test_each_draw_is_another_and_the_same_seed_the_same() -> None:
    scraps = Scraps(EVERYDAY)
    assert scraps.draw(300, random.Random(1)) == scraps.draw(300, random.Random(1)) != scraps.draw(300, random.Random(2))


def test_a_piece_of_a_long_text_is_as_long_as_the_check_reads() -> None:
    assert {len(long_calm(CALM, random.Random(n))) for n in range(20)} == {360}


def test_a_piece_around_a_message_holds_it() -> None:
    message = "please come he has got in through the back and she is on the floor"
    assert all(message in long_around(message, CALM, random.Random(n)) for n in range(20))
