"""Writing to sticks and other disks: whole files or none, and in words what a disk did not let happen."""

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
"""What is a matter of the disk and not of the file, so that the file is named that a person asked for."""


def explain_disk(error: OSError, path: object) -> str | None:
    """Return what a person should read about a disk that did not take `path`, None for every other error."""
    place = path or say("the output")
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return say("The disk is full: no space is left for %(path)s. Free some space there, or use another disk.", path=place)
    if error.errno == errno.EROFS:
        return say("%(path)s cannot be written: the disk or stick is write-protected. Unlock it, or use another one.", path=place)
    if error.errno == errno.EFBIG:
        return say(
            "%(path)s is too large for this disk. A stick with FAT32 takes files up to 4 GB: use one with exFAT or NTFS, or another disk.",
            path=place,
        )
    if error.errno in GONE:
        return say(
            "The disk or stick of %(path)s does not answer: it was removed, or it is broken. Plug it in again, or use another one.",
            path=place,
        )
    return None


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Let what a disk does not allow be said of `path`, which a person named, and not of a draft beside it."""
    try:
        yield
    except OSError as error:
        if error.errno in OF_DISKS:
            raise OSError(error.errno, error.strerror, str(path)) from error
        raise


def write_out(path: Path, data: bytes) -> None:
    """Write a whole file, or leave what was there. A device or a pipe is written to as it is."""
    with writing(path):
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
    """Let what was printed leave now. Raises `OSError`; what could not leave is dropped, as nothing more can be said there."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        raise
