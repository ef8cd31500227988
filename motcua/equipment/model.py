"""A device as the desk knows it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Device:
    """A device of the agent whose credential is `agent`; `counters` are those it belongs to, empty where it serves the whole hall."""

    agent: int
    name: str
    kind: str
    counters: tuple[int, ...] = ()

    @property
    def route(self) -> str:
        """Return the name under which jobs wait for it, `kind:agent:name`."""
        return f"{self.kind}:{self.agent}:{self.name}"
