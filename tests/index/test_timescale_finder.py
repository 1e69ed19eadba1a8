"""Contract: the time limit that is meant is found in people's own words; several that may be meant are told to be unsure; none is not guessed."""

from __future__ import annotations

import pytest

from index.timescales import TimescaleFinder, timescale_finder
from tests.actions.talks import guide


@pytest.fixture(scope="module")
def finder() -> TimescaleFinder:
    return timescale_finder(guide())


@pytest.mark.parametrize(
    ("text", "timescale"),
    [
        ("strategy meeting was , when are minutes due?", "final-strategy-minutes"),
        ("allegation made , when must the lado be told", "lado-employer-informs"),
        ("i phoned in a referral when does the form need to be sent", "referral-written-confirmation"),
        ("sent referral and heard nothing. when should i chase", "referral-chase"),
        ("c&f assessment deadline if referral was", "child-and-family-assessment"),
        ("edd is , pre birth assessment by when", "pre-birth-assessment-finish"),
        ("amm date please, threshold met", "lado-allegations-management-meeting"),
        ("transfer in conference deadline", "transfer-in-conference"),
        (
            "child died , when does the initial case management discussion have to happen",
            "child-death-initial-discussion",
        ),
        ("full post mortem report when, pm was", "child-death-full-post-mortem"),
        ("when do we review the response after a suicide", "suicide-four-week-review"),
        ("what if the school rang it in , when do they have to put it in writing", "referral-written-confirmation"),
        ("how long have i got to send the form", "referral-written-confirmation"),
        ("lado - allegation about a nursery worker made , when must i tell them", "lado-employer-informs"),
        ("sex offender moved house , tell police by when", "sex-offender-moves"),
    ],
)
def test_a_time_limit_is_found_for_sure(finder: TimescaleFinder, text: str, timescale: str) -> None:
    found = finder.find(text)
    assert (found.sure, timescale in [t.id for t in found.timescales]) == (True, True)


def test_one_duty_that_the_manual_prints_twice_is_named_once(finder: TimescaleFinder) -> None:
    found = finder.find("when should social care have decided about the referral i made")
    assert (found.sure, len({t.id for t in found.timescales} & {"referral-evaluated", "referral-response-decision"})) == (True, 1)


def test_the_duty_to_tell_the_lado_is_the_employers_and_is_named_once(finder: TimescaleFinder) -> None:
    found = finder.find("the allegation was made . so what date does the lado have to have it by?")
    assert [t.id for t in found.timescales] == ["lado-employer-informs"]


@pytest.mark.parametrize(
    ("topic", "first"),
    [
        ("my neighbour hits her little boy", "referral-significant-harm"),
        ("a coach has been messaging the lads at night", "lado-employer-informs"),
    ],
)
def test_what_was_spoken_of_before_decides_between_limits(finder: TimescaleFinder, topic: str, first: str) -> None:
    assert finder.find("when do i have to report it by", topic).timescales[0].id == first


@pytest.mark.parametrize("text", ["when do i have to report it by", "when do they have to have the meeting if she moves"])
def test_a_limit_after_a_death_is_not_found_where_no_death_is_spoken_of(finder: TimescaleFinder, text: str) -> None:
    assert [t.id for t in finder.find(text).timescales if t.source.chapter in ("child-death", "suicide-response")] == []


def test_a_limit_after_a_death_is_found_once_a_death_was_spoken_of(finder: TimescaleFinder) -> None:
    found = finder.find("when do we have to have the meeting", "a baby died last night")
    assert "child-death-initial-discussion" in [t.id for t in found.timescales]


@pytest.mark.parametrize("text", ["when is the review conference due", "looked after child review due"])
def test_what_is_only_near_is_not_sure(finder: TimescaleFinder, text: str) -> None:
    assert finder.find(text).sure is False


@pytest.mark.parametrize(
    "text",
    [
        "when is my tax return due",
        "library book due back",
        "what's the deadline for free school meals",
        "when is it due",
        "",
    ],
)
def test_what_the_manual_does_not_have_is_not_found(finder: TimescaleFinder, text: str) -> None:
    assert finder.find(text).timescales == ()


@pytest.mark.parametrize(
    ("text", "text_not_held"),
    [
        ("icpc deadline", "child-protection-conferences"),
        ("strategy discussion was , when is the initial child protection conference due", "child-protection-conferences"),
        ("when must our report reach the chair of the case conference", "child-protection-conferences"),
        ("first core group by when", "child-protection-plans"),
        ("how often does a child on a cp plan get a visit", "child-protection-plans"),
        ("s47 opened , when does it have to be finished", "section-47-enquiries"),
        ("pre-birth conference, how long before the due date", "pre-birth-assessment"),
        ("he came back last night, return home interview by when", "missing-children"),
    ],
)
def test_a_limit_that_only_a_text_would_give_which_is_not_held_is_told_apart(finder: TimescaleFinder, text: str, text_not_held: str) -> None:
    found = finder.find(text)
    assert found.absent
    assert (found.absent.not_held, found.timescales) == (text_not_held, ())


@pytest.mark.parametrize(
    ("text", "timescale"),
    [
        ("transfer-in child protection conference by when", "transfer-in-conference"),
        ("pre-birth assessment finished by when", "pre-birth-assessment-finish"),
        ("first review of the police investigation", "lado-police-review"),
        ("minutes of the final strategy meeting", "final-strategy-minutes"),
    ],
)
def test_a_held_limit_is_not_hidden_by_one_that_is_not_held(finder: TimescaleFinder, text: str, timescale: str) -> None:
    assert timescale in [t.id for t in finder.find(text).timescales]


def test_history_and_other_areas_stand_behind_current_duties(finder: TimescaleFinder) -> None:
    found = finder.find("when must the child and family assessment be finished")
    assert [t.id for t in found.timescales] == ["child-and-family-assessment"]
