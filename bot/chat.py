"""One turn of a conversation: danger check, then Rasa, then the words put in. With Rasa away it still answers with what it knows.

Pages and API both call `Chat.turn`. Danger is read here as well as in Rasa, so that nothing that fails behind can bury it.
"""

from __future__ import annotations

import logging
import time
from typing import Any

from msgspec.structs import replace

from bot import metrics, shapes, summaries
from bot.buttons import meant, walk_of
from bot.conversations import Conversation, Conversations, Turn
from bot.danger_first import ALL_CLEAR, GROWN_UP, RESUMED, DangerFirst
from bot.rasa_client import RasaAway, RasaClient
from guidance import about, compose
from guidance.danger import ALARMS, DangerReading, Heard
from guidance.languages import LanguageCheck
from guidance.moments import said_moment
from guidance.replies import Choice, Message, Reply, joined
from guidance.text import capped, clean, without_command
from guidance.wording import asks_deletion, read_audience, read_need
from index.guide import Guide, refs

logger = logging.getLogger(__name__)
MAX_INPUT_CHARS = 50_000
NAME_CHARS = 60  # so short an answer for the summary is a name or an address, in whatever script
_DELETE = about.DELETE.payload
_WORK = (
    Choice("A child I am worried about", "/start_pathway"),
    Choice("Somebody who works with children", '/open_pathway{"pathways_id":"allegation-against-worker"}'),
    Choice("Get ready to make a referral", "/start_referral"),
    compose.ALL_WALKS,
)


