"""The desk as a service: systemd hears when it serves, that it goes on and when it stops."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.hall import fresh_folder

AWAITED_S = 60
"""Nothing here takes so long."""
ALLOWED_US = 3_000_000


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.bind(str(tmp_path / "notify"))
        line.settimeout(AWAITED_S)
        yield line


def started(folder: Path, manager: socket.socket) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "motcua", "serve", "--data", str(folder), "--port", "0"]
    environment = {**os.environ, "NOTIFY_SOCKET": manager.getsockname(), "WATCHDOG_USEC": str(ALLOWED_US)}
    return subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)  # noqa: S603


@pytest.mark.process
def test_systemd_hears_when_the_desk_serves_and_that_it_goes_on(manager: socket.socket) -> None:
    with fresh_folder() as folder, started(folder, manager) as process:
        assert manager.recv(100) == b"READY=1"
        assert process.stdout is not None
        host, _, port = process.stdout.readline().removeprefix("ready http://").strip().rpartition(":")
        socket.create_connection((host, int(port)), AWAITED_S).close()
        assert [manager.recv(100) for _ in range(3)] == [b"WATCHDOG=1"] * 3
        process.send_signal(signal.SIGTERM)
        while (message := manager.recv(100)) == b"WATCHDOG=1":
            pass
        assert message == b"STOPPING=1"
        assert process.wait(AWAITED_S) == 0
