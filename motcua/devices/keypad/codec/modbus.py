"""Key panels that are asked over Modbus: which change of which register is a press. Pure."""

from collections.abc import Iterable, Mapping
from typing import Literal

from msgspec import Struct

from motcua.devices.contract import Stroke
from motcua.devices.keypad.oddities import Named, Oddities, find_stroke, sends

COIL, DISCRETE, HOLDING, INPUT = 1, 2, 3, 4
"""The function codes that read."""
HOLE = 8
"""Registers that nobody needs cost less to read along (2 bytes each) than a second request, up to this many."""


class Spot(Struct, frozen=True):
    """Where a key shows: a bit of a register, a value of a register, or (neither) a coil or discrete input."""

    register: int
    bit: int | None = None
    value: int | None = None

    def is_active(self, now: int) -> bool:
        """Return whether the register's value `now` shows the key."""
        if self.value is not None:
            return now == self.value
        return bool(now >> (self.bit or 0) & 1)


class ModbusShape(Struct, frozen=True):
    """`function` reads the keys. `latched` registers keep a press until they are written to zero.

    `number` is the register that holds the number which belongs to a transfer or call, 0 for none.
    """

    function: Literal[1, 2, 3, 4] = 3
    latched: bool = False
    number: int | None = None


class PanelKeys:
    """One panel's registers to strokes.

    What is already down or latched at the first look is of unknown age and no press.
    """

    def __init__(self, shape: ModbusShape, keys: Mapping[Spot, Named], address: int | None = None) -> None:
        self._shape, self._keys, self._address = shape, keys, address
        self._before: dict[int, int] | None = None
        self.odd = Oddities()

    @property
    def registers(self) -> frozenset[int]:
        """Return the registers that must be read."""
        more = () if self._shape.number is None else (self._shape.number,)
        return frozenset((*(spot.register for spot in self._keys), *more))

    def feed(self, values: Mapping[int, int]) -> list[Stroke]:
        """Return what was pressed since the last look. `values` holds all of `registers`."""
        before, self._before = self._before, dict(values)
        if before is None:
            return []
        number = None if self._shape.number is None else values[self._shape.number]
        strokes = []
        for spot, named in self._keys.items():
            if spot.is_active(values[spot.register]) and not spot.is_active(before[spot.register]):
                strokes += [read] if (read := find_stroke(named, number, self._address)) else []
        self.odd.recognized += len(strokes)
        return strokes

    def to_clear(self) -> list[int]:
        """Return the registers that show a latched key, to be written to zero."""
        if not self._shape.latched or self._before is None:
            return []
        return sorted({spot.register for spot in self._keys if spot.is_active(self._before[spot.register])})

    def note_cleared(self, register: int) -> None:
        """Remember that `register` was written to zero."""
        if self._before is not None:
            self._before[register] = 0

    def forget(self) -> None:
        """The panel was away: what it shows next is of unknown age."""
        self._before = None

    def encode(self, pressed: Stroke) -> dict[int, int]:
        """Return what the registers hold while `pressed` is pressed.

        Raises `ValueError` for a key that is not there.
        """
        for spot, named in self._keys.items():
            if sends(named, pressed):
                registers = {spot.register: spot.value if spot.value is not None else 1 << (spot.bit or 0)}
                number = {} if self._shape.number is None else {self._shape.number: pressed.number or 0}
                return registers | (number if named[1] is None else {})
        raise ValueError(pressed)


def plan_reads(registers: Iterable[int], hole: int = HOLE, longest: int = 120) -> list[tuple[int, int]]:
    """Return as few reads (first register, count) as cover `registers`, no hole wider than `hole`."""
    reads: list[tuple[int, int]] = []
    for register in sorted(set(registers)):
        if reads and register - sum(reads[-1]) <= hole and register - reads[-1][0] < longest:
            reads[-1] = (reads[-1][0], register - reads[-1][0] + 1)
        else:
            reads.append((register, 1))
    return reads
