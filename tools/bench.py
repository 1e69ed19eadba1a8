"""Measures Waymark beside a peer, in one run on one machine, and prints one Markdown table: `python -m tools.bench`, called by `make bench`.

The peer is the starter bot of `rasa init`, as it comes: made, trained and run in a temporary folder, spoken to over its REST channel.
Both run at the same time and answer in turn, in short blocks, so that whatever else the machine does slows both. One client, one turn at a time.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import httpx

from guidance.content import Content, load_content
from tools.progress import Progress, SetupError
from tools.pythons import clean_environment
from tools.start import READY_TIMEOUT_S, Stopped, running, stop_once
from tools.supervision import ROOT, die_with_parent, kill, members

FROZEN_NOW = "2026-11-25T12:00:00"
PEER_SAYS = ("hi", "I am sad", "yes", "bye")  # words from its own training data; it answers each
TURNS = 4  # of one conversation, and so of one block
WARM_UP_ROUNDS, ROUNDS, FEWEST_TURNS = 6, 60, 120
MEASURED_BY_S = 300  # of the whole run; what is left of six minutes is for stopping
Timed = tuple[float, str]  # the milliseconds of one turn, and what it ended in
Block = Callable[[int], Iterator[Timed]]  # a round's number -> one conversation, or as many searches


def main() -> int:
    """Measure and print; 1 when something could not be started or answered wrongly, 130 when stopped."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description="Measure Waymark beside the starter bot of `rasa init`.")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the table here as well")
    out = parser.parse_args().out
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop_once)
    try:
        table = measure(Progress(), time.monotonic() + MEASURED_BY_S)
    except Stopped:
        return 130
    except (SetupError, httpx.HTTPError) as error:
        print(f"\n{type(error).__name__}: {error}", file=sys.stderr)
        return 1
    print(f"\n{table}")
    if out:
        out.write_text(f"{table}\n", encoding="utf-8")
    return 0


