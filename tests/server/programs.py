"""The other programs of the house: a command run here, a command in a process of its own, and an agent."""

import ctypes
import io
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path

from motcua.cli.commands import run
from tests.forked import Forked
from tests.waiting import PATIENCE_S

ROOT = Path(__file__).parents[2]
ENGLISH = {**os.environ, "LC_ALL": "en_US.UTF-8", "PYTHONWARNINGS": "error"}
PR_CAPBSET_DROP, OVERRIDES = 24, (1, 2)
"""CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH: without them root is held by modes like everybody. Source:
linux/capability.h."""
Ended = subprocess.CompletedProcess[str]


def command(*words: object, given: str = "") -> Ended:
    """Run a command inside this process, which is sooner done; `given` is its standard input."""
    out_bytes, err_bytes = io.BytesIO(), io.BytesIO()
    out, err = (io.TextIOWrapper(written, "utf-8", newline="\n") for written in (out_bytes, err_bytes))
    before = sys.stdin, os.environ.get("LC_ALL")
    sys.stdin, os.environ["LC_ALL"] = io.TextIOWrapper(io.BytesIO(given.encode())), ENGLISH["LC_ALL"]
    try:
        with redirect_stdout(out), redirect_stderr(err):
            code = run([*map(str, words)])
    except SystemExit as stop:
        code = int(stop.code or 0)
    finally:
        sys.stdin, language = before
        os.environ.pop("LC_ALL") if language is None else os.environ.update(LC_ALL=language)
    for stream in (out, err):
        stream.flush()
    return Ended([*map(str, words)], code, *(written.getvalue().decode() for written in (out_bytes, err_bytes)))


def motcua(*words: object, given: str | None = "", held: bool = False, **environment: str) -> Ended:
    """Run a command in a process of its own to its end; `given` is its input (None: closed), `held` lets modes count
    for root.
    """
    command = [sys.executable, "-m", "motcua", *map(str, words)]
    if given is None:
        command = ["/bin/sh", "-c", 'exec "$@" <&-', "sh", *command]
    return subprocess.run(  # noqa: S603 -- our own program
        command,
        input=given,
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE_S,
        cwd=ROOT,
        env={**ENGLISH, **environment},
        check=False,
        preexec_fn=_held if held and os.getuid() == 0 else None,
    )


def _held() -> None:
    for capability in OVERRIDES:
        ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)


def said(ended: Ended) -> tuple[int, str, str]:
    """Return exit code, standard output and standard error of a command."""
    return ended.returncode, ended.stdout, ended.stderr


PRINTS_FILES = ""
"""Without any device the agent prints text files."""


class AgentProcess:
    """`motcua agent` at home in `folder`; without another `config` it prints files into `folder/printed`."""

    def __init__(
        self,
        folder: Path,
        server: str,
        token: str,
        proof: str | None = "--token",
        config: str = PRINTS_FILES,
        **environment: str,
    ) -> None:
        self.folder, self._environment = folder, {**ENGLISH, **environment}
        self._words = ["agent", "--server", server, *([proof, token] if proof else [])]
        self.printed = folder / "printed"
        folder.mkdir(exist_ok=True)
        (folder / "agent.toml").write_text(config, encoding="utf-8")
        self.start()

    def start(self) -> None:
        """Start the process."""
        with (self.folder / "agent.out").open("ab") as out, (self.folder / "agent.err").open("ab") as err:
            words = [*self._words, "--config", str(self.folder / "agent.toml")]
            self.process = Forked(words, out, err, kind="working", environment=self._environment)

    def log(self) -> str:
        """Return what the process wrote to stderr."""
        return (self.folder / "agent.err").read_text()

    def papers(self) -> list[str]:
        """Return the names of the finished papers."""
        return sorted(path.name for path in self.printed.glob("*.txt") if not path.name.startswith("."))

    def send(self, number: signal.Signals) -> None:
        """Send a signal."""
        self.process.send_signal(number)

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Send a signal that ends the process; return the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.process.send_signal(number)
        return self.process.wait(PATIENCE_S)


@contextmanager
def agent(
    folder: Path, server: str, token: str, config: str = PRINTS_FILES, **environment: str
) -> Iterator[AgentProcess]:
    """Lend a running agent; it is gone afterwards."""
    made = AgentProcess(folder, server, token, config=config, **environment)
    try:
        yield made
    finally:
        made.end(signal.SIGKILL)
    assert "Traceback" not in made.log(), made.log()
