"""Says whether an environment is complete: its stamp, written last, against what its requirements file, folder and Python are now.

Called by install.py. Reads only; the one thing that it writes is the stamp.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from tools.pythons import FOR_RASA, OLDEST_FOR_APP, Interpreter, inspect

STAMP = ".waymark-stamp.json"
ROOT = Path(__file__).resolve().parent.parent


class State(Enum):
    """What an environment needs: nothing, its packages brought in line, or making from nothing. The value is how we say it."""

    READY = "ready"
    CHANGED = "its requirements changed"
    INCOMPLETE = "packages are missing from it"
    MISSING = "not made yet"
    HALF_MADE = "half-made: an earlier set-up did not finish"
    MOVED = "its folder was moved or copied"
    BROKEN = "its Python no longer runs or has another version"

    @property
    def is_kept(self) -> bool:
        """Whether its packages are brought in line where they are; otherwise it is made from nothing."""
        return self in (State.CHANGED, State.INCOMPLETE)


@dataclass(frozen=True, slots=True)
class Environment:
    """One of the two environments.

    pythons   oldest and newest minor version that it may have
    loads     packages whose modules, where the lock has them, are imported once after each installation: (package, module)
    needs_gb  free disk that making it from nothing takes
    """

    name: str
    requirements: str
    pythons: tuple[tuple[int, int], tuple[int, int]]
    loads: tuple[tuple[str, str], ...]
    needs_gb: int
    root: Path = ROOT

    @property
    def folder(self) -> Path:
        return self.root / self.name

    @property
    def python(self) -> Path:
        return self.folder / "bin" / "python"

    @property
    def requirements_file(self) -> Path:
        return self.root / self.requirements

    @property
    def modules(self) -> str:
        """The modules to import, as an import statement lists them."""
        packages = pinned(self.requirements_file)
        return ", ".join(module for package, module in self.loads if package in packages) or "yaml"

    @property
    def stamp(self) -> Path:
        return self.folder / STAMP


APP = Environment(
    ".venv",
    "requirements/app.txt",
    (OLDEST_FOR_APP, (3, 99)),
    (("torch", "torch"), ("faiss-cpu", "faiss"), ("onnxruntime", "onnxruntime"), ("scikit-learn", "sklearn"), ("fastapi", "fastapi")),
    needs_gb=3,
)
RASA = Environment(
    ".venv-rasa",
    "requirements/rasa.txt",
    (FOR_RASA, FOR_RASA),
    (("tensorflow", "tensorflow"), ("onnxruntime", "onnxruntime"), ("rasa", "rasa")),
    needs_gb=3,
)


def normalised(name: str) -> str:
    """A package's name as every tool compares it: rasa_sdk and Rasa.SDK are rasa-sdk."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned(requirements: Path) -> dict[str, str]:
    """The packages that a lock names, with their versions."""
    pins = re.findall(r"^([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?==([^\s;\\]+)", requirements.read_text(encoding="utf-8"), re.MULTILINE)
    return {normalised(name): version for name, version in pins}


def installed(environment: Environment) -> set[str]:
    """The packages that stand in the environment, read from the names of its folders: no Python is started."""
    folders = environment.folder.glob("lib/python3.*/site-packages/*.dist-info")
    return {normalised(folder.name.removesuffix(".dist-info").rsplit("-", 1)[0]) for folder in folders}


def stamp_for(environment: Environment, python: Interpreter) -> dict[str, str]:
    """What the stamp of a complete environment says. Scripts in bin/ hold the folder's path, so it is part of it."""
    digest = hashlib.sha256(environment.requirements_file.read_bytes()).hexdigest()
    return {"requirements_sha256": digest, "python": python.version, "folder": str(environment.folder)}


def write_stamp(environment: Environment, python: Interpreter) -> None:
    """Say that the environment is complete. Called last; the file appears whole or not at all."""
    unfinished = environment.stamp.with_suffix(".new")
    unfinished.write_text(json.dumps(stamp_for(environment, python), indent=1) + "\n", encoding="utf-8")
    unfinished.replace(environment.stamp)


def read_stamp(environment: Environment) -> dict[str, str] | None:
    try:
        stamp = json.loads(environment.stamp.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return stamp if isinstance(stamp, dict) else None


def state_of(environment: Environment) -> State:
    """Decide what an environment needs, in some 50 ms: its Python is started once, importing one small compiled library."""
    if not environment.folder.exists():
        return State.MISSING
    stamp = read_stamp(environment)
    if stamp is None:
        return State.HALF_MADE
    if stamp.get("folder") != str(environment.folder):
        return State.MOVED
    python = inspect(str(environment.python), "yaml", os.environ)
    loads = python is not None
    python = python or inspect(str(environment.python), "ssl", os.environ)
    oldest, newest = environment.pythons
    if python is None or not oldest <= python.minor <= newest or not same_minor(python.version, stamp.get("python", "")):
        return State.BROKEN
    if not loads or set(pinned(environment.requirements_file)) - installed(environment):
        return State.INCOMPLETE
    return State.READY if stamp == stamp_for(environment, python) else State.CHANGED


def same_minor(one: str, other: str) -> bool:
    """Compiled packages work across 3.11.2 and 3.11.7, not across 3.11 and 3.12."""
    return one.split(".")[:2] == other.split(".")[:2]
