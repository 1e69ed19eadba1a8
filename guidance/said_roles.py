"""Who the caller says that they are: "i'm a midwife", "im his nan", "i manage a nursery", "community midwife in Wisbech." -> the words for it.

The words stand under `callers` in referral.yml and `roles` in words.yml. Used by guidance/told.py, guidance/referral.py and actions/.
"""

from __future__ import annotations

import re

from guidance.content import Content
from guidance.text import words

MOST_WORDS = 10  # a longer message tells something, besides who tells it
_AM = re.compile(
    r"\b(?:i'?m|i am|we'?re|we are|speaking as|as|this is) (?P<role>(?:a|an|the|his|her|their|one of the|one of his|one of her) [^.,;!?\n]{2,70})",
    re.I,
)
_TOLD_THEN = re.compile(r"\s+(?:and|but|who|so|because|i|i'?m|i am|with|that|worried|ringing|calling|phoning|asking)\b.*$", re.I)
_HERE = re.compile(r"\s+here$", re.I)
_TELLS = frozenset(words("i he she they it we is are was were has had have do does did said told says asked hit can will he's she's i'm im hes shes"))
_ROLE_WITHIN = 5  # words: "a very newly qualified community midwife"


def said_role(content: Content, text: str) -> str | None:
    """Who the writer says that they are, in their own words; None if they do not say."""
    text, callers = text.replace("’", "'"), content.referral.callers
    for said in _AM.finditer(text):
        role = _TOLD_THEN.sub("", said["role"]).strip()
        if _names(role, (*content.words.roles, *callers.work, *callers.relations)):
            return role
    for verb in callers.telling:
        said_verb = re.search(rf"\b(?P<role>{re.escape(verb)} [^.,;!?\n]{{2,60}})", text, re.I)
        role = _TOLD_THEN.sub("", said_verb["role"]).strip() if said_verb else ""
        if role and _names(role, callers.places, within=8):
            return role
    return None


def bare_role(content: Content, text: str) -> str | None:
    """Who the writer is, where a sentence says that and nothing else: "Receptionist at a GP practice.", "Hi, community midwife in Wisbech."."""
    greetings = "|".join(map(re.escape, content.referral.earlier.greetings))
    plain = re.sub(rf"^(?:(?:{greetings})\b[\s,.!]*)+", "", text.strip(), flags=re.I).strip(" .!,")
    said = words(plain)
    work = (*content.words.roles, *content.referral.callers.work)
    if not said or len(said) > MOST_WORDS or plain.endswith("?") or not _TELLS.isdisjoint(said) or not _names(plain, work, within=4):
        return None
    return _HERE.sub("", plain)


def works_with_children(content: Content, role: str | None) -> bool:
    """True if these words for a caller are those of a professional."""
    if not role:
        return False
    callers = content.referral.callers
    telling = any(role.lower().startswith(verb) for verb in callers.telling)
    if _names(role, callers.relations) and not _names(role, content.words.roles):
        return False
    return telling or _names(role, (*content.words.roles, *callers.work))


def _names(role: str, names: tuple[str, ...], within: int = _ROLE_WITHIN + 1) -> bool:
    """True if one of the names begins among the first words."""
    said = words(role)
    for name in names:
        wanted = words(name)
        for start in range(min(within, len(said))):
            found = said[start : start + len(wanted)]
            if wanted and len(found) == len(wanted) and found[:-1] == wanted[:-1] and found[-1] in (wanted[-1], f"{wanted[-1]}s"):
                return True
    return False
