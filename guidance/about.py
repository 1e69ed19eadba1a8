"""An intent of the smalltalk skill -> its set reply: talk about Waymark, what people ask before they report, and what Waymark does not do.

Called by actions/, which hand in what Rasa and search made of the message. `is_meant` is the second look: a set reply given to somebody who
meant something else is worse than a search.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from msgspec.structs import replace

from guidance import compose
from guidance.content import Content
from guidance.replies import Choice, PassageRef, Reply, ReplyStatus
from guidance.text import words

WALK = Choice("Walk me through what to do", "/start_pathway")
CHASE = Choice("A decision on a report was wrong", '/open_pathway{"pathways_id":"chasing-a-referral"}')
DELETE = Choice("Delete this conversation now", "/delete_conversation")  # bot/chat.py does it, without Rasa
MOST_WORDS, MOST_WORDS_LONG = 14, 34  # talk about Waymark is short, or sure; who writes more has something to tell
# Of the intent classifier, by whether a question of a walk-through is open.
LEAST_SURE = {False: 0.4, True: 0.5}
LEAST_SURE_REFUSED = {False: 0.5, True: 0.6}
LEAST_SURE_LONG = 0.65  # of all set replies together: "is it kept, and who reads it" is two of them
DANGER_HEARD = 0.15  # of its signals together

# Set replies that a message must hold one of these words to be given: "does the coach get told" and "what if its the head" mean somebody else.
NEED_A_WORD: Mapping[str, frozenset[str]] = {
    "ask_found_out": frozenset(
        words(
            "i i'm im i've ive i'd id me my mine we us our who whos whose name names named anonymous anonymously anonymity identity identified identify "
            "referrer reporter caller reported reporting rang rung ring called phoned grass grassed snitch informant source"
        )
    ),
    "ask_if_wrong": frozenset(
        words(
            "i i'm im i've ive i'll ill leave bother help me my we we're were wrong mistake mistaken sure certain proof prove evidence nothing true untrue "
            "lie lying lies innocent"
        )
    ),
}


@dataclass(frozen=True, slots=True)
class SetReply:
    """A message of messages.yml and its status. `shows_source`: the sections that it rests on are shown as passages."""

    message: str
    status: ReplyStatus = "smalltalk"
    options: tuple[Choice, ...] = ()
    shows_source: bool = False


def _before_reporting(message: str) -> SetReply:
    return SetReply(message, "answered", (WALK,), shows_source=True)


def _refused(message: str) -> SetReply:
    return SetReply(message, "out_of_scope")


REPLIES: Mapping[str, SetReply] = {
    "greet": SetReply("smalltalk-greet"),
    "thank": SetReply("smalltalk-thank"),
    "say_goodbye": SetReply("smalltalk-goodbye"),
    "ask_identity": SetReply("smalltalk-identity"),
    "ask_robot": SetReply("smalltalk-robot"),
    "ask_privacy": SetReply("smalltalk-privacy", options=(DELETE,)),
    "ask_kept": SetReply("smalltalk-kept", options=(DELETE,)),
    "ask_delete": SetReply("smalltalk-delete", options=(DELETE,)),
    "ask_person": SetReply("smalltalk-person"),
    "ask_abilities": SetReply("smalltalk-what-can-you-do", options=(WALK,)),
    "ask_presence": SetReply("smalltalk-presence"),
    "praise_guide": SetReply("smalltalk-praise"),
    "swear_at_guide": SetReply("smalltalk-swear", options=(WALK,)),
    "ask_simpler": SetReply("smalltalk-simpler", options=(WALK,)),
    "ask_language": SetReply("smalltalk-english-only"),
    "ask_anonymous": _before_reporting("smalltalk-anonymous"),
    "ask_found_out": _before_reporting("smalltalk-found-out"),
    "ask_after_report": _before_reporting("smalltalk-after-report"),
    "ask_if_wrong": _before_reporting("smalltalk-if-wrong"),
    "ask_harm": _refused("smalltalk-harm"),
    "ask_personal_data": _refused("smalltalk-personal-data"),
    "ask_off_topic": _refused("smalltalk-off-topic"),
    "ask_complaint": SetReply("smalltalk-complaint", "not_held", (CHASE,)),
    "ask_removed": _refused("smalltalk-removed"),
}
REPEAT = "ask_repeat"  # answered from what was said last, not from a set message alone


def is_meant(asked: str, text: str, ranking: Mapping[str, float], in_walk: bool = False) -> bool:
    """True if a message that was read as `asked` may have its set reply.

    text     cleaned; empty where a button was pressed, which is always meant
    ranking  the intent classifier's probabilities by intent, as far as known
    in_walk  a question of a walk-through is open, so that the message is likelier an answer to it
    """
    if not text:
        return True
    if asked in NEED_A_WORD and NEED_A_WORD[asked].isdisjoint(words(text)):
        return False
    heard = sum(probability for intent, probability in ranking.items() if intent.startswith("signal_"))
    length, sure = len(words(text)), ranking.get(asked, 1.0)
    if heard >= DANGER_HEARD or length > MOST_WORDS_LONG:
        return False
    refused = asked in REPLIES and REPLIES[asked].status == "out_of_scope"
    if refused or length <= MOST_WORDS:
        return sure >= (LEAST_SURE_REFUSED if refused else LEAST_SURE)[in_walk]
    talk = sum(ranking.get(one, 0.0) for one, entry in REPLIES.items() if entry.status != "out_of_scope")
    return not in_walk and talk >= LEAST_SURE_LONG


def rests_on(content: Content, asked: str) -> tuple[str, ...]:
    """The sections that a set reply shows as passages; none for talk about Waymark."""
    entry = REPLIES.get(asked)
    return content.messages[entry.message].source if entry and entry.shows_source else ()


def is_borne_out(content: Content, asked: str, found: Collection[str]) -> bool:
    """True unless the set reply rests on sections of the procedures and a search for the message finds none of their chapters."""
    chapters = {section.partition("#")[0] for section in rests_on(content, asked)}
    return not chapters or bool(chapters & {section.partition("#")[0] for section in found})


def reply(content: Content, asked: str, facts: Mapping[str, str], at: datetime, in_walk: bool = False) -> Reply:
    """The set reply to an intent of REPLIES; inside a walk-through without a way into another one."""
    entry = REPLIES[asked]
    options = tuple(choice for choice in entry.options if choice != WALK or not in_walk)
    for_child = f"{entry.message}-child"
    told = for_child if facts.get("audience") == "child" and for_child in content.messages else entry.message
    message = compose.set_message(content, told, facts, at, options=options)
    if entry.shows_source:
        shown = tuple(PassageRef(section) for section in message.source)
        message = replace(message, passages=shown, source=())
    return Reply(entry.status, (message,))


def again(
    content: Content, last: Collection[Reply], facts: Mapping[str, str], at: datetime, in_walk: bool = False
) -> list[Reply]:
    """What Waymark said last, once more; the open question of a walk-through is left out, since the walk-through asks it again itself."""
    lead = Reply("smalltalk", (compose.set_message(content, "smalltalk-repeat", facts, at),))
    told = [said for said in last if said != lead and not (in_walk and said.status == "pathway")]
    if not told and not in_walk:
        return [Reply("smalltalk", (compose.set_message(content, "smalltalk-repeat-nothing", facts, at),))]
    return [lead, *told]
