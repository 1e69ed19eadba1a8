"""Contract: Waymark starts only on free ports, says when a conversation works, says what is wrong when it does not, and leaves nothing running.

The two processes are small stand-ins, run by the real supervisord, so that a whole start and stop takes about two seconds.
"""

from __future__ import annotations

import configparser
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools import start
from tools.ports import check_free, holder_of, read_ports
from tools.progress import Progress, SetupError
from tools.supervision import CONFIGURATION as OURS
from tools.supervision import ROOT, Supervised, members

DEFAULTS = {"WAYMARK_PORT": 8000, "WAYMARK_ACTION_PORT": 5055, "WAYMARK_RASA_PORT": 5005}
LISTENING_ON_8000 = """  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F40 00000000:0000 01 00000000:00000000 00:00000000 00000000     0        0 98 1 x 100 0 0 10 0
   1: 00000000:1F40 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 99 1 x 100 0 0 10 0
"""
APP = """
import http.server, os
class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(os.environ["WAYMARK_SECRET"].encode())
    def log_message(self, *arguments):
        pass
http.server.HTTPServer(("127.0.0.1", int(os.environ["WAYMARK_PORT"])), Answer).serve_forever()
"""
SLEEPER = "import time\ntime.sleep(600)\n"
FAILING = "raise SystemExit('the model is missing')\n"
CONFIGURATION = """
[supervisord]
nodaemon=true
silent=true
logfile=%(ENV_WAYMARK_LOGS)s/supervisord.log
pidfile=%(ENV_WAYMARK_LOGS)s/supervisord.pid
[program:dialogue]
command={python} {folder}/dialogue.py %(ENV_WAYMARK_RASA_PORT)s
startsecs=0
stopwaitsecs=1
redirect_stderr=true
stdout_logfile=%(ENV_WAYMARK_LOGS)s/dialogue.log
[program:app]
command={python} {folder}/app.py
startsecs=1
startretries=1000
stopwaitsecs=1
redirect_stderr=true
stdout_logfile=%(ENV_WAYMARK_LOGS)s/app.log
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def stand_ins(folder: Path, app: str) -> Path:
    """A configuration of supervisord for two stand-in programs."""
    (folder / "app.py").write_text(app)
    (folder / "dialogue.py").write_text(SLEEPER)
    (folder / "supervisord.conf").write_text(CONFIGURATION.format(python=sys.executable, folder=folder))
    return folder / "supervisord.conf"


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


def read(address: str) -> str:
    with start.DIRECT.open(address, timeout=5) as answer:
        return str(answer.read().decode())


def test_the_ports_have_their_defaults() -> None:
    assert read_ports({}) == DEFAULTS


def test_a_port_is_moved_by_its_variable() -> None:
    assert read_ports({"WAYMARK_PORT": "9000"}) == {**DEFAULTS, "WAYMARK_PORT": 9000}


@pytest.mark.parametrize("text", ["eighty", "0", "70000", "-1"])
def test_what_is_not_a_port_is_refused_by_name(text: str) -> None:
    with pytest.raises(SetupError, match=f"WAYMARK_PORT is '{text}', which is not a port"):
        read_ports({"WAYMARK_PORT": text})


def test_two_settings_with_one_port_are_refused() -> None:
    with pytest.raises(SetupError, match="three different ports"):
        read_ports({"WAYMARK_PORT": "5005"})


def test_a_port_in_use_is_named_with_its_setting(listener: socket.socket) -> None:
    taken = listener.getsockname()[1]

    with pytest.raises(SetupError, match=rf"Port {taken}, for the pages, is taken.*WAYMARK_PORT"):
        check_free({"WAYMARK_PORT": taken, "WAYMARK_ACTION_PORT": free_port(), "WAYMARK_RASA_PORT": free_port()})


def test_the_program_that_holds_a_port_is_named(tmp_path: Path) -> None:
    (tmp_path / "net").mkdir()
    (tmp_path / "net/tcp").write_text(LISTENING_ON_8000)
    (tmp_path / "4711/fd").mkdir(parents=True)
    (tmp_path / "4711/fd/3").symlink_to("socket:[99]")
    (tmp_path / "4711/cmdline").write_text("python\0-m\0bot\0")

    assert holder_of(8000, tmp_path) == "python -m bot (process 4711)"


def test_a_port_that_nobody_holds_has_no_holder() -> None:
    assert holder_of(free_port()) == ""


def test_both_processes_share_a_fresh_secret_each_time() -> None:
    first = start.complete({}, DEFAULTS, Path("logs"))["WAYMARK_SECRET"]
    second = start.complete({}, DEFAULTS, Path("logs"))["WAYMARK_SECRET"]

    assert len(first) >= 32
    assert first != second


def test_a_secret_that_is_set_is_kept() -> None:
    assert start.complete({"WAYMARK_SECRET": "mine"}, DEFAULTS, Path("logs"))["WAYMARK_SECRET"] == "mine"


def test_the_processes_get_the_ports_and_not_another_pythons_path() -> None:
    given = start.complete({"PYTHONPATH": "elsewhere"}, {**DEFAULTS, "WAYMARK_PORT": 9000}, Path("logs"))

    assert given["WAYMARK_PORT"] == "9000"
    assert "PYTHONPATH" not in given


def test_rasa_is_reachable_from_this_machine_only_and_nothing_steers_the_supervisor() -> None:
    ours = configparser.RawConfigParser()
    ours.read(OURS)

    assert set(ours.sections()) == {"supervisord", "program:dialogue", "program:app"}
    assert "--interface 127.0.0.1" in ours["program:dialogue"]["command"]
    assert "--enable-api" not in ours["program:dialogue"]["command"]
    assert "--cors" not in ours["program:dialogue"]["command"]
    assert 'LOG_LEVEL="WARNING"' in ours["program:dialogue"]["environment"]


def test_running_serves_the_pair_and_leaves_no_process(tmp_path: Path) -> None:
    configuration = stand_ins(tmp_path, APP)

    with start.running(
        free_port(), free_port(), free_port(), {"WAYMARK_SECRET": "ours"}, configuration=configuration, logs=tmp_path
    ) as address:
        answer = read(f"{address}/health/ready")
        supervisord = int((tmp_path / "supervisord.pid").read_text())

    assert answer == "ours"
    assert members(supervisord) == []


def test_running_refuses_a_port_in_use(listener: socket.socket, tmp_path: Path) -> None:
    with (
        pytest.raises(SetupError, match="is taken"),
        start.running(listener.getsockname()[1], free_port(), free_port(), logs=tmp_path),
    ):
        pass


def test_a_program_that_keeps_ending_is_reported_with_its_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "SAME_FAILURES", 1)
    configuration = stand_ins(tmp_path, FAILING)

    with (
        pytest.raises(SetupError, match=r"(?s)^app keeps failing.*app\.log:\n +the model is missing"),
        start.running(free_port(), free_port(), free_port(), configuration=configuration, logs=tmp_path),
    ):
        pass


def test_not_being_ready_in_time_is_reported(tmp_path: Path) -> None:
    configuration = stand_ins(tmp_path, SLEEPER)

    with (
        pytest.raises(SetupError, match="Waymark was not ready after 1 seconds: the app is loading"),
        start.running(free_port(), free_port(), free_port(), configuration=configuration, logs=tmp_path, timeout_s=1),
    ):
        pass


def test_a_supervisor_that_ends_by_itself_is_reported_and_its_programs_ended(tmp_path: Path) -> None:
    port = free_port()
    supervised = Supervised(
        stand_ins(tmp_path, APP), start.complete(os.environ, {**DEFAULTS, "WAYMARK_PORT": port}, tmp_path), tmp_path
    )
    supervised.start()
    start.wait_until_ready(supervised, f"http://127.0.0.1:{port}", Progress(), 30)
    supervisord = int((tmp_path / "supervisord.pid").read_text())
    os.kill(supervisord, signal.SIGKILL)
    supervised.wait(10)

    message = start.died(supervised)
    supervised.stop()

    assert message.startswith("The supervisor ended by itself (exit code -9)")
    assert members(supervisord) == []


def test_the_command_says_that_it_is_ready_and_stops_in_order_when_asked(tmp_path: Path) -> None:
    port = free_port()
    script = (
        "import sys; from pathlib import Path; from tools import start; "
        f"start.CONFIGURATION = Path({str(stand_ins(tmp_path, APP))!r}); start.LOGS = Path({str(tmp_path)!r}); sys.exit(start.main())"
    )
    ports = {"WAYMARK_PORT": str(port), "WAYMARK_ACTION_PORT": str(free_port()), "WAYMARK_RASA_PORT": str(free_port())}

    with subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, env={**os.environ, **ports}, stdout=subprocess.PIPE, text=True
    ) as command:
        assert command.stdout is not None
        started, ready, hint = command.stdout.readline(), command.stdout.readline(), command.stdout.readline()
        supervisord = int((tmp_path / "supervisord.pid").read_text())
        command.send_signal(signal.SIGINT)
        code = command.wait(30)

    assert started.endswith("] Starting the dialogue and the app\n")
    assert ready.endswith(f"] Waymark is ready: http://127.0.0.1:{port}/\n")
    assert hint.endswith("] Ctrl-C stops it\n")
    assert code == 0
    assert members(supervisord) == []
