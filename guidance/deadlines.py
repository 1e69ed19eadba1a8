"""Time limits and the day they run from -> replies of the skill deadlines: when a duty is due and what was counted, or what is still to be said.

Words come from messages.yml and timescales.yml; the counting from guidance/timescales.py. Used by actions/limits.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from guidance.contacts import say_clock, say_day
from guidance.content import Content
from guidance.hours import LONDON, bank_holidays
from guidance.records import Timescale
from guidance.replies import Choice, Message, Reply
from guidance.said_dates import DateReading, SaidDate
from guidance.said_limits import SaidLimit
from guidance.timescales import Due, due

MOST_DAYS_NAMED = 5
SCOPE = "Only for"  # a note that opens so says which cases a limit is for: told before the date, so that nobody takes it for a rule of all
_YEAR = timedelta(days=366)
_AREA_NOTES = {"other": "deadlines-other-area", "peterborough": "deadlines-peterborough"}


@dataclass(frozen=True, slots=True)
class Start:
    """The day, and the time if it was said, from which a limit is counted."""

    day: date
    time: time | None = None

    @property
    def moment(self) -> datetime:
        return datetime.combine(self.day, self.time or time(0), LONDON)

    @property
    def words(self) -> str:
        return f"{say_clock(self.moment)} on {say_date(self.day)}" if self.time else say_date(self.day)

    def kept(self) -> str:
        """The form in which a conversation's slot keeps it."""
        return f"{self.day.isoformat()}T{self.time:%H:%M}" if self.time else self.day.isoformat()

    @classmethod
    def read(cls, kept: str | None) -> Start | None:
        """What `kept` wrote, or None if it is nothing of the kind."""
        try:
            at = datetime.fromisoformat(kept or "")
        except ValueError:
            return None
        return cls(at.date(), at.time() if "T" in str(kept) else None)


def say_date(day: date) -> str:
    """A day with its year, as people say it: Friday 18 December 2026."""
    return f"{day:%A} {day.day} {day:%B} {day.year}"


def start_of(said: SaidDate, before: Start | None, now: datetime) -> Start | None:
    """The start that a message states; what it leaves out is taken from the start spoken of before. None if the day is in trouble.

    A time without any day is today's, or yesterday's if today's is still to come.
    """
    if said.trouble:
        return None
    if said.day:
        return Start(said.day, said.time or (before.time if before else None))
    if before or said.time is None:
        return Start(before.day, said.time) if before else None
    today = now.astimezone(LONDON)
    return Start(today.date() if said.time <= today.time() else today.date() - timedelta(1), said.time)


def due_reply(
    content: Content,
    timescales: Sequence[Timescale],
    start: Start,
    now: datetime,
    reading: DateReading | None = None,
    limits: Sequence[SaidLimit] = (),
) -> Reply:
    """When each duty is due, counted from `start`; the time is asked for where hours are counted and none was said."""
    if start.time is None and any(t.within.unit == "hours" for t in timescales):
        return ask_start(content, timescales, start, limits)
    messages = [due_message(content, t, start, now, reading, limits) for t in timescales]
    other_days = (*reading.more, *(reading.said.others if reading.said else ())) if reading else ()
    if other_days and any(t.within.value is not None for t in timescales):
        messages.append(Message(worded(content, "deadlines-other-days"), options=day_options(other_days)))
    return Reply("deadline", tuple(messages))


def ask_start(
    content: Content, timescales: Sequence[Timescale], start: Start | None, limits: Sequence[SaidLimit] = ()
) -> Reply:
    """The limit as the manual prints it, and the question for the day, or for the time where only that is missing."""
    numbered = [t for t in timescales if t.within.value is not None]
    texts = [
        line for t in timescales for line in (*labels(content, t), *claims(content, t, limits), limit_text(content, t))
    ]
    if numbered and start:
        texts += [
            worded(content, "deadlines-same-time", due=say_date(at.date()))
            for t in numbered
            if t.within.unit == "hours" and t.within.value and t.within.value % 24 == 0 and (at := due(t, start.moment).at)
        ]
        texts.append(worded(content, "deadlines-ask-time", start=start.words))
    elif numbered:
        by_clock = any(t.within.unit == "hours" for t in numbered)
        texts.append(worded(content, "deadlines-ask-day-and-time" if by_clock else "deadlines-ask-day"))
    return Reply("deadline", (Message("\n\n".join(texts), source=sections_of(content, timescales)),))


def limit_reply(content: Content, timescale: Timescale) -> Reply:
    """One limit as the manual prints it, without any question."""
    text = "\n\n".join((*labels(content, timescale), limit_text(content, timescale)))
    return Reply("deadline", (Message(text, source=sections_of(content, [timescale])),))


