"""Contract: free words are the answer; a correction names what it corrects; commands are whole messages; a question is not an answer."""

from __future__ import annotations

import pytest

from guidance.content import Content
from guidance.dictation import Said, understand
from guidance.said_commands import opens_like

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


def test_an_age_and_an_address_in_one_answer_are_two_answers(content: Content) -> None:
    assert dict(said(content, "child-birth", "hes 4, 3 Oak Road Wisbech").values) == {"child-birth": "4", "child-address": "3 Oak Road Wisbech"}


def test_a_number_alone_puts_the_age_right(content: Content) -> None:
    told = {"child-name": "Jake", "child-birth": "6"}
    for text in ("no hes 7", "sorry he is 7"):
        meant = understand(content.referral, told, "child-birth", content.referral.field("child-where-now"), text)
        assert dict(meant.values) == {"child-birth": "7"}, text


def test_a_house_number_is_put_right_without_the_street_twice(content: Content) -> None:
    told = {"child-name": "Jake", "child-address": "12 Mill Road, Peterborough"}
    meant = understand(content.referral, told, "child-address", content.referral.field("child-where-now"), "its 21 mill road not 12")
    assert dict(meant.values) == {"child-address": "21 mill road, Peterborough"}


def test_a_number_that_nothing_holds_is_no_answer(content: Content) -> None:
    assert understand(content.referral, {"child-name": "Jake"}, None, content.referral.field("child-address"), "no 26 weeks not 24").meaning == "unplaced"


def test_a_name_and_an_age_are_two_answers(content: Content) -> None:
    meant = understand(content.referral, {}, None, content.referral.field("child-name"), "he is called Tyler, he is 4")
    assert dict(meant.values) == {"child-name": "Tyler", "child-birth": "he is 4"}


def test_a_name_that_is_put_right_is_put_right_in_the_worry_too(content: Content) -> None:
    told = {"child-name": "Jaydon Smith", "worry": "Jaydon is always hungry"}
    meant = understand(content.referral, told, "child-name", content.referral.field("seen"), "no, his name is Jayden not Jaydon")
    assert dict(meant.values) == {"child-name": "Jayden Smith", "worry": "Jayden is always hungry"}


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
        ("I'd rather not say", "refuse"), ("why do you ask?", "why"), ("go back", "back"),
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
    ("open_field", "text"),
    [
        ("child-name", "sorry what was that number again"),
        ("child-birth", "and if nobody anwsers at this hour?"),
        ("child-address", "hang on, when do i have to tell the lado by"),
        ("worry", "what is a MASH"),
        ("child-address", "i already rang. how long have i got to send the form"),
        ("protection-now", "do i tell the mum we've done this? she's a patient here"),
        ("worry", "what's the weather in Ely"),
        ("worry", "will my daughter find out its me"),
        ("child-where-now", "nothing else from me. how soon will they ring me back"),
        ("parents-know", "no they dont know. should i tell them"),
    ],
)
def test_a_question_needs_no_mark_and_may_stand_anywhere(content: Content, open_field: str, text: str) -> None:
    assert said(content, open_field, text).meaning == "question"


@pytest.mark.parametrize(
    ("open_field", "text"),
    [
        ("seen", "he asked me, can i go home with you"),
        ("child-said", "stop it daddy"),
        ("seen", "what happened was he fell off the wall"),
        ("when-where", "when he was at his dad's last weekend"),
        ("child-name", "Will Smith"),
        ("think", "i think he hits her, i dont like him and nor does anyone"),
        ("effect", "shes clingy, crying at drop off, wetting"),
        ("effect", "change in behaviour since june"),
        ("seen", "no she was crying not hurt"),
        ("parents-know", "no they are not bruises, dad said"),
        ("child-where-now", "no, the address is not safe"),
        ("seen", "stop! i heard him shout"),
        ("child-birth", "jest mała, ma półtora roku"),
    ],
)
def test_what_only_looks_like_something_else_is_an_answer(content: Content, open_field: str, text: str) -> None:
    assert said(content, open_field, text).meaning == "answer"


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("stop. i just want the phone number for social services for wisbech tonight", "i just want the phone number for social services for wisbech tonight"),
        ("stop and show me what you have", "show me what you have"),
        ("please stop, can you tell me who to ring", "can you tell me who to ring"),
    ],
)
def test_stop_is_stop_whatever_stands_behind_it(content: Content, text: str, rest: str) -> None:
    meant = said(content, "child-where-now", text)
    assert (meant.command, meant.rest) == ("stop", rest)


@pytest.mark.parametrize("text", ["go on with the summary", "carry on with the summary", "no go on with my referral questions", "continue"])
def test_going_on_is_a_command(content: Content, text: str) -> None:
    assert said(content, "child-name", text).command == "more"


NOTED = {"child-name": "Lexie Turner", "child-birth": "5 march 2023", "worry": "Booked a lady at 26 weeks, she's using heroin"}
BOTH = "sorry its Tanner not Turner, Lexie-Mae Tanner. and dob is 30 april 2023 not the 5th"


