"""A served desk whose clock the test moves."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO

from tests.forked import PATIENT, Forked
from tests.server.programs import ENGLISH
from tests.waiting import PATIENCE_S


class Serving:
    """The process that serves; `move` lets its clock `step` or `advance`, and its timers look."""

    def __init__(self, asked: IO[str], answers: IO[str]) -> None:
        self._asked, self._answers = asked, answers
        self.port = int(self._line())

    def _line(self) -> str:
        line = self._answers.readline().strip()
        assert line, "the server ended"
        return line

    def move(self, how: str, seconds: float) -> datetime:
        """Return what the clock shows afterwards."""
        self._asked.write(f"{how} {seconds}\n")
        self._asked.flush()
        return datetime.fromisoformat(self._line())


@contextmanager
def served_by_hand(folder: Path) -> Iterator[Serving]:
    """Serve the desk of `folder`, from 15:00 tomorrow on."""
    given, asked = os.pipe()
    told, answers = os.pipe()
    with (
        os.fdopen(asked, "w", encoding="utf-8") as moves,
        os.fdopen(told, encoding="utf-8") as lines,
        os.fdopen(given, "rb") as its_input,
        os.fdopen(answers, "wb") as its_output,
    ):
        process = Forked(
            [str(folder)], its_output, sys.stderr.buffer, environment=ENGLISH, constants=PATIENT,
            program="tests.server.stepped_hall", given=its_input,
        )  # fmt: skip
        its_input.close()
        its_output.close()
        try:
            yield Serving(moves, lines)
            moves.close()
            assert process.wait(PATIENCE_S) == 0
        finally:
            process.kill()
            process.wait()
