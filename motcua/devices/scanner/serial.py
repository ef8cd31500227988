"""A scanner that is a serial port (USB-COM). Logs nothing: its bytes are personal data."""

import time
from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated, Any, ClassVar

from pydantic import Field

from motcua.devices import options as explained
from motcua.devices.contract import CounterScan, DriverOptions, JobOutcome, Observation, Report, Scan
from motcua.devices.scanner.codec import CounterCodec, ScanCodec, ScanLineCodec
from motcua.devices.transports.serial_port import SerialPort

WAIT_S = 0.05
COUNTER_MAX = 999


def get_system_date() -> date:
    """Return the day by this computer's clock and time zone."""
    return date(*time.localtime()[:3])


class ScannerOptions(DriverOptions):
    """`baud` matters on a true serial cable only; USB-COM ignores it."""

    port: Annotated[str, explained.SerialPort]
    baud: Annotated[int, explained.Baud] = Field(default=9600, ge=300, le=921_600)


class ReaderOptions(ScannerOptions):
    """`counter` is where the scanner lies."""

    counter: Annotated[int, explained.Counter] = Field(ge=1, le=COUNTER_MAX)


class LineScanner:
    """One scanner. `today` says the day by which ages are reckoned."""

    def __init__(
        self,
        options: ScannerOptions,
        codec: ScanLineCodec[Scan] | ScanLineCodec[CounterScan],
        now: Callable[[], float] = time.monotonic,
        today: Callable[[], date] = get_system_date,
    ) -> None:
        """Prepare the port; nothing is opened."""
        self._now, self._today = now, today
        self._port = SerialPort(options.port, options.baud)
        self._codec = codec

    def open(self) -> None:
        """Open the port. Raises `DeviceError`."""
        self._codec.forget()
        self._port.open()

    def step(self) -> list[Observation]:
        """Return what was scanned. Raises `DeviceError`, which never holds what was read."""
        data = self._port.read(WAIT_S)
        if data:
            return list(self._codec.feed(data, self._now(), self._today()))
        return list(self._codec.end_silence(self._now(), self._today()))

    def work(self, kind: str, _payload: Mapping[str, Any]) -> JobOutcome:
        """`check` is all that can be asked of it: whether its port is there."""
        return JobOutcome("done") if kind == "check" else JobOutcome("failed", "unknown_job")

    def report(self) -> Report:
        """Return that the port is there."""
        return Report()

    def blank(self) -> None:
        """Show nothing: it never does."""

    def close(self) -> None:
        """Close the port and drop what was not finished."""
        self._codec.forget()
        self._port.close()


class SerialScanner(LineScanner):
    """A scanner of a kiosk: of a card it tells the age class alone."""

    Options: ClassVar[type[ScannerOptions]] = ScannerOptions

    def __init__(
        self,
        options: ScannerOptions,
        now: Callable[[], float] = time.monotonic,
        today: Callable[[], date] = get_system_date,
    ) -> None:
        """Prepare the port; nothing is opened."""
        super().__init__(options, ScanCodec(), now, today)


class SerialReader(LineScanner):
    """A scanner of a counter: it hands the whole card to the counter's page of dossiers."""

    Options: ClassVar[type[ReaderOptions]] = ReaderOptions

    def __init__(
        self,
        options: ReaderOptions,
        now: Callable[[], float] = time.monotonic,
        today: Callable[[], date] = get_system_date,
    ) -> None:
        """Prepare the port; nothing is opened."""
        super().__init__(options, CounterCodec(options.counter), now, today)
