"""A Modbus RTU line with one master, this one."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from motcua.devices.transports.serial_port import SerialPort

if TYPE_CHECKING:
    from pymodbus.pdu import ModbusPDU

    from motcua.devices.transports.modbus_frames import Exchange

CHARACTER_BITS = 11
"""Start, eight bits, parity or a second stop bit, stop. Source: Modbus over serial line 1.02, section 2.5.1."""
SILENT_CHARACTERS, SILENT_MIN_S = 3.5, 0.00175
"""How long a line is quiet between two frames. Source: the same, section 2.5.1.1."""


class SilentError(Exception):
    """A device did not answer, not understandably, or refused. The line is well as far as is known."""


class ModbusLine:
    """`timeout_s` is how long a device may think. `echoes`: the RS-485 adapter hears itself."""

    def __init__(
        self,
        path: str,
        baud: int = 9600,
        parity: Literal["N", "E", "O"] = "N",
        stop_bits: Literal[1, 2] = 1,
        timeout_s: float = 0.08,
        *,
        echoes: bool = False,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._port = SerialPort(path, baud, parity, stop_bits)
        self._timeout_s, self._echoes = timeout_s, echoes
        self._now, self._sleep = now, sleep
        self._character_s = CHARACTER_BITS / baud
        self._free_at = 0.0

    def open(self) -> None:
        """Open the port. Raises `DeviceError`."""
        self._port.open()

    def close(self) -> None:
        """Close it; never raises, may be called twice."""
        self._port.close()

    def read(self, address: int, function: int, start: int, count: int) -> list[int]:
        """Return `count` registers, or bits as 0 and 1.

        Raises `SilentError`, or `DeviceError` when the cable is gone.
        """
        from motcua.devices.transports import modbus_frames as frames

        return frames.list_values(self._ask(lambda: frames.make_read(address, function, start, count)), count)

    def write(self, address: int, register: int, value: int, *, coil: bool = False) -> None:
        """Write one register (function 6, which cheap panels know) or coil (function 5). Raises as `read`."""
        from motcua.devices.transports import modbus_frames as frames

        self._ask(lambda: (frames.make_coil_write if coil else frames.make_write)(address, register, value))

    def write_many(self, address: int, start: int, values: list[int]) -> None:
        """Write registers with function 16. Raises as `read`."""
        from motcua.devices.transports import modbus_frames as frames

        self._ask(lambda: frames.make_long_write(address, start, values))

    def watch(self) -> None:
        """Raise `DeviceError` if the cable is gone. Nothing that came without being asked is kept."""
        self._port.clear()

    def _ask(self, prepare: "Callable[[], Exchange]") -> "ModbusPDU":
        from motcua.devices.transports.modbus_frames import AnswerError

        try:
            exchange = prepare()
            return self._exchange(exchange)
        except (AnswerError, ValueError) as error:
            raise SilentError(str(error).split("\n", 1)[0][:200]) from error

    def _exchange(self, exchange: "Exchange") -> "ModbusPDU":
        """Send the request and wait for its answer: `timeout_s` for the device, and as long as the bytes need on the
        line.
        """
        request, arrived = exchange.frame, b""
        self._sleep(max(0.0, self._free_at - self._now()))
        self._port.clear()
        self._port.write(request)
        until, started = self._now() + self._timeout_s + len(request) * self._character_s, False
        try:
            while (rest_s := until - self._now()) > 0:
                arrived += self._port.read(rest_s)
                answer_part = self._without_echo(arrived, request)
                if (answer := exchange.find_answer(answer_part)) is not None:
                    return answer
                if answer_part and not started:
                    started, until = True, self._now() + self._timeout_s + exchange.answer_bytes * self._character_s
        finally:
            self._free_at = self._now() + max(SILENT_MIN_S, SILENT_CHARACTERS * self._character_s)
        raise SilentError(f"no understandable answer: {arrived.hex(' ')}"[:200] if arrived else "no answer")

    def _without_echo(self, arrived: bytes, request: bytes) -> bytes:
        """Return what follows the adapter's echo of the request. Raises `SilentError` when it hears something else."""
        if not self._echoes:
            return arrived
        if not request.startswith(arrived[: len(request)]):
            raise SilentError(f"the adapter hears something else than was sent: {arrived.hex(' ')}"[:200])
        return arrived[len(request) :]
