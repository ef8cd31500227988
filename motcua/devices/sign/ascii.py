"""Signs that take a line of text: they answer nothing, so what is known is that it was sent."""

import time
from collections.abc import Callable
from typing import Any, ClassVar, Literal, Self

from pydantic import model_validator

from motcua.devices.contract import Outcome, Report
from motcua.devices.sign.codec import LETTERS, TEMPLATE, Encoding, TextShape
from motcua.devices.sign.line import Sign, SignLine, SignOptions
from motcua.devices.transports.serial_port import SerialPort

UNCONFIRMED = "sent_unconfirmed"


class AsciiOptions(SignOptions):
    r"""`template` is the frame, `\r` and `\x02` in it are control bytes; `letters` are those that the sign has."""

    template: str = TEMPLATE
    encoding: Encoding = "ascii"
    letters: str = LETTERS
    parity: Literal["N", "E", "O"] = "N"
    stop_bits: Literal[1, 2] = 1
    data_bits: Literal[7, 8] = 8

    @model_validator(mode="after")
    def _can_be_written(self) -> Self:
        shape = self.shape()
        self.check_texts(self.letters)
        for address in self.placed():
            shape.encode(address, "8" * self.width)
        return self

    def shape(self) -> TextShape:
        """Return the frame's shape. Raises `ValueError`."""
        return TextShape(self.template, self.encoding, self.letters, self.width)


class AsciiSigns(SignLine):
    """One serial line with text signs."""

    Options: ClassVar[type[AsciiOptions]] = AsciiOptions

    def __init__(
        self, options: AsciiOptions, now: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        """Prepare the line; nothing is opened."""
        super().__init__(options, options.letters, now, sleep)
        self._shape = options.shape()
        self._port = SerialPort(options.port, options.baud, options.parity, options.stop_bits, options.data_bits)

    def report(self) -> Report:
        """Return `unknown`: what was sent may be dark."""
        return Report("unknown", UNCONFIRMED)

    def _open(self) -> None:
        self._port.open()

    def _close(self) -> None:
        self._port.close()

    def _frames(self, sign: Sign, text: str, *, is_number: bool) -> list[Any]:
        return [self._shape.encode(sign.address, text, is_number=is_number)]

    def _send(self, sign: Sign, frame: Any) -> bool:
        self._port.write(frame)
        return True

    def _watch(self) -> None:
        self._port.clear()

    def _told(self, *, taken: bool) -> Outcome:
        return Outcome("done", UNCONFIRMED)
