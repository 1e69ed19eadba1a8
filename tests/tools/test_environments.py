"""Contract: set-up finds a Python that really runs, does only what is missing or changed, and fails with a sentence that says what to do.

Interpreters are small scripts that answer like Python, and environments are empty folders: nothing is installed and no network is used.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tools import install, locks, pythons, stamps
from tools.environments import main
from tools.explain import Unavailable, explain
from tools.pip_settings import UvSettings
from tools.progress import Progress, SetupError
from tools.pythons import Interpreter, find_app_python, find_rasa_python
from tools.stamps import Environment, State, state_of, write_stamp

LOCK = "# made by a tool\nfastapi==0.165.0\n    # via -r app.in\nPyYAML==6.0.3\n"
UNREACHABLE = """error: Request failed after 3 retries in 4.6s
  cause: Failed to fetch: https://name:word@packages.example/index/ruff
  cause: dns error
  cause: failed to lookup address information: Temporary failure in name resolution
"""
NO_VERSION = """error: No solution found when resolving dependencies
  cause: Because there is no version of fastapi==99.1 and you require
         fastapi==99.1, we can conclude that your requirements are unsatisfiable.
"""


def program(path: Path, body: str) -> Path:
    """An executable shell script."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return path


def fake_python(path: Path, version: str) -> Path:
    """A program that answers the probe as a Python of this version does."""
    return program(path, f'echo {version}\necho "{path}"')


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    """A complete and stamped environment, with a fake Python 3.11.7 and the two packages of its lock."""
    made = Environment(
        ".venv", "app.txt", ((3, 11), (3, 99)), (("fastapi", "fastapi"), ("torch", "torch")), needs_gb=3, root=tmp_path
    )
    made.requirements_file.write_text(LOCK)
    packages = made.folder / "lib/python3.11/site-packages"
    (packages / "fastapi-0.165.0.dist-info").mkdir(parents=True)
    (packages / "pyyaml-6.0.3.dist-info").mkdir()
    write_stamp(made, Interpreter(str(fake_python(made.python, "3.11.7")), "3.11.7"))
    return made


def test_a_python_310_on_path_is_found(tmp_path: Path) -> None:
    python = fake_python(tmp_path / "bin/python3.10", "3.10.4")

    assert find_rasa_python({"PATH": str(tmp_path / "bin")}) == Interpreter(str(python), "3.10.4")


def test_a_pyenv_shim_that_fails_is_passed_over_for_the_version_beside_it(tmp_path: Path) -> None:
    program(tmp_path / "pyenv/shims/python3.10", "echo 'pyenv: python3.10: command not found' >&2; exit 127")
    python = fake_python(tmp_path / "pyenv/versions/3.10.13/bin/python3.10", "3.10.13")

    assert find_rasa_python({"PATH": str(tmp_path / "pyenv/shims")}) == Interpreter(str(python), "3.10.13")


def test_pyenv_is_found_under_home_when_it_is_not_on_path(tmp_path: Path) -> None:
    python = fake_python(tmp_path / ".pyenv/versions/3.10.13/bin/python3.10", "3.10.13")

    assert find_rasa_python({"PATH": "", "HOME": str(tmp_path)}) == Interpreter(str(python), "3.10.13")


def test_the_newest_patch_under_pyenv_is_taken(tmp_path: Path) -> None:
    fake_python(tmp_path / "versions/3.10.9/bin/python3.10", "3.10.9")
    newest = fake_python(tmp_path / "versions/3.10.13/bin/python3.10", "3.10.13")

    assert find_rasa_python({"PYENV_ROOT": str(tmp_path)}) == Interpreter(str(newest), "3.10.13")


def test_a_python_310_that_uv_manages_is_found_last(tmp_path: Path) -> None:
    python = fake_python(tmp_path / "managed/python3.10", "3.10.2")
    uv = program(tmp_path / "uv", f'echo "{python}"')

    assert find_rasa_python({"PATH": ""}, str(uv)) == Interpreter(str(python), "3.10.2")