@pytest.mark.parametrize(
    ("open_field", "text", "values"),
    [
        ("child-address", BOTH, {"child-name": "Lexie-Mae Tanner", "child-birth": "30 april 2023"}),
        ("child-where-now", "actually she said 24 weeks not 26, change it", {"worry": "Booked a lady at 24 weeks, she's using heroin"}),
        ("child-address", "correct that: 24 weeks", {"worry": "Booked a lady at 24 weeks, she's using heroin"}),
        ("child-address", "no the name is Lexie-Mae Tanner. thats wrong on there", {"child-name": "Lexie-Mae Tanner"}),
        ("area", "the address is 14 Chapel St Yaxley", {"child-address": "14 Chapel St Yaxley"}),
        ("area", "14 Chapel St, Yaxley PE7", {"child-address": "14 Chapel St, Yaxley PE7"}),
        ("seen", "her address is 14 chapel st yaxley", {"child-address": "14 chapel st yaxley"}),
        ("child-said", "she lives at 14 Chapel Street", {"child-address": "14 Chapel Street"}),
        ("child-name", "Baby not born yet", {"child-birth": "Baby not born yet"}),
        ("child-address", "i already rang", {"call-made": "Yes, I have rung"}),
        ("child-name", "dad is called Craig Smith, 12 Broadway", {"parents-names": "dad is called Craig Smith, 12 Broadway"}),
        ("child-birth", "his health visitor is Sandra Okoye", {"other-services": "his health visitor is Sandra Okoye"}),
        ("area", "gp is Dr Patel, Lakeside", {"gp": "Dr Patel, Lakeside"}),
        ("seen", "sorry its Lexie Turnbull not Turner", {"child-name": "Lexie Turnbull"}),
        ("child-where-now", "wait her surname is Tanner not Turner", {"child-name": "Lexie Tanner"}),
        ("child-where-now", "no sorry 2022", {"child-birth": "5 march 2022"}),
        ("protection-now", "he speaks polish mum needs an interpreter", {"interpreter": "he speaks polish mum needs an interpreter"}),
        ("seen", "mum doesnt know im ringing", {"parents-know": "mum doesnt know im ringing"}),
        ("seen", "no, name is Lexi with an i not Lexie, age 2 not 3", {"child-name": "Lexi Turner", "child-birth": "2"}),
    ],
)
def test_what_belongs_elsewhere_goes_there_with_its_value_only(content: Content, open_field: str, text: str, values: dict[str, str]) -> None:
    meant = understand(content.referral, NOTED, "child-birth", content.referral.field(open_field), text)
    assert (meant.meaning, dict(meant.values)) == ("fill", values)


@pytest.mark.parametrize(
    ("text", "field"), [("actually i said that wrong, change the worry", "worry"), ("change where she is now", "child-where-now")]
)
def test_a_field_is_asked_again_in_whatever_words_it_is_named(content: Content, text: str, field: str) -> None:
    meant = said(content, "protection-now", text)
    assert (meant.meaning, meant.field) == ("change", field)


@pytest.mark.parametrize("text", ["sorry its Smith not Jones", "correct that bit about the dog", "i got that wrong, it was the other one"])
def test_a_correction_that_cannot_be_placed_is_no_answer(content: Content, text: str) -> None:
    assert said(content, "seen", text).meaning == "unplaced"


def test_a_number_that_stands_twice_is_not_guessed(content: Content) -> None:
    told = {"worry": "26 weeks pregnant", "child-address": "26 Station Road"}
    meant = understand(content.referral, told, None, content.referral.field("seen"), "sorry, 28 not 26")
    assert meant.meaning == "unplaced"


def test_refusing_the_caller_s_name_leaves_that_field_open_and_no_other(content: Content) -> None:
    meant = said(content, "child-said", "not telling you my name")
    assert (meant.meaning, meant.field, meant.command) == ("left-open", "caller-name", "refuse")


@pytest.mark.parametrize(
    ("open_field", "text", "meaning"),
    [
        ("child-birth", "...", "nothing"),
        ("child-address", "\N{THUMBS UP SIGN}", "nothing"),
        ("child-name", "SELECT * FROM contacts; DROP TABLE users;--", "doubtful"),
        ("child-birth", "alfie something, think its alfie barnes", "doubtful"),
        ("child-address", "thankyou dear", "command"),
        ("child-address", "Tyler Brown", "doubtful"),
        ("child-address", "mum says it was the kettle", "doubtful"),
        ("child-address", "his dads address is 12 Broadway", "doubtful"),
        ("child-name", "actually im worried about my niece too, she is being groomed", "doubtful"),
    ],
)
def test_what_cannot_be_an_answer_is_not_stored(content: Content, open_field: str, text: str, meaning: str) -> None:
    assert said(content, open_field, text).meaning == meaning


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


BRUISED = "A three year old boy came in with bruises on his back on Thursday. There are three children at home."


@pytest.mark.parametrize(
    ("text", "worry"),
    [
        ("sorry, not his back, his upper arm", BRUISED.replace("his back", "his upper arm")),
        ("the bruises were on his arm not his back", BRUISED.replace("his back", "his arm")),
        ("there are four children not three", BRUISED.replace("three children", "four children")),
        ("it was Wednesday not Thursday", BRUISED.replace("Thursday", "Wednesday")),
        ("no wait, the bruises are on the upper arm not the back", BRUISED.replace("his back", "his upper arm")),
    ],
)
def test_what_was_told_of_the_worry_is_put_right_where_it_stands(content: Content, text: str, worry: str) -> None:
    read = understand(content.referral, {"worry": BRUISED}, "worry", content.referral.field("child-name"), text)
    assert (read.meaning, read.values) == ("fill", {"worry": worry})


@pytest.mark.parametrize("text", ["actually he is 4", "he is 4"])
def test_an_age_is_no_address(content: Content, text: str) -> None:
    read = understand(content.referral, {"child-birth": "3"}, "child-birth", content.referral.field("child-address"), text)
    assert (read.meaning, read.values) == ("fill", {"child-birth": "he is 4"})


@pytest.mark.parametrize("text", ["there are bruises on his arm", "he was not at school", "mum said no"])
def test_a_sentence_is_no_name(content: Content, text: str) -> None:
    assert understand(content.referral, {}, None, content.referral.field("child-name"), text).meaning == "doubtful"
