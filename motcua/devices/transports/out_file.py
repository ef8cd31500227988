"""A file that job after job is appended to: for trials, and for what another program hands on. Nothing comes back."""

import contextlib
import os
from pathlib import Path
from typing import BinaryIO

from motcua.devices.contract import DeviceError
from motcua.typed.sentences import mark


class OutFilePort:
    """Appends to `path`; a job is on the disk when it is finished."""

    answers = False
    stays_open = False
    is_network = False
    first_bytes = b""

    def __init__(self, path: str) -> None:
        self.path = Path(path)
        self.accepted = 0
        self._file: BinaryIO | None = None

    def begin(self) -> None:
        """Open it; folders are made. Raises `DeviceError`."""
        self.close()
        self.accepted = 0
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self.path.open("ab", buffering=0)
        except OSError as error:
            raise self._wrong(error) from error

    open = begin

    @property
    def name(self) -> str:
        """Return the path."""
        return str(self.path)

    def is_ready(self, wait_s: float) -> bool:
        """Return True: opening does not take time."""
        return True

    def push(self, data: bytes, wait_s: float) -> int:
        """Write `data`; return how many bytes were written. Raises `DeviceError`."""
        try:
            count = self._open().write(data)
        except OSError as error:
            raise self._wrong(error) from error
        self.accepted += count
        return count

    def read(self, wait_s: float) -> bytes:
        """Return nothing."""
        return b""

    def count_waiting(self) -> int:
        """Return 0: what was written is written."""
        return 0

    def finish(self) -> str | None:
        """Bring the job to the disk. Raises `DeviceError`."""
        try:
            os.fsync(self._open().fileno())
        except OSError as error:
            raise self._wrong(error) from error
        return None

    def close(self) -> None:
        """Close it; never raises, may be called twice."""
        closing, self._file = self._file, None
        if closing is not None:
            with contextlib.suppress(OSError):
                closing.close()

    def _open(self) -> BinaryIO:
        if self._file is None:
            raise DeviceError(mark("The port %(port)s is not open."), port=self.path)
        return self._file

    def _wrong(self, error: OSError) -> DeviceError:
        return DeviceError(
            mark("%(path)s cannot be written: %(problem)s"), path=self.path, problem=error.strerror or error
        )
