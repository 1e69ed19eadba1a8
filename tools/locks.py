"""Compiles requirements/*.in into the pinned requirements/*.txt, which name no index, no path and no CUDA package.

Called by environments.py (`make lock`). Versions already locked are kept unless an upgrade is asked for.
"""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

from tools.explain import explain
from tools.install import UV, find_rasa_python, prepare_uv
from tools.pip_settings import UvSettings
from tools.progress import Progress, SetupError, run
from tools.pythons import clean_environment
from tools.stamps import APP, RASA, ROOT, Environment

LOCAL_VERSION = re.compile(r"^([A-Za-z0-9][\w.-]*(?:\[[^\]]*\])?==[^\s+;]+)\+\S+", re.MULTILINE)
MACHINE_BOUND = re.compile(r"^.*(?:://|^\s*-|(?:^|[\s@])/\w).*$", re.MULTILINE)
CUDA = re.compile(r"^(?:nvidia-|cuda-|triton==)\S*", re.MULTILINE)


def lock(progress: Progress, *, upgrade: bool = False) -> None:
    """Recompile both locks; neither is written unless both can be."""
    settings = without_local_indexes(prepare_uv(progress))
    rasa_python = find_rasa_python()
    assert rasa_python is not None
    compiled = {
        APP: compile_lock(APP, "3.11", str(APP.python), settings, progress, upgrade),
        RASA: compile_lock(RASA, "3.10", rasa_python.path, settings, progress, upgrade),
    }
    for environment, text in compiled.items():
        before = environment.requirements_file.read_text(encoding="utf-8") if environment.requirements_file.exists() else ""
        environment.requirements_file.write_text(text, encoding="utf-8")
        progress.say(f"{environment.requirements}: {'unchanged' if text == before else 'written; `make setup` installs it'}")


def without_local_indexes(settings: UvSettings) -> UvSettings:
    """The settings without indexes that are folders of this machine: a lock must hold elsewhere too.

    They mislead as well: uv drops a version that is locked already where such an index has it for another Python only.
    """
    kept = [index for index in settings.variables.get("UV_INDEX", "").split() if not index.startswith("file:")]
    others = {name: value for name, value in settings.variables.items() if name not in ("UV_INDEX", "UV_INDEX_STRATEGY")}
    further = {"UV_INDEX": " ".join(kept), "UV_INDEX_STRATEGY": settings.variables["UV_INDEX_STRATEGY"]} if kept else {}
    return UvSettings({**others, **further}, settings.arguments)


def compile_lock(environment: Environment, version: str, python: str, settings: UvSettings, progress: Progress, upgrade: bool) -> str:
    """The new text of one lock file."""
    source = str(Path(environment.requirements).with_suffix(".in"))
    progress.say(f"Compiling {source} for Python {version}")
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "lock.txt"
        if environment.requirements_file.exists() and not upgrade:
            output.write_text(kept_pins(environment.requirements_file.read_text(encoding="utf-8")), encoding="utf-8")
        command: list[str | Path] = [UV, "pip", "compile", source, "--output-file", output, "--python-version", version, "--python", python]
        command += ["--quiet", "--no-emit-index-url", "--no-emit-find-links", "--custom-compile-command", "make lock", *settings.arguments]
        variables = {**clean_environment(os.environ), **settings.variables}
        code, said = run(command, progress, environment=variables, folder=ROOT, shows=lambda line: False)
        if code != 0:
            raise explain(said, Path(source), ROOT)
        return portable(output.read_text(encoding="utf-8"), environment.requirements)


def kept_pins(lock_text: str) -> str:
    """The pins that uv should keep. PyTorch's goes: without its `+cpu` it would lead uv to the index's CUDA build."""
    return re.sub(r"^torch==.*\n", "", lock_text, flags=re.MULTILINE)


def portable(lock_text: str, name: str) -> str:
    """The lock without local versions (`+cpu`), which no index has.

    raises    SetupError: it names a place on this machine, an index or a CUDA package
    """
    text = LOCAL_VERSION.sub(r"\1", lock_text)
    bound = MACHINE_BOUND.search(text)
    if bound:
        raise SetupError(f"{name} would name a place on this machine or an index ({bound[0].strip()}): take it out of the .in file.")
    cuda = CUDA.search(text)
    if cuda:
        raise SetupError(f"{name} would name {cuda[0]}, a CUDA package: put PyTorch's CPU wheel where PIP_FIND_LINKS points, then lock again.")
    return text
