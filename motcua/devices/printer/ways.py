"""The ways to a printer, by the address in its settings: `tcp://host:9100`, `serial:/dev/…?baud=115200`, `usb:`,
`spool:`, `file:`.
"""

import re
from typing import Any, Literal, Protocol, cast
from urllib.parse import parse_qsl

from motcua.devices.contract import DeviceError
from motcua.devices.strangers import HEARD_MAX
from motcua.devices.transports.network_line import RFC2217, RFC2217_OPTIONS
from motcua.devices.transports.out_file import OutFilePort
from motcua.devices.transports.serial_port import Flow, SerialPort
from motcua.devices.transports.spool import SpoolPort, WindowsSpooler
from motcua.devices.transports.tcp import TcpPort
from motcua.devices.transports.usb_lp import UsbLpPort
from motcua.typed.sentences import mark

RAW_PORT = 9100
RAW_PORTS = range(9100, 9110)
"""Where network printers and print servers take bytes as they are; what is silent there is most likely a printer."""
FAST_BAUD = 38_400
"""Below it a whole ticket takes longer than a person waits for paper: 17 kB are 18 s at 9,600 baud."""
_SERIAL_CHUNK = 256
_TCP = re.compile(r"(?:tcp|socket)://(\[[0-9A-Fa-f:.]+\]|[^:/\[\]]+)(?::(\d{1,5}))?/?")
_PORT_MAX = 65_535


class Way(Protocol):
    """A port that tells how far a job came. Every failure is a `DeviceError`."""

    answers: bool
    """Whether anything can come back."""
    stays_open: bool
    """Whether it is held between jobs; else it is opened anew for each."""
    is_network: bool
    """Whether another program may stand at the other end."""
    accepted: int
    """Bytes that may have got away since it was opened."""
    first_bytes: bytes
    """The first bytes that came since then, also when it is closed again."""

    @property
    def name(self) -> str:
        """Return the address for people."""
        ...

    def begin(self) -> None:
        """Begin to open it."""
        ...

    def is_ready(self, wait_s: float) -> bool:
        """Return whether it is open by now, waiting up to `wait_s`."""
        ...

    def push(self, data: bytes, wait_s: float) -> int:
        """Offer the beginning of `data`; return how many bytes were taken, 0 when none were within `wait_s`."""
        ...

    def read(self, wait_s: float) -> bytes:
        """Return what arrived, at the latest after `wait_s`."""
        ...

    def count_waiting(self) -> int:
        """Return how many taken bytes have not reached the device, as far as can be known."""
        ...

    def finish(self) -> str | None:
        """End the job; return what is named as its problem where somebody names one."""
        ...

    def close(self) -> None:
        """Close it; never raises, may be called twice."""
        ...


class SerialWay:
    """A serial line as a way: held open, since its lock keeps others out."""

    answers = True
    stays_open = True

    def __init__(self, port: SerialPort) -> None:
        self.port, self.is_network = port, port.is_network
        self.accepted = 0
        self.first_bytes = b""

    @property
    def name(self) -> str:
        """Return the port."""
        return self.port.path

    def begin(self) -> None:
        """Open it where it is not open yet, and forget what arrived meanwhile. Raises `DeviceError`."""
        self.accepted, self.first_bytes = 0, b""
        if self.port.is_open:
            self.port.clear()
        else:
            self.port.open()

    def is_ready(self, wait_s: float) -> bool:
        """Return True: opening does not take time."""
        return True

    def push(self, data: bytes, wait_s: float) -> int:
        """Write the beginning of `data`; a line without progress for two seconds raises `DeviceError`."""
        part = data[:_SERIAL_CHUNK]
        try:
            self.port.write(part)
        except DeviceError:
            self.accepted += self.port.accepted
            raise
        self.accepted += len(part)
        return len(part)

    def read(self, wait_s: float) -> bytes:
        """Return what arrived, at the latest after `wait_s`. Raises `DeviceError` when the cable is gone."""
        came = self.port.read(wait_s)
        self.first_bytes = (self.first_bytes + came)[:HEARD_MAX]
        return came

    def count_waiting(self) -> int:
        """Return 0: a cable that is in takes everything."""
        return 0

    def finish(self) -> str | None:
        """Nothing ends a job here."""
        return None

    def close(self) -> None:
        """Close it; never raises, may be called twice."""
        self.port.close()


def choose_way(address: str) -> Way:
    """Return the way that `address` names, not yet open. Raises `DeviceError` (permanent)."""
    kind, _, place = address.partition(":")
    if kind in {"tcp", "socket"} and (match := _TCP.fullmatch(address)) and 0 < int(match[2] or RAW_PORT) <= _PORT_MAX:
        return TcpPort(match[1].strip("[]"), int(match[2] or RAW_PORT))
    if kind == "rfc2217" or (kind == "serial" and place):
        return _serial(address if kind == "rfc2217" else place)
    if kind == "usb" and place:
        return UsbLpPort(place)
    if kind == "spool" and place:
        return SpoolPort(place, WindowsSpooler())
    if kind == "file" and place:
        return OutFilePort(place)
    message = mark(
        "“%(port)s” is not a valid printer port. Write tcp://HOST:9100, serial:PATH?baud=115200, "
        "rfc2217://HOST:PORT?baud=115200, usb:/dev/usb/lp0, spool:NAME or file:PATH."
    )
    raise DeviceError(message, permanent=True, port=address)


def find_baud(address: str) -> int | None:
    """Return the speed of a serial line's address in baud, None for any other way."""
    kind, _, place = address.partition(":")
    if kind == "rfc2217":
        return _serial(address).port.baud
    return _serial(place).port.baud if kind == "serial" and place else None


def _serial(place: str) -> SerialWay:
    path, _, query = place.partition("?")
    parameters = dict(parse_qsl(query, keep_blank_values=True))
    settings: dict[str, Any] = {}
    numbers = {"baud": "baud", "stop_bits": "stop_bits", "data_bits": "data_bits"}
    url_parts: list[str] = []
    for name, value in parameters.items():
        if path.startswith(RFC2217) and name in RFC2217_OPTIONS:
            url_parts.append(f"{name}={value}" if value else name)
        elif name in numbers and value.isdecimal() and int(value) > 0:
            settings[numbers[name]] = int(value)
        elif name == "flow" and value in {"none", "rtscts", "xonxoff"}:
            settings["flow"] = cast(Flow, value)
        elif name == "parity" and value in {"N", "E", "O"}:
            settings["parity"] = cast(Literal["N", "E", "O"], value)
        else:
            message = mark("“%(name)s=%(value)s” is not a valid serial setting. Valid settings: %(known)s.")
            raise DeviceError(
                message, permanent=True, name=name, value=value, known="baud, parity, stop_bits, data_bits, flow"
            )
    return SerialWay(SerialPort("?".join([path, "&".join(url_parts)] if url_parts else [path]), **settings))
