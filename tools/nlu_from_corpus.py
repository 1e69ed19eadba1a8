"""The corpus -> training examples of the dialogue: built/nlu/corpus.yml. Called by `make train`.

Staff questions are examples of ask_procedure: those that open with a situation ("a lad in my class ... do I ...") look like a worry about a
child, and teach the difference. So are those of the public and of children that open as a question, which else look like talk about Waymark or like
a request that it refuses. What people say who need a walk-through (`asked` in its file), where it is no question, is start_pathway.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import yaml

from guidance.content import load_content
from guidance.glossary import asked_entries

ROOT = Path(__file__).resolve().parent.parent
ASKED = 1000  # of each kind of question, spread evenly over the corpus; all of them would drown the other intents
QUESTION_WORDS = (
    "who", "what", "when", "where", "why", "how", "which", "do", "does", "can", "should", "must", "is", "are", "may", "will", "would", "could",
    "did", "has", "have",
)  # fmt: skip


def main() -> None:
    content = load_content()
    ours = {line[2:].strip().lower() for path in (ROOT / "data/nlu").glob("*.yml") for line in path.read_text("utf-8").split("    ") if line[:2] == "- "}
    asked = [(q.voice, q.text) for q in content.questions if not asked_entries(q.text, content.glossary)]  # else ask_definition
    questions = [text for voice, text in asked if voice in ("staff", "duty")]
    public = [text for voice, text in asked if voice in ("public", "child") and text.lower().split()[0] in QUESTION_WORDS]
    worries = [a for p in content.pathways.values() for a in p.asked if "?" not in a and a.lower().split()[0] not in QUESTION_WORDS]
    examples = {"ask_procedure": _kept([*_spread(questions), *_spread(public)], ours), "start_pathway": _kept(worries, ours)}
    out = ROOT / "built" / "nlu" / "corpus.yml"
    out.parent.mkdir(parents=True, exist_ok=True)
    data = {"version": "3.1", "nlu": [{"intent": name, "examples": "".join(f"- {text}\n" for text in texts)} for name, texts in examples.items()]}
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10_000)
    if not out.exists() or out.read_text("utf-8") != text:
        out.write_text(text, "utf-8")
    print("from the corpus the dialogue learns " + ", ".join(f"{name}: {len(texts)} examples" for name, texts in examples.items()))


def _spread(texts: list[str]) -> list[str]:
    return [texts[number * len(texts) // ASKED] for number in range(ASKED)] if len(texts) > ASKED else texts


def _kept(texts: Iterable[str], ours: set[str]) -> list[str]:
    return list(dict.fromkeys(" ".join(t.split()) for t in texts if t.lower() not in ours and not set("[]{}/") & set(t)))


if __name__ == "__main__":
    main()
