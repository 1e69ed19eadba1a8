"""Runs Waymark's two processes under supervisord, in a session of their own, and sees to it that none is left when they are stopped.

Called by start.py and, through it, by tests. supervisord.conf says what the two processes are; it restarts one that dies.
"""

from __future__ import annotations

import ctypes
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tools.progress import SetupError

ROOT = Path(__file__).resolve().parent.parent
CONFIGURATION = ROOT / "supervisord.conf"
LOGS = ROOT / "built" / "logs"
STOP_TIMEOUT_S = 20  # supervisord itself kills a program 8 s after asking it to stop (stopwaitsecs)
PR_SET_PDEATHSIG = 1
EXITED = re.compile(r"exited: (?P<program>[\w-]+) \((?P<reason>[^)]*)|spawnerr: (?P<spawn>.*)")


@dataclass(slots=True)
class Supervised:
    """supervisord and its programs.

    environment  complete: ports, secret, and WAYMARK_LOGS where supervisord.conf puts the logs
    """

    configuration: Path
    environment: Mapping[str, str]
    logs: Path
    process: subprocess.Popen[bytes] | None = None
    read_up_to: int = field(default=0)

    def start(self) -> None:
        """Start supervisord in its own session, so that Ctrl-C in a terminal reaches us alone, and we stop it in order."""
        self.logs.mkdir(parents=True, exist_ok=True)
        for old in self.logs.glob("*.log*"):
            old.unlink()
        with (self.logs / "supervisord.out").open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "supervisor.supervisord", "--nodaemon", "--configuration", str(self.configuration)],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=ROOT,
                env=dict(self.environment),
                start_new_session=True,
                preexec_fn=die_with_parent,
            )

    def exit_code(self) -> int | None:
        """supervisord's exit code; None while it runs."""
        return self.process.poll() if self.process else None

    def wait(self, seconds: float) -> None:
        """Wait until supervisord ends, but no longer than this."""
        assert self.process is not None
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            return

    def new_failures(self) -> list[str]:
        """What supervisord logged since the last call about programs that ended: `app (exit status 1; not expected)`."""
        try:
            text = (self.logs / "supervisord.log").read_text(errors="replace")
        except OSError:
            return []
        fresh, self.read_up_to = text[self.read_up_to :], len(text)
        return [match["spawn"] or f"{match['program']} ({match['reason']})" for match in EXITED.finditer(fresh)]

    def stop(self) -> None:
        """Stop supervisord and both programs, and return only when nothing of theirs is left.

        raises    SetupError: something could not be ended
        """
        if self.process is None:
            return
        session = self.process.pid
        if self.process.poll() is None:
            self.process.terminate()
            self.wait(STOP_TIMEOUT_S)
        deadline = time.monotonic() + 5
        while members(session) or self.process.poll() is None:
            for pid in {*members(session), *([session] if self.process.poll() is None else [])}:
                kill(pid)
            if time.monotonic() > deadline:
                raise SetupError(f"These processes could not be stopped: {', '.join(map(str, members(session)))}. End them by hand (kill -9).")
            time.sleep(0.05)


def die_with_parent() -> None:
    """On Linux, have the kernel stop supervisord if this process is killed outright; it then stops its programs."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def members(session: int, proc: Path = Path("/proc")) -> list[int]:
    """The living processes of a session; [] where there is no /proc (there supervisord's own word is taken)."""
    found = []
    for stat in proc.glob("[0-9]*/stat"):
        try:
            # pid (name, which may hold anything) state parent group session ...
            state, _, _, its_session = stat.read_text(errors="replace").rpartition(")")[2].split()[:4]
        except (OSError, ValueError):
            continue
        if int(its_session) == session and state not in "ZX":
            found.append(int(stat.parent.name))
    return found


def kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return
