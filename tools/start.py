"""Starts Waymark, says when it is ready, and stays until Ctrl-C: `python -m tools.start`, called by `make run`.

Tests start the same pair on ports of their own with `running(...)`. What the two processes are stands in supervisord.conf.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import secrets
import signal
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import FrameType

from tools.ports import check_free, read_ports
from tools.progress import Progress, SetupError
from tools.pythons import clean_environment
from tools.supervision import CONFIGURATION, LOGS, Supervised

READY_TIMEOUT_S = 180
REPORT_EVERY_S = 5
SAME_FAILURES = 4  # a program that ended this often while starting will not come up by waiting
TAIL_LINES = 15
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # never through a proxy to this machine


class Stopped(BaseException):
    """Ctrl-C, or a request to end."""


def main() -> int:
    """Run until stopped.

    returns   0 after Ctrl-C or a request to end; 1 when it could not start, or its supervisor ended
    """
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop_once)
    progress = Progress()
    try:
        ports = read_ports(os.environ)
        check_free(ports)
        supervised = Supervised(CONFIGURATION, complete(os.environ, ports, LOGS), LOGS)
        try:
            stay(supervised, ports["WAYMARK_PORT"], progress)
        except Stopped:
            progress.say("Stopping Waymark")
        finally:
            ignore_signals()
            supervised.stop()
    except Stopped:
        pass
    except SetupError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    progress.say("Waymark has stopped; nothing of it is left running.")
    return 0


def stop_once(number: int, frame: FrameType | None) -> None:
    ignore_signals()
    raise Stopped


def ignore_signals() -> None:
    """From here on we are stopping, and a second Ctrl-C must not leave a process behind."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def complete(environment: Mapping[str, str], ports: Mapping[str, int], logs: Path) -> dict[str, str]:
    """The environment of both processes: the ports, the secret that they share (a fresh one unless set), and where they log."""
    secret = environment.get("WAYMARK_SECRET") or secrets.token_urlsafe(32)
    return {**clean_environment(environment), **{name: str(number) for name, number in ports.items()}, "WAYMARK_SECRET": secret, "WAYMARK_LOGS": str(logs)}


def stay(supervised: Supervised, port: int, progress: Progress) -> None:
    """Start, wait until ready, then watch; returns never but by an exception."""
    address = f"http://127.0.0.1:{port}"
    progress.say("Starting the dialogue and the app")
    supervised.start()
    wait_until_ready(supervised, address, progress)
    progress.say(f"Waymark is ready: {address}/")
    progress.say("Ctrl-C stops it")
    while supervised.exit_code() is None:
        supervised.wait(1)
        for failure in supervised.new_failures():
            progress.say(f"{failure} ended and is being started again; its log is in {supervised.logs}")
    raise SetupError(died(supervised))


def wait_until_ready(supervised: Supervised, address: str, progress: Progress, timeout_s: float = READY_TIMEOUT_S) -> None:
    """Return when a whole turn of conversation works.

    raises    SetupError: not ready in time, a program keeps ending, or supervisord ended; with the ends of the logs
    """
    deadline = time.monotonic() + timeout_s
    next_report = time.monotonic() + REPORT_EVERY_S
    failures: Counter[str] = Counter()
    while True:
        found = health(address)
        if found == "":
            return
        for failure in supervised.new_failures():
            progress.say(f"{failure} ended and is being started again")
            failures[failure.split(" (")[0]] += 1
        if supervised.exit_code() is not None:
            raise SetupError(died(supervised))
        repeated = [program for program, count in failures.items() if count >= SAME_FAILURES]
        if repeated:
            raise SetupError(f"{' and '.join(repeated)} keeps failing. {advice(supervised, repeated)}")
        if time.monotonic() > deadline:
            raise SetupError(f"Waymark was not ready after {timeout_s:.0f} seconds: {found}. {advice(supervised)}")
        if time.monotonic() > next_report:
            progress.say(f"Waiting: {found}")
            next_report = time.monotonic() + REPORT_EVERY_S
        supervised.wait(0.3)


def health(address: str) -> str:
    """What still stands in the way of a conversation; "" when nothing does."""
    try:
        with DIRECT.open(f"{address}/health/ready", timeout=10) as answer:
            return "" if answer.status == 200 else f"the app answers {answer.status}"
    except urllib.error.HTTPError as error:
        return "the app answers, the dialogue is still loading" if error.code == 503 else f"the app answers {error.code} to /health/ready"
    except (OSError, http.client.HTTPException):
        return "the app is loading"


def died(supervised: Supervised) -> str:
    return f"The supervisor ended by itself (exit code {supervised.exit_code()}). {advice(supervised, ['supervisord'])}"


def advice(supervised: Supervised, programs: Sequence[str] = ()) -> str:
    """What to do, and the ends of the logs: of these programs, or of both."""
    parts = ["Everything was stopped. The end of the log follows; put the cause right, then run `make run` again."]
    names = [f"{program}.{ending}" for program in programs or ("dialogue", "app") for ending in ("log", "out")]
    for log in [supervised.logs / name for name in names if (supervised.logs / name).exists()]:
        lines = dict.fromkeys(line for line in log.read_text(errors="replace").splitlines() if line.strip())  # repeated ones once
        parts += [f"\n{log}:", *(f"    {line}" for line in list(lines)[-TAIL_LINES:])] if lines else []
    return "\n".join(parts)


@contextlib.contextmanager
def running(
    port: int,
    action_port: int,
    rasa_port: int,
    env: Mapping[str, str] | None = None,
    *,
    configuration: Path = CONFIGURATION,
    logs: Path | None = None,
    timeout_s: float = READY_TIMEOUT_S,
) -> Iterator[str]:
    """Run the same supervised pair on other ports, for tests.

    env       settings on top of this process's environment
    logs      where both log; by default a folder of this port's own, beside `make run`'s
    yields    the base address, when a conversation works
    raises    SetupError: as `make run` would say it
    """
    ports = {"WAYMARK_PORT": port, "WAYMARK_ACTION_PORT": action_port, "WAYMARK_RASA_PORT": rasa_port}
    check_free(ports)
    logs = logs or LOGS / str(port)
    supervised = Supervised(configuration, complete({**os.environ, **(env or {})}, ports, logs), logs)
    address = f"http://127.0.0.1:{port}"
    try:
        supervised.start()
        wait_until_ready(supervised, address, Progress(), timeout_s)
        yield address
    finally:
        supervised.stop()


if __name__ == "__main__":
    sys.exit(main())
