"""Contract: one skill has one name everywhere, content stays out of code, and the languages of the two halves do not mix."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from guidance.content import Content
from tests.conftest import ROOT

SKILLS = ("danger", "ask", "contacts", "pathways", "deadlines", "glossary", "changes", "referral", "smalltalk")
CODE = [
    *ROOT.glob("guidance/**/*.py"),
    *ROOT.glob("index/**/*.py"),
    *ROOT.glob("actions/**/*.py"),
    *ROOT.glob("bot/**/*.py"),
    *ROOT.glob("bot/templates/**/*.html"),
]
SET_REPLY = re.compile(r'"((?:danger|ask|contacts|pathways|deadlines|glossary|changes|referral|smalltalk|system)-[a-z-]+)"')
PHONE = re.compile(r"(?<![\d.])0\d{3,4} ?\d{3} ?\d{3,4}(?!\d)")


def yaml_of(path: Path) -> dict[str, object]:
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("skill", SKILLS)
@pytest.mark.parametrize(
    "file", ["domain/{}.yml", "data/nlu/{}.yml", "data/rules/{}.yml", "actions/{}.py", "tests/dialogues/*/{}.yml"]
)
def test_a_skill_has_the_same_name_everywhere(skill: str, file: str) -> None:
    assert list(ROOT.glob(file.format(skill)))


@pytest.mark.parametrize("folder", ["domain", "data/nlu", "data/rules"])
def test_no_file_belongs_to_no_skill(folder: str) -> None:
    assert {p.stem for p in (ROOT / folder).glob("*.yml")} - {"_shared"} == set(SKILLS)


@pytest.mark.parametrize("key", ["intents", "actions", "slots", "forms"])
def test_nothing_is_declared_in_two_domain_files(key: str) -> None:
    entries = [
        next(iter(e)) if isinstance(e, dict) else e
        for p in (ROOT / "domain").glob("*.yml")
        for e in yaml_of(p).get(key, [])
    ]  # type: ignore[attr-defined]
    assert sorted(entries) == sorted(set(entries))


def test_every_declared_action_exists_once_and_every_action_is_declared() -> None:
    from rasa_sdk.executor import ActionExecutor

    executor = ActionExecutor()
    executor.register_package("actions")
    declared = {a for p in (ROOT / "domain").glob("*.yml") for a in yaml_of(p).get("actions", [])}  # type: ignore[attr-defined]
    assert {a.name for a in executor.list_actions()} == declared


def test_actions_is_flat() -> None:
    assert [p for p in (ROOT / "actions").iterdir() if p.is_dir() and p.name != "__pycache__"] == []


@pytest.mark.parametrize("path", CODE, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_phone_number_stands_in_code(path: Path) -> None:
    assert PHONE.findall(path.read_text(encoding="utf-8")) == []


def test_every_set_reply_that_code_names_exists(content: Content) -> None:
    named = {i for path in CODE if path.suffix == ".py" for i in SET_REPLY.findall(path.read_text(encoding="utf-8"))}
    assert named - set(content.messages) == set()


def test_the_corpus_holds_no_code() -> None:
    assert {p.suffix for p in (ROOT / "procedures_corpus").rglob("*") if p.is_file()} == {".md", ".yml"}


def test_no_question_of_the_exam_stands_in_the_corpus() -> None:
    exam = ROOT.parent / "shared" / "eval"
    asked = {
        re.search(r'"question": "(.*?)", "audience"', line)[1].lower()
        for f in exam.glob("*.jsonl")
        for line in f.read_text().splitlines()
    }  # type: ignore[index]
    ours = {
        str(q).lower()
        for f in (ROOT / "procedures_corpus/questions").glob("*.yml")
        for entries in yaml_of(f).values()
        for e in entries
        for q in e.values()
    }  # type: ignore[attr-defined]
    assert asked & ours == set()


@pytest.mark.parametrize(
    "module", ["guidance/danger.py", "guidance/text.py", "guidance/yaml_files.py", "index/embedder.py"]
)
def test_what_rasa_imports_runs_on_python_3_10(module: str) -> None:
    import subprocess

    checked = subprocess.run(
        [ROOT / ".venv-rasa/bin/python", "-c", f"import {module[:-3].replace('/', '.')}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.stderr == ""
