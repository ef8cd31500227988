"""Signs that take a line of text: they answer nothing, so what is known is that it was sent."""

import time
from collections.abc import Callable
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from motcua.devices import options as explained
from motcua.devices.contract import JobOutcome, Report
from motcua.devices.sign.codec import LETTERS, TEMPLATE, Encoding, TextShape
from motcua.devices.sign.line import Sign, SignLine, SignOptions
from motcua.devices.transports.serial_port import SerialPort
from motcua.typed.sentences import mark

UNCONFIRMED = "sent_unconfirmed"


FOLDED_ADDRESS = explained.explain(mark("Address on the line"), mark("1 where there is only one device."))


class AsciiOptions(SignOptions):
    r"""`template` is the frame, `\r` and `\x02` in it are control bytes; `letters` are those that the sign has."""

    address: Annotated[int, FOLDED_ADDRESS] = Field(default=1, ge=0, le=999)
    template: Annotated[str, explained.explain(mark("What is sent"), mark("Places: {address} and {number}"))] = TEMPLATE
    encoding: Annotated[Encoding, explained.explain(mark("Character set"))] = "ascii"
    letters: Annotated[str, explained.explain(mark("Characters that the sign knows"))] = LETTERS
    parity: Annotated[Literal["N", "E", "O"], explained.Parity] = "N"
    stop_bits: Annotated[Literal[1, 2], explained.StopBits] = 1
    data_bits: Annotated[Literal[7, 8], explained.DataBits] = 8

    @model_validator(mode="after")
    def _can_be_written(self) -> Self:
        shape = self.to_shape()
        self.check_texts(self.letters)
        for address in self.get_places():
            shape.encode(address, "8" * self.width)
        return self

    def to_shape(self) -> TextShape:
        """Return the frame's shape. Raises `ValueError`."""
        return TextShape(self.template, self.encoding, self.letters, self.width)


class AsciiSigns(SignLine):
    """One serial line with text signs."""

    Options: ClassVar[type[AsciiOptions]] = AsciiOptions

    def __init__(
        self,
        options: AsciiOptions,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Prepare the line; nothing is opened."""
        super().__init__(options, options.letters, now, sleep)
        self._shape = options.to_shape()
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

    def _outcome(self, *, all_sent: bool) -> JobOutcome:
        return JobOutcome("done", UNCONFIRMED)
