"""What happens to groups of linked procedures. They hold no personal data."""

from typing import ClassVar

from motcua.desk.event import Event, Json


class LinkedEvent(Event, frozen=True):
    """Something about the group `code` of linked procedures, from the day `since` on."""

    code: str
    since: str
    account: int | None

    @property
    def subject(self) -> str:
        """Return `linked:<code>`."""
        return f"linked:{self.code}"


class LinkedGroupChanged(LinkedEvent, frozen=True):
    """The ward set a group. `linked` is an object with `code`, `name`, `procedures` and `is_in_turn`."""

    linked: dict[str, Json]
    kind: ClassVar[str] = "linked.changed"


class LinkedGroupWithdrawn(LinkedEvent, frozen=True):
    """The group is not offered any more."""

    kind: ClassVar[str] = "linked.withdrawn"
