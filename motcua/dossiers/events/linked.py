"""What happens to groups of linked procedures. They hold no personal data."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.desk.event import Event, Json


@dataclass(frozen=True)
class LinkedEvent(Event):
    """Something about the group `code` of linked procedures, from the day `since` on."""

    code: str
    since: str
    account: int | None

    @property
    def subject(self) -> str:
        """Return `linked:<code>`."""
        return f"linked:{self.code}"


@dataclass(frozen=True)
class LinkedGroupChanged(LinkedEvent):
    """The ward set a group. `linked` is an object with `code`, `name`, `procedures` and `is_in_turn`."""

    linked: dict[str, Json]
    kind: ClassVar[str] = "linked.changed"


@dataclass(frozen=True)
class LinkedGroupWithdrawn(LinkedEvent):
    """The group is not offered any more."""

    kind: ClassVar[str] = "linked.withdrawn"
