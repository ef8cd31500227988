"""One serving process: an OS lock on `DIR/desk.lock`, which also tells local programs where the server is."""

import errno
import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from time import sleep

from msgspec import Struct

from motcua.desk.private import close_to_others

TRIES = 5
TRY_AGAIN_S = 0.02


class DeskInUseError(Exception):
    """Another process serves this data folder."""


class Serving(Struct, frozen=True):
    """Where the serving process listens and the secret by which it knows local programs."""

    url: str
    secret: str


if sys.platform == "win32":  # pragma: no cover -- untried on Windows
    import msvcrt

    def _grab(descriptor: int) -> None:
        os.lseek(descriptor, 1 << 20, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _grab(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class DeskLock:
    """Holds the lock of a data folder until closed; the system drops it when the process dies.

    A file that cannot be written (a read-only disk, something else of its name) is locked all the same, or the
    folder in its place. Only `announce` fails then.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / "desk.lock"
        self._descriptor, self._is_writable = _open_lock(self._path)
        for attempt in range(TRIES):  # whoever only looks holds it for a moment
            try:
                _grab(self._descriptor)
                break
            except OSError as error:
                if attempt == TRIES - 1:
                    os.close(self._descriptor)
                    raise DeskInUseError(str(folder)) from error
                sleep(TRY_AGAIN_S)
        with suppress(OSError):
            self._write("")

    def _write(self, text: str) -> None:
        """Write in place, as the lock is on this very file; a program that reads half of it believes that the desk
        is starting.
        """
        if not self._is_writable:
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(self._path))
        close_to_others(self._path)
        os.ftruncate(self._descriptor, 0)
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        content = text.encode()
        if content and os.write(self._descriptor, content) < len(content):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self._path))
        if content:
            os.fsync(self._descriptor)

    def announce(self, serving: Serving) -> None:
        """Leave the server's address and secret in the file; one that can be written by now is locked in its turn.

        Raises `OSError`.
        """
        if not self._is_writable:
            self._change_over()
        self._write(json.dumps({"url": serving.url, "secret": serving.secret}))

    def _change_over(self) -> None:
        descriptor, self._is_writable = _open_lock(self._path)
        try:
            if self._is_writable:
                _grab(descriptor)
                descriptor, self._descriptor = self._descriptor, descriptor
        except OSError:
            self._is_writable = False
            raise
        finally:
            os.close(descriptor)

    def close(self) -> None:
        """Forget the address and let the lock go."""
        with suppress(OSError):
            self._write("")
        os.close(self._descriptor)


def _open_lock(path: Path) -> tuple[int, bool]:
    """Return what is locked, and whether it can be written. Raises `OSError`."""
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o600), True
    except OSError as error:
        is_foreign = isinstance(error, PermissionError) and not os.access(path.parent, os.W_OK)
        if is_foreign or sys.platform == "win32":  # another account's desk; on Windows folders cannot be opened
            raise
        try:
            return os.open(path, os.O_RDONLY | os.O_NONBLOCK), False
        except OSError:
            return os.open(path.parent, os.O_RDONLY), False


def find_serving(folder: Path) -> Serving | None:
    """Return where the desk in `folder` is being served, or None when nobody holds the lock.

    Raises `DeskInUseError` when somebody holds it without having announced an address (a server that starts or
    stops, a command at work).
    """
    path = folder / "desk.lock"
    if not path.exists():
        return None
    try:
        DeskLock(folder).close()
    except DeskInUseError:
        try:
            announcement = json.loads(path.read_text(encoding="utf-8"))
            return Serving(announcement["url"], announcement["secret"])
        except (ValueError, KeyError, TypeError, OSError) as error:
            raise DeskInUseError(str(folder)) from error
    return None
