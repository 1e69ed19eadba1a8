"""What somebody wrote, or answered in a walk-through, before the summary was begun -> what of it answers its questions: worry, name, age, caller.

Only what is plain is taken, in the person's own words; questions to the guide, greetings and quarrels with it are left out. Used by actions/.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from guidance.content import Content
from guidance.dictation import of_the_call
from guidance.fields import ReferralForm
from guidance.pathways import Answered
from guidance.referral import State, changing
from guidance.said_questions import told as without_questions
from guidance.said_roles import bare_role, said_role
from guidance.text import holds, words

FEWEST_WORDS, _BESIDE_A_ROLE = 5, 4
_SENTENCES = re.compile(r"(?<=[.!?;])\s+|\n+")
_CHILD = r"(?:grand)?(?:son|daughter|child)|niece|nephew|godson|goddaughter|stepson|stepdaughter|boy|girl|pupil|patient|neighbour'?s (?:son|boy|daughter|girl)"
_NAMED = re.compile(
    rf"\b(?:my|our|the|a|his|her) (?:{_CHILD})(?:,? (?:is )?called|,? named|,)? (?P<name>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){{0,2}})(?![\w'’])"
)
_AGED = re.compile(
    r"\b(?:he'?s|she'?s|he is|she is|aged|age|who is|is)\s+(?:only |just |about |nearly )?(?P<age>\d{1,2}(?:\s+(?:years?|months?|weeks?)(?: old)?)?)\b"
    r"(?!\s*(?:weeks?|months?) pregnant|\s*(?:stone|kg|miles|minutes|hours|days|%|o'clock|am|pm|times))",
    re.I,
)
_WEEKS = re.compile(r"\b\d{1,2}(?:\+\d)?\s*(?:weeks?|wks?)(?: pregnant)?\b|\b(?:due|edd)\s+(?:on\s+)?\d[\w/ ]{2,18}", re.I)
_NOT_NAMES = frozenset(["I", "He", "She", "They", "His", "Her", "Is", "Has", "Who", "And", "But", "At", "In", "On"])


@dataclass(frozen=True, slots=True)
class Earlier:
    """What the person typed outside the summary, oldest first: all of it, the messages that tell a worry, and those that ask for the summary."""

    messages: Sequence[str] = ()
    worries: Sequence[str] = ()
    errands: Sequence[str] = ()


def prefilled(
    content: Content,
    state: State,
    facts: Mapping[str, str],
    pathway: str | None,
    walked: Iterable[Answered],
    earlier: Earlier,
) -> State:
    """Take over what was said before, so that it is not asked again; what is answered already stays.

    pathway, walked  the walk-through and its answers
    """
    new = changing(state)
    new["worker"] = pathway in content.referral.worker.walks
    taken = told_before(content, earlier)
    given = {answer.node: answer.option for answer in walked}
    for field in content.referral.fields:
        for source in field.from_walk:
            if source.pathway == pathway and given.get(source.node) in source.words:
                taken[field.id] = source.words[given[source.node]]
    area = content.referral.field("area")
    known = next((o.label for o in area.options if o.id == facts.get("area")), None) if area else None
    if known:
        taken["area"] = known
    new["undo"] = None
    for field_id, told in taken.items():
        if field_id in new["answers"] or field_id in new["passed"]:
            continue
        new["answers" if told else "passed"][field_id] = told or "unknown"
    return new


def told_before(content: Content, earlier: Earlier) -> dict[str, str]:
    """Field id -> words."""
    form, messages = content.referral, earlier.messages
    worry = worry_of(content, (*earlier.worries, *(_strictly(form, text) for text in earlier.errands)))
    found = {"worry": worry, "caller-role": "", "child-name": "", "child-birth": "", "call-made": ""}
    for text in messages:
        name, age = _NAMED.search(text), _AGED.search(text)
        if name and name["name"].split()[0] not in _NOT_NAMES:
            found["child-name"] = name["name"]
            found["child-birth"] = age["age"] if age else found["child-birth"]
        weeks = _WEEKS.search(text) if holds(text, (*form.unborn, "pregnant")) else None
        found["child-birth"] = f"not born yet, {weeks[0]}" if weeks else found["child-birth"]
        role = said_role(content, text) or next(filter(None, (bare_role(content, s) for s in _SENTENCES.split(text))), None)
        found["caller-role"] = role or found["caller-role"]
        calls = filter(None, (of_the_call(form, s.rstrip(" .!")) for s in _SENTENCES.split(text)))
        found["call-made"] = next((label for _, label in calls), found["call-made"])
    return {field_id: told for field_id, told in found.items() if told}


def worry_of(content: Content, messages: Sequence[str]) -> str:
    """What of these messages tells the worry: no question to the guide, no greeting, no quarrel with it, not who the caller is."""
    form, kept = content.referral, []
    for message in dict.fromkeys(messages):
        sentences = [_ungreeted(form, s) for s in _SENTENCES.split(without_questions(form, message.replace("’", "'")))]
        telling = [s for s in sentences if s and not _quarrels(form, s) and not _introduces(content, s)]
        if len(words(" ".join(telling))) >= FEWEST_WORDS:
            kept.append(" ".join(telling))
    return "\n".join(kept)


def _introduces(content: Content, sentence: str) -> bool:
    """True for a sentence that says who the writer is and hardly anything else."""
    role = said_role(content, sentence)
    return bare_role(content, sentence) is not None or bool(role and len(words(sentence)) <= len(words(role)) + _BESIDE_A_ROLE)


def _strictly(form: ReferralForm, text: str) -> str:
    """Of the message that asks for the summary: the sentences that tell of somebody."""
    earlier = form.earlier
    return " ".join(s for s in _SENTENCES.split(text) if set(words(s)) & set(earlier.persons) and not set(words(s)) & set(earlier.errands))


def _ungreeted(form: ReferralForm, sentence: str) -> str:
    greetings = "|".join(re.escape(g) for g in sorted(form.earlier.greetings, key=len, reverse=True))
    return re.sub(rf"^(?:(?:{greetings})\b[\s,.!]*)+", "", sentence.strip(), flags=re.I)


def _quarrels(form: ReferralForm, sentence: str) -> bool:
    said = f"{' '.join(words(sentence))} "
    return any(said.startswith(f"{' '.join(words(phrase))} ") for phrase in form.earlier.quarrels)
