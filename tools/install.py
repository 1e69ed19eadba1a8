"""Makes and repairs the two environments, doing only what is missing or changed. `set_up` is the whole of it.

Called by environments.py. The order matters: what can be refused early (disk, Python 3.10) is refused before anything large is downloaded.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

from tools import pythons
from tools.explain import Unavailable, explain
from tools.pip_settings import UvSettings, read_pip_settings, uv_settings
from tools.progress import Progress, SetupError, run
from tools.pythons import Interpreter
from tools.stamps import APP, RASA, ROOT, Environment, State, pinned, state_of, write_stamp

UV = APP.folder / "bin" / "uv"
CHANGE_NEEDS_GB = 1
GB = 10**9
LARGE_MIB = 20
CUDA_MISSING = re.compile(r"lib(cu|nv|nccl)\w*\.so|cuda|nvidia", re.IGNORECASE)  # libcudnn.so.9: cannot open shared object file


def set_up(progress: Progress) -> None:
    """Bring both environments to what their requirements files say.

    raises    SetupError: the sentence to show
    """
    check_requirements()
    states = {environment: state_of(environment) for environment in (APP, RASA)}
    wanting = {environment: state for environment, state in states.items() if state is not State.READY}
    if not wanting:
        progress.say("Both environments are ready.")
        return
    for environment, state in wanting.items():
        progress.say(f"{environment.name}: {state.value}; {'bringing it in line' if state.is_kept else 'making it from nothing'}.")
    check_disk(sum(CHANGE_NEEDS_GB if state.is_kept else environment.needs_gb for environment, state in wanting.items()))
    settings = prepare_uv(progress, remake=APP in wanting and not states[APP].is_kept)
    rasa_python = find_rasa_python() if RASA in wanting else None
    if APP in wanting:
        fill(APP, settings, progress)
    if rasa_python is not None:
        if not states[RASA].is_kept:
            make_rasa_folder(rasa_python, settings, progress)
        fill(RASA, settings, progress)
    progress.say("Both environments are ready.")


def print_check() -> None:
    """Print what is found on this machine; change nothing."""
    app, rasa = pythons.find_app_python(os.environ), find_rasa_python(or_fail=False)
    print(f"Python for the app:    {f'{app.version}  {app.path}' if app else pythons.NO_APP_PYTHON}")
    print(f"Python for Rasa:       {f'{rasa.version}  {rasa.path}' if rasa else pythons.NO_RASA_PYTHON}")
    print(f"Free disk here:        {shutil.disk_usage(ROOT).free / GB:.0f} GB")
    if app:
        print(f"pip's settings for uv: {uv_settings(read_pip_settings(Path(app.path), os.environ), os.environ).described()}")
    check_requirements()
    for environment in (APP, RASA):
        print(f"{environment.name + ':':22} {state_of(environment).value}")


def check_requirements() -> None:
    for environment in (APP, RASA):
        if not environment.requirements_file.exists():
            raise SetupError(f"{environment.requirements} is missing: get it from version control, or run `make lock` to compile it.")


def check_disk(needed_gb: int) -> None:
    """Refuse before downloading what would not fit, here and where uv keeps its cache."""
    cache = Path(os.environ.get("UV_CACHE_DIR") or os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache").absolute()
    for folder in (ROOT, next(place for place in (cache, *cache.parents) if place.exists())):
        free_gb = shutil.disk_usage(folder).free / GB
        if free_gb < needed_gb:
            raise SetupError(
                f"Only {free_gb:.1f} GB are free on the disk of {folder}, and setting up needs {needed_gb} GB: "
                "free some space (UV_CACHE_DIR moves the cache of downloads to another disk), then run the same command again."
            )


def prepare_uv(progress: Progress, *, remake: bool = False) -> UvSettings:
    """See to it that .venv exists and holds the pinned uv; return pip's settings, translated for uv.

    remake    remove what stands there and begin from nothing
    """
    if remake or not APP.python.exists():
        python = pythons.find_app_python(os.environ)
        if python is None:
            raise SetupError(pythons.NO_APP_PYTHON)
        progress.say(f"Making {APP.name} with Python {python.version} ({python.path})")
        remove(APP.folder)
        carry_out([python.path, "-m", "venv", APP.folder], APP, progress)
    version = pinned(APP.requirements_file).get("uv", "*") if APP.requirements_file.exists() else "*"
    if not UV.exists() or not list(APP.folder.glob(f"lib/python3.*/site-packages/uv-{version}.dist-info")):
        wanted = "uv" if version == "*" else f"uv=={version}"
        progress.say(f"Installing {wanted}, which installs the rest")
        carry_out([APP.python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wanted], APP, progress)
    settings = uv_settings(read_pip_settings(APP.python, os.environ), os.environ)
    progress.say(f"pip's settings handed on to uv: {settings.described()}")
    return settings


def find_rasa_python(*, or_fail: bool = True) -> Interpreter | None:
    """A Python 3.10, asking uv too where .venv has it."""
    found = pythons.find_rasa_python(os.environ, str(UV) if UV.exists() else None)
    if found is None and or_fail:
        raise SetupError(pythons.NO_RASA_PYTHON)
    return found


def make_rasa_folder(python: Interpreter, settings: UvSettings, progress: Progress) -> None:
    progress.say(f"Making {RASA.name} with Python {python.version} ({python.path})")
    remove(RASA.folder)
    carry_out([UV, "venv", "--quiet", "--no-project", "--python", python.path, RASA.folder], RASA, progress, settings)


def fill(environment: Environment, settings: UvSettings, progress: Progress) -> None:
    """Bring an environment's packages to its requirements file, see that they load, and stamp it."""
    stamp = environment.stamp.read_bytes() if environment.stamp.exists() else None
    environment.stamp.unlink(missing_ok=True)
    progress.say(f"Installing the {len(pinned(environment.requirements_file))} packages of {environment.requirements} in {environment.name}")
    try:
        uv_pip(["sync", environment.requirements], environment, settings, progress)
    except Unavailable:
        if stamp is not None:  # uv looks everything up before it changes anything, so what stood here still stands
            environment.stamp.write_bytes(stamp)
        raise
    progress.say(f"Checking that {environment.modules} load in {environment.name}")
    failure = loading_failure(environment, progress)
    if CUDA_MISSING.search(failure):
        # The lock names no CUDA packages, so that a CPU wheel at hand pulls none; the index's own build of PyTorch cannot load without them.
        progress.say("This PyTorch is not a CPU build: installing its CUDA libraries, several GB (a CPU wheel in PIP_FIND_LINKS avoids them)")
        uv_pip(["install", "--requirements", environment.requirements], environment, settings, progress)
        failure = loading_failure(environment, progress)
    if failure:
        raise SetupError(
            f"{environment.name} was installed, but its libraries do not load here: {failure}. "
            f"Run `make setup` again to make it anew; if that does not help, {environment.requirements} does not suit this machine."
        )
    python = pythons.inspect(str(environment.python), "ssl", os.environ)
    if python is None:
        raise SetupError(f"{environment.python} does not run. Remove {environment.name}, then run `make setup` again.")
    write_stamp(environment, python)


