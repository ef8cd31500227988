"""Writes to sticks and other disks: whole files or none, with a clear message for each disk error."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from motcua.cli.texts import say
from motcua.desk.private import FILE_MODE

GONE = frozenset({errno.EIO, errno.ENXIO, errno.ENODEV, getattr(errno, "ESTALE", -1), getattr(errno, "ENOMEDIUM", -1)})
OF_DISKS = GONE | {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG}
"""Errors of the disk, not of the file. Their message names the file from the command line."""


def explain_disk(error: OSError, path: object) -> str | None:
    """Return the message about a disk that refused `path`, None for other errors."""
    place = path or say("the output")
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return say(
            "The disk is full: no space is left for %(path)s. Free some space there, or use another disk.", path=place
        )
    if error.errno == errno.EROFS:
        return say(
            "%(path)s cannot be written: the disk or stick is write-protected. Unlock it, or use another one.",
            path=place,
        )
    if error.errno == errno.EFBIG:
        return say(
            "%(path)s is too large for this disk. A stick with FAT32 takes files up to 4 GB: use one with "
            "exFAT or NTFS, or another disk.",
            path=place,
        )
    if error.errno in GONE:
        return say(
            "The disk or stick of %(path)s does not answer: it was removed, or it is broken. Plug it in "
            "again, or use another one.",
            path=place,
        )
    return None


@contextmanager
def report_disk_errors(path: Path) -> Iterator[None]:
    """Report disk errors under `path` from the command line, not under its draft file."""
    try:
        yield
    except OSError as error:
        if error.errno in OF_DISKS:
            raise OSError(error.errno, error.strerror, str(path)) from error
        raise


def write_out(path: Path, data: bytes) -> None:
    """Write a whole file, or leave the old one. Write directly to a device or a pipe."""
    with report_disk_errors(path):
        if path.exists() and not path.is_file():
            path.write_bytes(data)
            return
        draft = path.with_name(f".{path.name}.tmp")
        try:
            draft.unlink(missing_ok=True)
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE), "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        finally:
            with suppress(OSError):
                draft.unlink(missing_ok=True)


def finish_output() -> None:
    """Flush standard output. Raises `OSError`; the rest of the output is then dropped."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        raise
