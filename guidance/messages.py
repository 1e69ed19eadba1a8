"""procedures_corpus/messages.yml -> the set replies: what is said on danger, when nothing is found, about Waymark itself.

They are content, edited by a safeguarding lead; code only chooses one by its id.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from guidance.records import Need, Record, convert
from guidance.yaml_files import ContentError, read_yaml

Tone = Literal["emergency", "urgent", "normal"]


class SetMessage(Record, frozen=True):
    text: str
    tone: Tone = "normal"
    contacts: tuple[str, ...] = ()
    numbers: tuple[Need, ...] = ()
    source: tuple[str, ...] = ()

    def filled(self, **values: str) -> str:
        """The words with {name} replaced; the names that a message may use stand beside it in messages.yml."""
        return self.text.strip().format(**values)


def read_messages(path: Path) -> dict[str, SetMessage]:
    """Every set reply by its id.

    raises  ContentError: an entry is not of the form of SetMessage
    """
    data = read_yaml(path)
    if not isinstance(data, dict):
        raise ContentError(path, 1, "this file must map ids to messages")
    return {key: convert(value, SetMessage, path) for key, value in data.items()}
