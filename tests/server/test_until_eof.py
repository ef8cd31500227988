"""`motcua --until-eof COMMAND` works as COMMAND does until its standard input ends, also where it serves."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.ports import free_port
from tests.server.hall import fresh_folder
from tests.waiting import PATIENCE_S, wait_until

pytestmark = pytest.mark.process


@pytest.mark.parametrize("command", ["serve", "run"])
def test_a_desk_serves_and_ends_with_the_pipe_of_whoever_started_it(command: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with fresh_folder() as folder:
        words = ["--until-eof", command, "--data", str(folder), "--port", str(free_port())]
        with out.open("wb") as told:
            desk = subprocess.Popen(  # noqa: S603
                [sys.executable, "-m", "motcua", *words], stdin=subprocess.PIPE, stdout=told, stderr=subprocess.DEVNULL
            )
        try:
            wait_until(lambda: b"ready http://" in out.read_bytes() or desk.poll() is not None)
            assert desk.poll() is None
            assert desk.stdin is not None
            desk.stdin.close()
            desk.wait(PATIENCE_S)
            assert desk.returncode == 0
        finally:
            desk.kill()
            desk.wait()
