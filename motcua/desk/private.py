"""The one place that makes a desk's folders and files readable by the desk's own account alone, and that finds what
is not.

A disk without rights (FAT, exFAT, a stick) has no modes: nothing fails for that, and `find_open` names it. On
Windows the rights of the account's own folders do this work; modes mean nothing there.
"""

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

FOLDER_MODE, FILE_MODE, OTHERS = 0o700, 0o600, 0o077
HAS_MODES = sys.platform != "win32"
ROOT = 0


class Exposure(Struct, frozen=True):
    """Something of a desk that others can use: `is_foreign` when another account owns it, else its mode lets others
    in.
    """

    path: Path
    is_foreign: bool = False


def begin_private() -> None:
    """Let whatever this process makes from now on be its own account's alone."""
    os.umask(OTHERS)


def make_folder(path: Path) -> Path:
    """Make a folder for this account alone, unless it is there; return it. Raises `OSError`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        path.mkdir(mode=FOLDER_MODE)
    if not path.is_dir():
        raise FileExistsError(17, os.strerror(17), str(path))
    return path


def make_file(path: Path) -> None:
    """Make an empty file for this account alone, unless there is something. Raises `OSError`."""
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE))


def close_to_others(path: Path) -> bool:
    """Take every right of others from a folder or a file of this account; return whether that is so now.

    A link is left alone.
    """
    if not HAS_MODES:
        return True
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return False
    try:
        mode = stat.S_IMODE(os.fstat(descriptor).st_mode)
        if mode & OTHERS:
            os.fchmod(descriptor, mode & ~OTHERS)
        return not os.fstat(descriptor).st_mode & OTHERS
    except OSError:
        return False
    finally:
        os.close(descriptor)


def close_folder_to_others(folder: Path) -> None:
    """Close a data folder and everything in it, as far as the disk can; links are not followed."""
    close_to_others(folder)
    for path in _within(folder):
        close_to_others(path)


def find_open(folder: Path, store: Path, *, whole: bool = True) -> list[Exposure]:
    """Return what others can use of the data folder, the folder itself first; `store` is the file whose owner runs
    the desk.

    Where the folder is closed nobody reaches what is open within it, but for what links lead to. Not `whole` looks
    at the folder alone.
    """
    if not HAS_MODES:
        return []
    owners = {ROOT, os.geteuid() or _owner(store, ROOT)}
    candidates = (_exposure(path, owners) for path in (folder, *(_within(folder) if whole else ())))
    exposures = [exposure for exposure in candidates if exposure is not None]
    if exposures and exposures[0].path == folder:
        return exposures
    return [exposure for exposure in exposures if exposure.is_foreign or exposure.path.is_symlink()]


def _exposure(path: Path, owners: set[int]) -> Exposure | None:
    try:
        status = path.stat()  # of what a link leads to: that is what others could use
    except OSError:
        return None
    if status.st_uid not in owners:
        return Exposure(path, is_foreign=True)
    is_kept = stat.S_ISDIR(status.st_mode) or stat.S_ISREG(status.st_mode)
    return Exposure(path) if is_kept and status.st_mode & OTHERS else None


def _owner(path: Path, default: int) -> int:
    try:
        return path.stat().st_uid
    except OSError:
        return default


def get_account_name(store: Path) -> str:
    """Return the name of the account that runs the desk: this process's, for root the one to which `store` belongs."""
    if not HAS_MODES:
        return ""
    import pwd

    number = os.geteuid() or _owner(store, ROOT)
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)


def _within(folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        yield from (Path(place) / name for name in sorted((*folders, *files)))
