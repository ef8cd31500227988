"""A key device of the Linux kernel (`/dev/input/…`): bytes of `input_event` records, taken away from everybody else."""

import errno
import os
import select

from motcua.devices.contract import DeviceError
from motcua.typed.sentences import mark

EVIOCGRAB = 0x40044590
_CHUNK = 24 * 64


class HidPort:
    """`path` is best one of `/dev/input/by-path/`: two pads alike have no serial number, only their USB socket tells
    them apart.

    `grabs`: without it what is typed also lands in the program that has the focus, a browser for one.
    """

    def __init__(self, path: str, *, grabs: bool = True) -> None:
        self.path, self._grabs = path, grabs
        self._descriptor: int | None = None

    def open(self) -> None:
        """Open and grab it. Raises `DeviceError`."""
        self.close()
        try:
            self._descriptor = os.open(self.path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError as error:
            raise _refused(self.path, error) from error
        if self._grabs:
            self.grab()

    def grab(self) -> None:
        """Keep the keys from all other programs. Raises `DeviceError`; the port is closed then."""
        import fcntl

        try:
            fcntl.ioctl(self._open(), EVIOCGRAB, 1)
        except OSError as error:
            self.close()
            if error.errno == errno.EBUSY:
                raise DeviceError(mark("Another program uses the port %(port)s."), port=self.path) from error
            message = mark("%(port)s cannot be reserved: %(problem)s")
            raise DeviceError(message, port=self.path, problem=error.strerror) from error

    def read(self, wait_s: float) -> bytes:
        """Return what arrived, at the latest after `wait_s`. Raises `DeviceError`; the port is closed then."""
        descriptor = self._open()
        try:
            ready, _, _ = select.select([descriptor], [], [], wait_s)
            if not ready:
                return b""
            data = os.read(descriptor, _CHUNK)
        except BlockingIOError:
            return b""
        except OSError as error:
            raise self._gone(error.strerror or str(error)) from error
        if not data:
            raise self._gone("nothing there")
        return data

    def write(self, data: bytes) -> None:
        """A number pad shows nothing. Raises `DeviceError` for any `data`."""
        if data:
            raise DeviceError(mark("%(port)s cannot show anything: it has keys only."), permanent=True, port=self.path)

    def close(self) -> None:
        """Close it, which lets go of the keys; never raises, may be called twice."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            try:
                os.close(descriptor)
            except OSError:
                return

    def _open(self) -> int:
        if self._descriptor is None:
            raise DeviceError(mark("The port %(port)s is not open."), port=self.path)
        return self._descriptor

    def _gone(self, problem: str) -> DeviceError:
        self.close()
        return DeviceError(mark("The cable of %(port)s was removed: %(problem)s"), port=self.path, problem=problem)


def _refused(path: str, error: OSError) -> DeviceError:
    if error.errno in {errno.ENOENT, errno.ENODEV, errno.ENXIO}:
        return DeviceError(mark("There is no port %(port)s; is the cable plugged in?"), port=path)
    if error.errno == errno.EACCES:
        return DeviceError(
            mark("This account is not allowed to use the port %(port)s. Add it to the group input."), port=path
        )
    return DeviceError(mark("The port %(port)s cannot be opened: %(problem)s"), port=path, problem=error.strerror)