def due_message(
    content: Content,
    timescale: Timescale,
    start: Start,
    now: datetime,
    reading: DateReading | None,
    limits: Sequence[SaidLimit],
) -> Message:
    """When one duty is due, counted from `start`, with how it was counted and what to notice."""
    texts = [*labels(content, timescale), *claims(content, timescale, limits)]
    when = due(timescale, start.moment)
    if when.at is None:
        texts.append(limit_text(content, timescale))
    else:
        before = "-before" if timescale.direction == "before" else ""
        texts.append(worded(content, "deadlines-due", duty=timescale.duty, due=f"{when.words} {when.at.year}"))
        rule = worded(content, f"deadlines-rule{before}", words=timescale.words, **{"from": timescale.from_})
        texts.append(f"{rule} {_counted(content, timescale, start, when)}")
        texts += _remarks(content, start, when, now, reading)
    return Message(
        "\n\n".join(texts),
        deadlines=(timescale.id,),
        source=sections_of(content, [timescale]),
        counted_from=start.moment.isoformat(),
    )


def _counted(content: Content, timescale: Timescale, start: Start, when: Due) -> str:
    assert when.at is not None
    if timescale.within.unit == "hours":
        return worded(content, "deadlines-counted-clock", start=start.words)
    if timescale.within.unit != "working_days":
        return worded(content, "deadlines-counted-calendar", start=say_date(start.day))
    days, number = when.counted, len(when.counted)
    if number > MOST_DAYS_NAMED:
        ends = {"first": days[0], "last": days[-1]}
        text = worded(content, "deadlines-counted-many", start=say_date(start.day), number=str(number), **ends)
    else:
        text = worded(content, "deadlines-counted-days", start=say_date(start.day), counted=", ".join(days))
    first, last = sorted((start.day, when.at.date()))
    on_the_way = [
        f"{name.removesuffix(' (observed)')} ({say_day(datetime.combine(day, time(12), LONDON))})"
        for year in range(first.year, last.year + 1)
        for day, name in sorted(bank_holidays(year).items())
        if first < day < last and day.weekday() < 5
    ]
    if on_the_way:
        text += " " + worded(content, "deadlines-counted-holidays", holidays=", ".join(on_the_way))
    return text


def _remarks(content: Content, start: Start, when: Due, now: datetime, reading: DateReading | None) -> list[str]:
    """What the asker should notice: the time is over, the day is still to come, or it is more than a year away."""
    assert when.at is not None
    today = now.astimezone(LONDON).date()
    over = when.at.date() < today if when.whole_day else when.at < now
    ids = ["deadlines-passed"] if over else []
    if start.moment > now and reading and reading.said and not reading.ahead:
        ids.append("deadlines-ahead")
    if abs(start.day - today) > _YEAR:
        ids.append("deadlines-far")
    return [worded(content, i, start=start.words) for i in ids]


def labels(content: Content, timescale: Timescale) -> list[str]:
    """Which cases a rule is for, where it is not for all, and what kind of rule it is, where it is not a current duty in both areas."""
    if timescale.id.startswith("report-"):
        ids = ["deadlines-history"]
    else:
        ids = [_AREA_NOTES[timescale.area]] if timescale.area in _AREA_NOTES else []
        ids += ["deadlines-target"] if timescale.strength == "target" else []
    return [*scope(timescale), *(worded(content, i) for i in ids)]


def scope(timescale: Timescale) -> list[str]:
    """The note that says which cases a limit is for, where it is not for all that its words may call to mind; [] for most limits."""
    return [timescale.note] if timescale.note and timescale.note.startswith(SCOPE) else []


def claims(content: Content, timescale: Timescale, limits: Sequence[SaidLimit]) -> list[str]:
    """Yes or no to the limit that the asker believes in."""
    if not limits:
        return []
    if any(limit.agrees_with(timescale.within) for limit in limits):
        return [worded(content, "deadlines-claim-right")]
    return [worded(content, "deadlines-claim-wrong", said=limits[0].words, words=timescale.words)]


def limit_text(content: Content, timescale: Timescale) -> str:
    """The limit as the manual prints it."""
    before = "-before" if timescale.direction == "before" else ""
    message = "deadlines-no-number" if timescale.within.value is None else f"deadlines-limit{before}"
    return worded(content, message, duty=timescale.duty, words=timescale.words, **{"from": timescale.from_})


def sections_of(content: Content, timescales: Sequence[Timescale]) -> tuple[str, ...]:
    """The ids of the sections that the limits stand in."""
    found = [content.section_for(t.source) for t in timescales]
    return tuple(dict.fromkeys(s.id for s in found if s))


def day_options(days: Sequence[date]) -> tuple[Choice, ...]:
    """A button for each day, to count from."""
    return tuple(
        Choice(say_date(day), f'/choose_deadline{{"deadlines_day":"{day.isoformat()}"}}') for day in dict.fromkeys(days)
    )


def worded(content: Content, message_id: str, **values: str) -> str:
    """A set message, filled in."""
    return content.messages[message_id].filled(**values)
