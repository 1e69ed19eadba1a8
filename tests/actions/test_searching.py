"""Contract: a child is shown nothing that is written for staff; what is kept of a message is its matter; where nothing is found, the numbers fit it."""

from __future__ import annotations

import pytest

from actions.searching import answer, matter
from guidance import compose
from guidance.wording import says_help_called, without_introduction
from index.guide import Guide


@pytest.mark.parametrize("text", ["i might just not say anything. its fine", "how do i assess the child's parents"])
def test_a_child_is_shown_what_is_for_children_and_who_will_listen(guide: Guide, text: str) -> None:
    reply = answer(guide, text, {"audience": "child"})
    by_id = {section.id: section for section in guide.searcher.sections}
    shown = [by_id[p.id] for m in reply.messages for p in m.passages]
    assert all("child" in section.audience for section in shown)
    assert "childline" in reply.messages[-1].contacts


def test_who_is_writing_is_no_part_of_what_a_later_question_leans_on(guide: Guide) -> None:
    text = "hi im a social work student on placement in peterborough, learning the procedures. what is an AMM"
    assert matter(guide, text) == "what is an AMM"


def test_where_nothing_is_found_on_a_worker_the_lado_is_among_the_numbers(guide: Guide) -> None:
    needs = guide.content.pathways["allegation-against-worker"].needs
    reply = compose.passages(guide.content, "no_passage", (), None, {"area": "cambridgeshire"}, guide.now(), needs)
    assert "lado-cambridgeshire" in reply.messages[0].contacts


@pytest.mark.parametrize(("text", "rest"), [("im her auntie, what can i do", "what can i do"), ("her auntie hits her", "her auntie hits her")])
def test_a_relative_who_writes_is_no_worry_about_a_relative(guide: Guide, text: str, rest: str) -> None:
    assert without_introduction(text, guide.content.words) == rest


@pytest.mark.parametrize(("text", "called"), [("ok rang 999. now what", True), ("theyre on their way", True), ("i wouldnt ring 999 for that", False), ("should i ring the police", False)])
def test_help_is_called_only_where_the_words_say_so(guide: Guide, text: str, called: bool) -> None:
    assert says_help_called(text, guide.content.words) is called