def measure(progress: Progress, deadline: float) -> str:
    """Start both, let them answer in turn, weigh them and stop them.

    deadline  time.monotonic() at which starting fails and measuring ends
    returns   the table
    """
    load = os.getloadavg()[0]
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="waymark-bench-")))
        client = stack.enter_context(httpx.Client(timeout=30, trust_env=False, limits=httpx.Limits(keepalive_expiry=4)))
        port, action_port, rasa_port, peer_port = free_ports(4)
        progress.say("Making and training the peer with `rasa init`, a minute or so")
        train_peer(folder, deadline)
        progress.say("Starting the peer")
        begun = time.monotonic()
        peer_address, peer_session = stack.enter_context(peer_running(folder, peer_port, client, deadline))
        peer_start_s = time.monotonic() - begun
        progress.say("Starting Waymark")
        begun = time.monotonic()
        timeout_s = min(READY_TIMEOUT_S, deadline - begun)
        product = running(port, action_port, rasa_port, {"WAYMARK_NOW": FROZEN_NOW}, logs=folder / "logs", timeout_s=timeout_s)
        address = stack.enter_context(product)
        start_s = time.monotonic() - begun
        progress.say(f"Asking both in turn, {WARM_UP_ROUNDS} rounds to warm up and {ROUNDS} that count")
        found = take_turns(blocks(client, address, peer_address, load_content()), deadline)
        session = int((folder / "logs" / "supervisord.pid").read_text())
        weights = [f"{name} {memory_mib(session, words):.0f}" for name, words in (("app", "-m bot"), ("Rasa", "-m rasa"), ("supervisor", "-m supervisor"))]
        peer_weight = f"{memory_mib(peer_session, ''):.0f}"
        peer_version = client.get(peer_address).text.rpartition(":")[2].strip()
        progress.say("Stopping both")
    ends = "; ".join(f"{name}: {counted(found[name])}" for name in ("question", "walk-through"))
    rows = [
        ("", "Waymark", f"Peer: `rasa init` starter bot, Rasa {peer_version}"),
        ("---", "---", "---"),
        ("A question to the procedures, `POST /api/chat`: p50 / p95 ms", spread(found["question"]), ""),
        ("A turn of a walk-through, `POST /api/chat`: p50 / p95 ms", spread(found["walk-through"]), ""),
        (f"A turn of a {TURNS}-turn conversation, REST webhook: p50 / p95 ms", "", spread(found["peer"])),
        ("A search, `GET /api/search`: p50 / p95 ms", spread(found["search"]), ""),
        ("What these turns ended in", ends, counted(found["peer"])),
        ("From start to ready (a turn is answered), s, one start each", f"{start_s:.1f}", f"{peer_start_s:.1f}"),
        ("Resident memory after these turns, MiB", ", ".join(weights), peer_weight),
        ("Command", "`python -m tools.bench`", "`rasa init --no-prompt`, `rasa run`"),
        ("Machine", f"{os.cpu_count()} cores, {cpu_model()}, load {load:.1f} before", "the same, at the same time"),
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def train_peer(folder: Path, deadline: float) -> None:
    """Make and train the starter bot in folder/peer.

    raises    SetupError: it did not train, or not in time
    """
    (folder / "peer").mkdir()
    with peer_process(("init", "--no-prompt", "--init-dir", "."), folder) as process, contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(deadline - time.monotonic())
    if process.returncode or not list(folder.glob("peer/models/*.tar.gz")):
        raise SetupError(f"`rasa init` failed, or was not done in time. {end_of_log(folder)}")


@contextlib.contextmanager
def peer_running(folder: Path, port: int, client: httpx.Client, deadline: float) -> Iterator[tuple[str, int]]:
    """Run the trained starter bot; yields its address and its session once it has answered a turn.

    raises    SetupError: it ended, or was not ready in time
    """
    (folder / "peer" / "rest.yml").write_text("rest:\n", encoding="utf-8")
    (model,) = folder.glob("peer/models/*.tar.gz")
    address = f"http://127.0.0.1:{port}"
    options = ("--model", str(model), "--credentials", "rest.yml", "--interface", "127.0.0.1", "--port", str(port))
    with peer_process(("run", *options), folder) as process:
        while not answers(client, address):
            if process.poll() is not None or time.monotonic() > deadline:
                raise SetupError(f"`rasa run` of the peer ended, or was not ready in time. {end_of_log(folder)}")
            time.sleep(0.3)  # as often as tools.start asks Waymark
        yield address, process.pid


@contextlib.contextmanager
def peer_process(arguments: Sequence[str], folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run Rasa in folder/peer, in a session of its own; nothing of it is left afterwards."""
    command = [str(ROOT / ".venv-rasa" / "bin" / "python"), "-m", "rasa", *arguments]
    environment = {**clean_environment(os.environ), "RASA_TELEMETRY_ENABLED": "false"}
    with (folder / "peer.log").open("wb") as log:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=folder / "peer",
            env=environment,
            start_new_session=True,
            preexec_fn=die_with_parent,
        )
    try:
        yield process
    finally:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(8)
        for pid in members(process.pid):
            kill(pid)
        process.wait()


def end_of_log(folder: Path) -> str:
    return "\n".join(["Its log ends:", *(folder / "peer.log").read_text(errors="replace").splitlines()[-15:]])


def blocks(client: httpx.Client, address: str, peer_address: str, content: Content) -> Mapping[str, Block]:
    """What is measured, by name. Questions are the content's own, well mixed and always in the same order; none is asked twice."""
    asked = sorted({q.text for q in content.questions if q.voice == "staff"}, key=lambda text: zlib.crc32(text.encode()))
    pathways = list(content.pathways.values())

    def turn(body: Mapping[str, str], conversation: str) -> tuple[float, Any]:
        return timed(client, "POST", f"{address}/api/chat", json=body, headers={"X-Conversation": conversation} if conversation else {})

    def peer(number: int) -> Iterator[Timed]:
        for text in PEER_SAYS:
            ms, said = say_to_peer(client, peer_address, f"bench-{number}", text)
            yield ms, "answered" if said else "error"

    def question(number: int) -> Iterator[Timed]:
        conversation = ""
        for text in asked[number * TURNS : (number + 1) * TURNS]:
            ms, answer = turn({"message": text}, conversation)
            conversation = answer["conversation"]
            yield ms, answer["status"]

    def walk_through(number: int) -> Iterator[Timed]:
        pathway = pathways[number % len(pathways)]
        labels = {option.label for node in pathway.nodes.values() for option in node.options}  # leaves out Back, Why and the like
        body, conversation = {"message": pathway.title}, ""
        for _ in range(TURNS):
            ms, answer = turn(body, conversation)
            yield ms, answer["status"]
            options = [o["id"] for m in answer["messages"] for o in m["options"] if o["label"] in labels]
            if not options:
                return
            # never the first of several: on the opening question it ends the walk
            body, conversation = {"option": options[-1 - number % max(1, len(options) - 1)]}, answer["conversation"]

    def search(number: int) -> Iterator[Timed]:
        for text in asked[::-1][number * TURNS : (number + 1) * TURNS]:
            ms, answer = timed(client, "GET", f"{address}/api/search", params={"q": text})
            yield ms, answer["status"]

    return {"peer": peer, "question": question, "search": search, "walk-through": walk_through}


def answers(client: httpx.Client, peer_address: str) -> bool:
    with contextlib.suppress(httpx.HTTPError):
        return bool(say_to_peer(client, peer_address, "ready", PEER_SAYS[0])[1])
    return False


def say_to_peer(client: httpx.Client, address: str, sender: str, text: str) -> tuple[float, Any]:
    return timed(client, "POST", f"{address}/webhooks/rest/webhook", json={"sender": sender, "message": text})


def timed(client: httpx.Client, method: str, url: str, **request: Any) -> tuple[float, Any]:
    """Send; returns the milliseconds until the whole answer was there, and the answer."""
    begun = time.perf_counter()
    response = client.request(method, url, **request)
    ms = (time.perf_counter() - begun) * 1000
    return ms, response.raise_for_status().json()


def take_turns(measured: Mapping[str, Block], deadline: float) -> dict[str, list[Timed]]:
    """One block of each, round after round, every second round in reverse order; the first rounds do not count.

    raises    SetupError: a turn ended in an error, or there was time for too few
    """
    found: dict[str, list[Timed]] = {name: [] for name in measured}
    for number in range(WARM_UP_ROUNDS + ROUNDS):
        for name in sorted(measured, reverse=number % 2 == 1):
            turns = list(measured[name](number))
            found[name] += turns if number >= WARM_UP_ROUNDS else []
        if time.monotonic() > deadline:
            break
    for name, turns in found.items():
        if len(turns) < FEWEST_TURNS or any(end == "error" for _, end in turns):
            raise SetupError(f"{name}: {FEWEST_TURNS} good turns are needed, and these were had: {counted(turns)}. Run it again when less else runs.")
    return found


def spread(turns: Sequence[Timed]) -> str:
    times = [ms for ms, _ in turns]
    return f"{statistics.median(times):.1f} / {statistics.quantiles(times, n=20, method='inclusive')[-1]:.1f} (n = {len(times)})"


def counted(turns: Sequence[Timed]) -> str:
    return ", ".join(f"{count} {end}" for end, count in Counter(end for _, end in turns).most_common())


def memory_mib(session: int, words: str) -> float:
    """Resident memory of those processes of a session whose command line holds these words; a page that two share counts for both."""
    kib = 0
    for process in [Path(f"/proc/{pid}") for pid in members(session)]:
        if words in (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace"):
            kib += sum(map(int, re.findall(r"^VmRSS:\s+(\d+) kB", (process / "status").read_text(), re.MULTILINE)))
    return kib / 1024


def cpu_model() -> str:
    found: list[str] = re.findall(r"^model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return found[0] if found else os.uname().machine


def free_ports(count: int) -> list[int]:
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


if __name__ == "__main__":
    sys.exit(main())
