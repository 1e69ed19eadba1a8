"""The corpus's own staff questions -> training examples of the intent ask_procedure: built/nlu/ask.yml. Called by `make train`.

Questions that open with a situation ("a lad in my class ... do I ...") look like a worry about a child; these examples teach the difference.
"""

from __future__ import annotations

from pathlib import Path

import yaml

from guidance.content import load_content

ROOT = Path(__file__).resolve().parent.parent
STEP = 9  # every ninth is enough; all of them would drown the other intents


def main() -> None:
    ours = {line[2:].strip().lower() for path in (ROOT / "data/nlu").glob("*.yml") for line in path.read_text("utf-8").split("    ") if line[:2] == "- "}
    asked = [q.text for q in load_content().questions if q.voice in ("staff", "duty")][::STEP]
    kept = [" ".join(text.split()) for text in asked if text.lower() not in ours and not set("[]{}/") & set(text)]
    out = ROOT / "built" / "nlu" / "ask.yml"
    out.parent.mkdir(parents=True, exist_ok=True)
    examples = "".join(f"- {text}\n" for text in dict.fromkeys(kept))
    data = {"version": "3.1", "nlu": [{"intent": "ask_procedure", "examples": examples}]}
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10_000)
    if not out.exists() or out.read_text("utf-8") != text:
        out.write_text(text, "utf-8")
    print(f"{len(kept)} questions of the corpus teach the dialogue what a question is")


if __name__ == "__main__":
    main()
