"""Contract: what README, tour and runbook name exists: make verbs, settings, files and folders."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.settings import Settings
from tests.conftest import ROOT

PAGES = [ROOT / "README.md", ROOT / "docs/tour.md", ROOT / "docs/runbook.md", ROOT / "procedures_corpus/README.md"]
OTHER_SETTINGS = {"WAYMARK_EMBEDDER", "WAYMARK_LOGS"}


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_every_make_verb_that_is_named_exists(page: Path) -> None:
    verbs = set(re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(), re.M))
    assert set(re.findall(r"`make ([a-z]+)`", page.read_text())) - verbs == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_every_setting_that_is_named_exists(page: Path) -> None:
    known = {f"WAYMARK_{name.upper()}" for name in Settings.model_fields} | OTHER_SETTINGS
    assert set(re.findall(r"WAYMARK_[A-Z_]+", page.read_text())) - known == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_every_file_that_is_named_exists(page: Path) -> None:
    named = re.findall(r"`((?:[\w.-]+/)+[\w.-]*|[\w-]+\.(?:yml|md|py|toml|conf))`", page.read_text())
    here = [n for n in named if not n.startswith("built/") and "<" not in n]
    assert [
        n
        for n in here
        if not any((base / n).exists() for base in (ROOT, page.parent, ROOT / "procedures_corpus", ROOT / "docs"))
    ] == []


def test_every_decision_is_listed_in_the_tour() -> None:
    tour = (ROOT / "docs/tour.md").read_text()
    assert [p.name for p in (ROOT / "docs/decisions").glob("*.md") if p.name not in tour] == []
