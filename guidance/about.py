"""An intent of the smalltalk skill -> its set reply: talk about Waymark, what people ask before they report, and what Waymark does not do.

Called by actions/, which hand in what Rasa and search made of the message. `is_meant` is the second look: a set reply given to somebody who
meant something else is worse than a search.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from msgspec.structs import replace

from guidance import compose
from guidance.content import Content
from guidance.interpret import asks
from guidance.replies import Choice, PassageRef, Reply, ReplyStatus
from guidance.text import holds, words
from guidance.wording import WordLists

WALK = Choice("Walk me through what to do", "/start_pathway")
OTHER_CHILD = Choice("I am worried about a child", "/start_pathway")
CHASE = Choice("A decision on a report was wrong", '/open_pathway{"pathways_id":"chasing-a-referral"}')
DELETE = Choice("Delete this conversation now", "/delete_conversation")  # bot/chat.py does it, without Rasa
FEW_WORDS = 8  # a few words may ask although they are not put as a question: "i dont no how to ring"
MOST_WORDS, MOST_WORDS_LONG = 14, 34  # talk about Waymark is short, or sure; who writes more has something to tell
# Of the intent classifier, by whether a question of a walk-through is open.
LEAST_SURE = {False: 0.4, True: 0.5}
LEAST_SURE_REFUSED = {False: 0.5, True: 0.6}
LEAST_SURE_LONG = 0.65  # of all set replies together: "is it kept, and who reads it" is two of them
SHOWN = 3  # passages, as fits a phone
MOST_WORDS_TOLD = 90  # of who tells what has happened to them, for a set reply that answers a story
DANGER_HEARD = 0.15  # of its signals together
AGAIN = "-again"  # behind the id of a set reply: less of it, to who has been told it

OFF_TOPIC = "ask_off_topic"
REPORTED = "ask_reported"  # by a parent whom others are worried about, of what will happen to them


@dataclass(frozen=True, slots=True)
class SetReply:
    """A message of messages.yml and its status.

    shows_source   the sections that it rests on are shown as passages: three of them, the nearest to what was asked
    borne_out      given only where a search for the message finds one of their chapters
    least_sure     of the intent classifier, for a set reply that answers who tells at length what has happened to them, too
    """

    message: str
    status: ReplyStatus = "smalltalk"
    options: tuple[Choice, ...] = ()
    shows_source: bool = False
    borne_out: bool = False
    least_sure: float | None = None


def _before_reporting(message: str) -> SetReply:
    return SetReply(message, "answered", (WALK,), shows_source=True, borne_out=True)


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
    OFF_TOPIC: _refused("smalltalk-off-topic"),
    "ask_complaint": SetReply("smalltalk-complaint", "not_held", (CHASE,)),
    "ask_removed": _refused("smalltalk-removed"),
    REPORTED: SetReply("smalltalk-reported", "answered", (OTHER_CHILD,), shows_source=True, least_sure=0.3),
}
REPEAT = "ask_repeat"  # answered from what was said last, not from a set message alone


def surely(text: str, lists: WordLists, by_child: bool = False) -> str | None:
    """The intent of REPLIES that words alone ask for, however likely another one is; None for any other message."""
    if not asks(text) and len(words(text)) > FEW_WORDS:
        return None
    named = {**(lists.surely["child"] if by_child else {}), **lists.surely["anyone"]}
    return next((intent for intent, phrases in named.items() if holds(text, phrases)), None)


def is_meant(
    asked: str, text: str, ranking: Mapping[str, float], lists: WordLists, in_walk: bool = False, by_child: bool = False, outside: bool = False
) -> bool:
    """True if a message that was read as `asked` may have its set reply.

    text      cleaned; empty where a button was pressed, which is always meant
    ranking   the intent classifier's probabilities by intent, as far as known
    lists     words.yml, which says what words a message must hold for some of the set replies
    in_walk   a question of a walk-through is open, so that the message is likelier an answer to it
    by_child  the writer is known to be a child: what sounds like one is then nothing new
    outside   the message alone sounds like something that the manual has nothing to do with
    """
    if not text:
        return True
    needed = lists.only_with.get(asked)
    if (needed and not by_child and not holds(text, needed)) or holds(text, lists.not_with.get(asked, ())):
        return False
    heard = sum(probability for intent, probability in ranking.items() if intent.startswith("signal_") and not (by_child and intent == "signal_child"))
    length, sure, entry = len(words(text)), ranking.get(asked, 1.0), REPLIES.get(asked)
    if entry and entry.least_sure:
        return heard < DANGER_HEARD and length <= MOST_WORDS_TOLD and sure >= max(entry.least_sure, LEAST_SURE[True] if in_walk else 0.0)
    if heard >= DANGER_HEARD or length > MOST_WORDS_LONG:
        return False
    refused = entry is not None and entry.status == "out_of_scope"
    if refused or length <= MOST_WORDS:
        return sure >= (LEAST_SURE_REFUSED if refused and not (outside and asked == OFF_TOPIC) else LEAST_SURE)[in_walk]
    talk = sum(ranking.get(one, 0.0) for one, other in REPLIES.items() if other.status != "out_of_scope")
    return not in_walk and talk >= LEAST_SURE_LONG


def must_be_borne_out(content: Content, asked: str) -> frozenset[str]:
    """The chapters of which a search for the message has to find one, for this set reply to be given; none where any message may have it."""
    entry = REPLIES.get(asked)
    sections = content.messages[entry.message].source if entry and entry.borne_out else ()
    return frozenset(section.partition("#")[0] for section in sections)


def reply(
    content: Content,
    asked: str,
    facts: Mapping[str, str],
    at: datetime,
    in_walk: bool = False,
    shown: Sequence[PassageRef] = (),
    again: bool = False,
    needs: Sequence[str] = (),
) -> Reply:
    """The set reply to an intent of REPLIES; inside a walk-through without a way into another one, and to a child in words of its own.

    shown  the nearest of the sections that it rests on, where those are shown
    again  it has been given in this conversation
    needs  whose numbers are wanted, where the matter is known
    """
    entry = REPLIES[asked]
    if facts.get("audience") == "child" and has_words_for_child(content, asked):
        return Reply("child", (compose.set_message(content, entry.message, facts, at),))
    options = tuple(choice for choice in entry.options if choice != WALK or not in_walk)
    name = entry.message + AGAIN if again and entry.message + AGAIN in content.messages else entry.message
    message = compose.set_message(content, name, facts, at, options=options, needs=needs)
    if entry.shows_source:
        passages = tuple(shown) or tuple(PassageRef(section) for section in message.source[:SHOWN])
        message = replace(message, passages=passages, source=())
    return Reply(entry.status, (message,))


def has_words_for_child(content: Content, asked: str) -> bool:
    return asked in REPLIES and REPLIES[asked].message + compose.FOR_CHILD in content.messages


def again(
    content: Content, last: Collection[Reply], facts: Mapping[str, str], at: datetime, in_walk: bool = False
) -> list[Reply]:
    """What Waymark said last, once more; the open question of a walk-through is left out, since the walk-through asks it again itself."""
    lead = Reply("smalltalk", (compose.set_message(content, "smalltalk-repeat", facts, at),))
    told = [said for said in last if said != lead and not (in_walk and said.status == "pathway")]
    if not told and not in_walk:
        return [Reply("smalltalk", (compose.set_message(content, "smalltalk-repeat-nothing", facts, at),))]
    return [lead, *told]
