"""Contract: who tells of a situation, or asks to be led, is led by the walk-through that fits; who asks a question gets its answer."""

from __future__ import annotations

import pytest

from actions.starting import called_for
from tests.actions.talks import guide


@pytest.mark.parametrize(
    ("text", "found", "walk"),
    [
        ("put a referal in 9 days ago herd nothing back, im the senco", "weak", "chasing-a-referral"),
        ("Parent refuses to let me in, fourth visit running. I'm the family support worker.", "no_passage", "hostile-family"),
        ("A pupil of ours died by suicide at the weekend. I am the head. Where do we start?", "answered", "after-a-suicide"),
        ("A pupil of ours died by suicide at the weekend. Who must the school tell?", "answered", None),
        ("put a referal in 9 days ago herd nothing back, im the senco", "answered", "chasing-a-referral"),
        ("a lad in my tutor group is sleeping at different houses", "answered", None),
        ("wich bin goes out this week, peterbro", "no_passage", None),
        ("bins, where do i start", "no_passage", None),
        ("", "no_passage", None),
    ],
)
def test_a_situation_that_fits_a_walk_through_opens_it(text: str, found: str, walk: str | None) -> None:
    assert called_for(guide(), text, guide().fitting_walks(text), found) == walk
