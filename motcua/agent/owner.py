"""What the cable to the desk needs of the program that it serves."""

from typing import Any, Protocol

from motcua.agent.worker import ReceivedJob


class LinkOwner(Protocol):
    """The program that a link serves. Each call can come on another thread."""

    def give(self, job: ReceivedJob) -> None:
        """A job arrived that was not there before."""
        ...

    def show(self, states: list[dict[str, Any]]) -> None:
        """The desk says what every sign has to show now."""
        ...

    def show_lamps(self, lamps: dict[int, str]) -> None:
        """The desk says what the lamp of each counter has to show now."""
        ...

    def blank_devices(self) -> None:
        """The desk cannot be reached."""
        ...

    def report_health(self) -> dict[str, Any]:
        """Return how each device is."""
        ...

    def list_troubles(self) -> list[dict[str, Any]]:
        """Return what is wrong with the agent itself."""
        ...

    def list_declared(self) -> list[dict[str, Any]]:
        """Return which devices there are."""
        ...

    def answer_request(self, request: dict[str, Any]) -> dict[str, Any]:
        """Answer what the desk's settings page asks."""
        ...

    def watch(self, name: str, watch: str, *, is_on: bool) -> bool:
        """Somebody waits at a kiosk for what a device brings, or no more; return whether it watches already."""
        ...

    def preview(self, name: str, *, is_on: bool) -> dict[str, Any]:
        """Let a device show what it sees, or no more; return `{ok: true}`, or why not."""
        ...
