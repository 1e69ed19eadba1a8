"""A message -> is it written in another language than English, in which, and does it hold a word of danger in that language?

Called by bot/chat.py, after the English danger check and before Rasa. Sloppy English, English as a second language and names stay English: in
Latin letters both the detector and a word list must speak for the other language, or enough words of its list. Nothing is translated.
Never imported in Rasa's process: it needs py3langid and msgspec, which only the app's environment has (docs/decisions/0014).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from guidance.records import Record, convert_each
from guidance.text import capped, lowered, words
from guidance.yaml_files import read_yaml

if TYPE_CHECKING:
    from guidance.content import Content

Detect = Callable[[str], tuple[str, float]]
OTHER = "other"  # a language that languages.yml does not hold
_ENGLISH = frozenset({"en", "pcm", "sco", "zxx"})  # the detector calls much sloppy English "Nigerian Pidgin"
_ENGLISH_SHARE = 0.5  # from this share of English words on, the message is English, whatever else it holds
_KNOWN_FROM = 3
_LEAST_WORDS = 3
# Chosen on the English messages and on messages in other languages: docs/decisions/0014.
_DETECTED, _DETECTED_ALONE, _LEAST_WORDS_ALONE = 0.3, 0.8, 4
_ENOUGH_WORDS, _MANY_WORDS = 2, 3  # of one language's list
_UNFOLDED = {**str.maketrans("łıøđð", "liodd"), **dict.fromkeys(range(0x300, 0x370))}  # the loose accents go


class Language(Record, frozen=True):
    """One language of languages.yml. `words` are folded (see `folded`); `script` are names of scripts as Unicode has them."""

    id: str
    name: str
    text: str
    words: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    script: tuple[str, ...] = ()


class DangerWord(Record, frozen=True):
    """One pattern of danger_languages.yml, tried on its own example when it is read."""

    language: str
    pattern: str
    example: str

    def __post_init__(self) -> None:
        try:
            found = re.search(self.pattern, folded(self.example))
        except re.error as error:
            raise ValueError(f"the pattern is not valid: {error}") from None
        if not found:
            raise ValueError(f"the pattern does not find its example '{self.example}'")


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a message not in English is: a language's id of languages.yml, or OTHER; and whether it holds a word of danger."""

    language: str
    danger: bool


def read_languages(path: Path) -> dict[str, Language]:
    """languages.yml by id.

    raises  ContentError: an entry is not of the form of Language
    """
    return {language.id: language for language in convert_each(read_yaml(path), Language, path)}


def read_danger_words(path: Path) -> tuple[DangerWord, ...]:
    """danger_languages.yml.

    raises  ContentError: a pattern is not valid, or does not find its example
    """
    return convert_each(read_yaml(path), DangerWord, path)


def folded(text: str) -> str:
    """Lower case, without accents on Latin letters; other scripts keep their marks, which are letters there."""
    plain = (
        part[0] if part[0].isascii() else char
        for char in lowered(text)
        for part in (unicodedata.normalize("NFD", char),)
    )
    return "".join(plain).translate(_UNFOLDED)


def english_words(texts: Iterable[str]) -> frozenset[str]:
    """The words of English texts: those of the corpus are vocabulary enough, since its questions are in people's own words. What stands there only once
    or twice may be a slip of the finger that is a word elsewhere.
    """
    counts = Counter(word for text in texts for word in words(text))
    return frozenset(word for word, count in counts.items() if count >= _KNOWN_FROM)


def open_detector() -> Detect:
    """py3langid with its own model: text -> (language, probability), among 139 languages."""
    # Here and not above: content is also read where nothing is detected.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)

    def detect(text: str) -> tuple[str, float]:
        language, probability = identifier.classify(text)
        return str(language), float(probability)

    return detect


def open_language_check(content: Content) -> LanguageCheck:
    """The check over the content's languages, with English as the corpus writes it."""
    texts = [*(question.text for question in content.questions), *(section.text for section in content.sections())]
    return LanguageCheck(content.languages, content.danger_words, english_words(texts), open_detector())


class LanguageCheck:
    """Reads one cleaned message of any length: the language from its beginning, words of danger from the whole."""

    def __init__(
        self,
        languages: Mapping[str, Language],
        danger: Sequence[DangerWord],
        english: frozenset[str],
        detect: Detect,
    ) -> None:
        self._by_code = {code: one.id for one in languages.values() for code in (one.id, *one.also)}
        self._by_script = {script: one.id for one in languages.values() for script in one.script}
        self._words = {one.id: frozenset(one.words) - english for one in languages.values()}
        self._danger = [(word.language, re.compile(word.pattern)) for word in danger]
        self._english, self._detect = english, detect

    def read(self, text: str) -> Spoken | None:
        """The language of the message, or None where it is English or too short to tell.

        A word of danger speaks for its language even in a short message, unless most of the message is English.
        """
        whole, text = folded(text), capped(text)
        said = re.findall(r"[^\W\d_]+", whole[: len(text)])
        danger = next((language for language, pattern in self._danger if pattern.search(whole)), None)
        language = self._language(text, said)
        if language is None and danger and (len(said) < _LEAST_WORDS or self._english_share(said) <= _ENGLISH_SHARE):
            language = self._by_code.get(danger, OTHER)
        return Spoken(language, danger is not None) if language else None

    def _language(self, text: str, said: Sequence[str]) -> str | None:
        scripts = Counter(_script(char) for char in text if char.isalpha())
        if not scripts:
            return None
        script, count = scripts.most_common(1)[0]
        if script != "LATIN":
            if count * 2 <= scripts.total():
                return None
            return self._by_script.get(script) or self._by_code.get(self._detect(text)[0], OTHER)
        if len(said) < _LEAST_WORDS or self._english_share(said) >= _ENGLISH_SHARE:
            return None
        return self._in_latin(text, said)

    def _english_share(self, said: Sequence[str]) -> float:
        return sum(word in self._english for word in said) / max(1, len(said))

    def _in_latin(self, text: str, said: Sequence[str]) -> str | None:
        """The language whose words are there; a detector's opinion alone counts only where it is very sure."""
        hits = {language: len(known.intersection(said)) for language, known in self._words.items()}
        code, probability = self._detect(text)
        detected = self._by_code.get(code, OTHER)
        if hits.get(detected) and probability >= _DETECTED:
            return detected
        best = max(hits, key=lambda language: hits[language])
        sure = code not in _ENGLISH and probability >= _DETECTED_ALONE and len(said) >= _LEAST_WORDS_ALONE
        if sure and detected == OTHER and hits[best] < _MANY_WORDS:
            return OTHER
        return best if hits[best] >= _ENOUGH_WORDS else None


def _script(char: str) -> str:
    """The script of a letter by its Unicode name: LATIN, CYRILLIC, ARABIC, CJK ..."""
    return re.split(r"[ -]", unicodedata.name(char, "LATIN"))[0]
