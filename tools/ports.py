"""The three ports that Waymark listens on: read from the environment, checked to be free, and, on Linux, who holds a taken one.

Called by start.py before anything is started. Opens no port for longer than the check.
"""

from __future__ import annotations

import errno
import socket
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tools.progress import SetupError

LISTENING = "0A"  # the state of a listening socket in /proc/net/tcp


@dataclass(frozen=True, slots=True)
class Port:
    """One port: the setting that moves it, what it is without that, and the address it is bound to."""

    variable: str
    default: int
    address: str
    purpose: str


PORTS = (
    Port("WAYMARK_PORT", 8000, "0.0.0.0", "the pages"),
    Port("WAYMARK_ACTION_PORT", 5055, "127.0.0.1", "the actions that Rasa calls"),
    Port("WAYMARK_RASA_PORT", 5005, "127.0.0.1", "the dialogue"),
)


def read_ports(environment: Mapping[str, str]) -> dict[str, int]:
    """The number of each port, by its setting's name.

    raises    SetupError: one is not a port number, or two are the same
    """
    numbers: dict[str, int] = {}
    for port in PORTS:
        text = environment.get(port.variable) or str(port.default)
        if not text.isdecimal() or not 0 < int(text) < 65536:
            raise SetupError(f"{port.variable} is '{text}', which is not a port: set it to a number from 1 to 65535.")
        numbers[port.variable] = int(text)
    if len(set(numbers.values())) < len(numbers):
        listed = ", ".join(f"{name} is {number}" for name, number in numbers.items())
        raise SetupError(f"Waymark needs three different ports, but {listed}: set one of them to another number.")
    return numbers


def check_free(numbers: Mapping[str, int]) -> None:
    """Refuse to start on a port that something else holds.

    raises    SetupError: names the port, its holder and the setting to change
    """
    for port in PORTS:
        number = numbers[port.variable]
        problem = binding_problem(port.address, number)
        if problem is None:
            continue
        if problem == errno.EACCES:
            raise SetupError(f"Port {number}, for {port.purpose}, needs more rights than you have: set {port.variable} to a number above 1023.")
        holder = holder_of(number)
        by = f" by {holder}" if holder else ""
        raise SetupError(
            f"Port {number}, for {port.purpose}, is taken{by}: "
            f"stop that program, or choose another port by setting {port.variable} (for example {port.variable}={number + 1} make run)."
        )


def binding_problem(address: str, number: int) -> int | None:
    """The error number of binding to the port, or None. Connections of a stopped server, still closing, do not count."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as candidate:
        candidate.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            candidate.bind((address, number))
        except OSError as error:
            return error.errno
    return None


def holder_of(number: int, proc: Path = Path("/proc")) -> str:
    """The program that listens on a port, such as `python -m bot (process 4711)`; "" where the system does not tell."""
    inodes = set(listening_inodes(number, proc))
    if not inodes:
        return ""
    for link in proc.glob("[0-9]*/fd/*"):
        try:
            if str(link.readlink()) in inodes:
                process = link.parent.parent
                words = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
                return f"{words[:80]} (process {process.name})"
        except OSError:  # closed meanwhile, or another user's
            continue
    return ""


def listening_inodes(number: int, proc: Path) -> Iterator[str]:
    """The sockets that listen on a port, named as in /proc/PID/fd: socket:[12345]."""
    for table in ("net/tcp", "net/tcp6"):
        try:
            rows = (proc / table).read_text().splitlines()[1:]
        except OSError:
            continue
        for row in rows:
            columns = row.split()
            if columns[3] == LISTENING and int(columns[1].rsplit(":", 1)[1], 16) == number:
                yield f"socket:[{columns[9]}]"
