"""Processes of motcua that start at once: forked from one that has imported it, see `tests.fork_server`."""

import atexit
import fcntl
import json
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any, Literal

from tests.passwords import CHEAP
from tests.run_folder import MEMORY
from tests.waiting import PATIENCE_S

Kind = Literal["serving", "computing", "working"]
ROOT = Path(__file__).parents[1]
PATIENT = {
    "motcua.screens.pages.PACE": 6,
    "motcua.api.camera_preview.ANSWER_S": PATIENCE_S,
    "motcua.api.camera_preview.LASTS_S": PATIENCE_S,
    "motcua.api.devices.ASK_S": PATIENCE_S,
    "motcua.api.devices.SLOW_S": PATIENCE_S,
    "motcua.api.devices.TEST_S": PATIENCE_S,
    "motcua.server.PING_TIMEOUT_S": PATIENCE_S,
    "motcua.run.wire.STUCK_S": PATIENCE_S,
    "motcua.run.planner.LIMITS_S": {"settings": PATIENCE_S},
    "motcua.run.planner.NICER": 0,
    "motcua.run.auditing.NICER": 0,
}
"""How long a served desk waits for screens and helpers that a busy computer does not let answer, and a view for tests
that look at it; and these stand back from nobody, as beside busy programs they would never have a turn.
"""
_COSTS = {"motcua.setup.passwords.COST": CHEAP}
_COMPUTES = "motcua.run.child"
_PASSES_ON = Path(__file__).with_name("fork_passer.py")
_watched, _life = os.pipe()
"""A pipe that ends with the last process of this run, wherever it was forked: so do the servers."""
_servers: list["subprocess.Popen[bytes]"] = []
_lines: dict[tuple[Kind, int], socket.socket] = {}
"""To the server of a kind, by the process that asks: a worker does not use what it has from the process before it."""


@atexit.register
def _leave_servers() -> None:
    """Let Python end without a word about them: each ends when nothing of this run is left."""
    for line in _lines.values():
        line.close()
    for server in _servers:
        server.returncode = server.poll() or 0


def prepare(kind: Kind) -> Path:
    """Start what processes of this kind are forked from, once a run; return where it is asked."""
    address = Path(MEMORY) / f"fork-{kind}"
    with Path(f"{address}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not address.exists():
            with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as door:
                door.bind(str(address))
                door.listen(100)
                command = [sys.executable, "-m", "tests.fork_server", kind, str(door.fileno()), str(_watched)]
                environment = {**os.environ, **({"PYTHONWARNINGS": "error"} if kind == "working" else {})}
                given: Any = {"pass_fds": [door.fileno(), _watched], "stdin": subprocess.DEVNULL, "env": environment}
                _servers.append(subprocess.Popen(command, cwd=ROOT, **given))  # noqa: S603 -- our own
    return address


def _line(kind: Kind) -> socket.socket:
    key = kind, os.getpid()
    if key not in _lines:
        address = prepare(kind)
        _lines[key] = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        _lines[key].connect(str(address))
    return _lines[key]


class Forked:
    """A command of motcua that runs: what of `subprocess.Popen` tests use."""

    def __init__(
        self,
        words: list[str],
        out: IO[bytes],
        err: IO[bytes],
        *,
        kind: Kind = "serving",
        folder: Path = ROOT,
        environment: Mapping[str, str] | None = None,
        constants: Mapping[str, object] | None = None,
        program: str = "motcua.__main__",
        given: IO[bytes] | None = None,
    ) -> None:
        """Start it. `constants` are limits of the product, by their full names, that are others in this process.

        `program` is the module whose `main` takes the words, `given` its standard input.
        """
        self.returncode: int | None = None
        server = _line(kind)
        self._end, told = os.pipe()
        asked = {
            "program": program,
            "words": words,
            "folder": str(folder),
            "environment": dict(os.environ if environment is None else environment),
            "constants": {**(_serving_constants() if kind == "serving" else {}), **(constants or {})},
        }
        with Path(os.devnull).open("rb") as nothing:
            files = [(given or nothing).fileno(), out.fileno(), err.fileno(), told]
            socket.send_fds(server, [json.dumps(asked).encode()], files)
        os.close(told)
        self.pid = int(server.recv(32))

    def poll(self) -> int | None:
        """Return the exit code, None while it runs; a signal that ended it is negative."""
        return self._look(0)

    def wait(self, timeout: float | None = None) -> int:
        """Return the exit code when it has ended. Raises `subprocess.TimeoutExpired`."""
        code = self._look(timeout)
        if code is None:
            raise subprocess.TimeoutExpired("motcua", timeout or 0)
        return code

    def send_signal(self, number: int) -> None:
        """Send a signal, if it runs."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def _look(self, within_s: float | None) -> int | None:
        if self.returncode is None and select.select([self._end], [], [], within_s)[0]:
            self.returncode = int(os.read(self._end, 32) or -signal.SIGKILL)
            os.close(self._end)
        return self.returncode


def _serving_constants() -> dict[str, object]:
    """Return what is otherwise in every served desk: cheap passwords, and helper processes that are forked too."""
    passes_on = [sys.executable, "-I", "-S", str(_PASSES_ON), str(prepare("computing")), _COMPUTES]
    return {**_COSTS, "motcua.run.planner.COMMAND": passes_on}


def started(words: list[str], out: IO[bytes], err: IO[bytes]) -> "subprocess.Popen[bytes]":
    """Return the same command, started as a person starts it."""
    return subprocess.Popen([sys.executable, "-m", "motcua", *words], stdin=subprocess.DEVNULL, stdout=out, stderr=err)  # noqa: S603
