"""A clock that goes by what a port hears, not by how busy the computer is."""

from typing import Any


class Listening:
    """A clock for whoever reads `port`: a look that finds nothing takes the time it was given, one that finds
    something takes none.

    `haste` is how much less than that time is really listened.
    """

    def __init__(self, port: Any, haste: float = 1) -> None:
        self.s, self._read, self._haste = 100.0, port.read, haste
        port.read = self._heard

    def now(self) -> float:
        return self.s

    def _heard(self, wait_s: float) -> bytes:
        data: bytes = self._read(wait_s / self._haste)
        self.s += 0.0 if data else wait_s
        return data