def test_a_program_named_python310_of_another_version_is_refused(tmp_path: Path) -> None:
    fake_python(tmp_path / "bin/python3.10", "3.9.1")

    assert find_rasa_python({"PATH": str(tmp_path / "bin")}) is None


def test_no_python_310_anywhere_gives_none() -> None:
    assert find_rasa_python({"PATH": ""}, None) is None


def test_the_apps_python_is_311_even_if_a_later_one_comes_first_on_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 8, 0))
    fake_python(tmp_path / "first/python3.12", "3.12.1")
    wanted = fake_python(tmp_path / "second/python3.11", "3.11.2")

    assert find_app_python({"PATH": f"{tmp_path}/first:{tmp_path}/second"}) == Interpreter(str(wanted), "3.11.2")


def test_a_later_python_serves_the_app_when_there_is_no_311(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 8, 0))
    fake_python(tmp_path / "python3", "3.9.2")
    later = fake_python(tmp_path / "python3.13", "3.13.0")

    assert find_app_python({"PATH": str(tmp_path)}) == Interpreter(str(later), "3.13.0")


def test_variables_of_another_python_are_not_handed_on() -> None:
    assert pythons.clean_environment({"PYTHONPATH": "x", "VIRTUAL_ENV": "y", "HOME": "z"}) == {"HOME": "z"}


def test_an_old_python_without_a_newer_one_is_told_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 8, 0))
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("HOME", "")
    monkeypatch.delenv("PYENV_ROOT", raising=False)

    assert (main(["setup"]), capsys.readouterr().err) == (1, pythons.NO_APP_PYTHON + "\n")


def test_an_unknown_command_prints_the_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["install"]) == 2
    assert "setup | check | lock" in capsys.readouterr().err


def test_only_libraries_that_the_lock_has_are_loaded_after_an_installation(environment: Environment) -> None:
    assert environment.modules == "fastapi"


def test_a_complete_environment_is_ready(environment: Environment) -> None:
    assert state_of(environment) is State.READY


def test_an_environment_is_missing_before_it_is_made(tmp_path: Path) -> None:
    assert state_of(Environment(".venv", "app.txt", ((3, 11), (3, 99)), (), 3, root=tmp_path)) is State.MISSING


def test_an_environment_without_a_stamp_is_half_made_and_not_kept(environment: Environment) -> None:
    environment.stamp.unlink()

    assert state_of(environment) is State.HALF_MADE
    assert not State.HALF_MADE.is_kept


def test_an_unreadable_stamp_counts_as_none(environment: Environment) -> None:
    environment.stamp.write_text('{"python": "3.11')

    assert state_of(environment) is State.HALF_MADE


def test_a_changed_lock_is_installed_in_the_environment_that_stands(environment: Environment) -> None:
    environment.requirements_file.write_text(LOCK.replace("0.165.0", "0.166.0"))

    assert state_of(environment) is State.CHANGED
    assert State.CHANGED.is_kept


def test_a_removed_package_is_noticed(environment: Environment) -> None:
    (environment.folder / "lib/python3.11/site-packages/fastapi-0.165.0.dist-info").rmdir()

    assert state_of(environment) is State.INCOMPLETE


def test_a_python_that_no_longer_runs_means_making_anew(environment: Environment) -> None:
    environment.python.unlink()

    assert state_of(environment) is State.BROKEN
    assert not State.BROKEN.is_kept


def test_a_python_of_another_minor_version_means_making_anew(environment: Environment) -> None:
    fake_python(environment.python, "3.12.1")

    assert state_of(environment) is State.BROKEN


def test_a_python_of_another_patch_version_keeps_the_packages(environment: Environment) -> None:
    fake_python(environment.python, "3.11.9")

    assert state_of(environment) is State.CHANGED


def test_a_moved_environment_is_made_anew(environment: Environment) -> None:
    stamp = json.loads(environment.stamp.read_text())
    environment.stamp.write_text(json.dumps({**stamp, "folder": "elsewhere/.venv"}))

    assert state_of(environment) is State.MOVED


