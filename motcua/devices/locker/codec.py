"""Which coil opens a door, and what an input says of it. Pure.

No locker's own papers are cited: makers differ, so everything about one is an option. What is common are relay boards
with Modbus RTU (Modbus application protocol 1.1b3, sections 6.1, 6.2 and 6.5).
"""

from collections.abc import Sequence

from msgspec import Struct


class LockerShape(Struct, frozen=True):
    """Doors are counted from 1; the first door's coil and input are counted from 0, the others follow.

    `closed_value` is what an input says while its door is closed.
    """

    doors: int
    first_coil: int = 0
    first_input: int = 0
    closed_value: int = 1

    def has_door(self, door: int) -> bool:
        """Say whether there is such a door."""
        return 1 <= door <= self.doors

    def get_coil(self, door: int) -> int:
        """Return the coil of a door."""
        return self.first_coil + door - 1

    def is_closed(self, inputs: Sequence[int], door: int) -> bool:
        """Say whether a door is closed, by the inputs of all doors."""
        return inputs[door - 1] == self.closed_value

    def list_open(self, inputs: Sequence[int]) -> list[int]:
        """Return the doors that are open."""
        return [door for door in range(1, self.doors + 1) if not self.is_closed(inputs, door)]
