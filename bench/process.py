"""A server in a process of its own, started and stopped as the desk's is."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter, sleep
from types import TracebackType

from .client import Address

_READY = re.compile(r"^ready https?://([^:/\s]+):(\d+)", re.MULTILINE)


class Server:
    """Runs `python -m MODULE ARGUMENTS…` until the end of the block.

    The process says `ready http://HOST:PORT` first. What it prints goes to `folder`/server.out and server.err. Raises
    `RuntimeError` with its last words when it ends or says nothing within `timeout_s`.
    """

    def __init__(self, module: str, arguments: Sequence[str], folder: Path, timeout_s: float = 60) -> None:
        out, err = folder / "server.out", folder / "server.err"
        self.started = perf_counter()
        """When the process was started, by `perf_counter`."""
        with out.open("wb") as stdout, err.open("wb") as stderr:
            command = [sys.executable, "-m", module, *arguments]
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=stdout, stderr=stderr)  # noqa: S603
        while (ready := _READY.search(out.read_text())) is None:
            if self.process.poll() is not None or perf_counter() - self.started > timeout_s:
                self.kill()
                raise RuntimeError(f"{module} did not get ready: {err.read_text()[-2000:]}")
            sleep(0.002)
        self.ready_s = perf_counter() - self.started
        self.address: Address = (ready[1], int(ready[2]))

    def __enter__(self) -> "Server":
        """Return the server, ready."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Stop the process."""
        self.stop()

    def stop(self, timeout_s: float = 10) -> float:
        """Ask the process to end (SIGTERM), kill it after `timeout_s`; return the seconds it took."""
        start = perf_counter()
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(timeout_s)
            except subprocess.TimeoutExpired:
                self.kill()
        return perf_counter() - start

    def since_start(self) -> float:
        """Return the seconds since the process was started."""
        return perf_counter() - self.started

    def kill(self) -> None:
        """End the process at once, as a power cut ends a program (SIGKILL)."""
        self.process.kill()
        self.process.wait()

    def memory_mib(self) -> float:
        """Return the memory the process and its children hold, in MiB (VmRSS; Linux only)."""
        return sum(_resident_kib(pid) for pid in _family(self.process.pid)) / 1024

    def own_memory_mib(self) -> float:
        """Return the memory that the process itself holds, in MiB: its helpers come and go."""
        return _resident_kib(self.process.pid) / 1024

    def processor_s(self) -> float:
        """Return the processor's time that the process and its children have used, in seconds (Linux only)."""
        return sum(_processor_ticks(pid) for pid in _family(self.process.pid)) / os.sysconf("SC_CLK_TCK")


def get_processor_s(pid: int) -> float:
    """Return the processor's time that one process has used, in seconds (Linux only)."""
    return _processor_ticks(pid) / os.sysconf("SC_CLK_TCK")


def get_resident_mib(pid: int) -> float:
    """Return the memory that one process holds, in MiB (Linux only)."""
    return _resident_kib(pid) / 1024


def _processor_ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    user, system, ended_user, ended_system = fields[11:15]  # proc(5): utime, stime, cutime, cstime
    return int(user) + int(system) + int(ended_user) + int(ended_system)


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(each for child in children for each in _family(int(child)))]


def _resident_kib(pid: int) -> int:
    match = re.search(r"^VmRSS:\s+(\d+)", Path(os.fspath(f"/proc/{pid}/status")).read_text(), re.MULTILINE)
    return int(match[1]) if match else 0
