"""What happens to the hall's equipment."""

from typing import ClassVar

from motcua.desk.event import Event, Json


class EquipmentDeclared(Event, frozen=True):
    """An agent said which devices it drives now: name, kind and counters of each."""

    agent: int
    devices: list[Json]
    kind: ClassVar[str] = "equipment.declared"

    @property
    def subject(self) -> str:
        """Return `agent:<credential>`."""
        return f"agent:{self.agent}"


class AgentBound(Event, frozen=True):
    """Which counters an agent serves, and to which kiosks (credentials) its scanners belong (null: to all), as an
    administrator said.

    Not `confirmed`: as its devices say, until an administrator has looked at it.
    """

    agent: int
    counters: list[int]
    kiosks: list[int] | None
    confirmed: bool = True
    kind: ClassVar[str] = "agent.bound"

    @property
    def subject(self) -> str:
        """Return `agent:<credential>`."""
        return f"agent:{self.agent}"


class HallChecked(Event, frozen=True):
    """Somebody went over every device and invariant: the sheet's lines, each with a state, and what a person saw or
    heard.
    """

    day: str
    lines: list[Json]
    kind: ClassVar[str] = "hall.checked"

    @property
    def subject(self) -> str:
        """Return `day:<date>`."""
        return f"day:{self.day}"
