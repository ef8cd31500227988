"""The files of a desk other than its store that belong into a copy.

One odd file never hinders the rest: it is left out by name.
"""

import os
import stat
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from msgspec import Struct, field

from motcua.desk.files import DRAFT
from motcua.desk.messages import mark

STORE = "desk.db"
BESIDE = ("keys", "digests", "voice")
FILE_MAX_BYTES = 64 * 1024 * 1024
"""A recorded word has some hundred kilobytes; what is larger than this is none."""
EARLIEST, LATEST = (1980, 1, 1, 0, 0, 0), (2107, 12, 31, 23, 59, 58)
"""What a ZIP can say of a file's time."""


class LeftOutFile(Struct, frozen=True):
    """A file that is not in a copy, and why: an English sentence with places for `params`."""

    name: str
    message: str
    params: dict[str, object] = field(default_factory=dict)


class _Odd(Exception):  # noqa: N818 -- it leaves this file as a value
    def __init__(self, message: str, **params: object) -> None:
        super().__init__(message)
        self.message, self.params = message, params


def is_of_desk(name: str) -> bool:
    """Say whether a desk has a file of this name, relative to its folder; nothing leads out of the folder."""
    parts = PurePosixPath(name).parts
    if "\\" in name or ":" in name or ".." in parts:
        return False
    return name == STORE or (len(parts) > 1 and parts[0] in BESIDE) or (len(parts) == 1 and name.startswith("logo."))


def pack_folder(folder: Path, out: zipfile.ZipFile) -> list[LeftOutFile]:
    """Put everything that belongs to the desk in `folder`, but for its store, into `out`; return what was left out.

    Raises `OSError` only when `out` cannot be written.
    """
    left_out = []
    for path, problem in _beside(folder):
        name = path.relative_to(folder).as_posix()
        try:
            if problem is not None:
                raise problem
            info, content = _read(path, name)
        except FileNotFoundError:
            continue  # it went while we looked
        except _Odd as odd:
            left_out.append(LeftOutFile(_printable(name), odd.message, odd.params))
        except OSError as error:
            left_out.append(
                LeftOutFile(
                    _printable(name), mark("it cannot be read (%(problem)s)"), {"problem": error.strerror or str(error)}
                )
            )
        else:
            out.writestr(info, content, zipfile.ZIP_DEFLATED)
    return left_out


def _beside(folder: Path) -> Iterator[tuple[Path, _Odd | None]]:
    """Yield each file in order; links to folders are named, not followed: they may lead in a circle."""
    for name in BESIDE:
        problems: list[OSError] = []
        top = folder / name
        if top.is_symlink() and top.is_dir():
            yield top, _Odd(mark("it is a link to a folder"))
            continue
        for place, folders, files in os.walk(top, onerror=problems.append):
            folders.sort()
            parent = Path(place)
            yield from (
                (parent / link, _Odd(mark("it is a link to a folder")))
                for link in folders
                if (parent / link).is_symlink()
            )
            yield from ((parent / file, None) for file in sorted(files) if not file.endswith(DRAFT))
        for error in problems:
            if not isinstance(error, FileNotFoundError | NotADirectoryError):
                yield (
                    Path(str(error.filename)),
                    _Odd(mark("it cannot be read (%(problem)s)"), problem=error.strerror or str(error)),
                )
    yield from ((path, None) for path in sorted(folder.glob("logo.*")))


def _read(path: Path, name: str) -> tuple[zipfile.ZipInfo, bytes]:
    """Return a file as it was at one moment. Raises `OSError`, `_Odd`."""
    if not is_of_desk(name) or not _is_plain(name):
        raise _Odd(mark("its name has characters that no other system can keep"))
    with os.fdopen(
        os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)), "rb"
    ) as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise _Odd(mark("it is not an ordinary file"))
        if status.st_size > FILE_MAX_BYTES:
            raise _Odd(mark("it is larger than %(most)s MB"), most=FILE_MAX_BYTES // 2**20)
        content = file.read(status.st_size)
    info = zipfile.ZipInfo(name, _moment(status.st_mtime))
    info.external_attr = (stat.S_IFREG | 0o600) << 16
    return info, content


def _is_plain(name: str) -> bool:
    """Say whether `name` is text: a name with odd bytes has halves of characters in it."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return name.isprintable()


def _printable(name: str) -> str:
    return name.encode("utf-8", "replace").decode()


def _moment(mtime: float) -> tuple[int, int, int, int, int, int]:
    try:
        local_time = time.localtime(mtime)
    except (OSError, OverflowError, ValueError):
        return EARLIEST
    return min(
        max((local_time[0], local_time[1], local_time[2], local_time[3], local_time[4], local_time[5]), EARLIEST),
        LATEST,
    )
