"""What the set-up and start-up tools say while they work: short lines with the seconds since they began, and one sentence when they fail.

Used by install.py, locks.py and start.py. Runs other programs and lets their lines through as they come; judges nothing.
"""

from __future__ import annotations

import os
import selectors
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path


class SetupError(Exception):
    """A sentence for the person at the keyboard: what is wrong, and what to do. Shown without a traceback."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Prints plain lines such as `[ 12s] Making .venv`."""

    started: float = field(default_factory=time.monotonic)

    def say(self, text: str) -> None:
        print(f"[{time.monotonic() - self.started:3.0f}s] {text}", flush=True)


def run(
    command: Sequence[str | Path],
    progress: Progress,
    *,
    environment: Mapping[str, str],
    folder: Path,
    shows: Callable[[str], bool] = lambda line: True,
    still_busy: str = "still working",
    quiet_s: float = 15,
) -> tuple[int, str]:
    """Run a program and show its lines as they come.

    shows       which lines are worth showing; all are returned
    still_busy  what to say whenever the program has printed nothing for `quiet_s` seconds
    returns     its exit code and everything that it printed
    """
    output = bytearray()
    shown = 0
    with subprocess.Popen(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=dict(environment),
        cwd=folder,
    ) as process:
        assert process.stdout is not None
        try:
            with selectors.DefaultSelector() as selector:
                selector.register(process.stdout, selectors.EVENT_READ)
                while True:
                    if not selector.select(quiet_s):
                        progress.say(f"  ... {still_busy}")
                        continue
                    piece = os.read(process.stdout.fileno(), 65536)
                    output += piece
                    end = output.rfind(b"\n") + 1 if piece else len(output)
                    for line in output[shown:end].decode(errors="replace").splitlines():
                        if line.strip() and shows(line):
                            progress.say(f"  {line.strip()}")
                    shown = max(shown, end)
                    if not piece:
                        break
            process.wait()
        except BaseException:
            process.terminate()
            raise
    return process.returncode, output.decode(errors="replace")
