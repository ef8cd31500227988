"""One serving process: the lock is the system's, so a dead server leaves none behind."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from motcua.desk.lock import DeskInUseError, DeskLock, Serving, find_serving

HOLD = """
import sys
from pathlib import Path
from motcua.desk.lock import DeskLock, Serving
lock = DeskLock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.readline()
lock.announce(Serving("http://127.0.0.1:8080", "secret"))
print("announced", flush=True)
sys.stdin.readline()
"""


@pytest.mark.thorough
def test_another_process_holds_it_until_it_dies_even_by_kill_9(tmp_path: Path) -> None:
    assert find_serving(tmp_path) is None
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:  # noqa: S603 -- our own words
        assert other.stdin is not None
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(DeskInUseError):
            DeskLock(tmp_path)
        with pytest.raises(DeskInUseError):
            find_serving(tmp_path)
        other.stdin.write("\n")
        other.stdin.flush()
        assert other.stdout.readline() == "announced\n"
        assert find_serving(tmp_path) == Serving("http://127.0.0.1:8080", "secret")
        with pytest.raises(DeskInUseError):
            DeskLock(tmp_path)
        assert find_serving(tmp_path) == Serving("http://127.0.0.1:8080", "secret")
        os.kill(other.pid, signal.SIGKILL)
    assert find_serving(tmp_path) is None
    DeskLock(tmp_path).close()


def test_a_stale_file_is_no_lock_and_its_secret_is_forgotten(tmp_path: Path) -> None:
    (tmp_path / "desk.lock").write_text('{"url": "http://127.0.0.1:1", "secret": "old"}')
    assert find_serving(tmp_path) is None
    lock = DeskLock(tmp_path)
    assert (tmp_path / "desk.lock").read_text() == ""
    lock.close()


def test_only_the_owner_reads_the_secret(tmp_path: Path) -> None:
    (tmp_path / "desk.lock").touch(0o644)
    lock = DeskLock(tmp_path)
    lock.announce(Serving("http://127.0.0.1:8080", "secret"))
    assert (tmp_path / "desk.lock").stat().st_mode & 0o777 == 0o600
    lock.close()
    assert (tmp_path / "desk.lock").read_text() == ""
