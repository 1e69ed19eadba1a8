"""Turns what uv or pip printed when it failed into one sentence that says what to do.

Called by install.py and locks.py with the whole output. Knows the messages of pip 23 and uv 0.13, and falls back to the end of their output.
"""

from __future__ import annotations

import re
from pathlib import Path

from tools.progress import SetupError

AGAIN = "then run the same command again; downloads are kept."
DISK_FULL = re.compile(r"no space left on device|os error 28\b|errno 28\b|disk quota exceeded", re.IGNORECASE)
UNTRUSTED = re.compile(r"certificate verify failed|invalid peer certificate|UnknownIssuer|self[- ]signed certificate", re.IGNORECASE)
REFUSED = re.compile(r"\b(401 Unauthorized|403 Forbidden|407 Proxy Authentication Required)\b", re.IGNORECASE)
UNREACHABLE = re.compile(
    r"dns error|failed to lookup address|name resolution|name or service not known|nodename nor servname|getaddrinfo failed"
    r"|connection (refused|reset|aborted)|connect error|tcp connect|network is unreachable|no route to host"
    r"|error sending request|timed out|NewConnectionError|ReadTimeoutError|ConnectTimeoutError|Max retries exceeded|ProxyError"
    r"|50[234] (Bad|Service|Gateway)",
    re.IGNORECASE,
)
NOT_FOUND = (
    re.compile(r"Because (?P<name>[\w.\[\]-]+) was not found in the (package registry|provided package locations|cache)"),
    re.compile(r"(?:Because )?there (?:is no version|are no versions) of (?P<name>[\w.\[\]-]+(?:==[\w.+!*-]+)?)"),
    re.compile(r"No matching distribution found for (?P<name>\S+)"),
    re.compile(r"Because (?P<name>[\w.\[\]-]+(?:==[\w.+!*-]+)?) has no wheels"),
)


class Unavailable(SetupError):
    """The index did not give what was asked for. uv finds this out before it changes anything in an environment."""


def explain(output: str, requirements: Path, folder: Path) -> SetupError:
    """The error to raise for a failed pip or uv.

    requirements  the file that was being installed or compiled
    folder        where the environments are, to say which disk is full
    """
    if DISK_FULL.search(output):
        return SetupError(f"The disk is full: free at least 6 GB on the disk of {folder} and of uv's cache (UV_CACHE_DIR moves it), {AGAIN}")
    if UNTRUSTED.search(output):
        return Unavailable(f"The package index's certificate is not trusted here: set PIP_CERT to your organisation's certificate file, {AGAIN}")
    if REFUSED.search(output):
        return Unavailable(f"The package index refused us ({line_with(REFUSED, output)}): correct the name and password in pip's settings, {AGAIN}")
    if UNREACHABLE.search(output):
        return Unavailable(
            f"The package index cannot be reached ({line_with(UNREACHABLE, output)}): check the network and pip's settings (`pip config list`), "
            f"or name a folder of wheels in PIP_FIND_LINKS, {AGAIN}"
        )
    for pattern in NOT_FOUND:
        # uv breaks its explanation over several lines
        match = pattern.search(re.sub(r"\s+", " ", output))
        if match:
            return Unavailable(
                f"{match['name']} cannot be found for this Python and machine: {requirements} asks for it and no package index offers it. "
                f"Correct the .in file beside it and run `make lock`, or add an index that has it to pip's settings, {AGAIN}"
            )
    return SetupError(f"Working through {requirements} failed for the reason below. Put that right, {AGAIN}\n{tail(output)}")


def line_with(pattern: re.Pattern[str], output: str) -> str:
    """The most telling line: the last one that matches, cut to one line's length, without credentials."""
    matching = [line.strip() for line in output.splitlines() if pattern.search(line)]
    return re.sub(r"://[^/@\s]+@", "://***@", matching[-1].removeprefix("cause: "))[:160]


def tail(output: str, lines: int = 12) -> str:
    """The end of what the program printed, indented."""
    kept = [line.rstrip() for line in output.splitlines() if line.strip()][-lines:]
    return "\n".join(f"    {line}" for line in kept) or "    (it printed nothing)"
