"""What is on the disk once a call returns: devices and agents keep files that a power cut must not take."""

import os
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Wait until the names of the files in `folder` are on the disk: only then is a file that was put in place there.

    Raises `OSError`.
    """
    if os.name == "nt":  # pragma: no cover -- Windows has no such call for folders
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
