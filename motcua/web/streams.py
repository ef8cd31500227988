"""What each screen shows, as a stream: a whole snapshot, then changes with consecutive revisions.

A stream computes its state from the store only when somebody looks: after a commit for those who are connected, on a
request for the rest. `revision` counts the changes since the server started; `epoch` tells one start, and one
database, from another.
"""

import json
import logging
from collections.abc import Callable, Sequence
from typing import Any

from motcua.desk import ClockStepped, Desk, Entry, Event, Reader, Refused, stamp

CHANGE_MAX = 4000
"""How many bytes a change may have; where more changed at once, a snapshot says so."""
KEPT = 256
"""How many streams that nobody listens to a namespace remembers."""
logger = logging.getLogger(__name__)

State = dict[str, Any]
View = Callable[[Reader, str], State]
Broadcast = Callable[[Sequence[tuple[str, State]], str, str], None]
"""Sends (event, data) pairs, in this order, to a room of a namespace."""


class ScreenStream:
    """One screen's state. `key` tells counters and tickets apart; empty where there is only one."""

    def __init__(self, desk: Desk, view: View, key: str, before: int) -> None:
        self._desk, self._view, self._key = desk, view, key
        self._state: State | None = None
        self.revision = before
        self.listeners = 0

    def refresh(self) -> State | None:
        """Look at the store again and return what changed as a `change`, or None when nothing did."""
        with self._desk.read() as db:
            state = self._view(db, self._key)
        before = self._state
        self._state = state
        if before is None:
            self.revision += 1
            return None
        changed = {name: value for name, value in state.items() if name not in before or before[name] != value}
        if not changed:
            return None
        self.revision += 1
        return {**changed, **self._stamp()}

    def forget(self) -> None:
        """Let the next look count as a change, whatever it finds."""
        self._state = None

    def make_snapshot(self) -> State:
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

    def __init__(
        self,
        desk: Desk,
        namespace: str,
        view: View,
        send: Callable[[str, State, str, str], None],
        end: Callable[[str, str], None],
    ) -> None:
        self._desk, self.namespace, self._view, self._send, self._end = desk, namespace, view, send, end
        self._streams: dict[str, ScreenStream] = {}
        self._used = 0
        """The highest revision of a stream that was forgotten. One that comes again goes on after it: no ETag ever
        means two things."""

    def get_stream(self, key: str = "") -> ScreenStream:
        """Return the stream for `key`."""
        if key not in self._streams:
            self._streams[key] = ScreenStream(self._desk, self._view, key, self._used)
        return self._streams[key]

    def _forget(self, key: str) -> None:
        self._used = max(self._used, self._streams.pop(key).revision)

    def get_room(self, key: str) -> str:
        """Return the room in which the listeners of `key` are."""
        return f"stream:{key}"

    def look(self, key: str = "") -> ScreenStream:
        """Return the stream for `key`, up to date; whoever listens has been sent the change.

        Raises what the view raises.
        """
        stream = self.get_stream(key)
        try:
            change = stream.refresh()
        except Refused:
            if not stream.listeners:
                self._forget(key)
            raise
        if len(self._streams) > KEPT:
            self._forget_idle(key)
        if change is not None and stream.listeners:
            large = len(json.dumps(change, ensure_ascii=False).encode()) > CHANGE_MAX
            event, message = ("snapshot", stream.make_snapshot()) if large else ("change", change)
            self._send(event, message, self.namespace, self.get_room(key))
        return stream

    def _forget_idle(self, current_key: str) -> None:
        for key in [key for key, stream in self._streams.items() if not stream.listeners and key != current_key]:
            self._forget(key)

    def record_join(self, key: str) -> None:
        """Count a listener."""
        self.get_stream(key).listeners += 1

    def record_leave(self, key: str) -> None:
        """Count a listener less; nobody's streams of tickets are forgotten."""
        stream = self.get_stream(key)
        stream.listeners -= 1
        if not stream.listeners and key and self.namespace == "/follow":
            self._forget(key)

    def list_listening(self) -> list[str]:
        """Return the keys that somebody listens to."""
        return [key for key, stream in self._streams.items() if stream.listeners]

    def renew(self) -> None:
        """Send the whole state to everybody who listens: the desk's clock was set, and a page goes by what it was
        told last.
        """
        for key, stream in list(self._streams.items()):
            stream.forget()
            if stream.listeners:
                self._show(key, whole=True)

    def tell(self) -> None:
        """Send what changed to everybody who listens. A stream that cannot be shown any more ends, the others go on."""
        for key in self.list_listening():
            self._show(key)

    def _show(self, key: str, *, whole: bool = False) -> None:
        try:
            stream = self.look(key)
            if whole:
                self._send("snapshot", stream.make_snapshot(), self.namespace, self.get_room(key))
        except Refused as error:
            logger.info("%s %s ends: %s", self.namespace, key, error.code)
            self._end(self.namespace, self.get_room(key))
        except Exception:
            logger.exception("%s %s could not be shown", self.namespace, key)


class Stages:
    """All namespaces, told once per commit in the journal's order; what one commit says to a room leaves in one piece.

    `end(namespace, room)` disconnects those who listen to what is gone: a counter that was taken away, a ticket's
    page whose time is over.
    """

    def __init__(self, desk: Desk, broadcast: Broadcast, end: Callable[[str, str], None]) -> None:
        self._desk = desk
        self._end = end
        self.broadcast = broadcast
        self._stages: dict[str, Stage] = {}
        self._patient: set[str] = set()
        self._after: list[Callable[[Sequence[Entry[Event]]], None]] = []
        self._on_tick: list[Callable[[], None]] = []
        self._held: dict[tuple[str, str], list[tuple[str, State]]] | None = None
        desk.on_commit(self._committed)

    def add(self, namespace: str, view: View, *, each_commit: bool = True) -> Stage:
        """Add a namespace whose state `view(db, key)` computes; without `each_commit` only `tick` tells it: many
        phones delay no call.
        """
        if not each_commit:
            self._patient.add(namespace)
        self._stages[namespace] = Stage(self._desk, namespace, view, self.send, self._end)
        return self._stages[namespace]

    def get(self, namespace: str) -> Stage | None:
        """Return the stage of `namespace`."""
        return self._stages.get(namespace)

    def on_commit(self, listener: Callable[[Sequence[Entry[Event]]], None]) -> None:
        """Call `listener` once per commit, after the changes were computed."""
        self._after.append(listener)

    def on_tick(self, listener: Callable[[], None]) -> None:
        """Call `listener` whenever time passed, before the streams look again."""
        self._on_tick.append(listener)

    def send(self, event: str, state: State, namespace: str, room: str) -> None:
        """Send `event` to a room: now, or together with the rest of the commit that is being told."""
        if self._held is None:
            self.broadcast([(event, state)], namespace, room)
        else:
            self._held.setdefault((namespace, room), []).append((event, state))

    def tick(self) -> None:
        """Look again because time passed: the hall opened or closed, a question's time is over."""
        for listener in self._on_tick:
            listener()
        for stage in self._stages.values():
            stage.tell()

    def _committed(self, batch: Sequence[Entry[Event]]) -> None:
        self._held = {}
        try:
            if any(isinstance(entry.event, ClockStepped) for entry in batch):
                for stage in self._stages.values():
                    stage.renew()
            for namespace, stage in self._stages.items():
                if namespace not in self._patient:
                    stage.tell()
            for listener in self._after:
                listener(batch)
        finally:
            queued, self._held = self._held, None
            for (namespace, room), messages in queued.items():
                self.broadcast(messages, namespace, room)
