"""A serial line: RS-232, RS-485 or USB-COM, a device server's in the network, and the pseudo-terminals that stand in
for them.
"""

import errno
import os
from typing import Any, Literal

import serial

from motcua.devices.contract import DeviceError
from motcua.devices.strangers import HEARD_MAX, find_protocol, make_no_device_error
from motcua.devices.transports import network_line
from motcua.typed.sentences import mark

WRITE_S = 2.0
"""Without progress for this long a line is stalled."""
READ_MAX = 4096
_CHUNK = 64
"""Bytes given to the system at once, so that a failure tells how far it came."""
Parity = Literal["N", "E", "O"]
Flow = Literal["none", "rtscts", "xonxoff"]
"""Who holds the line back when the device is busy: nobody, two wires, two bytes. The system does it; DTR/DSR it
cannot."""
BUSY = (errno.EAGAIN, errno.EBUSY)
FORBIDDEN = (errno.EACCES, errno.EPERM)


class SerialPort:
    """A line of its own (advisory lock).

    `path` is `/dev/serial/by-id/…`, `COM3`, a pseudo-terminal, `socket://HOST:PORT` or
    `rfc2217://HOST:PORT`. DTR and RTS are left alone. Of a line in the network the first bytes are looked at:
    another program may be there.

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
        """Prepare it; nothing is opened.

        Raises `DeviceError` (permanent) for an address of the network that cannot be used.
        """
        self.is_network = network_line.is_address(path)
        self.path = network_line.normalize_url(path) if self.is_network else path
        self.baud, self._flow = baud, flow
        self._parity, self._stop_bits, self._data_bits = parity, stop_bits, data_bits
        self._serial: Any = None
        self._first = b""
        self.accepted = 0

    @property
    def is_open(self) -> bool:
        """Whether it is open, as far as is known."""
        return self._serial is not None

    @property
    def serial(self) -> Any:
        """The open line itself, for a library that wants to drive it. Raises `DeviceError` when it is closed."""
        if self._serial is None:
            raise DeviceError(mark("The port %(port)s is not open."), port=self.path)
        return self._serial

    def open(self) -> None:
        """Open it; what came before is forgotten. Raises `DeviceError`, permanent for settings that no line has."""
        self.close()
        line: Any = None
        try:
            line = self._make_line()
            line.open()
        except Exception as error:
            raise self._refused(line, error) from error
        self._serial, self._first = line, b""
        if self.is_network:
            network_line.watch_over(line)

    def _make_line(self) -> Any:
        settings: dict[str, Any] = {
            "baudrate": self.baud,
            "parity": self._parity,
            "stopbits": self._stop_bits,
            "bytesize": self._data_bits,
            "timeout": 0.05,
            "write_timeout": WRITE_S,
            "rtscts": self._flow == "rtscts",
            "xonxoff": self._flow == "xonxoff",
        }
        if self.is_network:
            return network_line.build_line(self.path, **settings)
        line = serial.Serial(None, exclusive=True, **settings)
        line.port = self.path
        return line

    def _refused(self, line: Any, error: Exception) -> DeviceError:
        """Return why the line could not be opened."""
        if isinstance(error, ValueError):
            message = mark("The port %(port)s cannot use these settings: %(problem)s")
            return DeviceError(message, permanent=True, port=self.path, problem=str(error))
        if not self.is_network:
            return _refused(self.path, error)
        place = network_line.write_place(self.path)
        if protocol := find_protocol(network_line.read_rest(line)):
            return make_no_device_error(place, protocol)
        if "RFC2217" in str(error):
            message = mark(
                "%(address)s does not speak RFC 2217. If it passes bytes unchanged, write socket://%(address)s."
            )
            return DeviceError(message, permanent=True, address=place)
        host, _, port = place.rpartition(":")
        return DeviceError(
            mark("%(host)s:%(port)s cannot be reached: %(problem)s"), host=host, port=port, problem=_short(error)
        )

    def read(self, wait_s: float) -> bytes:
        """Return what arrived, at the latest after `wait_s`. Raises `DeviceError`; the port is closed then."""
        line = self.serial
        try:
            if line.timeout != wait_s:
                line.timeout = wait_s
            came = line.read(1)
            if came and not self.is_network:
                return bytes(came + line.read(line.in_waiting))
        except Exception as error:
            raise self._gone(error) from error
        return self._looked_at(self._rest(line, bytes(came))) if came else b""

    def _rest(self, line: Any, came: bytes) -> bytes:
        """Return `came` and what follows at once.

        A socket never says how much waits; one that breaks now gives what came before first.
        """
        try:
            while len(came) < READ_MAX and (waiting := line.in_waiting):
                came += line.read(waiting)
        except Exception:  # the next read says so
            return came
        return came

    def _looked_at(self, came: bytes) -> bytes:
        """Return `came`. Raises `DeviceError` when its beginning shows that another program stands at the address."""
        if len(self._first) < HEARD_MAX:
            self._first = (self._first + came)[:HEARD_MAX]
            if protocol := find_protocol(self._first):
                self.close()
                raise make_no_device_error(network_line.write_place(self.path), protocol)
        return came

    def write(self, data: bytes) -> None:
        """Send all of `data`, or raise `DeviceError` after two seconds without progress."""
        line, self.accepted = self.serial, 0
        for start in range(0, len(data), _CHUNK):
            part = data[start : start + _CHUNK]
            try:
                line.write(part)
            except serial.SerialTimeoutException as error:
                self.accepted += len(part)
                raise DeviceError(mark("The device on %(port)s accepts no more data."), port=self.path) from error
            except Exception as error:
                raise self._gone(error) from error
            self.accepted += len(part)

    def clear(self) -> None:
        """Forget what arrived and was not read. Raises `DeviceError`."""
        if self.is_network:  # pyserial would not say that the other end is gone
            while self.read(0):
                pass
            return
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
        """Return what `error` says about the open port.

        All errors come here: `termios.error` is not an `OSError`, and not on Windows.
        """
        self.close()
        return DeviceError(
            mark("The cable of %(port)s was removed: %(problem)s"), port=self.path, problem=_short(error)
        )


def _refused(path: str, error: Exception) -> DeviceError:
    number = getattr(error, "errno", None)
    if number == errno.ENOENT:
        return DeviceError(mark("There is no port %(port)s; is the cable plugged in?"), port=path)
    if number in BUSY:
        message = mark(
            "Another program uses the port %(port)s: a second agent, a terminal, or ModemManager for a "
            "moment after plugging in."
        )
        return DeviceError(message, port=path)
    if number in FORBIDDEN:
        message = mark(
            "This account is not allowed to use the port %(port)s. Add it to the group %(group)s and start "
            "the agent again."
        )
        return DeviceError(message, port=path, group=find_group(path))
    return DeviceError(mark("The port %(port)s cannot be opened: %(problem)s"), port=path, problem=_short(error))


def find_group(path: str, usual: str = "dialout") -> str:
    """Return the name of the group that may use the device file `path`: distributions differ."""
    try:
        import grp

        number = os.stat(path).st_gid  # noqa: PTH116 -- a name may be no path, as COM3
        return grp.getgrgid(number).gr_name if number else usual
    except (ImportError, OSError, KeyError, ValueError):
        return usual


def _short(error: Exception) -> str:
    text = str(error.args[-1] if error.args else error)
    return text.split("\n", 1)[0][:200]
