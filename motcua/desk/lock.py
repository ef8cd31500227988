"""One serving process: an OS lock on `DIR/desk.lock`, which also tells local programs where the server is."""

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from time import sleep
from typing import IO

TRIES = 5
TRY_AGAIN_S = 0.02


class DeskInUseError(Exception):
    """Another process serves this data folder."""


@dataclass(frozen=True)
class Serving:
    """Where the serving process listens and the secret by which it knows local programs."""

    url: str
    secret: str


if sys.platform == "win32":  # pragma: no cover -- untried on Windows
    import msvcrt

    def _grab(file: IO[str]) -> None:
        file.seek(1 << 20)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _grab(file: IO[str]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


class DeskLock:
    """Holds the lock of a data folder until closed; the system drops it when the process dies."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "desk.lock"
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        self._file = os.fdopen(descriptor, "r+", encoding="utf-8")
        for attempt in range(TRIES):  # whoever only looks holds it for a moment
            try:
                _grab(self._file)
                break
            except OSError as error:
                if attempt == TRIES - 1:
                    self._file.close()
                    raise DeskInUseError(str(folder)) from error
                sleep(TRY_AGAIN_S)
        self._path.chmod(0o600)
        self._write("")

    def _write(self, text: str) -> None:
        self._file.seek(0)
        self._file.truncate()
        self._file.write(text)
        self._file.flush()

    def announce(self, serving: Serving) -> None:
        """Leave the server's address and secret in the file."""
        self._write(json.dumps({"url": serving.url, "secret": serving.secret}))

    def close(self) -> None:
        """Forget the address and let the lock go."""
        self._write("")
        self._file.close()


def serving(folder: Path) -> Serving | None:
    """Return where the desk in `folder` is being served, or None when nobody holds the lock.

    Raises `DeskInUseError` when somebody holds it without having announced an address (a server that starts or stops, a command at work).
    """
    path = folder / "desk.lock"
    if not path.exists():
        return None
    try:
        DeskLock(folder).close()
    except DeskInUseError:
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
            return Serving(found["url"], found["secret"])
        except (ValueError, KeyError) as error:
            raise DeskInUseError(str(folder)) from error
    return None
