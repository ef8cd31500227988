"""A relay board with doors, as a Modbus RTU slave: coils (functions 1 and 5) and inputs (2). Pure of cables."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from motcua.devices.keypad.checksums import compute_checksum
from motcua.devices.locker.codec import LockerShape

GAP_S = 0.05
"""A pause within a request ends it."""
READ_COILS, READ_INPUTS, WRITE_COIL = 1, 2, 5
REQUEST_BYTES, BITS = 8, 8
_ILLEGAL, _ON = 0x80, 0xFF00
PATIENCE = 5
"""How many times an open door is looked at before somebody closes it."""


@dataclass
class EmulatedDoor:
    """A door: how many looks it stays open yet, whether it is jammed, whether nobody closes it."""

    looks_left: int = 0
    is_open: bool = False
    is_jammed: bool = False
    is_held: bool = False


class DoorSlave:
    """One board at `address`. Silent for other addresses and while it is `is_off`."""

    def __init__(self, shape: LockerShape, address: int = 1, now: Callable[[], float] = time.monotonic) -> None:
        self.shape, self._address, self._now = shape, address, now
        self.doors = {door: EmulatedDoor() for door in range(1, shape.doors + 1)}
        self.is_off = False
        self._coils: set[int] = set()
        self._input, self._last_at = b"", 0.0

    def feed(self, data: bytes) -> list[bytes]:
        """Return the answers, with their CRC, to the requests that `data` completes."""
        now = self._now()
        if now - self._last_at > GAP_S:
            self._input = b""
        self._input, self._last_at = self._input + data, now
        answers = []
        while len(self._input) >= REQUEST_BYTES:
            request = self._input[:REQUEST_BYTES]
            if compute_checksum("crc16_modbus", request[:-2]) != request[-2:]:
                self._input = self._input[1:]
                continue
            self._input = self._input[REQUEST_BYTES:]
            if request[0] == self._address and not self.is_off:
                answer = self._answer(request)
                answers.append(answer + compute_checksum("crc16_modbus", answer))
        return answers

    def close(self, door: int) -> None:
        """Close a door by hand."""
        self.doors[door].is_open = False

    def _answer(self, request: bytes) -> bytes:
        """Return the answer without its CRC (Modbus application protocol 1.1b3, sections 6.1, 6.2 and 6.5)."""
        function, start, value = request[1], int.from_bytes(request[2:4]), int.from_bytes(request[4:6])
        if function == WRITE_COIL:
            self._switch(start, is_on=value == _ON)
            return request[:6]
        if function == READ_COILS:
            return self._pack(function, [int(start + at in self._coils) for at in range(value)])
        if function == READ_INPUTS:
            return self._pack(function, [self._look(start + at - self.shape.first_input + 1) for at in range(value)])
        return bytes((self._address, function | _ILLEGAL, 1))

    def _switch(self, coil: int, *, is_on: bool) -> None:
        if not is_on:
            self._coils.discard(coil)
            return
        self._coils.add(coil)
        door = self.doors.get(coil - self.shape.first_coil + 1)
        if door is not None and not door.is_jammed:
            door.is_open, door.looks_left = True, PATIENCE

    def _look(self, number: int) -> int:
        """Return what the input of a door says; an open door that nobody holds is closed after some looks."""
        door = self.doors.get(number)
        if door is None or not door.is_open:
            return self.shape.closed_value
        door.looks_left -= 1
        if door.looks_left < 0 and not door.is_held:
            door.is_open = False
            return self.shape.closed_value
        return 1 - self.shape.closed_value

    def _pack(self, function: int, bits: list[int]) -> bytes:
        packed = bytearray((len(bits) + BITS - 1) // BITS)
        for place, bit in enumerate(bits):
            packed[place // BITS] |= bit << (place % BITS)
        return bytes((self._address, function, len(packed))) + bytes(packed)
