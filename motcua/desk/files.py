"""Files that appear whole or not at all, and are on the disk when the call returns."""

import os
from pathlib import Path

from motcua.desk.private import FILE_MODE

DRAFT = ".tmp"
"""How the name of a file ends that is not whole yet."""


def write_whole(path: Path, content: bytes, mode: int = FILE_MODE) -> None:
    """Write `content` to `path`, for this account alone, in one step: a crash leaves the old file or the new one.

    Raises `OSError`; then `path` is as it was.
    """
    draft = path.with_name(f".{path.name}{DRAFT}")
    draft.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(path)
    except OSError:
        _remove(draft)
        raise
    flush_to_disk(path.parent)


def flush_to_disk(path: Path) -> None:
    """Wait until a file, or a folder's list of files, is on the disk; Windows knows this for files only.

    Raises `OSError`.
    """
    if path.is_dir() and os.name == "nt":  # pragma: no cover -- untried on Windows
        return
    descriptor = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def set_aside(path: Path) -> Path:
    """Rename a file that cannot be used, so that nothing of it is lost; return that name. Raises `OSError`."""
    number = 1
    while (aside := path.with_name(f"{path.name}.bad-{number}")).exists():
        number += 1
    path.replace(aside)
    flush_to_disk(path.parent)
    return aside


def _remove(draft: Path) -> None:
    try:
        draft.unlink(missing_ok=True)
    except OSError:
        return  # the disk is gone; the next try removes it
