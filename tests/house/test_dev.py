"""`make dev`: a changed file starts the server again, and Ctrl-C ends it."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import motcua
from tests.waiting import PATIENCE_S, wait_until

pytestmark = pytest.mark.process
ROOT = Path(motcua.__file__).parents[1]
CATALOGUE = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "counter"\nmsgstr "quầy"\n'


def test_a_change_starts_the_server_again_and_ctrl_c_ends_both(tmp_path: Path) -> None:
    watched, out, errors = tmp_path / "watched", tmp_path / "out", tmp_path / "errors"
    watched.mkdir()
    environment = {**os.environ, "DATA": str(tmp_path / "data"), "HOST": "127.0.0.1", "PORT": "0"}
    command = [sys.executable, str(ROOT / "tools" / "dev.py"), str(watched)]

    def count_starts() -> int:
        return out.read_text(encoding="utf-8").count("ready http")

    def read_errors() -> str:
        return errors.read_text(encoding="utf-8")

    def hear_ctrl_c() -> None:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # what a shell starts in the background ignores it

    with out.open("wb") as out_file, errors.open("wb") as error_file:
        dev = subprocess.Popen(  # noqa: S603
            command, env=environment, stdout=out_file, stderr=error_file, start_new_session=True,
            preexec_fn=hear_ctrl_c,  # noqa: PLW1509 -- no thread runs beside it
        )  # fmt: skip
        try:
            wait_until(lambda: count_starts() == 1, told=read_errors)
            (tmp_path / "words.po").write_text(CATALOGUE, encoding="utf-8")
            (tmp_path / "words.po").rename(watched / "words.po")  # whole at once: one change, one restart
            wait_until(lambda: count_starts() == 2, told=read_errors)
            assert (watched / "words.mo").exists()
            os.killpg(dev.pid, signal.SIGINT)  # as a terminal does on Ctrl-C
            assert dev.wait(PATIENCE_S) == 0, read_errors()
        finally:
            if dev.poll() is None:
                os.killpg(dev.pid, signal.SIGKILL)
                dev.wait(PATIENCE_S)
    assert (tmp_path / "data" / "desk.db").exists()
    assert not (tmp_path / "data" / "desk.db-wal").exists(), "the server did not close its store"


def test_git_hooks_and_editors_know_only_what_is_here() -> None:
    """Nothing that `git commit` runs comes from another computer."""
    hooks = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    assert [line.strip() for line in hooks.splitlines() if "repo:" in line] == ["- repo: local"]
    assert {line.split(":")[1].strip() for line in hooks.splitlines() if "language:" in line} == {"system"}
    assert shutil.which("make")
