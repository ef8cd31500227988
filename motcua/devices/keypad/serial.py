"""Keypads and rating pads on a serial line: `ascii_line` and `binary_frame`."""

import logging
import time
from collections.abc import Callable
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from motcua.devices import options as explained
from motcua.devices.contract import Press
from motcua.devices.keypad.line import PadLine, PadOptions, explain_profile
from motcua.devices.keypad.oddities import Oddities
from motcua.devices.keypad.outputs import Output
from motcua.devices.keypad.profile import load
from motcua.devices.transports.serial_port import SerialPort

WAIT_S = 0.05
LOG_S = 1.0
"""What is not known is logged once in this time at most: a bad cable never stops."""
logger = logging.getLogger(__name__)


class SerialOptions(PadOptions):
    """`baud` is the profile's where it is not said here."""

    port: Annotated[str, explained.SerialPort]
    profile: Annotated[str, explain_profile("ascii", "frame")] = "ascii"
    baud: Annotated[int | None, explained.Baud] = Field(default=None, ge=300, le=921_600)
    parity: Annotated[Literal["N", "E", "O"], explained.Parity] = "N"
    stop_bits: Annotated[Literal[1, 2], explained.StopBits] = 1
    data_bits: Annotated[Literal[7, 8], explained.DataBits] = 8


class SerialKeypads(PadLine):
    """One serial line with one keypad, or several that send their address along."""

    Options: ClassVar[type[SerialOptions]] = SerialOptions

    def __init__(self, options: SerialOptions, now: Callable[[], float] = time.monotonic) -> None:
        """Read the profile. Raises `DeviceError` (permanent) for a wrong one."""
        profile = load(options.profile)
        super().__init__(options, profile, now)
        self._codec = profile.make_serial_codec()
        baud = options.baud or profile.schema.baud
        self._port = SerialPort(options.port, baud, options.parity, options.stop_bits, options.data_bits)
        self._logged, self._log_at = "", 0.0

    def open(self) -> None:
        """Open the port; pads show what they should. Raises `DeviceError`."""
        self._port.open()
        self._codec.end_silence(float("inf"))
        self._relight()

    def close(self) -> None:
        """Close the port."""
        self._port.close()

    def _read_presses(self) -> list[Press]:
        data = self._port.read(WAIT_S)
        strokes = self._codec.feed(data, self._now()) if data else self._codec.end_silence(self._now())
        if self._codec.odd.last != self._logged and self._now() >= self._log_at:
            self._logged, self._log_at = self._codec.odd.last, self._now() + LOG_S
            logger.info("%s: not known: %s", self._port.path, self._logged)
        return self._presses(strokes)

    def _send(self, counter: int, name: str, output: Output) -> bool:
        self._port.write(output.build_frame(self._addresses[counter]))
        return True

    def _odd(self) -> list[Oddities]:
        return [self._codec.odd]


class SerialPadOptions(SerialOptions):
    """The same options with the default profile of a rating pad."""

    profile: Annotated[str, explain_profile("ascii_pad", "frame_pad")] = "ascii_pad"


class SerialPads(SerialKeypads):
    """One serial line with rating pads."""

    rates = True
    Options: ClassVar[type[SerialOptions]] = SerialPadOptions
