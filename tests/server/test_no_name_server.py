"""What starts asks for no computer's name: where a name server is set and does not answer, it would wait ten seconds
for each of its sockets, after every cut of the power.
"""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from socketserver import BaseServer

import pytest

from motcua.cli.emulated.province import _Handler, _ProvinceServer
from motcua.devices.camera.emulator import _CameraServer
from motcua.devices.workbench.server import _WorkbenchServer
from tests.ports import free_port
from tests.server.hall import fresh_folder

EVERYWHERE = "0.0.0.0"  # noqa: S104 -- what desks are started with
NAMES = ("/etc/resolv.conf", "htons(53)")
"""What a program reads or asks that looks for a name."""


@pytest.mark.process
@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_a_desk_that_starts_looks_for_no_name(tmp_path: Path) -> None:
    calls = tmp_path / "calls"
    with fresh_folder() as folder:
        command = ["strace", "-f", "-o", str(calls), "-e", "trace=openat,connect,execve"]
        command += [sys.executable, "-m", "motcua"]
        command += ["--until-eof", "serve", "--data", str(folder), "--host", EVERYWHERE, "--port", str(free_port())]
        with subprocess.Popen(  # noqa: S603
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=os.environ
        ) as desk:
            assert desk.stdout is not None
            assert desk.stdout.readline().startswith(b"ready http://")
    looked = calls.read_text(encoding="utf-8", errors="replace").splitlines()
    assert any("motcua" in line for line in looked)
    assert [line for line in looked if any(name in line for name in NAMES)] == []


def refuse(*_about: object) -> str:
    raise AssertionError("it looked for a name")


@pytest.mark.parametrize(
    "listen",
    [
        lambda address: _WorkbenchServer(address, None),  # type: ignore[arg-type]
        lambda address: _CameraServer(address, None),  # type: ignore[arg-type]
        lambda address: _ProvinceServer(address, _Handler, None),  # type: ignore[arg-type]
    ],
    ids=["workbench", "camera", "province"],
)
def test_an_emulator_that_starts_looks_for_no_name(
    listen: Callable[[tuple[str, int]], BaseServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("getfqdn", "gethostbyaddr", "gethostname"):
        monkeypatch.setattr(socket, name, refuse)
    listen((EVERYWHERE, 0)).server_close()
