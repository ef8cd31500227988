"""A printer on USB as the Linux kernel shows it, `/dev/usb/lp0`: a file that takes bytes and gives back what the
printer answers.
"""

import contextlib
import errno
import os
import select
from pathlib import Path

from motcua.devices.contract import DeviceError
from motcua.devices.strangers import HEARD_MAX
from motcua.typed.sentences import mark

CHUNK = 4096
_FULL = frozenset({errno.EAGAIN, errno.EWOULDBLOCK})


class UsbLpPort:
    """Opened without waiting, used like a socket.

    `accepted` counts the bytes that the system took since it was opened.
    """

    answers = True
    stays_open = False
    is_network = False

    def __init__(self, path: str) -> None:
        self.path = path
        self.accepted = 0
        self.first_bytes = b""
        self._file: int | None = None

    def begin(self) -> None:
        """Open it. Raises `DeviceError`."""
        self.close()
        self.accepted, self.first_bytes = 0, b""
        try:
            self._file = os.open(self.path, os.O_RDWR | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0))
        except OSError as error:
            raise self._refused(error) from error

    open = begin

    @property
    def name(self) -> str:
        """Return the path."""
        return self.path

    def is_ready(self, wait_s: float) -> bool:
        """Return True: opening does not take time."""
        return True

    def push(self, data: bytes, wait_s: float) -> int:
        """Offer the beginning of `data`; return how many bytes were taken, 0 when none were within `wait_s`.

        Raises `DeviceError`.
        """
        _, writable, _ = select.select([], [self._open()], [], wait_s)
        if not writable:
            return 0
        try:
            count = os.write(self._open(), data[:CHUNK])
        except OSError as error:
            if error.errno in _FULL:
                return 0
            raise self._lost(error) from error
        self.accepted += count
        return count

    def read(self, wait_s: float) -> bytes:
        """Return what arrived, at the latest after `wait_s`. Raises `DeviceError` when the cable is gone."""
        readable, _, _ = select.select([self._open()], [], [], wait_s)
        if not readable:
            return b""
        try:
            came = os.read(self._open(), CHUNK)  # nothing is no end: the kernel says so while the printer is silent
        except OSError as error:
            if error.errno in _FULL:
                return b""
            raise self._lost(error) from error
        self.first_bytes = (self.first_bytes + came)[:HEARD_MAX]
        return came

    def count_waiting(self) -> int:
        """Return 0: what was taken is with the printer."""
        return 0

    def finish(self) -> str | None:
        """Nothing ends a job here."""
        return None

    def close(self) -> None:
        """Close it; never raises, may be called twice."""
        closing, self._file = self._file, None
        if closing is not None:
            with contextlib.suppress(OSError):
                os.close(closing)

    def _open(self) -> int:
        if self._file is None:
            raise DeviceError(mark("The port %(port)s is not open."), port=self.path)
        return self._file

    def _lost(self, error: OSError) -> DeviceError:
        self.close()
        return DeviceError(
            mark("The cable of %(port)s was removed: %(problem)s"), port=self.path, problem=error.strerror or error
        )

    def _refused(self, error: OSError) -> DeviceError:
        if error.errno == errno.ENOENT or not Path(self.path).exists():
            return DeviceError(mark("There is no port %(port)s; is the cable plugged in?"), port=self.path)
        if error.errno == errno.EACCES:
            return DeviceError(
                mark("This account is not allowed to use the port %(port)s. Add it to the group lp."), port=self.path
            )
        return DeviceError(
            mark("The port %(port)s cannot be opened: %(problem)s"), port=self.path, problem=error.strerror or error
        )
