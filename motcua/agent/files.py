"""Files that appear whole or not at all, readable by the agent's own account alone.

What nobody can read is set aside, never deleted.
"""

import contextlib
import os
import time
from pathlib import Path

from motcua.devices.durable import sync_folder


def write_whole(path: Path, text: str) -> None:
    """Write `text` to `path` in one step; a power cut leaves the old file or the new one. Raises `OSError`."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_suffix(".tmp")
    draft.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def write_twice(path: Path, text: str) -> None:
    """Write `text` to `path`, and to a copy beside it that is taken when the file is damaged. Raises `OSError`."""
    write_whole(path, text)
    write_whole(copy_of(path), text)


def copy_of(path: Path) -> Path:
    """Return where the copy of `path` lies: `devices.copy.json`."""
    return path.with_name(f"{path.stem}.copy{path.suffix}")


def set_aside(path: Path) -> Path:
    """Rename a damaged file after the moment and return its new name: whoever can mend it finds it there.

    Raises `OSError`.
    """
    stamp = time.strftime("%Y%m%d-%H%M%S")
    target = path.with_name(f"{path.name}.damaged-{stamp}")
    number = 1
    while target.exists():
        number += 1
        target = path.with_name(f"{path.name}.damaged-{stamp}.{number}")
    return path.rename(target)
