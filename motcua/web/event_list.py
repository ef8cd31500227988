"""The list of socket events: what each namespace takes and sends. `docs/API.md` is written from it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, ClassVar, TypedDict, TypeVar, get_type_hints

from flask import Flask
from msgspec import Struct
from pydantic import BaseModel, ConfigDict, Field

EVENT_LIST = "motcua.event_list"
"""Where the app keeps its list of socket events."""


class EventPayload(BaseModel):
    """What a client sends with an event. Types are exact; other fields are ignored."""

    model_config = ConfigDict(strict=True, frozen=True, extra="ignore", defer_build=True)
    content_fields: ClassVar[tuple[str, ...] | None] = None
    """The fields that one idempotency key covers. None: everything that was sent."""


class KeyedPayload(EventPayload):
    """What a client sends with an event that changes something."""

    key: str | None = Field(None, description="idempotency key")


class StreamStamp(TypedDict):
    """Where a message stands in its stream."""

    epoch: str
    revision: int
    at: str


class Snapshot(StreamStamp):
    """The whole state of the screen: on connecting, and as the answer to `sync`."""

    speed: float


class StateChange(StreamStamp):
    """The fields of the state that changed since the revision before."""


class ReceivedEvent(Struct, frozen=True):
    """An event that clients send.

    `payload` is None where nothing is read. `acknowledgement` lists what comes back beside `ok`.
    """

    namespace: str
    name: str
    meaning: str
    payload: type[EventPayload] | None
    acknowledgement: type | None


class SentEvent(Struct, frozen=True):
    """An event that the server sends. `is_acknowledged`: the client must answer it."""

    namespace: str
    name: str
    payload: type
    is_acknowledged: bool = False

    @property
    def meaning(self) -> str:
        """Return what the event says."""
        return self.payload.__doc__ or ""


E = TypeVar("E", ReceivedEvent, SentEvent)


@dataclass
class EventList:
    """All socket events of one app, in the order in which they were registered."""

    received: list[ReceivedEvent] = field(default_factory=list)
    sent: list[SentEvent] = field(default_factory=list)

    def add_received(self, event: ReceivedEvent) -> None:
        """Add an event that clients send. Raises `ValueError` for a second one of its name."""
        _add(self.received, event)

    def add_sent(self, event: SentEvent) -> None:
        """Add an event that the server sends. Raises `ValueError` for a second one of its name."""
        _add(self.sent, event)


def _add(events: list[E], event: E) -> None:
    if any((other.namespace, other.name) == (event.namespace, event.name) for other in events):
        raise ValueError(f"the event {event.namespace} {event.name} is registered already")
    events.append(event)


def get_event_list(app: Flask) -> EventList:
    """Return the app's list of socket events."""
    events: EventList = app.extensions.setdefault(EVENT_LIST, EventList())
    return events


def find_acknowledgement(handler: Callable[..., Any]) -> type | None:
    """Return what a handler's annotation says it acknowledges beside `ok`, None for nothing."""
    answer = get_type_hints(handler)["return"]
    return None if answer is type(None) else answer
