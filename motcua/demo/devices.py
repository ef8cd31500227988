"""The watched hall's devices: emulators with their page, and the same agent as in a real hall, each in a separate
process.
"""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

from motcua.agent.enrolment import write_token

READY = "ready "
STARTS_S, STOPS_S, LOOK_S = 60.0, 6.0, 0.05


class DemoDevices:
    """Emulators of a hall with so many counters, in `folder`; they start at once, in parallel with the rest.

    Both programs end with this one in any case: their standard input does. What they say goes into `folder`.
    """

    def __init__(self, folder: Path, counters: int, complain: Callable[[str], None]) -> None:
        folder.mkdir(mode=0o700)
        self._folder, self._complain = folder, complain
        self._programs: list[subprocess.Popen[bytes]] = []
        self._emulators = self._start(
            "emulators", "devices", "emulate", "hall", f"--counters={counters}", f"--folder={folder}", "--page=0"
        )

    def __enter__(self) -> Self:
        """Hold them."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let them end."""
        self.close()

    def connect(self, server: str, token: str) -> str:
        """Let the agent drive the emulators for the desk at `server`; return the address of the emulators' page.

        Without emulators (a system that has no pseudo-terminals, say) the hall goes on without devices: that is
        said, and the answer is "".
        """
        page = self._page()
        if not page:
            self._complain(
                (self._folder / "emulators.log").read_text(encoding="utf-8", errors="replace").strip() or "…"
            )
            return ""
        state = self._folder / "agent-data"
        state.mkdir(mode=0o700, exist_ok=True)
        write_token(
            state, {"server": server, "code": "", "token": token}
        )  # where other users' list of programs does not show it
        self._start("agent", "agent", f"--server={server}", f"--config={self._folder / 'agent.toml'}")
        return page

    def _page(self) -> str:
        """Return the address that the emulators say when they are ready, empty when they do not get so far."""
        until = time.monotonic() + STARTS_S
        output_file = self._folder / "emulators.txt"
        while time.monotonic() < until and self._emulators.poll() is None:
            first, newline, _rest = output_file.read_text(encoding="utf-8").partition("\n")
            if newline:
                return first.removeprefix(READY).strip()
            time.sleep(LOOK_S)
        return ""

    def _start(self, name: str, *arguments: str) -> "subprocess.Popen[bytes]":
        with (self._folder / f"{name}.txt").open("wb") as output, (self._folder / f"{name}.log").open("wb") as log:
            command = [sys.executable, "-m", "motcua", "--until-eof", *arguments]
            process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=output, stderr=log)  # noqa: S603 -- our own program
        self._programs.append(process)
        return process

    def close(self) -> None:
        """End the agent, then the emulators; may be called twice."""
        while self._programs:
            program = self._programs.pop()
            if program.stdin is not None:
                program.stdin.close()
            program.terminate()
            try:
                program.wait(STOPS_S)
            except subprocess.TimeoutExpired:
                program.kill()
                program.wait()
