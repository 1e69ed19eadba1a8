"""Contract: what was told is never asked again, a correction replaces, what is missing is listed, opinion and hearsay stand apart, clocks count."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from guidance import referral, told
from guidance.content import Content
from guidance.fields import ReferralForm, read_referral
from guidance.hours import LONDON
from guidance.pathways import walk
from guidance.referral import State
from guidance.statements import sort_statements
from guidance.timescales import due
from guidance.yaml_files import ContentError
from tests.conftest import SATURDAY_NIGHT

CALL = datetime(2026, 11, 28, 22, 15, tzinfo=LONDON)
PROFESSIONAL = {"audience": "professional", "area": "cambridgeshire"}


@pytest.fixture
def form(content: Content) -> ReferralForm:
    return content.referral


def filled(form: ReferralForm, **answers: str) -> State:
    state = referral.blank()
    for name, words in answers.items():
        state = referral.fill(form, state, name.replace("_", "-"), words, CALL if name == "call_when" else None)
    return state


def asked_in_order(form: ReferralForm, state: State, facts: dict[str, str]) -> list[str]:
    asked = []
    while field := referral.next_field(form, state, facts):
        asked.append(field.id)
        state = referral.pass_over(form, state, field.id, "skipped")
    return asked


def test_the_worry_is_asked_first_then_name_birth_and_address(form: ReferralForm) -> None:
    assert asked_in_order(form, referral.blank(), {})[:4] == ["worry", "child-name", "child-birth", "child-address"]


@pytest.mark.parametrize("how", ["skipped", "unknown", "refused"])
def test_what_was_passed_over_is_not_asked_again_but_is_listed_as_missing(form: ReferralForm, how: str) -> None:
    state = referral.pass_over(form, referral.blank(), "worry", how)  # type: ignore[arg-type]
    asked = asked_in_order(form, state, {})
    listed = {m.field: m.why for m in referral.missing(form, state, {})}
    assert ("worry" in asked, listed["worry"], listed["child-name"]) == (False, how, "open")


def test_nothing_is_asked_twice_in_either_part(form: ReferralForm) -> None:
    asked = asked_in_order(form, {**referral.blank(), "part": 2}, PROFESSIONAL)
    assert len(asked) == len(set(asked))


def test_the_first_part_does_not_ask_the_other_questions(form: ReferralForm) -> None:
    assert {form.field(f).part for f in asked_in_order(form, referral.blank(), {})} == {1}  # type: ignore[union-attr]


def test_the_call_s_time_is_asked_only_if_the_call_was_made(form: ReferralForm) -> None:
    before = asked_in_order(form, filled(form, call_made="No, not yet"), {})
    after = asked_in_order(form, filled(form, call_made="Yes, I have rung"), {})
    assert ("call-when" in before, "call-when" in after) == (False, True)


def test_questions_for_professionals_are_not_put_to_the_public(form: ReferralForm) -> None:
    begun = {**referral.blank(), "part": 2}
    public, professional = (
        asked_in_order(form, begun, {"audience": "public"}),
        asked_in_order(form, begun, PROFESSIONAL),
    )
    assert ("help-so-far" in public, "help-so-far" in professional) == (False, True)


def test_a_correction_replaces_and_leaves_the_open_question_open(form: ReferralForm) -> None:
    state = filled(form, worry="x", child_name="Thomas")
    corrected = referral.correct(form, state, "child-name", "Tomas")
    assert (corrected["answers"]["child-name"], referral.next_field(form, corrected, {})) == (
        "Tomas",
        form.field("child-birth"),
    )


def test_functions_leave_the_state_that_they_were_given_alone(form: ReferralForm) -> None:
    state = filled(form, child_name="Thomas")
    referral.correct(form, state, "child-name", "Tomas")
    referral.pass_over(form, state, "child-name", "refused")
    assert state["answers"] == {"child-name": "Thomas"}


def test_a_change_can_be_taken_back(form: ReferralForm) -> None:
    state = referral.correct(form, filled(form, child_name="Thomas"), "child-name", "Tomas")
    assert referral.undone(state)["answers"] == {"child-name": "Thomas"}  # type: ignore[index]


def test_a_call_that_was_not_made_has_no_time(form: ReferralForm) -> None:
    state = filled(form, call_made="Yes, I have rung", call_when="at 10.15pm", call_said="The duty worker")
    state = referral.correct(form, state, "call-made", "No, not yet")
    assert (state["answers"], state["call_at"]) == ({"call-made": "No, not yet"}, None)


def test_the_walk_through_s_answers_are_taken_over(content: Content) -> None:
    pathway = content.pathways["worried-about-a-child"]
    answers = ["not-now", "professional", "peterborough", "not-allocated", "harm-likely", "safe-to-ask", "refused"]
    step = walk(pathway, answers)
    earlier = told.Earlier(worries=["he has bruises on both arms"])
    state = told.prefilled(content, referral.blank(), {"area": "peterborough"}, pathway.id, step.answered, earlier)
    asked = asked_in_order(content.referral, {**state, "part": 2}, PROFESSIONAL)
    assert state["answers"]["parents-know"] == "They know, and they refuse."
    assert {"worry", "area", "parents-know", "social-worker", "protection-now"} & set(asked) == set()


def test_an_area_that_is_not_known_in_the_walk_through_is_not_asked_again(content: Content) -> None:
    pathway = content.pathways["worried-about-a-child"]
    step = walk(pathway, ["not-now", "public", "unknown"])
    state = told.prefilled(content, referral.blank(), {}, pathway.id, step.answered, told.Earlier())
    assert (state["passed"]["area"], "area" in asked_in_order(content.referral, state, {})) == ("unknown", False)


def test_what_the_person_answered_is_not_overwritten_by_what_was_known_before(content: Content) -> None:
    state = referral.fill(content.referral, referral.blank(), "worry", "mine")
    earlier = told.Earlier(worries=["he has bruises on both arms"])
    assert told.prefilled(content, state, {}, None, [], earlier)["answers"]["worry"] == "mine"


def test_seen_said_and_opinion_stand_apart(content: Content) -> None:
    state = filled(
        content.referral,
        seen="He had a mark. His aunt told me dad did it. I think it goes on for weeks.",
        child_said="it hurts",
    )
    parts = {p.id: [e.words for e in p.entries] for p in referral.summary(content, state, {}, SATURDAY_NIGHT).parts}
    assert parts == {
        "seen-or-heard": ["He had a mark."],
        "said": ["His aunt told me dad did it.", "it hurts"],
        "opinion": ["I think it goes on for weeks."],
    }


@pytest.mark.parametrize(
    ("told", "sorted_"),
    [
        (
            "he has bruises and I think the dad did it",
            [("seen-or-heard", "he has bruises"), ("opinion", "and I think the dad did it")],
        ),
        ("he ran and fell and cried", [("seen-or-heard", "he ran and fell and cried")]),
        ("Mr. Khan saw it. She told me so.", [("seen-or-heard", "Mr. Khan saw it."), ("said", "She told me so.")]),
    ],
)
def test_statements_are_sorted_word_for_word(form: ReferralForm, told: str, sorted_: list[tuple[str, str]]) -> None:
    assert sort_statements(told, "seen-or-heard", form.cues) == sorted_


def test_the_written_confirmation_is_due_24_hours_after_the_call_by_the_clock(content: Content) -> None:
    summed = referral.summary(
        content,
        filled(content.referral, call_made="Yes, I have rung", call_when="10.15pm"),
        PROFESSIONAL,
        SATURDAY_NIGHT,
    )
    assert summed.counted is not None
    words = [due(content.timescales[i], summed.counted).words for i in summed.deadlines]
    assert words == [
        "by 10.15pm on Sunday 29 November",
        "by the end of Monday 30 November",
        "by the end of Wednesday 2 December",
    ]


def test_24_hours_are_counted_through_the_change_of_the_clocks(content: Content) -> None:
    call = datetime(2026, 10, 24, 22, 15, tzinfo=LONDON)
    confirmation = due(content.timescales["referral-written-confirmation"], call)
    assert confirmation.words == "by 9.15pm on Sunday 25 October"


def test_the_public_is_not_given_the_professional_s_deadline(content: Content) -> None:
    summed = referral.summary(
        content,
        filled(content.referral, call_made="Yes, I have rung", call_when="x"),
        {"audience": "public"},
        SATURDAY_NIGHT,
    )
    assert summed.deadlines == ("referral-response-decision", "referral-chase")


def test_without_a_call_the_limits_count_from_now_and_with_an_unclear_time_not_at_all(content: Content) -> None:
    not_yet = referral.summary(content, filled(content.referral, call_made="No, not yet"), {}, SATURDAY_NIGHT)
    unclear = referral.fill(
        content.referral, filled(content.referral, call_made="Yes, I have rung"), "call-when", "the other day"
    )
    summed = referral.summary(content, unclear, {}, SATURDAY_NIGHT)
    assert (not_yet.call_made, not_yet.counted, summed.call_made, summed.counted, summed.deadlines) == (
        False,
        SATURDAY_NIGHT,
        True,
        None,
        (),
    )


def test_the_number_to_ring_is_the_one_for_the_area_and_the_hour(content: Content) -> None:
    summed = referral.summary(content, filled(content.referral, area="Peterborough"), {}, SATURDAY_NIGHT)
    assert summed.contacts[:2] == ("emergency-duty-team", "childrens-social-care-peterborough")


def test_a_child_who_lives_elsewhere_gets_no_wrong_council(content: Content) -> None:
    summed = referral.summary(content, filled(content.referral, area="Somewhere else"), {}, SATURDAY_NIGHT)
    assert summed.contacts == ("nspcc-helpline",)


@pytest.mark.parametrize("slot", [None, "x", {}, {"answers": {}}, [], {**referral.blank(), "answers": None}])
def test_a_slot_that_this_code_did_not_write_is_no_summary(slot: object) -> None:
    assert referral.restored(slot) is None


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("only_if: {call-made: made}", "only_if: {call-made: maid}", "only_if of"),
        ("- id: gp\n", "- id: school\n", "stands twice"),
        ('words: ["gender", "sex"]', 'words: ["gender", "school"]', "stands for two fields"),
        ("  kind: own-words\n", "  kind: own-wrods\n", "own-wrods"),
        ("  title: Summary", "  titel: Summary", "headings lacks 'title'"),
    ],
)
def test_a_broken_field_is_refused_with_its_fault(corpus: Path, old: str, new: str, fault: str) -> None:
    file = corpus / "referral.yml"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError, match=fault):
        read_referral(file)


@pytest.mark.parametrize(
    "listed",
    [
        "worry", "child-where-now", "protection-now", "child-name", "child-gender", "child-birth", "child-address", "address-before",
        "parental-responsibility", "household", "wider-family", "child-background", "interpreter", "child-needs", "earlier",
        "who-harmed", "strengths", "difficulties", "risk-to-staff", "caller-role", "other-services", "school", "gp", "parents-know",
        "social-worker", "parents-names", "effect", "help-so-far", "wanted", "family-views", "child-views", "not-asked-reason",
    ],
)  # fmt: skip
def test_what_the_chapters_list_has_a_field(form: ReferralForm, listed: str) -> None:
    assert form.field(listed) is not None


def test_a_baby_who_is_not_born_yet_has_no_name_to_ask_for_but_a_mother(form: ReferralForm) -> None:
    asked = asked_in_order(form, filled(form, child_birth="not born yet, due in March"), {})
    assert ("child-name" in asked, "mother-name" in asked, "mother-name" in asked_in_order(form, referral.blank(), {})) == (False, True, False)


@pytest.mark.parametrize(
    ("role", "listed"), [("the receptionist", True), ("football coach", True), ("community midwife in Wisbech", True), ("his nan", False)]
)
def test_whoever_rings_for_their_work_gets_the_written_confirmation(content: Content, role: str, listed: bool) -> None:
    state = filled(content.referral, caller_role=role, call_made="No, not yet")
    told_them = referral.summary(content, state, {"audience": "public"}, SATURDAY_NIGHT)
    assert ("referral-written-confirmation" in told_them.deadlines) is listed


@pytest.mark.parametrize(
    ("worry", "about_worker"),
    [
        ("our coach keeps messaging the girls on snapchat", True),
        ("she was grabbed by a teaching assistant", True),
        ("a member of staff was rough with him", True),
        ("his teacher told me that dad hit him", False),
        ("my colleague saw the stepdad hit her", False),
        ("he is hungry and his dad hits him", False),
    ],
)
def test_a_worry_about_a_worker_names_the_lado_and_its_limit(content: Content, worry: str, about_worker: bool) -> None:
    summed = referral.summary(content, filled(content.referral, worry=worry, area="Cambridgeshire"), {}, SATURDAY_NIGHT)
    assert (summed.undated == ("lado-employer-informs",), "lado-cambridgeshire" in summed.contacts) == (about_worker, about_worker)


@pytest.mark.parametrize(
    ("told_", "kind"),
    [
        ("she's using heroin, maybe methadone too", "own-words"),
        ("I reckon he hits her", "opinion"),
        ("she told Jo in the toddler room 'Darren smack me'", "said"),
    ],
)
def test_a_fact_with_a_maybe_is_no_opinion(form: ReferralForm, told_: str, kind: str) -> None:
    assert [k for k, _ in sort_statements(told_, "own-words", form.cues)] == [kind]
