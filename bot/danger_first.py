"""Danger before everything else in a turn's reply, whatever the reply was; and what comes after an alarm that was none."""

from __future__ import annotations

import re
from dataclasses import replace as replace_reading

from msgspec.structs import replace

from bot.conversations import Conversation
from guidance import compose
from guidance.danger import ALARMS, FEW_WORDS, DangerReading, Heard
from guidance.interpret import asks
from guidance.languages import Spoken
from guidance.replies import Choice, Reply, joined
from guidance.text import words
from guidance.wording import may_be_over, says_help_called, says_role
from index.guide import Guide

ALL_CLEAR = ("/say_false_alarm", '/choose_option{"pathways_option":"not-now"}')
HEARD_IN_OTHER_LANGUAGE = 0.3  # the danger check's probability from which words that it has not learnt count
SURE_OF_ALARM = 0.7  # its probability of an emergency from which a false alarm is taken for one that is over
MOST_TOLD = 24  # words
MOST_OF_AN_AGE = 6  # words
MOST_TOLD_IN_DESPAIR = 8  # words: who writes more about somebody else's despair is still shown what is found
DESPAIR_LASTS = 6  # replies
DESPAIR_HEARD = 0.05  # of the danger check's probability, while it lasts
SURELY_URGENT = 0.5  # a few words say little by themselves while it lasts, unless they are surely an emergency: "hes got a knife"
_MAYBE = {"crisis": "danger-crisis-maybe", "child": "danger-child-maybe"}
GROWN_UP = "/say_grown_up"  # bot/chat.py answers it
# "if i tell my teacher what will happen"
_ASKS_LATER = re.compile(r"\b(?:what|will|would|do|does|can|could|is|are|am) (?:happens?|will|i|he|she|they|it|we|you|u|my|the|to)\b", re.I)
_LED, RESUMED = "/start_pathway", "/resume_pathway"


