"""What each screen shows, as a stream: a whole snapshot, then changes with consecutive revisions.

A stream computes its state from the store only when somebody looks: after a commit for those who are connected, on a request for the
rest. `revision` counts the changes since the server started; `epoch` tells one start, and one database, from another.
"""

from collections.abc import Callable, Sequence
from typing import Any

from motcua.desk import Desk, Entry, Event, Reader, stamp

State = dict[str, Any]
View = Callable[[Reader, str], State]
Broadcast = Callable[[Sequence[tuple[str, State]], str, str], None]
"""Sends (event, data) pairs, in this order, to a room of a namespace."""


class Stream:
    """One screen's state. `key` tells counters and tickets apart; empty where there is only one."""

    def __init__(self, desk: Desk, view: View, key: str) -> None:
        self._desk, self._view, self._key = desk, view, key
        self._state: State | None = None
        self.revision = 0
        self.listeners = 0

    def refresh(self) -> State | None:
        """Look at the store again and return what changed as a `change`, or None when nothing did."""
        with self._desk.read() as db:
            state = self._view(db, self._key)
        before = self._state
        self._state = state
        if before is None:
            self.revision = 1
            return None
        changed = {name: value for name, value in state.items() if name not in before or before[name] != value}
        if not changed:
            return None
        self.revision += 1
        return {**changed, **self._stamp()}

    def snapshot(self) -> State:
        """Return the whole state as of the last look."""
        return {**(self._state or {}), **self._stamp(), "speed": self._desk.clock.speed}

    def _stamp(self) -> State:
        return {"epoch": self._desk.epoch, "revision": self.revision, "at": stamp(self._desk.clock.now())}

    @property
    def etag(self) -> str:
        """Return `epoch-revision`."""
        return f"{self._desk.epoch}-{self.revision}"


class Stage:
    """The streams of one namespace."""

    def __init__(self, desk: Desk, namespace: str, view: View, send: Callable[[str, State, str, str], None]) -> None:
        self._desk, self.namespace, self._view, self._send = desk, namespace, view, send
        self._streams: dict[str, Stream] = {}

    def stream(self, key: str = "") -> Stream:
        """Return the stream for `key`."""
        if key not in self._streams:
            self._streams[key] = Stream(self._desk, self._view, key)
        return self._streams[key]

    def room(self, key: str) -> str:
        """Return the room in which the listeners of `key` are."""
        return f"stream:{key}"

    def look(self, key: str = "") -> Stream:
        """Return the stream for `key`, up to date; whoever listens has been sent the change."""
        stream = self.stream(key)
        change = stream.refresh()
        if change is not None and stream.listeners:
            self._send("change", change, self.namespace, self.room(key))
        return stream

    def joined(self, key: str) -> None:
        """Count a listener."""
        self.stream(key).listeners += 1

    def left(self, key: str) -> None:
        """Count a listener less; nobody's streams of tickets are forgotten."""
        stream = self.stream(key)
        stream.listeners -= 1
        if not stream.listeners and key and self.namespace == "/follow":
            del self._streams[key]

    def listening(self) -> list[str]:
        """Return the keys that somebody listens to."""
        return [key for key, stream in self._streams.items() if stream.listeners]

    def tell(self) -> None:
        """Send what changed to everybody who listens."""
        for key in self.listening():
            self.look(key)


class Stages:
    """All namespaces, told once per commit in the journal's order; what one commit says to a room leaves in one piece."""

    def __init__(self, desk: Desk, broadcast: Broadcast) -> None:
        self._desk = desk
        self.broadcast = broadcast
        self._stages: dict[str, Stage] = {}
        self._after: list[Callable[[Sequence[Entry[Event]]], None]] = []
        self._held: dict[tuple[str, str], list[tuple[str, State]]] | None = None
        desk.after(self._committed)

    def add(self, namespace: str, view: View) -> Stage:
        """Add a namespace whose state `view(db, key)` computes."""
        self._stages[namespace] = Stage(self._desk, namespace, view, self.send)
        return self._stages[namespace]

    def get(self, namespace: str) -> Stage | None:
        """Return the stage of `namespace`."""
        return self._stages.get(namespace)

    def after(self, listener: Callable[[Sequence[Entry[Event]]], None]) -> None:
        """Call `listener` once per commit, after the changes were computed."""
        self._after.append(listener)

    def send(self, event: str, state: State, namespace: str, room: str) -> None:
        """Send `event` to a room: now, or together with the rest of the commit that is being told."""
        if self._held is None:
            self.broadcast([(event, state)], namespace, room)
        else:
            self._held.setdefault((namespace, room), []).append((event, state))

    def tick(self) -> None:
        """Look again because time passed: the hall opened or closed, a question's time is over."""
        for stage in self._stages.values():
            stage.tell()

    def _committed(self, batch: Sequence[Entry[Event]]) -> None:
        self._held = {}
        try:
            self.tick()
            for listener in self._after:
                listener(batch)
        finally:
            held, self._held = self._held, None
            for (namespace, room), messages in held.items():
                self.broadcast(messages, namespace, room)