def loading_failure(environment: Environment, progress: Progress) -> str:
    """Why the large libraries cannot be imported; "" if they can."""
    variables = {**pythons.clean_environment(os.environ), "TF_CPP_MIN_LOG_LEVEL": "3"}
    command: list[str | Path] = [environment.python, "-W", "ignore", "-c", f"import {environment.modules}"]
    code, output = run(command, progress, environment=variables, folder=ROOT, shows=lambda line: False)
    return (output.strip().splitlines() or [f"exit code {code}"])[-1] if code else ""


def uv_pip(arguments: Sequence[str], environment: Environment, settings: UvSettings, progress: Progress) -> None:
    """Run `uv pip` on an environment; its list of single packages is not shown."""
    command: list[str | Path] = [UV, "pip", *arguments, *settings.arguments, "--python", environment.python]
    carry_out(command, environment, progress, settings)


def carry_out(command: Sequence[str | Path], environment: Environment, progress: Progress, settings: UvSettings | None = None) -> None:
    """Run one step and turn its failure into a sentence."""
    variables = {**pythons.clean_environment(os.environ), **(settings.variables if settings else {})}
    code, output = run(
        command,
        progress,
        environment=variables,
        folder=ROOT,
        shows=is_worth_showing,
        still_busy=f"still working on {environment.name}",
    )
    if code != 0:
        raise explain(output, Path(environment.requirements), ROOT)


def is_worth_showing(line: str) -> bool:
    """Whether a line of uv's says how far it is: large downloads, builds and totals, not each of 300 packages; its errors are explained."""
    download = re.match(r"\s*Downloading \S+ \((?P<size>[\d.]+)(?P<unit>\w+)\)", line)
    if download:
        return download["unit"] == "GiB" or (download["unit"] == "MiB" and float(download["size"]) >= LARGE_MIB)
    return not re.match(r" [+~-] |Using Python|\s*(Downloaded|Built|error:|cause:|hint:|WARNING:) ?", line)


def remove(folder: Path) -> None:
    if folder.is_symlink():
        folder.unlink()
    elif folder.exists():
        shutil.rmtree(folder)
