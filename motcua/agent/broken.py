"""A device that cannot be driven as its settings stand: it says why, and the others go on."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from motcua.agent.config import DeviceEntry
from motcua.devices.contract import DeviceError, JobOutcome, Observation, Report
from motcua.devices.kinds import find_kind
from motcua.typed.sentences import mark

WRONG_SETUP, PORT_TAKEN = "wrong_setup", "port_taken"


class BrokenDevice:
    """Cannot be opened. Implements a driver."""

    def __init__(self, error: DeviceError) -> None:
        self._error = error

    def open(self) -> None:
        """Raise `DeviceError`, always."""
        raise self._error

    def step(self) -> list[Observation]:
        """Raise `DeviceError`, always."""
        raise self._error

    def work(self, kind: str, payload: Mapping[str, Any]) -> JobOutcome:
        """Raise `DeviceError`, always."""
        raise self._error

    def report(self) -> Report:
        """Return that it does not work."""
        return Report("down", self._error.code)

    def blank(self) -> None:
        """It shows nothing."""

    def close(self) -> None:
        """Nothing is open."""


def make_broken_device(error: DeviceError) -> BrokenDevice:
    """Return the device of an entry whose driver refuses it."""
    return BrokenDevice(DeviceError(error.message, permanent=True, code=WRONG_SETUP, **error.params))


def find_port(entry: DeviceEntry) -> str | None:
    """Return the port that `entry` holds for itself, by the name that the system knows it by; None for one that can
    be shared.
    """
    port = entry.options.get("port")
    kind = find_kind(entry.kind)
    if not isinstance(port, str) or (kind is not None and port.startswith(kind.shared_ports)):
        return None
    path = port.removeprefix("serial:").removeprefix("usb:").partition("?")[0]
    if "://" in path:
        return path.lower().rstrip("/")
    try:
        return str(Path(path).resolve())
    except (OSError, RuntimeError, ValueError):
        return path


def require_own_port(entry: DeviceEntry, others: Iterable[DeviceEntry]) -> None:
    """Raise `DeviceError` when one of `others` has the port of `entry`: only one can open it, and which would be
    chance.
    """
    port = find_port(entry)
    for other in others:
        if port is not None and other.name != entry.name and find_port(other) == port:
            message = mark("%(other)s has the port %(port)s already; two devices cannot share it.")
            raise DeviceError(message, permanent=True, code=PORT_TAKEN, other=other.name, port=entry.options["port"])
