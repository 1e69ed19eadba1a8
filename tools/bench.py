"""Measures Waymark beside a peer, in one run on one machine, and prints one Markdown table: `python -m tools.bench`, called by `make bench`.

The peer is the starter bot of `rasa init`, as it comes: made, trained and run in a temporary folder, spoken to over its REST channel.
Both run at the same time and answer in turn, in short blocks, so that whatever else the machine does slows both. One client, one turn at a time.
"""

from __future__ import annotations

import argparse
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
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx

from guidance.content import Content, load_content
from guidance.yaml_files import ContentError
from tools.progress import Progress, SetupError
from tools.pythons import clean_environment
from tools.start import Stopped, running, stop_once
from tools.supervision import ROOT, die_with_parent, kill, members

FROZEN_NOW = "2026-11-25T12:00:00"
PEER_SAYS = ("hi", "I am sad", "yes", "bye")  # words from its own training data; it answers each
TURNS = 4  # of one conversation, and so of one block
WARM_UP_ROUNDS, ROUNDS, ENOUGH_TURNS = 6, 60, 120
MEASURED_BY_S = 315  # what is left of six minutes is for stopping
ASK_ENDS = ("answered", "weak", "no_passage", "not_held")
PROGRAMS = {"app": "-m bot", "Rasa": "-m rasa", "supervisor": "-m supervisor"}
Timed = tuple[float, str]  # the milliseconds of one turn, and what it ended in
Block = Callable[[int], Iterator[Timed]]  # a round's number -> one conversation, or as many searches


def main() -> int:
    """Measure and print; 1 when something could not be started or answered wrongly, or when stopped."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description="Measure Waymark beside the starter bot of `rasa init`.")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the table here as well")
    out: Path | None = parser.parse_args().out
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop_once)
    try:
        table = measure(Progress(), time.monotonic() + MEASURED_BY_S)
    except (Stopped, SetupError, ContentError, httpx.HTTPError) as error:
        print(f"\n{type(error).__name__}: {error}", file=sys.stderr)
        return 1
    print(f"\n{table}")
    if out:
        out.write_text(f"{table}\n", encoding="utf-8")
    return 0


def measure(progress: Progress, deadline: float) -> str:
    """Start both, let them answer in turn, weigh them and stop them; returns the table.

    deadline  of time.monotonic(): then starting fails, and measuring ends
    """
    load, content = os.getloadavg()[0], load_content()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="waymark-bench-")))
        client = stack.enter_context(httpx.Client(timeout=30, trust_env=False, limits=httpx.Limits(keepalive_expiry=4)))
        port, action_port, rasa_port, peer_port = free_ports(4)
        progress.say("Making and training the peer with `rasa init`, a minute or two")
        train_peer(folder, deadline)
        progress.say("Starting the peer")
        begun = time.monotonic()
        peer_address, peer_session = stack.enter_context(peer_running(folder, peer_port, client, deadline))
        peer_start_s = time.monotonic() - begun
        progress.say("Starting Waymark")
        begun = time.monotonic()
        ours = running(port, action_port, rasa_port, {"WAYMARK_NOW": FROZEN_NOW}, logs=folder / "logs", timeout_s=deadline - begun)
        address = stack.enter_context(ours)
        start_s = time.monotonic() - begun
        progress.say(f"Asking both in turn, {WARM_UP_ROUNDS} rounds to warm up and at most {ROUNDS} that count")
        found = take_turns(blocks(client, address, peer_address, content), deadline)
        session = int((folder / "logs" / "supervisord.pid").read_text())
        memory = [", ".join(f"{name} {memory_mib(session, words):.0f}" for name, words in PROGRAMS.items()), f"{memory_mib(peer_session):.0f}"]
        peer_version = client.get(peer_address).text.rpartition(":")[2].strip()
        restarted = " (a program ended and was started again)" if "exited: " in (folder / "logs" / "supervisord.log").read_text() else ""
        progress.say("Stopping both")
    rows = [
        ("", "Waymark", f"Peer: `rasa init` starter bot, Rasa {peer_version}"),
        ("---", "---", "---"),
        ("A question put to the procedures, `POST /api/chat`: p50 / p95 ms", spread(found["question"]), ""),
        ("A turn of a walk-through, `POST /api/chat`: p50 / p95 ms", spread(found["walk-through"]), ""),
        (f"A turn of a {TURNS}-turn conversation, REST webhook: p50 / p95 ms", "", spread(found["peer"])),
        ("A search, `GET /api/search`: p50 / p95 ms", spread(found["search"]), ""),
        ("From start to ready (a turn is answered), s, one start each", f"{start_s:.1f}{restarted}", f"{peer_start_s:.1f}"),
        ("Resident memory after these turns, MiB", *memory),
        ("Command", "`python -m tools.bench`", "`rasa init --no-prompt`, `rasa run`"),
        ("Machine", f"{os.cpu_count()} cores, {cpu_model()}, load {load:.1f} before", "the same, at the same time"),
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def train_peer(folder: Path, deadline: float) -> None:
    """Make and train the starter bot in folder/peer."""
    (folder / "peer").mkdir()
    with peer_process(("init", "--no-prompt", "--init-dir", "."), folder) as process, suppress(subprocess.TimeoutExpired):
        process.wait(deadline - time.monotonic())
    if process.returncode or not list(folder.glob("peer/models/*.tar.gz")):
        raise peer_failed("rasa init", folder)


@contextmanager
def peer_running(folder: Path, port: int, client: httpx.Client, deadline: float) -> Iterator[tuple[str, int]]:
    """Run the trained starter bot; yields its address and its session once it has answered a turn."""
    (folder / "peer" / "rest.yml").write_text("rest:\n", encoding="utf-8")
    (model,) = folder.glob("peer/models/*.tar.gz")
    address = f"http://127.0.0.1:{port}"
    options = ("--model", str(model), "--credentials", "rest.yml", "--interface", "127.0.0.1", "--port", str(port))
    with peer_process(("run", *options), folder) as process:
        while True:
            with suppress(httpx.TransportError):
                if say_to_peer(client, address, "ready", PEER_SAYS[0])[1] == "answered":
                    break
            time.sleep(0.3)  # as often as tools.start asks Waymark
            if process.poll() is not None or time.monotonic() > deadline:
                raise peer_failed("rasa run", folder)
        yield address, process.pid


@contextmanager
def peer_process(arguments: Sequence[str], folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run Rasa in folder/peer, in a session of its own; nothing of it is left afterwards."""
    command = [str(ROOT / ".venv-rasa" / "bin" / "python"), "-m", "rasa", *arguments]
    environment = {**clean_environment(os.environ), "RASA_TELEMETRY_ENABLED": "false", "TMPDIR": str(folder)}  # TensorFlow leaves files there
    with (folder / "peer.log").open("wb") as log:
        streams: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": log, "stderr": subprocess.STDOUT}
        process = subprocess.Popen(command, **streams, cwd=folder / "peer", env=environment, start_new_session=True, preexec_fn=die_with_parent)
    try:
        yield process
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(8)
        for pid in members(process.pid):
            kill(pid)
        process.wait()


