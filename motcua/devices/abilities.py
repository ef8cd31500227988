"""What a driver may be able to do beside what every driver does."""

from collections.abc import Mapping
from typing import Any, Protocol, runtime_checkable


@runtime_checkable
class Outliving(Protocol):
    """A driver that must know of a job that came too late to be done."""

    def skip_job(self, kind: str, payload: Mapping[str, Any]) -> None:
        """The job is not done any more: it is told as expired."""
        ...


@runtime_checkable
class FolderUsing(Protocol):
    """A driver that needs a file of the agent's folder."""

    def use_folder(self, folder: str) -> None:
        """The agent's folder is `folder`. Called once, before `open`."""
        ...


class DeliveryError(Exception):
    """The desk has judged what was delivered, and does not take it: to try again would change nothing."""


class DeskDelivery(Protocol):
    """How something gets to the desk."""

    def __call__(self, path: str, fields: Mapping[str, Any]) -> None:
        """Deliver `fields` to the desk's address `path`.

        Raises `DeliveryError` where the desk does not take them, `OSError` where nobody knows.
        """
        ...


@runtime_checkable
class Delivering(Protocol):
    """A driver that brings what is too large for the cable to the desk, while somebody waits for it."""

    def use_desk(self, deliver: DeskDelivery) -> None:
        """`deliver` brings it there. Called once, before `open`."""
        ...

    def watch(self, watch: str, *, is_on: bool) -> None:
        """Somebody waits for what comes from now on, or no more; said again every two seconds. Never raises."""
        ...

    def is_watching(self, watch: str) -> bool:
        """Say whether what comes now is brought for `watch`. May be asked by another thread."""
        ...


@runtime_checkable
class Previewing(Protocol):
    """A driver that can show what its device sees."""

    def preview(self, *, is_on: bool) -> None:
        """Show it for the next seconds, or no more. Raises `DeviceError` while it must not be shown."""
        ...
