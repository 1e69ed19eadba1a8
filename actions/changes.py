"""Skill changes: what changed in which manual, and when; always with the manual's place and date, for Derby and Derbyshire is another area."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import limits
from actions.conversation import learn, said, send
from guidance import changes
from guidance.hours import LONDON
from guidance.periods import read_period
from guidance.replies import Message, Reply
from guidance.said_dates import read_date
from guidance.text import capped
from index.amendments import amendment_finder
from index.guide import Guide, current


def tell(guide: Guide, text: str) -> Reply:
    """The changes that a message asks for, by period, manual and chapter; all of them where it names none."""
    content, finder = guide.content, amendment_finder(guide)
    period = read_period(text, guide.now().astimezone(LONDON).date())
    if period.wrong:
        return Reply("clarify", (Message(content.messages["changes-impossible"].filled(said=period.wrong)),))
    manual, kind = changes.read_manual(text), changes.read_kind(text)
    about = finder.find(period.rest) if finder.names_a_chapter(period.rest) else content.amendments
    entries = [a for a in about if period.holds(a.date) and manual in (None, a.manual) and kind in (None, a.kind)]
    only_newest = changes.asks_for_newest(period.rest) and finder.names_a_chapter(period.rest)
    return changes.listed(content, entries, manual, only_newest)


class TellChanges(Action):
    """Steps: a due date, if that is what was asked after all; else which manual, months and chapter; the entries that fit; reply."""

    def name(self) -> str:
        return "action_changes_tell"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        guide = current()
        _, _, events = learn(guide, tracker)
        text = capped(said(tracker))
        outcome = limits.plainly_asked(guide, tracker) if read_date(text, guide.now()).said else None  # "... the latest dates for both reviews?"
        if outcome and outcome.reply.status in ("deadline", "not_held"):
            send(dispatcher, outcome.reply)
            return [*events, *limits.kept(outcome)]
        send(dispatcher, tell(guide, text))
        return events