def peer_failed(command: str, folder: Path) -> SetupError:
    log = "\n".join((folder / "peer.log").read_text(errors="replace").splitlines()[-15:])
    return SetupError(f"`{command}` of the peer failed, or was not done in time. Its log ends:\n{log}")


def blocks(client: httpx.Client, address: str, peer_address: str, content: Content) -> Mapping[str, Block]:
    """What is measured, by name. Questions are the content's own, well mixed and always in the same order; none is asked twice."""
    asked = sorted({q.text for q in content.questions if q.voice == "staff"}, key=lambda text: zlib.crc32(text.encode()))

    def peer(number: int) -> Iterator[Timed]:
        return (say_to_peer(client, peer_address, f"bench-{number}", text) for text in PEER_SAYS)

    def turn(body: Mapping[str, str], conversation: str) -> tuple[float, Any]:
        return timed(client, "POST", f"{address}/api/chat", json=body, headers={"X-Conversation": conversation} if conversation else {})

    def question(number: int) -> Iterator[Timed]:
        conversation = ""
        for text in asked[number * TURNS : (number + 1) * TURNS]:
            ms, answer = turn({"message": text}, conversation)
            conversation = answer["conversation"]
            if answer["status"] in (*ASK_ENDS, "error"):  # what another skill answers is no turn of this kind
                yield ms, answer["status"]

    def walk_through(number: int) -> Iterator[Timed]:
        pathway = list(content.pathways.values())[number % len(content.pathways)]
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


def say_to_peer(client: httpx.Client, address: str, sender: str, text: str) -> Timed:
    ms, said = timed(client, "POST", f"{address}/webhooks/rest/webhook", json={"sender": sender, "message": text})
    return ms, "answered" if said else "error"


def timed(client: httpx.Client, method: str, url: str, **request: Any) -> tuple[float, Any]:
    """Send; returns the milliseconds until the whole answer was there, and the answer."""
    begun = time.perf_counter()
    response = client.request(method, url, **request)
    return (time.perf_counter() - begun) * 1000, response.raise_for_status().json()


def take_turns(measured: Mapping[str, Block], deadline: float) -> dict[str, list[Timed]]:
    """One block of each, round after round, every second round in reverse order, until the deadline; the first rounds do not count."""
    found: dict[str, list[Timed]] = {name: [] for name in measured}
    for number in range(WARM_UP_ROUNDS + ROUNDS):
        for name in sorted(measured, reverse=number % 2 == 1):
            turns = list(measured[name](number))
            found[name] += turns if number >= WARM_UP_ROUNDS else []
        if time.monotonic() > deadline:
            break
    for name, turns in found.items():
        ends = Counter(end for _, end in turns)
        if len(turns) < ENOUGH_TURNS or ends["error"]:
            raise SetupError(f"{name}: {ENOUGH_TURNS} turns without an error are needed, not {dict(ends)}. Run it again when less else runs.")
    return found


def spread(turns: Sequence[Timed]) -> str:
    cuts = statistics.quantiles([ms for ms, _ in turns], n=20, method="inclusive")  # at 5, 10 ... 95 %
    return f"{cuts[9]:.1f} / {cuts[18]:.1f} (n = {len(turns)})"


def memory_mib(session: int, words: str = "") -> float:
    """Resident memory of those processes of a session whose command line holds these words; a page that two share counts for both."""
    kib = 0
    for process in [Path(f"/proc/{pid}") for pid in members(session)]:
        if words in (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace"):
            kib += sum(map(int, re.findall(r"^VmRSS:\s+(\d+) kB", (process / "status").read_text(), re.MULTILINE)))
    return kib / 1024


def cpu_model() -> str:
    found = re.search(r"^model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return found[1] if found else os.uname().machine


def free_ports(count: int) -> list[int]:
    with ExitStack() as stack:
        return [stack.enter_context(socket.create_server(("127.0.0.1", 0))).getsockname()[1] for _ in range(count)]


if __name__ == "__main__":
    sys.exit(main())
