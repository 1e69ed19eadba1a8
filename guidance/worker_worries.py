"""What was told for the summary -> whether the worry is about somebody who works with children. The words stand under `worker` in referral.yml.

A worker who only tells of it ("his teacher said that dad hit him") is not meant. Used by guidance/referral.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from guidance.fields import ReferralForm
from guidance.text import sentences, words

_NEAR = 4  # words between the worker and what they did
_BY = {"by", "from", "off"}


def is_about_worker(form: ReferralForm, answers: Mapping[str, str]) -> bool:
    """True if a sentence of the worry says that a worker did something, or that it was done by one."""
    stories = (answers.get(field.id, "") for field in form.fields if field.about == "worry")
    return any(_accuses(form, words(sentence)) for story in stories for sentence in sentences(story))


def _accuses(form: ReferralForm, said: list[str]) -> bool:
    for start, end in _places(said, form.worker.cues):
        after, before = said[end : end + _NEAR + 2], said[max(0, start - _NEAR) : start]
        done = next((i for i, _ in _places(after, form.worker.harm)), None)
        if done is not None and not set(after[:done]) & {*form.earlier.persons, *form.asking.reporting}:
            return True
        if _BY.intersection(before) and any(_places(before, form.worker.harm)):
            return True
    return False


def _places(said: list[str], phrases: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    for phrase in phrases:
        wanted = words(phrase)
        for start in range(len(said) - len(wanted) + 1):
            if said[start : start + len(wanted)] == wanted:
                yield start, start + len(wanted)
