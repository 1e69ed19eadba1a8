"""Contract: what is said in a walk-through and is no answer is never dropped: a question is answered on the matter of the walk-through, another
worry is offered its own, a place is noted or asked about.
"""

from __future__ import annotations

import pytest

from actions.asides import aside, is_only_a_place, of_place
from guidance.pathways import Step, walk
from index.guide import Guide


def _step(guide: Guide, pathway: str) -> Step:
    return walk(guide.content.pathways[pathway], [])


def _chapters(guide: Guide, pathway: str, text: str) -> list[str]:
    reply = aside(guide, text, guide.places.read(text), {}, _step(guide, pathway))
    assert reply is not None
    return [p.id.partition("#")[0] for m in reply.messages for p in m.passages]


@pytest.mark.parametrize(
    ("pathway", "text", "chapter"),
    [
        ("forced-marriage", "shall i speak to the aunt to settle it", "forced-marriage"),
        ("allegation-against-worker", "can I suspend him?", "lado"),
        ("allegation-against-worker", "do i tell the other parents or not", "lado"),
        ("allegation-against-worker", "do the parents have to be told", "lado"),
        ("allegation-against-worker", "does the coach get told", "lado"),
    ],
)
def test_a_question_that_names_no_matter_means_that_of_the_walk_through(guide: Guide, pathway: str, text: str, chapter: str) -> None:
    assert _chapters(guide, pathway, text)[0] == chapter


def test_in_a_forced_marriage_nobody_is_shown_how_to_talk_to_the_parents(guide: Guide) -> None:
    for text in ("shall i speak to the aunt to settle it", "should i ring her mum first and talk it over?", "do i have to tell her parents?"):
        assert not {"responding-to-concerns", "thresholds"} & set(_chapters(guide, "forced-marriage", text)), text


def test_a_living_child_is_not_answered_with_what_is_done_after_a_death(guide: Guide) -> None:
    assert "child-death" not in _chapters(guide, "seen-an-injury", "who has to examine him and how quickly")


def test_a_disclosure_in_the_wrong_walk_through_is_offered_its_own(guide: Guide) -> None:
    text = "a girl in my year 5 class says her uncle puts his hand in her knickers"
    reply = aside(guide, text, guide.places.read(text), {}, _step(guide, "parent-substances"))
    assert reply is not None
    assert '/open_pathway{"pathways_id":"child-is-telling-me"}' in [o.payload for m in reply.messages for o in m.options]


@pytest.mark.parametrize(
    ("text", "only", "said"),
    [("wisbech, told you", True, "Cambridgeshire"), ("actually im not sure shes in peterborough, maybe yaxley", True, "Yaxley"), ("im in ely and he hit her again last night and today", False, "")],
)  # fmt: skip
def test_a_place_is_noted_or_asked_about(guide: Guide, text: str, only: bool, said: str) -> None:
    place = guide.places.read(text)
    assert is_only_a_place(guide, text, place) is only
    if only:
        assert said in of_place(guide, place, {}).messages[0].text
