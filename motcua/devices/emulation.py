"""What every emulator of a device has in common: it speaks the device's own bytes, can be looked at, used and broken."""

from dataclasses import dataclass
from typing import Any, Protocol

from motcua.devices.contract import mark

__all__ = ["Emulator", "Handle", "mark"]


@dataclass(frozen=True)
class Handle:
    """Something a person can do to an emulator: its code for `Emulator.do`, and the words on its button (English, marked)."""

    code: str
    label: str


class Emulator(Protocol):
    """A device made of software. `name` and `kind` are as in the agent's settings."""

    kind: str
    name: str

    def start(self) -> None:
        """Open the pseudo-terminal or the socket. Raises `OSError`."""
        ...

    def settings(self) -> dict[str, Any]:
        """Return the `[[device]]` entry with which an agent drives this emulator (`name`, `kind`, `driver`, `port` …)."""
        ...

    def handles(self) -> list[Handle]:
        """Return what can be done to it now: press a key, pull the cable, take out the paper."""
        ...

    def do(self, code: str) -> None:
        """Do one of `handles()`. Raises `ValueError` for anything else."""
        ...

    def state(self) -> dict[str, Any]:
        """Return what it shows, as JSON: `{"plugged": bool, "fault": str|None, "text": str|None, …}`."""
        ...

    def picture(self) -> bytes | None:
        """Return what it shows as a PNG, None where there is nothing to draw."""
        ...

    def stop(self) -> None:
        """Close everything; may be called twice."""
        ...
