"""Where this run of the tests keeps its folders: all in one place, which is gone in the end whatever happens to a
test.
"""

import atexit
import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

NAMED_IN = "MOTCUA_TESTS_FOLDER"
"""The workers of a run take their folder from the process that started them."""
_PREFIX = "motcua-tests-"
_MEMORY = Path("/dev/shm")  # noqa: S108 -- the name is made by tempfile


def _is_running(pid: str) -> bool:
    return not pid.isdecimal() or Path(f"/proc/{pid}").exists() or not Path("/proc").is_dir()


def _make() -> Path:
    base = _MEMORY if _MEMORY.is_dir() else Path(tempfile.gettempdir())
    for left in base.glob(f"{_PREFIX}*"):
        if not _is_running(left.name.removeprefix(_PREFIX).split("-")[0]):  # its run was killed
            shutil.rmtree(left, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=base))


IS_OURS = not os.environ.get(NAMED_IN) or not Path(os.environ[NAMED_IN]).is_dir()
if IS_OURS:
    os.environ[NAMED_IN] = str(_make())
    atexit.register(shutil.rmtree, os.environ[NAMED_IN], ignore_errors=True)
MEMORY = os.environ[NAMED_IN]
"""Where stores of tests are: in memory if the system has such a folder, because what a disk does is measured
elsewhere."""


def once(name: str, build: Callable[[Path], None]) -> Path:
    """Return the folder `name` of this run, which `build` fills the first time that any worker asks for it."""
    folder = Path(MEMORY) / name
    with Path(f"{folder}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            draft = Path(tempfile.mkdtemp(dir=MEMORY))
            build(draft)
            draft.rename(folder)
    return folder
