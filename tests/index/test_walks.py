"""Contract: what people say finds the walk-through that is theirs; what is about nothing of the kind finds none."""

from __future__ import annotations

import pytest

from tests.actions.talks import guide


@pytest.mark.parametrize(
    ("text", "walk"),
    [
        ("We told the council about him a fortnight ago and it has been silence ever since", "chasing-a-referral"),
        ("our goalkeeping coach sends the lads private messages at night", "allegation-against-worker"),
        ("their bull terrier went for my niece again", "dangerous-dog"),
        ("she is 33 weeks and on heroin", "parent-substances"),
        ("he says his cousins are being sent home to be wed", "forced-marriage"),
    ],
)
def test_a_situation_finds_its_walk_through(text: str, walk: str) -> None:
    assert walk in [fit.pathway.id for fit in guide().fitting_walks(text)[:2]]


def test_a_worry_that_no_particular_walk_through_fits_opens_the_general_one() -> None:
    assert guide().fitting_walks("something about that house does not feel right").to_start() == "worried-about-a-child"


@pytest.mark.parametrize("text", ["when are the bins emptied", "what is the capital of france"])
def test_what_is_about_something_else_is_told_apart(text: str) -> None:
    fits = guide().fitting_walks(text)
    assert (fits.is_about_children(), fits.to_offer()) == (False, None)
