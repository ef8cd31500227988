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


@runtime_checkable
class Previewing(Protocol):
    """A driver that can show what its device sees."""

    def preview(self, *, is_on: bool) -> None:
        """Show it for the next seconds, or no more. Raises `DeviceError` while it must not be shown."""
        ...
