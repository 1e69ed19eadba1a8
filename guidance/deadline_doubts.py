"""Deadlines where something is in doubt: which limit is meant, or which day. What can be counted is counted for each, so that nobody has to choose
before they see an answer. Pure functions; called by actions/limits.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from guidance.content import Content
from guidance.deadlines import Start, day_options, due_message, labels, limit_text, sections_of, worded
from guidance.records import Timescale
from guidance.replies import Choice, Message, Reply
from guidance.said_dates import DateReading, SaidDate


def maybe_reply(
    content: Content,
    timescales: Sequence[Timescale],
    start: Start | None,
    now: datetime,
    reading: DateReading | None = None,
) -> Reply:
    """The limits (three at the most) that may be meant, each with its day where one can be counted, and buttons to go on with one of them.

    A length of time that somebody believes in is held against none of them: it may be that of a rule which is not here at all.
    """
    messages = [Message(worded(content, "deadlines-each" if len(timescales) > 1 else "deadlines-each-one"))]
    for timescale in timescales:
        by_clock = timescale.within.unit == "hours" and (start is None or start.time is None)
        if start is None or by_clock:
            text = "\n\n".join((*labels(content, timescale), limit_text(content, timescale)))
            messages.append(Message(text, source=sections_of(content, [timescale])))
        else:
            messages.append(due_message(content, timescale, start, now, reading, ()))
    options = [Choice(t.duty, f'/choose_deadline{{"deadlines_choice":"{t.id}"}}') for t in timescales]
    options.append(Choice("None of these", '/choose_deadline{"deadlines_choice":"none"}'))
    return Reply("deadline", (*messages, Message(worded(content, "deadlines-go-on"), options=tuple(options))))


def trouble_reply(content: Content, said: SaidDate, meant: Sequence[Timescale], now: datetime) -> Reply:
    """A day that cannot be, or a weekday that does not fit it: said plainly, with the days that may be meant.

    meant  the limits that are spoken of; a single one by days is counted from each of the days
    """
    text, options = trouble_text(content, said), day_options(said.others)
    countable = len(meant) == 1 and meant[0].within.value is not None and (meant[0].within.unit != "hours" or said.time is not None)
    if said.trouble != "weekday" or not countable:
        return Reply("clarify", (Message(text, options=options),))
    opening = Message(f"{text}\n\n{worded(content, 'deadlines-each-day')}")
    each = [due_message(content, meant[0], Start(day, said.time), now, None, ()) for day in dict.fromkeys(said.others)]
    return Reply("deadline", (opening, *each, Message(worded(content, "deadlines-choose-day"), options=options)))


def trouble_text(content: Content, said: SaidDate) -> str:
    """What is wrong with the day."""
    if said.trouble != "weekday":
        return worded(content, "deadlines-impossible", said=said.words)
    day, fits = said.others[:2]
    return worded(content, "deadlines-weekday", day=f"{day.day} {day:%B} {day.year}", is_a=f"{day:%A}", said=f"{fits:%A}")
