"""What happened, as plain values: events and journal entries."""

from dataclasses import dataclass, fields
from typing import ClassVar, Generic, TypeAlias, TypeVar

Json: TypeAlias = "bool | int | str | list[Json] | dict[str, Json] | None"
"""What an event field may be. No floats: they have no one canonical form."""


_NAMES: dict[type["Event"], tuple[str, ...]] = {}


def _names(event: type["Event"]) -> tuple[str, ...]:
    if event not in _NAMES:
        _NAMES[event] = tuple(field.name for field in fields(event))
    return _NAMES[event]


@dataclass(frozen=True)
class Event:
    """Something that happened. A subclass has a dotted `kind` and names its `subject`."""

    kind: ClassVar[str]

    @property
    def subject(self) -> str:
        """Return what it happened to, e.g. `ticket:20261122-A001`."""
        raise NotImplementedError

    def to_data(self) -> dict[str, Json]:
        """Return the fields as the journal keeps them."""
        return {name: getattr(self, name) for name in _names(type(self))}


E_co = TypeVar("E_co", bound=Event, covariant=True)


@dataclass(frozen=True)
class Entry(Generic[E_co]):
    """An event as the journal recorded it: `seq` from 1 without gaps, `at` in UTC, `day` local, who did it."""

    seq: int
    at: str
    day: str
    actor: str
    event: E_co
