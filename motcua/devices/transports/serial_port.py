"""A serial line: RS-232, RS-485 or USB-COM, and the pseudo-terminals that stand in for them."""

import errno
from typing import Literal

import serial

from motcua.devices.contract import DeviceError, mark

WRITE_S = 2.0
"""Without progress for this long a line is stalled."""
_CHUNK = 64
"""Bytes given to the system at once, so that a failure tells how far it came."""
Parity = Literal["N", "E", "O"]
Flow = Literal["none", "rtscts", "xonxoff"]
"""Who holds the line back when the device is busy: nobody, two wires, two bytes. The system does it; DTR/DSR it cannot."""
BUSY = (errno.EAGAIN, errno.EBUSY)


class SerialPort:
    """A line of its own (advisory lock). `path` is `/dev/serial/by-id/…`, `COM3`, a pseudo-terminal. DTR and RTS are left alone.

    `accepted` are the bytes of the last `write` that the system may have taken, whether or not they left the cable.
    """

    def __init__(
        self,
        path: str,
        baud: int = 9600,
        parity: Parity = "N",
        stop_bits: Literal[1, 2] = 1,
        data_bits: Literal[7, 8] = 8,
        flow: Flow = "none",
    ) -> None:
        self.path, self.baud, self._flow = path, baud, flow
        self._parity, self._stop_bits, self._data_bits = parity, stop_bits, data_bits
        self._serial: serial.Serial | None = None
        self.accepted = 0

    @property
    def is_open(self) -> bool:
        """Whether it is open, as far as is known."""
        return self._serial is not None

    @property
    def serial(self) -> serial.Serial:
        """The open line itself, for a library that wants to drive it. Raises `DeviceError` when it is closed."""
        if self._serial is None:
            raise DeviceError(mark("The port %(port)s is not open."), port=self.path)
        return self._serial

    def open(self) -> None:
        """Open it; what came before is forgotten. Raises `DeviceError`, permanent for settings that no line has."""
        self.close()
        try:
            self._serial = serial.Serial(
                self.path,
                self.baud,
                parity=self._parity,
                stopbits=self._stop_bits,
                bytesize=self._data_bits,
                timeout=0.05,
                write_timeout=WRITE_S,
                exclusive=True,
                rtscts=self._flow == "rtscts",
                xonxoff=self._flow == "xonxoff",
            )
        except ValueError as error:
            message = mark("The port %(port)s cannot be set like this: %(problem)s")
            raise DeviceError(message, permanent=True, port=self.path, problem=str(error)) from error
        except Exception as error:
            raise _refused(self.path, error) from error

    def read(self, wait_s: float) -> bytes:
        """Return what arrived, at the latest after `wait_s`. Raises `DeviceError`; the port is closed then."""
        line = self.serial
        try:
            if line.timeout != wait_s:
                line.timeout = wait_s
            first = line.read(1)
            return first + line.read(line.in_waiting) if first else b""
        except Exception as error:
            raise self._gone(error) from error

    def write(self, data: bytes) -> None:
        """Send all of `data`, or raise `DeviceError` after two seconds without progress."""
        line, self.accepted = self.serial, 0
        for start in range(0, len(data), _CHUNK):
            part = data[start : start + _CHUNK]
            try:
                line.write(part)
            except serial.SerialTimeoutException as error:
                self.accepted += len(part)
                raise DeviceError(mark("The device on %(port)s takes no more data."), port=self.path) from error
            except Exception as error:
                raise self._gone(error) from error
            self.accepted += len(part)

    def clear(self) -> None:
        """Forget what arrived and was not read. Raises `DeviceError`."""
        try:
            self.serial.reset_input_buffer()
        except DeviceError:
            raise
        except Exception as error:
            raise self._gone(error) from error

    def close(self) -> None:
        """Close it; never raises, may be called twice."""
        line, self._serial = self._serial, None
        if line is not None:
            try:
                line.close()
            except Exception:  # a line that is gone cannot even be closed in order
                line.is_open = False

    def _gone(self, error: Exception) -> DeviceError:
        """Return what `error` says about the open port. All errors come here: `termios.error` is not an `OSError`, and not on Windows."""
        self.close()
        return DeviceError(mark("The cable of %(port)s is gone: %(problem)s"), port=self.path, problem=_short(error))


def _refused(path: str, error: Exception) -> DeviceError:
    number = getattr(error, "errno", None)
    if number == errno.ENOENT:
        return DeviceError(mark("There is no port %(port)s; is the cable plugged in?"), port=path)
    if number in BUSY:
        return DeviceError(mark("Another program uses the port %(port)s."), port=path)
    if number == errno.EACCES:
        return DeviceError(mark("This account may not use the port %(port)s; put it into the group dialout."), port=path)
    return DeviceError(mark("The port %(port)s cannot be opened: %(problem)s"), port=path, problem=_short(error))


def _short(error: Exception) -> str:
    text = str(error.args[-1] if error.args else error)
    return text.split("\n", 1)[0][:200]
