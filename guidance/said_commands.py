"""A typed message -> the command of the summary that it is: skip, stop, show me ...; stop with more behind it; a field left open by its name.

All words stand in referral.yml. Used by guidance/dictation.py and actions/.
"""

from __future__ import annotations

import re

from guidance.field_names import names_field
from guidance.fields import Command, Field, ReferralForm
from guidance.text import words

MOST_WORDS_OF_A_COMMAND = 9
_MORE_WORDS_OF_ANONYMITY = 3
_BEHIND_STOP = re.compile(r"\s*(?:[.,;:!-]+|(?=\b(?:and|just|i|i'?m|please|now|can|show|go)\b))\s*(?:and\s+|please\s+|now\s+)*", re.I)


def read_command(form: ReferralForm, text: str) -> Command | None:
    """The command that the whole message is, small words apart."""
    said = words(text)
    if not said or len(said) > MOST_WORDS_OF_A_COMMAND:
        return None
    meant = {" ".join(words(p)): command for command, phrases in form.commands.items() for p in phrases}
    small = _small(form)
    first = next((i for i, w in enumerate(said) if w not in small), len(said) - 1)
    last = next((i for i, w in enumerate(reversed(said)) if w not in small), len(said) - 1)
    for start in range(first + 1):
        for end in range(last + 1):
            found = meant.get(" ".join(said[start : len(said) - end]))
            if found:
                return found
    return "more" if _goes_on(form, said[first:]) else None


def _goes_on(form: ReferralForm, said: list[str]) -> bool:
    """True for "carry on with my referral": a verb of going on, and what to go on with."""
    spoken = " ".join(said)
    for verb in form.resuming.verbs:
        rest = spoken.removeprefix(" ".join(words(verb)))
        if rest != spoken and rest.strip() in {" ".join(words(t)) for t in form.resuming.things}:
            return True
    return False


def left_open(form: ReferralForm, text: str) -> tuple[Field, Command] | None:
    """The field that is left open by its name, and how: "I don't know his date of birth", "not telling you my name", "I want to stay anonymous"."""
    said = words(text)
    spoken = f"{' '.join(said)} "
    name = form.field("caller-name")
    for phrase in form.anonymous:
        wanted = words(phrase)
        if name and said and f" {' '.join(wanted)} " in f" {spoken}" and len(said) <= len(wanted) + _MORE_WORDS_OF_ANONYMITY:
            return name, "refuse"
    commands: tuple[Command, ...] = ("unknown", "refuse")
    for command in commands:
        for phrase in form.commands[command]:
            opening = f"{' '.join(words(phrase))} "
            named = names_field(form, spoken.removeprefix(opening).strip()) if spoken.startswith(opening) else None
            if named:
                return named, command
    return None


def halted(form: ReferralForm, text: str) -> str | None:
    """What follows "stop" where a message begins with it and says more: "stop. i just want the number"; None if it does not."""
    plain = text.strip()
    small = _small(form)
    while (first := re.match(r"[\w']+[\s,.]+", plain)) and first[0].strip(" ,.").lower() in small:
        plain = plain[first.end() :]
    for phrase in sorted(form.halts, key=len, reverse=True):
        opening = re.match(rf"{re.escape(phrase)}\b", plain, re.I)
        behind = _BEHIND_STOP.match(plain, opening.end()) if opening else None
        if behind and behind.end() < len(plain):
            return plain[behind.end() :].strip()
    return None


def opens_like(form: ReferralForm, command: Command, text: str) -> bool:
    """True if the first word, small words apart, is one that a command opens with: "can you delete the referral", not "mum deletes everything"."""
    first = next((w for w in words(text) if w not in _small(form)), "")
    return first in {words(phrase)[0] for phrase in form.commands[command]}


def _small(form: ReferralForm) -> set[str]:
    return {w for filler in form.fillers for w in words(filler)}