class Chat:
    """The conversation service of the app process."""

    def __init__(self, guide: Guide, rasa: RasaClient, conversations: Conversations, languages: LanguageCheck) -> None:
        self.guide, self.rasa, self.conversations, self.languages = guide, rasa, conversations, languages
        self._first = DangerFirst(guide)
        metrics.count_conversations(conversations.count)

    async def turn(
        self, conversation: Conversation, message: str | None = None, option: str | None = None
    ) -> dict[str, Any]:
        """Answer a typed message or a pressed option, in the order they arrive.

        returns  the API's chat reply; it names another conversation where this one was deleted
        """
        async with conversation.lock:
            start = time.perf_counter()
            if conversation.deleted:  # while this turn waited
                conversation = self.conversations.open()
            if option is not None:
                said, payload = conversation.options.get(option, (None, None))
                reply = await self._pressed(conversation, payload) if payload else self._expired()
                said = said or ""
            else:
                said = clean(message or "")
                reply = await self._typed(conversation, said)
            if conversation.deleted:
                conversation, said = self.conversations.open(), ""  # holds the confirmation and nothing of what was said
            answer = self._shown(conversation, self._first.still_there(conversation, said, reply))
            conversation.record(Turn(capped(said), answer))
            metrics.turns.labels(answer["status"]).inc()
            metrics.seconds.observe(time.perf_counter() - start)
            return answer

    async def _typed(self, conversation: Conversation, text: str) -> Reply:
        reading = self._first.read(conversation, text)
        metrics.danger.labels(reading.level).inc()
        words = capped(without_command(text))
        if not words or not (any(map(str.isalnum, words)) or conversation.is_asked):
            return Reply("clarify", (self._set("ask-empty"),))
        if reading.level not in ALARMS:
            if asks_deletion(words, self.guide.content.words):
                return await self._delete(conversation)
            pressed = meant(list(conversation.options.values()), words, self.guide.content.words)
            if pressed:
                return self._first.put(conversation, await self._pressed(conversation, pressed), reading)
        spoken = self.languages.read(text)
        if spoken and not (conversation.fills_summary and not spoken.danger and len(words) <= NAME_CHARS):
            return self._first.in_other_language(conversation, words, spoken, reading)
        try:
            if self._first.puts_age_right(conversation, words):
                return await self._to_grown_up(conversation)
            shown_back = await self._gone_on(conversation) if self._first.goes_on(conversation, words, reading) else []
            reply = self._welcomed(words, joined(await self.rasa.turn(conversation.sender, words, self._first.heard(conversation, words))))
            reply = await self._calmly(conversation, replace(reply, messages=(*shown_back, *reply.messages)))
        except RasaAway as error:
            logger.warning("rasa away: %s", error)
            metrics.rasa_away.inc()
            reply = self._without_rasa(words, reading)
        conversation.doubted = self._first.doubted(words, reply, reading)
        return self._first.put(conversation, reply, reading)

    async def _gone_on(self, conversation: Conversation) -> list[Message]:
        """Open again what an alarm interrupted; what was written down of it is shown back, and the question is not: the message in hand answers it."""
        resumed = await self.rasa.turn(conversation.sender, RESUMED)
        return [message for reply in resumed for message in reply.messages if message.noted]

    async def _calmly(self, conversation: Conversation, reply: Reply) -> Reply:
        """Whoever says that nobody is in danger, after an alarm that was not sure, is answered what they wrote before, without writing it again."""
        doubted, conversation.doubted = conversation.doubted, ""
        if not doubted or not self._first.is_stood_down(reply):
            return reply
        conversation.nobody_in_danger = True
        answer = joined(await self.rasa.turn(conversation.sender, doubted, Heard(nobody_in_danger=True)))
        return joined([Reply(reply.status, tuple(replace(m, options=()) for m in reply.messages)), answer])

    async def _to_grown_up(self, conversation: Conversation) -> Reply:
        """Whoever was taken for a child, and is none, is answered what they wrote then, without writing it again."""
        conversation.writer, wrote = "grown_up", conversation.taken_for_childs
        conversation.taken_for_childs = ""
        answer = joined(await self.rasa.turn(conversation.sender, wrote or "/ask_abilities", self._first.heard(conversation, wrote)))
        return replace(answer, messages=(self._set("danger-grown-up"), *answer.messages))

    def _welcomed(self, words: str, reply: Reply) -> Reply:
        """Who says that they work with children, and nothing else, is told what they can ask, instead of that no question is open."""
        messages = self.guide.content.messages
        nothing_open = [m.text for m in reply.messages] == [messages["pathways-nothing-open"].text.strip()]
        if not nothing_open or read_audience(words, self.guide.content.words) != "professional":
            return reply
        return Reply("smalltalk", (compose.set_message(self.guide.content, "system-work", {}, self.guide.now(), options=_WORK),))

    async def _pressed(self, conversation: Conversation, payload: str) -> Reply:
        if payload == _DELETE:
            return await self._delete(conversation)
        if payload in ALL_CLEAR:
            conversation.nobody_in_danger = True
        try:
            if payload == GROWN_UP:
                return await self._to_grown_up(conversation)
            return await self._calmly(conversation, joined(await self.rasa.turn(conversation.sender, payload)))
        except RasaAway as error:
            logger.warning("rasa away: %s", error)
            metrics.rasa_away.inc()
            if payload == "/signal_urgent":
                return self._first.reply(DangerReading("urgent", "button", {}))
            return Reply("error", (self._limited(conversation, payload),))

    def _without_rasa(self, words: str, reading: DangerReading) -> Reply:
        """What can be said without Rasa: that it is away, numbers for now, and what search finds. Danger is put first by the caller."""
        content, now = self.guide.content, self.guide.now()
        limited = Message(content.messages["system-limited"].text.strip())
        if reading.level in ALARMS:
            return Reply("error", (limited,))
        place = self.guide.places.read(words)
        facts = {k: v for k, v in (("area", place.area), ("audience", read_audience(words, content.words))) if v}
        need = read_need(words, content.words) or "report-concern"
        who = compose.contacts(content, [need], facts, place, now, said_moment(words, now)).messages[0]
        result = self.guide.search(words)
        if result.status == "no_passage":
            return Reply("error", (limited, who))
        found = compose.passages(content, result.status, refs(result.hits), result.not_held, facts, now)
        return Reply("error", (limited, who, *found.messages))

    def _limited(self, conversation: Conversation, payload: str) -> Message:
        """Instead of a button's answer: numbers, and the page on which the same walk-through goes on without Rasa."""
        walk = self.guide.content.pathways.get(walk_of(payload, conversation.turns) or "")
        if walk is None:
            return self._set("system-limited")
        link = f"[{walk.title}](/walk/{walk.id})"
        return compose.set_message(self.guide.content, "system-limited-walk", {}, self.guide.now(), text=link)

    def _expired(self) -> Reply:
        return Reply("clarify", (self._set("system-expired-option"),))

    def _set(self, message_id: str, facts: dict[str, str] | None = None) -> Message:
        return compose.set_message(self.guide.content, message_id, facts or {}, self.guide.now())

    def _shown(self, conversation: Conversation, reply: Reply) -> dict[str, Any]:
        conversation.options.clear()
        if reply.status == "cleared":  # the summary was deleted: what was written for it is no longer shown
            conversation.turns[:] = [t for t in conversation.turns if not summaries.belongs(t.answer)]
        messages = []
        for entry in reply.messages:
            shown = shapes.message(self.guide.content, entry, self.guide.now())
            shown["options"] = conversation.offer([(c.label, c.payload) for c in entry.options])
            if entry.summary:
                shown["summary"] = summaries.summary(
                    self.guide.content, entry.summary.get("state"), entry.summary.get("facts") or {}, self.guide.now()
                )
            messages.append(shown)
        return {"conversation": conversation.id, "status": reply.status, "messages": messages, "pathway": reply.pathway}

    async def forget(self, conversation_id: str | None) -> None:
        """Delete a conversation here and in Rasa; nothing of it remains."""
        conversation = self.conversations.forget(conversation_id)
        if conversation:
            async with conversation.lock:
                conversation.wipe()
            await self.rasa.forget(conversation.sender)

    async def forget_old(self) -> None:
        """Delete, here and in Rasa, what nobody has used for an hour. bot/app.py calls it every minute."""
        for conversation in self.conversations.age():
            await self.rasa.forget(conversation.sender)

    async def summary(self, conversation: Conversation) -> dict[str, Any] | None:
        """The referral summary as it stands, made from Rasa's slots; None if there is none.

        raises  RasaAway
        """
        slots = await self.rasa.slots(conversation.sender)
        facts = {name: slots[f"shared_{name}"] for name in ("area", "audience") if slots.get(f"shared_{name}")}
        return summaries.summary(self.guide.content, slots.get("referral_state"), facts, self.guide.now())

    async def _delete(self, conversation: Conversation) -> Reply:
        """Delete the conversation in whose turn this is, and say so only as far as it is true."""
        self.conversations.forget(conversation.id)
        conversation.wipe()
        if await self.rasa.forget(conversation.sender):
            return Reply("cleared", (self._set("smalltalk-cleared"),))
        return Reply("error", (self._set("smalltalk-cleared-partly"),))

    async def ready(self) -> bool:
        """True if a real turn works end to end."""
        probe = Conversation()
        try:
            await self.rasa.turn(probe.sender, "/greet")
        except RasaAway:
            return False
        await self.rasa.forget(probe.sender)
        return True