class DangerFirst:
    """Puts what the danger check read into replies; keeps in the conversation whether somebody has said that nobody is in danger."""

    def __init__(self, guide: Guide) -> None:
        self.guide = guide

    def read(self, conversation: Conversation, text: str) -> DangerReading:
        """What a message shows, with what is known of who writes."""
        check = self.guide.danger
        at_work = says_role(text, self.guide.content.words) and not check.says_young(text)  # "im a community nurse"
        if at_work or check.says_grown_up(text) or (conversation.writer == "maybe_child" and check.by_adult(text)):
            conversation.writer = "grown_up"
        reading = check.read(text, self.heard(conversation, text))
        if reading.level == "child" and conversation.writer != "child":
            conversation.writer = "child" if reading.why == "pattern" else "maybe_child"  # "im 12": what was said before was of somebody else
            conversation.taken_for_childs = text
        few = len(words(text)) <= FEW_WORDS and reading.scores.get("urgent", 0.0) < SURELY_URGENT
        despair = few or reading.scores.get("crisis", 0.0) >= DESPAIR_HEARD
        if conversation.in_despair and reading.level == "urgent" and reading.why == "classifier" and despair:
            return replace_reading(reading, level="crisis")  # "got her tablets here", "like 20 mins ago": no word now on telling social care
        return reading

    @staticmethod
    def heard(conversation: Conversation, text: str) -> Heard:
        """What was said before that tells how the next message is to be read."""
        child = conversation.writer in ("maybe_child", "child")
        return Heard(
            grown_up=conversation.writer == "grown_up",
            a_child=child,
            in_despair=conversation.in_despair > 0,
            midway=bool(conversation.turns),
            child_asks=child and conversation.child_told and (asks(text) or bool(_ASKS_LATER.search(text))),
        )

    def puts_age_right(self, conversation: Conversation, text: str) -> bool:
        """True if somebody who was taken for a child says that they are none, and little else: "im 34"."""
        said_so = self.guide.danger.says_grown_up(text) and len(words(text)) <= MOST_OF_AN_AGE
        return bool(said_so and conversation.writer == "grown_up" and conversation.taken_for_childs)

    def goes_on(self, conversation: Conversation, text: str, reading: DangerReading) -> bool:
        """True for what is told right after an alarm that interrupted questions: it is meant as the answer to the open one. Not for a question, nor
        for what may say that it is over, or that 999 was rung.
        """
        payloads, lists = {payload for _, payload in conversation.options.values()}, self.guide.content.words
        if not {ALL_CLEAR[0], RESUMED} <= payloads or reading.level in ALARMS or len(words(text)) > MOST_TOLD:
            return False
        return not (asks(text) or says_help_called(text, lists) or may_be_over(text, lists))

    def still_there(self, conversation: Conversation, said: str, reply: Reply) -> Reply:
        """For some replies after somebody may have meant to hurt themself, where to get help stays in sight, whatever they ask next. What they only
        tell, and what no procedure answers ("like 20 mins ago"), gets that help alone.
        """
        conversation.child_told |= reply.status == "child"
        told = 0 < len(words(said)) <= MOST_TOLD_IN_DESPAIR and not asks(said)
        if conversation.in_despair and told and reply.status in ("no_passage", "weak"):
            reply = self.reply(DangerReading("crisis", "despair", {}))
        if reply.status == "crisis":
            conversation.in_despair = DESPAIR_LASTS
        elif self._is_over(reply) or conversation.deleted:
            conversation.in_despair = 0
        elif conversation.in_despair:
            conversation.in_despair -= 1
            if any("111" in message.text for message in reply.messages):
                return reply
            still = compose.set_message(self.guide.content, "danger-crisis-still", {}, self.guide.now())
            first, rest = (reply.messages[:1], reply.messages[1:]) if reply.status == "urgent" else ((), reply.messages)
            return replace(reply, messages=(*first, still, *rest))
        return reply

    def reply(self, reading: DangerReading, again: bool = False) -> Reply:
        return compose.danger(self.guide.content, reading, {}, self.guide.now(), resume=False, again=again)

    def put(self, conversation: Conversation, reply: Reply, reading: DangerReading) -> Reply:
        """The reply with danger first: the alarm itself, or the question whether anybody is in danger right now."""
        was_asked = any(payload in ALL_CLEAR for _, payload in conversation.options.values())
        asks_again = any(choice.payload in ALL_CLEAR for m in reply.messages for choice in m.options)
        if reading.level in ALARMS:
            conversation.nobody_in_danger = False
            if reply.status == reading.level and not reading.taken:
                first = reply
            elif reading.level in ("crisis", "child") and reply.status != "error":  # Rasa read a part only: no procedure text for somebody in despair
                first = self.reply(reading, conversation.child_told)
            else:
                first = joined([self.reply(reading), reply])
            return _with_way_out(first) if reading.level == "child" and conversation.writer == "maybe_child" else first
        answered_calmly = was_asked and not asks_again and reply.status in ("pathway", "smalltalk", "summary")
        if answered_calmly:
            conversation.nobody_in_danger = True
        asks_already = any("999" in m.text for m in reply.messages[:1])
        if reading.maybe in _MAYBE and not conversation.in_despair:
            maybe = compose.set_message(self.guide.content, _MAYBE[reading.maybe], {}, self.guide.now())
            return replace(reply, messages=(maybe, *reply.messages))
        if reading.level == "unsure" and not conversation.nobody_in_danger and not asks_already:
            options = [
                Choice("Yes, somebody is in danger", "/signal_urgent"),
                Choice("No, not right now", "/say_false_alarm"),
            ]
            options = [] if asks_again else options  # the open walk-through asks the same, with buttons of its own
            ask = compose.set_message(self.guide.content, "danger-unsure", {}, self.guide.now(), options=options)
            return Reply(reply.status, (ask, *reply.messages), reply.pathway)
        return reply

    def in_other_language(
        self, conversation: Conversation, said: str, spoken: Spoken, reading: DangerReading
    ) -> Reply:
        """Answered here: Rasa reads English only. The buttons that were open stay open. The trained reader knows English only too: what it
        hears of danger or despair counts where it is sure of it, and leads to 999, but not which of the two it was; else it is asked.
        """
        if reading.why == "classifier" and reading.level in ALARMS:
            sure = max(reading.scores["urgent"], reading.scores["crisis"]) >= HEARD_IN_OTHER_LANGUAGE
            reading = DangerReading("urgent" if sure else "unsure", reading.why, reading.scores)
        danger = spoken.danger or reading.level == "urgent"
        place = self.guide.places.read(said)
        facts = {"area": place.area} if place.area else {}
        options = [Choice(label, payload) for label, payload in conversation.options.values()]
        if danger:
            conversation.nobody_in_danger = False
        heard = Spoken(spoken.language, danger)
        reply = compose.other_language(self.guide.content, heard, facts, self.guide.now(), options)
        return self.put(conversation, reply, reading)

    def doubted(self, said: str, reply: Reply, reading: DangerReading) -> str:
        """The words of an alarm that was not sure and interrupted nothing: they are answered once somebody says that nobody is in danger."""
        sure = reading.why != "classifier" or reading.scores.get("urgent", 1.0) >= SURE_OF_ALARM
        return said if reading.level == "urgent" and not sure and not _offers(reply, RESUMED) else ""

    def is_stood_down(self, reply: Reply) -> bool:
        """True if the reply says that the alarm is over, and nothing is open that could be gone on with."""
        return self._is_over(reply) and _offers(reply, _LED)

    def _is_over(self, reply: Reply) -> bool:
        over = {self.guide.content.messages[name].text.strip() for name in ("danger-over", "danger-over-child")}
        return any(m.text in over for m in reply.messages)


def _with_way_out(reply: Reply) -> Reply:
    """The words for a child with a button for who is none: that a child writes was only guessed."""
    first, *rest = reply.messages
    return replace(reply, messages=(replace(first, options=(*first.options, Choice("I am 18 or over", GROWN_UP))), *rest))


def _offers(reply: Reply, payload: str) -> bool:
    return any(choice.payload == payload for message in reply.messages for choice in message.options)
