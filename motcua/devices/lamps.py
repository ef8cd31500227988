"""What devices with a lamp for calls for help have in common."""

from collections.abc import Mapping
from typing import Protocol, runtime_checkable


@runtime_checkable
class Signalling(Protocol):
    """A driver with a lamp that shows what becomes of a call for help."""

    def show_lamps(self, lamps: Mapping[int, str]) -> None:
        """Take what each counter's lamp has to show now: it replaces all. A counter without a word is dark."""
        ...
