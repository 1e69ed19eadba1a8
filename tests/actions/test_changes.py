"""Contract: changes are told newest first, at most ten, each with its manual, place and date; nothing found is not 'nothing changed'."""

from __future__ import annotations

import pytest

from actions.changes import TellChanges
from guidance.changes import newest_first
from tests.actions.talks import ActionTalk, guide


@pytest.fixture
def talk() -> ActionTalk:
    return ActionTalk(TellChanges())


def lines(talk: ActionTalk) -> list[str]:
    return [line for line in talk.text.splitlines() if line.startswith("- ")]


def test_a_year_of_one_manual_is_listed_and_labelled_as_another_areas(talk: ActionTalk) -> None:
    talk.say("what changed in the Derbyshire manual in 2019")
    assert (talk.reply.status, len(lines(talk)), "not the procedure for Cambridgeshire" in talk.text) == (
        "changes",
        10,
        True,
    )
    assert all("2019" in line and "Derby and Derbyshire (another area)" in line for line in lines(talk))


def test_how_many_more_there_are_is_said(talk: ActionTalk) -> None:
    talk.say("what changed in the Derbyshire manual in 2019")
    of_2019 = [
        a for a in guide().content.amendments if a.date.startswith("2019") and a.manual == "derby-and-derbyshire"
    ]
    assert f"{len(of_2019) - 10} more are not shown" in talk.text


def test_the_last_update_of_a_chapter_is_told_for_each_manual(talk: ActionTalk) -> None:
    talk.say("when was the LADO chapter last updated")
    starts = (
        "- **September 2020**, Derby and Derbyshire (another area)",
        "- **December 2015**, Peterborough contents page",
    )
    assert [line.startswith(start) for line, start in zip(lines(talk), starts, strict=True)] == [True, True]


def test_since_includes_the_month_that_is_named(talk: ActionTalk) -> None:
    talk.say("whats new in the fgm chapter since january 2021")
    assert lines(talk)[0].startswith("- **January 2021**")


def test_our_own_manual_can_be_asked_for(talk: ActionTalk) -> None:
    talk.say("what changed in the peterborough manual in 2017")
    assert all("Peterborough contents page" in line for line in lines(talk))
    assert "another area" not in talk.text


def test_only_removed_chapters_are_told_where_that_is_asked(talk: ActionTalk) -> None:
    talk.say("was any chapter removed in 2017")
    assert (len(lines(talk)), "what was removed is not known" in talk.text) == (1, True)


@pytest.mark.parametrize("text", ["changes to the unicorns chapter", "what changed last year"])
def test_nothing_found_says_what_the_lists_cover(talk: ActionTalk, text: str) -> None:
    talk.say(text)
    assert ("no change that fits" in talk.text, "January 2022" in talk.text, "September 2017" in talk.text) == (
        True,
        True,
        True,
    )


def test_a_month_that_cannot_be_is_said(talk: ActionTalk) -> None:
    assert talk.say("changes since 13/2019").status == "clarify"


def test_a_year_without_a_month_stands_after_its_months() -> None:
    dates = [a.date for a in newest_first(guide().content.amendments)]
    assert dates.index("2014") > max(i for i, d in enumerate(dates) if d.startswith("2014-"))
