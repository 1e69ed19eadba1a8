"""Finds Python interpreters that really run: the one running now, on PATH, and under pyenv's versions folder.

Each candidate is run before it is believed, because pyenv's shim `python3.10` exists on PATH and still fails when no such version is chosen.
Called by environments.py, install.py and locks.py. Also read by an old Python, so no syntax newer than 3.6.
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

OLDEST_FOR_APP = (3, 11)
FOR_RASA = (3, 10)
# The app's lock is compiled for 3.11, and a wheel at hand may be built for it alone: it is preferred.
APP_NAMES = ("python3.11", "python3.12", "python3.13", "python3.14", "python3")
PROBE = "import sys, {modules}; print('%d.%d.%d' % sys.version_info[:3]); print(getattr(sys, '_base_executable', None) or sys.executable)"
PROBE_TIMEOUT_S = 30

NO_APP_PYTHON = (
    "Waymark's app needs Python 3.11 or later with its venv module, and none was found on PATH or under pyenv. "
    "Install one (Debian and Ubuntu: apt-get install python3 python3-venv; pyenv: pyenv install 3.11), then run the same command again."
)
NO_RASA_PYTHON = (
    "Rasa needs Python 3.10, and none was found on PATH, under pyenv or by uv. "
    "Install it (pyenv: pyenv install 3.10; or, with a network: .venv/bin/uv python install 3.10), then run the same command again."
)


class Interpreter(NamedTuple):
    """A Python that has been run: its own path (never a shim or a virtual environment) and its version, such as 3.10.13."""

    path: str
    version: str

    @property
    def minor(self) -> "tuple[int, int]":
        major, minor = self.version.split(".")[:2]
        return int(major), int(minor)


def clean_environment(environment: "Mapping[str, str]") -> "dict[str, str]":
    """The environment without the variables that lead a Python to another Python's libraries, or keep it from storing compiled modules."""
    misleading = ("PYTHONPATH", "PYTHONHOME", "PYTHONDONTWRITEBYTECODE", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__", "UV_PYTHON", "UV_SYSTEM_PYTHON")
    return {name: value for name, value in environment.items() if name not in misleading}


def inspect(path: str, modules: str, environment: "Mapping[str, str]") -> "Interpreter | None":
    """Run a candidate and return what it says of itself; None if it fails or lacks one of the modules (comma-separated)."""
    try:
        output = subprocess.run(
            [path, "-c", PROBE.format(modules=modules)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=clean_environment(environment),
            timeout=PROBE_TIMEOUT_S,
            check=True,
        ).stdout.decode()
        version, base = output.split("\n")[:2]
    except (OSError, subprocess.SubprocessError, ValueError):
        return None
    return Interpreter(base, version)


def pyenv_roots(environment: "Mapping[str, str]") -> "Iterator[Path]":
    """Folders that may be pyenv's: the one it names, the usual one, and the parent of each shims folder on PATH."""
    if environment.get("PYENV_ROOT"):
        yield Path(environment["PYENV_ROOT"])
    if environment.get("HOME"):
        yield Path(environment["HOME"]) / ".pyenv"
    for folder in environment.get("PATH", "").split(os.pathsep):
        if Path(folder).name == "shims":
            yield Path(folder).parent


def candidates(name: str, environment: "Mapping[str, str]") -> "Iterator[str]":
    """Paths at which an interpreter of this name (python3.10) may be: PATH first, then pyenv's versions, newest first."""
    for folder in environment.get("PATH", "").split(os.pathsep):
        path = Path(folder) / name
        if folder and os.access(str(path), os.X_OK):
            yield str(path)
    version = name[len("python") :]
    for root in pyenv_roots(environment):
        found = root.glob(f"versions/{version}.*/bin/{name}")
        yield from map(str, sorted(found, key=patch_number, reverse=True))


def patch_number(path: Path) -> int:
    """The last number of a pyenv folder: 13 for versions/3.10.13/bin/python3.10; 0 where it is not a number (3.10-dev)."""
    last = path.parts[-3].split(".")[-1]
    return int(last) if last.isdigit() else 0


def first_that_runs(
    paths: "Iterable[str]", modules: str, accepts: "Callable[[Interpreter], bool]", environment: "Mapping[str, str]"
) -> "Interpreter | None":
    """The first candidate that runs, has the modules and is accepted."""
    tried = set()
    for path in paths:
        if path not in tried:
            tried.add(path)
            found = inspect(path, modules, environment)
            if found is not None and accepts(found):
                return found
    return None


def find_app_python(environment: "Mapping[str, str]") -> "Interpreter | None":
    """A Python for the app's environment: 3.11 if there is one, otherwise any later one that can make a virtual environment."""

    def paths() -> "Iterator[str]":
        running = sys.version_info[:2]
        if running == OLDEST_FOR_APP:
            yield sys.executable
        yield from candidates(APP_NAMES[0], environment)
        if running > OLDEST_FOR_APP:
            yield sys.executable
        for name in APP_NAMES[1:]:
            yield from candidates(name, environment)

    return first_that_runs(paths(), "venv, ensurepip", lambda found: found.minor >= OLDEST_FOR_APP, environment)


def find_rasa_python(environment: "Mapping[str, str]", uv: "str | None" = None) -> "Interpreter | None":
    """A Python 3.10 for Rasa's environment; `uv` is the path of uv, which may manage one of its own."""

    def paths() -> "Iterator[str]":
        yield from candidates("python3.10", environment)
        if uv is not None:
            yield from managed_by_uv(uv, environment)

    return first_that_runs(paths(), "venv", lambda found: found.minor == FOR_RASA, environment)


def managed_by_uv(uv: str, environment: "Mapping[str, str]") -> "Iterator[str]":
    """The Python 3.10 that uv installed itself, if any. Only those: a shim that fails makes uv's wider search fail."""
    try:
        output = subprocess.run(
            [uv, "python", "find", "3.10", "--managed-python", "--no-python-downloads"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=clean_environment(environment),
            timeout=PROBE_TIMEOUT_S,
            check=True,
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return
    yield output.decode().strip()