def test_set_up_says_so_when_nothing_is_to_be_done(
    environment: Environment, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(install, "APP", environment)
    monkeypatch.setattr(install, "RASA", environment)

    install.set_up(Progress())

    assert capsys.readouterr().out == "[  0s] Both environments are ready.\n"


def test_a_missing_requirements_file_names_the_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(install, "APP", Environment(".venv", "app.txt", ((3, 11), (3, 99)), (), 3, root=tmp_path))

    with pytest.raises(SetupError, match=r"app\.txt is missing.*make lock"):
        install.set_up(Progress())


def test_a_full_disk_is_refused_before_anything_is_downloaded() -> None:
    with pytest.raises(SetupError, match=r"GB are free on the disk of .* needs 1000000 GB: free some space"):
        install.check_disk(1_000_000)


def test_no_python_310_stops_set_up_with_the_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pythons, "find_rasa_python", lambda environment, uv: None)

    with pytest.raises(SetupError) as refused:
        install.find_rasa_python()

    assert str(refused.value) == pythons.NO_RASA_PYTHON


def test_an_unreachable_index_leaves_the_stamp_of_the_environment_that_still_stands(
    environment: Environment, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    said = tmp_path / "said"
    said.write_text(UNREACHABLE)
    monkeypatch.setattr(install, "UV", program(tmp_path / "uv", f'cat "{said}"; exit 2'))

    with pytest.raises(Unavailable):
        install.fill(environment, UvSettings({}), Progress())

    assert state_of(environment) is State.READY


def test_an_installation_that_ends_midway_leaves_no_stamp(
    environment: Environment, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(install, "UV", program(tmp_path / "uv", "echo 'No space left on device (os error 28)'; exit 2"))

    with pytest.raises(SetupError, match="The disk is full"):
        install.fill(environment, UvSettings({}), Progress())

    assert state_of(environment) is State.HALF_MADE


def test_a_finished_installation_is_stamped(
    environment: Environment, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    environment.stamp.unlink()
    monkeypatch.setattr(install, "UV", program(tmp_path / "uv", "exit 0"))

    install.fill(environment, UvSettings({}), Progress())

    assert state_of(environment) is State.READY


def test_a_pytorch_that_lacks_its_cuda_libraries_gets_them(
    environment: Environment, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    missing = "ImportError: libcudnn.so.9: cannot open shared object file"
    program(
        environment.python,
        f'case "$*" in *"import fastapi"*) [ -e "{tmp_path}/cuda" ] || {{ echo "{missing}"; exit 1; }};; esac; echo 3.11.7; echo x',
    )
    monkeypatch.setattr(
        install, "UV", program(tmp_path / "uv", f'case "$2" in install) touch "{tmp_path}/cuda";; esac')
    )

    install.fill(environment, UvSettings({}), Progress())

    assert state_of(environment) is State.READY


def test_libraries_that_do_not_load_are_said_and_leave_no_stamp(
    environment: Environment, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program(environment.python, "echo 'ModuleNotFoundError: no fastapi'; exit 1")
    monkeypatch.setattr(install, "UV", program(tmp_path / "uv", "exit 0"))

    with pytest.raises(SetupError, match="its libraries do not load here: ModuleNotFoundError: no fastapi"):
        install.fill(environment, UvSettings({}), Progress())

    assert state_of(environment) is State.HALF_MADE


def test_an_unreachable_index_is_explained_without_the_password() -> None:
    error = explain(UNREACHABLE, Path("requirements/app.txt"), Path("here"))

    assert str(error).startswith("The package index cannot be reached (failed to lookup address")
    assert "word" not in str(error)


def test_pips_own_connection_errors_are_recognised() -> None:
    said = "WARNING: Retrying after connection broken by 'NewConnectionError'\nERROR: No matching distribution found for uv==0.13.9"

    assert "cannot be reached" in str(explain(said, Path("app.txt"), Path("here")))


def test_a_version_that_no_index_has_is_named() -> None:
    error = explain(NO_VERSION, Path("requirements/app.txt"), Path("here"))

    assert str(error).startswith(
        "fastapi==99.1 cannot be found for this Python and machine: requirements/app.txt asks for it"
    )


def test_a_package_called_timeout_is_not_mistaken_for_one() -> None:
    said = " + async-timeout==4.0.3\nerror: Failed to build `docopt==0.6.2`"

    assert "failed for the reason below" in str(explain(said, Path("app.txt"), Path("here")))


def test_an_untrusted_certificate_names_the_setting() -> None:
    assert "PIP_CERT" in str(explain("cause: invalid peer certificate: UnknownIssuer", Path("app.txt"), Path("here")))


def test_a_failure_that_is_not_known_shows_the_end_of_the_output() -> None:
    assert str(explain("something odd", Path("app.txt"), Path("here"))).endswith("\n    something odd")


@pytest.mark.parametrize(
    ("line", "is_shown"),
    [
        ("Downloading torch (189.1MiB)", True),
        ("Downloading tomli (14.2KiB)", False),
        (" + fastapi==0.165.0", False),
        ("WARNING: Location of an index is ignored", False),
        ("Installed 134 packages in 845ms", True),
    ],
)
def test_only_lines_that_tell_how_far_it_is_are_shown(line: str, is_shown: bool) -> None:
    assert install.is_worth_showing(line) is is_shown


def test_a_lock_loses_local_versions() -> None:
    assert (
        locks.portable("torch==2.13.0+cpu\n    # via -r requirements/app.in\n", "app.txt")
        == "torch==2.13.0\n    # via -r requirements/app.in\n"
    )


@pytest.mark.parametrize(
    "line",
    ["--find-links wheels", "thing @ file:///srv/thing.whl", "-e .", "thing @ https://packages.example/thing.whl"],
)
def test_a_lock_that_names_a_place_is_refused(line: str) -> None:
    with pytest.raises(SetupError, match="a place on this machine or an index"):
        locks.portable(f"six==1.17.0\n{line}\n", "app.txt")


def test_a_lock_that_names_cuda_is_refused() -> None:
    with pytest.raises(SetupError, match="nvidia-cublas"):
        locks.portable("numpy==2.4.6\nnvidia-cublas==13.1.1.3\n", "app.txt")


def test_the_lock_in_use_does_not_steer_pytorch_to_another_build() -> None:
    assert locks.kept_pins("tokenizers==0.23.3\ntorch==2.13.0\n    # via x\n") == "tokenizers==0.23.3\n    # via x\n"


def test_a_lock_is_compiled_without_the_indexes_that_are_folders_of_this_machine() -> None:
    settings = UvSettings(
        {"UV_FIND_LINKS": "wheels", "UV_INDEX": "file:///srv/mirror", "UV_INDEX_STRATEGY": "unsafe-best-match"}
    )

    assert locks.without_local_indexes(settings) == UvSettings({"UV_FIND_LINKS": "wheels"})


def test_a_lock_is_compiled_with_the_other_further_indexes() -> None:
    settings = UvSettings(
        {"UV_INDEX": "file:///srv/mirror https://one.example/index", "UV_INDEX_STRATEGY": "unsafe-best-match"}
    )

    assert locks.without_local_indexes(settings).variables == {
        "UV_INDEX": "https://one.example/index",
        "UV_INDEX_STRATEGY": "unsafe-best-match",
    }


@pytest.mark.parametrize("environment_of_ours", [stamps.APP, stamps.RASA], ids=["app", "rasa"])
def test_the_locks_in_the_repository_are_portable(environment_of_ours: Environment) -> None:
    text = environment_of_ours.requirements_file.read_text(encoding="utf-8")

    assert locks.portable(text, environment_of_ours.requirements) == text


def test_the_entry_point_runs_as_a_script_from_any_folder(tmp_path: Path) -> None:
    script = stamps.ROOT / "tools/environments.py"

    done = subprocess.run(
        [sys.executable, str(script), "nonsense"], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (
        2,
        "Usage: python3 tools/environments.py setup | check | lock [--upgrade]\n",
    )
