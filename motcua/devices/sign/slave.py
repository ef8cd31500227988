"""A Modbus RTU slave as signs are: registers that can be written (functions 6 and 16) and read (3). Pure of cables."""

import time
from collections.abc import Callable

from motcua.devices.keypad.checksums import compute_checksum

GAP_S = 0.02
"""A pause within a request ends it: what comes next is a new one."""
READ, WRITE, WRITE_MANY = 3, 6, 16
_SHORT, _HEAD, _COUNT_MAX, _ILLEGAL = 8, 7, 123, 0x80


class RegisterSlave:
    """Slaves with their registers by address in `tables`; silent for addresses that nobody has and for those in
    `off`.
    """

    def __init__(
        self, tables: dict[int, dict[int, int]], off: set[int] | None = None, now: Callable[[], float] = time.monotonic
    ) -> None:
        self.tables, self._off, self._now = tables, off if off is not None else set(), now
        self._input, self._last_at = b"", 0.0

    def feed(self, data: bytes) -> list[bytes]:
        """Return the answers, with their CRC, to the requests that `data` completes."""
        now = self._now()
        if now - self._last_at > GAP_S:
            self._input = b""
        self._input, self._last_at = self._input + data, now
        answers = []
        while (size := self._size()) and len(self._input) >= size:
            request = self._input[:size]
            if compute_checksum("crc16_modbus", request[:-2]) != request[-2:]:
                self._input = self._input[1:]
                continue
            self._input = self._input[size:]
            if answer := self._answer(request):
                answers.append(answer + compute_checksum("crc16_modbus", answer))
        return answers

    def _size(self) -> int:
        """Return how many bytes the request at the front has, 0 while that cannot be said."""
        if len(self._input) < _HEAD:
            return 0
        return 9 + self._input[6] if self._input[1] == WRITE_MANY else _SHORT

    def _answer(self, request: bytes) -> bytes:
        """Return the answer without its CRC (Modbus application protocol 1.1b3, sections 6.3, 6.6 and 6.12)."""
        address, function = request[0], request[1]
        start, value = int.from_bytes(request[2:4]), int.from_bytes(request[4:6])
        table = self.tables.get(address)
        if table is None or address in self._off:
            return b""
        if function == WRITE:
            table[start] = value
            return request[:6]
        if function == READ and 0 < value <= _COUNT_MAX:
            return bytes((address, function, 2 * value)) + b"".join(
                table.get(start + at, 0).to_bytes(2) for at in range(value)
            )
        if function == WRITE_MANY and request[6] == 2 * value:
            table.update({start + at: int.from_bytes(request[7 + 2 * at : 9 + 2 * at]) for at in range(value)})
            return request[:6]
        return bytes((address, function | _ILLEGAL, 1))
