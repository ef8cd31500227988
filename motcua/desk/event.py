"""What happened, as plain values: events and journal entries."""

from typing import ClassVar, Generic, TypeAlias, TypeVar

from msgspec import Struct, structs

Json: TypeAlias = "bool | int | str | list[Json] | dict[str, Json] | None"
"""What an event field may be. No floats: they have no one canonical form."""


class Event(Struct, frozen=True):
    """Something that happened. A subclass has a dotted `kind` and names its `subject`."""

    kind: ClassVar[str]

    @property
    def subject(self) -> str:
        """Return what it happened to, e.g. `ticket:20261122-A001`."""
        raise NotImplementedError

    def to_data(self) -> dict[str, Json]:
        """Return the fields as the journal keeps them."""
        return structs.asdict(self)


E_co = TypeVar("E_co", bound=Event, covariant=True)


class Entry(Struct, Generic[E_co], frozen=True):
    """An event as the journal recorded it: `seq` from 1 without gaps, `at` in UTC, `day` local, who did it."""

    seq: int
    at: str
    day: str
    actor: str
    event: E_co
