"""A served desk whose clock the test moves."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from tests.server.programs import ENGLISH, ROOT


class Serving:
    """The process that serves; `move` lets its clock `step` or `advance`, and its timers look."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        self.port = int(self._line())

    def _line(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline().strip()
        assert line, "the server ended"
        return line

    def move(self, how: str, seconds: float) -> datetime:
        """Return what the clock shows afterwards."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{how} {seconds}\n")
        self._process.stdin.flush()
        return datetime.fromisoformat(self._line())


@contextmanager
def served_by_hand(folder: Path) -> Iterator[Serving]:
    """Serve the desk of `folder`, from 15:00 tomorrow on."""
    command = [sys.executable, "-m", "tests.server.stepped_hall", str(folder)]
    process = subprocess.Popen(  # noqa: S603 -- our own program
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", cwd=ROOT, env=ENGLISH
    )
    try:
        yield Serving(process)
        process.communicate("")
        assert process.returncode == 0
    finally:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()
