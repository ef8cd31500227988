"""What a Modbus RTU master writes, and what it understands of the answer.

Pure; imported on first use, as pymodbus takes its time.

Only pymodbus's messages and its RTU frame are used. Its client is not: it measures with a clock that jumps, and
loses echoes.
"""

import struct
from collections.abc import Sequence
from typing import Any

from pymodbus.exceptions import ModbusException
from pymodbus.framer import FramerRTU
from pymodbus.pdu import DecodePDU, ExceptionResponse, ModbusPDU
from pymodbus.pdu.bit_message import ReadCoilsRequest, ReadDiscreteInputsRequest, WriteSingleCoilRequest
from pymodbus.pdu.register_message import (
    ReadHoldingRegistersRequest,
    ReadInputRegistersRequest,
    WriteMultipleRegistersRequest,
    WriteSingleRegisterRequest,
)

COILS = 2
"""Functions 1 and 2 read bits, 3 and 4 registers."""
_READS: dict[int, type[ModbusPDU]] = {
    1: ReadCoilsRequest,
    2: ReadDiscreteInputsRequest,
    3: ReadHoldingRegistersRequest,
    4: ReadInputRegistersRequest,
}
_FUNCTION = 0x7F
"""An answer's function code without the bit that says "refused"."""
_ENDS_BYTES = 5
"""Address, function, length and checksum around the values of a read."""
_ANSWER_BYTES = 8
"""The answer to a write."""


class AnswerError(Exception):
    """A device refused, or answered something else than it was asked."""


class Exchange:
    """One request and its answer. Raises `ValueError` for values that no frame can carry."""

    def __init__(self, message: type[ModbusPDU], device: int, answer_bytes: int, **fields: Any) -> None:
        self._framer, self.answer_bytes = FramerRTU(DecodePDU(False)), answer_bytes
        try:
            self._request = message(dev_id=device, **fields)
            self.frame: bytes = self._framer.buildFrame(self._request)
        except (struct.error, OverflowError, ModbusException) as error:
            raise ValueError(str(error)) from error

    def find_answer(self, data: bytes) -> ModbusPDU | None:
        """Return the answer in `data`, None as long as it is not complete; noise around it does not count.

        Raises `AnswerError`.
        """
        for start in range(len(data) - 1):
            if data[start] == self._request.dev_id and data[start + 1] & _FUNCTION == self._request.function_code:
                _length, _device, _transaction, body = self._framer.decode(data[start:])
                if body:
                    return self._read(body)
        return None

    def _read(self, body: bytes) -> ModbusPDU:
        answer = self._framer.decoder.decode(body)
        if isinstance(answer, ExceptionResponse):
            raise AnswerError(f"the device refuses: code {answer.exception_code}")
        if answer is None or not self._fits(answer):
            raise AnswerError(f"another answer was expected: {body.hex(' ')}")
        return answer

    def _fits(self, answer: ModbusPDU) -> bool:
        request = self._request
        if type(request) in _READS.values():
            return _values_bytes(answer) == self.answer_bytes - _ENDS_BYTES
        if isinstance(request, WriteMultipleRegistersRequest):
            return (answer.address, answer.count) == (request.address, request.count)
        return (answer.address, [*answer.bits], [*answer.registers]) == (
            request.address,
            [*request.bits],
            [*request.registers],
        )


def _values_bytes(answer: ModbusPDU) -> int:
    return len(answer.bits) // 8 if answer.function_code <= COILS else 2 * len(answer.registers)


def make_read(address: int, function: int, start: int, count: int) -> Exchange:
    """Return a read of `count` registers or bits. Raises `ValueError`."""
    values_bytes = (count + 7) // 8 if function <= COILS else 2 * count
    return Exchange(_READS[function], address, values_bytes + _ENDS_BYTES, address=start, count=count)


def make_write(address: int, register: int, value: int) -> Exchange:
    """Return a write of one register, with function 6, which cheap panels know. Raises `ValueError`."""
    return Exchange(WriteSingleRegisterRequest, address, _ANSWER_BYTES, address=register, registers=[value])


def make_coil_write(address: int, coil: int, value: int) -> Exchange:
    """Return a write of one coil, with function 5. Raises `ValueError`."""
    return Exchange(WriteSingleCoilRequest, address, _ANSWER_BYTES, address=coil, bits=[bool(value)])


def make_long_write(address: int, start: int, values: Sequence[int]) -> Exchange:
    """Return a write of several registers, with function 16. Raises `ValueError`."""
    return Exchange(
        WriteMultipleRegistersRequest, address, _ANSWER_BYTES, address=start, registers=[*values], count=len(values)
    )


def list_values(answer: ModbusPDU, count: int) -> list[int]:
    """Return the first `count` values that a read brought, bits as 0 and 1."""
    return [int(value) for value in (answer.bits if answer.function_code <= COILS else answer.registers)][:count]
