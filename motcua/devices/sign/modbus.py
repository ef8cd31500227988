"""Signs on a Modbus RTU line: their places are registers, and they answer."""

import logging
import time
from collections.abc import Callable
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from motcua.devices import options as explained
from motcua.devices.contract import JobOutcome, Report
from motcua.devices.sign.codec_digits import Digits, RegisterShape
from motcua.devices.sign.line import Sign, SignLine, SignOptions
from motcua.devices.transports.modbus_line import ModbusLine, SilentError
from motcua.typed.sentences import mark

MANY = 16
"""The function that writes several registers at once; cheap signs know only 6, which writes one."""
TRIES = 3
RETRY_S, AWAY_S = 0.2, 5.0
"""A sign that failed three times is tried so often, or it would cost the others a time-out each round."""
_ADDRESS_MAX, _REGISTER_MAX = 247, 0xFFFF
logger = logging.getLogger(__name__)


REGISTER = explained.explain(mark("First register"), rank=explained.REGISTER)
CODES = explained.explain(mark("Codes of characters"), mark("Character = number, for example: A=119, -=64"))


class ModbusSignOptions(SignOptions):
    """`register` is the left-most place's, counted from 0; `codes` says how a letter is written where the sign
    differs.
    """

    width: Annotated[int, explained.explain(mark("Characters of the sign"), rank=explained.WIDTH)] = Field(
        default=4, ge=1, le=16
    )
    parity: Annotated[Literal["N", "E", "O"], explained.Parity] = "N"
    stop_bits: Annotated[Literal[1, 2], explained.StopBits] = 1
    register_: Annotated[int, REGISTER] = Field(default=0, ge=0, le=_REGISTER_MAX, alias="register")
    digits: Annotated[Digits, explained.explain(mark("Way of writing digits"), rank=explained.DIGITS)] = "bcd"
    per_register: Annotated[int | None, explained.explain(mark("Characters in each register"))] = None
    codes: Annotated[dict[str, int], CODES] = Field(default_factory=dict)
    function: Annotated[Literal[6, 16], explained.explain(mark("Function code for writing"))] = 6
    timeout_ms: Annotated[int, explained.AnswerTime] = Field(default=80, ge=10, le=90)
    local_echo: Annotated[bool, explained.LocalEcho] = False

    @model_validator(mode="after")
    def _can_be_written(self) -> Self:
        shape = self.to_shape()
        self.check_texts(shape.letters)
        if any(not 1 <= address <= _ADDRESS_MAX for address in self.get_places()):
            raise ValueError("a Modbus address is 1 to 247")
        if self.register_ + shape.count - 1 > _REGISTER_MAX:
            raise ValueError("the last register is 65535")
        return self

    def to_shape(self) -> RegisterShape:
        """Return the registers' shape. Raises `ValueError`."""
        return RegisterShape(self.digits, self.width, self.register_, self.per_register, tuple(self.codes.items()))


class ModbusSigns(SignLine):
    """One Modbus line with signs."""

    Options: ClassVar[type[ModbusSignOptions]] = ModbusSignOptions

    def __init__(
        self,
        options: ModbusSignOptions,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Prepare the line; nothing is opened."""
        self._shape = options.to_shape()
        super().__init__(options, self._shape.letters, now, sleep)
        self._many = options.function == MANY
        self._line = ModbusLine(
            options.port,
            options.baud,
            options.parity,
            options.stop_bits,
            options.timeout_ms / 1000,
            echoes=options.local_echo,
        )

    def report(self) -> Report:
        """Return `degraded` or `down` with `panel_silent` when some or all signs do not answer, `unknown` before
        they could.
        """
        away = [sign.failures >= TRIES for sign in self._signs]
        if any(away):
            return Report("down" if all(away) else "degraded", "panel_silent")
        return Report() if all(sign.answered for sign in self._signs) else Report("unknown")

    def _open(self) -> None:
        self._line.open()

    def _close(self) -> None:
        self._line.close()

    def _frames(self, sign: Sign, text: str, *, is_number: bool) -> list[Any]:
        registers = self._shape.encode(text)
        if self._many:
            return [(self._shape.start, registers)]
        return [(self._shape.start + at, [value]) for at, value in enumerate(registers)]

    def _send(self, sign: Sign, frame: Any) -> bool:
        start, values = frame
        try:
            if self._many:
                self._line.write_many(sign.address, start, values)
            else:
                self._line.write(sign.address, start, values[0])
        except SilentError as error:
            sign.failures += 1
            sign.due_at = self._now() + (AWAY_S if sign.failures >= TRIES else RETRY_S)
            if sign.failures == TRIES:
                logger.warning("sign %s does not answer: %s", sign.address, error)
            return False
        if sign.failures >= TRIES:
            logger.info("sign %s answers again", sign.address)
        sign.failures, sign.answered = 0, True
        return True

    def _watch(self) -> None:
        self._line.watch()

    def _outcome(self, *, all_sent: bool) -> JobOutcome:
        return JobOutcome("done") if all_sent else JobOutcome("unknown", "panel_silent")
