"""Contract: free words are the answer; a correction names what it corrects; commands are whole messages; a question is not an answer."""

from __future__ import annotations

import pytest

from guidance.content import Content
from guidance.dictation import Said, opens_like, understand

TOLD = {"child-name": "Thomas", "child-birth": "3 May 2018", "worry": "he has bruises"}


def said(content: Content, open_field: str | None, text: str) -> Said:
    return understand(content.referral, TOLD, "child-name", content.referral.field(open_field), text)


@pytest.mark.parametrize(
    ("open_field", "text", "values"),
    [
        ("child-name", "Tomas Kowalski", {"child-name": "Tomas Kowalski"}),
        ("child-name", "his name is Łukasz Żółć", {"child-name": "Łukasz Żółć"}),
        ("child-name", "it's Žygimantas", {"child-name": "Žygimantas"}),
        ("child-name", "محمد عبد الله", {"child-name": "محمد عبد الله"}),
        ("child-name", "Anna, Piotr and Ewa Nowak", {"child-name": "Anna, Piotr and Ewa Nowak"}),
        ("child-name", "Hope", {"child-name": "Hope"}),
        ("child-birth", "6?", {"child-birth": "6?"}),
        ("child-address", "12 Station Road, Wisbech PE13 1AB", {"child-address": "12 Station Road, Wisbech PE13 1AB"}),
        ("parents-know", "no, his dad is away", {"parents-know": "no, his dad is away"}),
        ("protection-now", "no its fine", {"protection-now": "no its fine"}),
        ("seen", "his school is worried too", {"seen": "his school is worried too"}),
        ("child-said", "will daddy be cross, she said", {"child-said": "will daddy be cross, she said"}),
        ("seen", "no, his school is worried about him", {"seen": "no, his school is worried about him"}),
    ],
)
def test_free_words_are_the_answer(content: Content, open_field: str, text: str, values: dict[str, str]) -> None:
    meant = said(content, open_field, text)
    assert (meant.meaning, dict(meant.values)) == ("answer", values)


def test_other_facts_in_an_answer_go_where_they_belong(content: Content) -> None:
    meant = said(content, "child-name", "Tomas, date of birth 3/5/2018, lives at 12 Station Road, Wisbech")
    assert dict(meant.values) == {
        "child-name": "Tomas",
        "child-birth": "3/5/2018",
        "child-address": "12 Station Road, Wisbech",
    }


@pytest.mark.parametrize(
    ("open_field", "text", "field", "words"),
    [
        ("child-birth", "no, his name is Tomas", "child-name", "Tomas"),
        ("seen", "no, his name is Tomas", "child-name", "Tomas"),
        ("seen", "Sorry, her name is Tomasina", "child-name", "Tomasina"),
        ("child-address", "no his name isnt thomas its Tomas", "child-name", "Tomas"),
        ("child-address", "Tomas, not Thomas", "child-name", "Tomas"),
        ("child-address", "I meant Tomas", "child-name", "Tomas"),
        ("child-address", "no it's Tomas", "child-name", "Tomas"),
        ("child-address", "change the date of birth to 4 May 2018", "child-birth", "4 May 2018"),
        ("child-address", "actually the dob is 4/5/2018", "child-birth", "4/5/2018"),
        (None, "his name is Tomas", "child-name", "Tomas"),
        (None, "no, the GP is Dr Khan", "gp", "Dr Khan"),
    ],
)
def test_a_correction_fills_the_field_that_it_names(
    content: Content, open_field: str, text: str, field: str, words: str
) -> None:
    meant = said(content, open_field, text)
    assert (meant.meaning, dict(meant.values)) == ("fill", {field: words})


def test_one_name_of_several_is_put_right_in_its_place(content: Content) -> None:
    told = {"child-name": "Thomas Kowalski"}
    meant = understand(content.referral, told, "child-name", content.referral.field("gp"), "no, his name is Tomas")
    assert dict(meant.values) == {"child-name": "Tomas Kowalski"}


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("change the date of birth", "child-birth"),
        ("I want to change his dob please", "child-birth"),
        ("can I correct the name", "child-name"),
        ("his name is spelt wrong", "child-name"),
        ("the date of birth is wrong", "child-birth"),
        ("no, the surname is Kowalska", "child-name"),
    ],
)
def test_a_change_without_words_asks_the_field_again(content: Content, text: str, field: str) -> None:
    meant = said(content, "gp", text)
    assert (meant.meaning, meant.field) == ("change", field)


@pytest.mark.parametrize("text", ["take out the name", "please delete his name", "remove her name"])
def test_one_answer_can_be_taken_out(content: Content, text: str) -> None:
    meant = said(content, "gp", text)
    assert (meant.meaning, meant.field) == ("remove", "child-name")


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("skip", "skip"), ("can I skip this one please", "skip"), ("I really don't know sorry", "unknown"), ("idk", "unknown"),
        ("don't know his date of birth", "unknown"), ("I'd rather not say", "refuse"), ("why do you ask?", "why"), ("go back", "back"),
        ("stop asking me questions", "stop"), ("show me the summary so far please", "show"), ("that's all", "finish"),
        ("delete it", "delete"), ("start the summary again", "restart"), ("start again", "again"), ("undo that", "undo"),
        ("I made a mistake", "change"), ("thanks", "courtesy"),
    ],
)  # fmt: skip
def test_a_command_is_the_whole_message(content: Content, text: str, command: str) -> None:
    assert said(content, "gp", text).command == command


@pytest.mark.parametrize(
    "text",
    ["not yet", "nothing", "no", "Tomas, don't know his surname", "he was told to stop", "she wants to skip school"],
)
def test_words_of_a_command_inside_an_answer_are_an_answer(content: Content, text: str) -> None:
    assert said(content, "effect", text).meaning == "answer"


@pytest.mark.parametrize(
    "text",
    ["how quickly do I have to tell the LADO?", "who do i ring", "will they know it was me?", "need the lado number"],
)
def test_a_question_is_not_an_answer(content: Content, text: str) -> None:
    assert said(content, "seen", text).meaning == "question"


@pytest.mark.parametrize(
    ("text", "opens"),
    [
        ("can you please delete the referral", True),
        ("delete everything I told you", True),
        ("he made her delete everything on her phone", False),
        ('choose_in_referral{"referral_choice":"delete"}', False),
    ],
)
def test_only_a_message_that_opens_with_deleting_deletes(content: Content, text: str, opens: bool) -> None:
    assert opens_like(content.referral, "delete", text) is opens
