"""What each screen shows, as a stream: a whole snapshot, then changes with consecutive revisions.

A stream computes its state from the store only when somebody looks: after a commit for those who are connected, on a
request for the rest. `revision` counts the changes since the server started; `epoch` tells one start, and one
database, from another.
"""

import json
import logging
from collections.abc import Callable, Sequence
from typing import Any

from motcua.desk import Desk, Reader, Refused, Unavailable, stamp

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
        self.version: object = None
        """Of what the last look was, where the stage can say it."""

    def refresh(self, db: Reader | None = None) -> State | None:
        """Look at the store again and return what changed as a `change`, or None when nothing did.

        Whoever reads already gives `db`.
        """
        if db is None:
            with self._desk.read() as reader:
                return self.refresh(reader)
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
        self._state = self.version = None

    @property
    def is_live(self) -> bool:
        """Say whether its listeners hear of each change, so that the last look is what everybody sees."""
        return self.listeners > 0 and self._state is not None

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
        version: Callable[[], object] | None = None,
    ) -> None:
        self._desk, self.namespace, self._view, self._send, self._end = desk, namespace, view, send, end
        self._version = version
        self._streams: dict[str, ScreenStream] = {}
        self._live = 0
        """How many streams somebody listens to."""
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

    def look(self, key: str = "", version: object = None, db: Reader | None = None) -> ScreenStream:
        """Return the stream for `key`, up to date; whoever listens has been sent the change.

        Nothing is computed where the stage knows that nothing changed since the last look. `version` is what everything
        was computed from a moment ago, where that was asked already. Raises what the view raises.
        """
        stream = self.get_stream(key)
        version = version or self._read_version()
        if version is not None and version == stream.version:
            return stream
        try:
            change = stream.refresh(db)
            stream.version = version
        except Refused:
            if not stream.listeners:
                self._forget(key)
            raise
        if len(self._streams) > KEPT + self._live:
            self._forget_idle(key)
        if change is not None and stream.listeners:
            large = len(json.dumps(change, ensure_ascii=False).encode()) > CHANGE_MAX
            event, message = ("snapshot", stream.make_snapshot()) if large else ("change", change)
            self._send(event, message, self.namespace, self.get_room(key))
        return stream

    def _read_version(self) -> object:
        return self._version() if self._version is not None else None

    def _forget_idle(self, current_key: str) -> None:
        for key in [key for key, stream in self._streams.items() if not stream.listeners and key != current_key]:
            self._forget(key)

    def record_join(self, key: str) -> None:
        """Count a listener."""
        stream = self.get_stream(key)
        stream.listeners += 1
        self._live += stream.listeners == 1

    def record_leave(self, key: str) -> None:
        """Count a listener less; nobody's streams of tickets are forgotten."""
        stream = self.get_stream(key)
        stream.listeners -= 1
        self._live -= not stream.listeners
        if not stream.listeners and key and self.namespace == "/follow":
            self._forget(key)

    def show(self, key: str) -> ScreenStream:
        """Return the stream for `key` as its listeners see it, up to date where there are none.

        Raises what the view raises.
        """
        stream = self.get_stream(key)
        return stream if stream.is_live else self.look(key)

    @property
    def has_listeners(self) -> bool:
        """Say whether somebody listens to any stream."""
        return self._live > 0

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

    def tell(self, pause: Callable[[], None] | None = None) -> None:
        """Send what changed to everybody who listens. A stream that cannot be shown any more ends, the others go on.

        All are shown as of one moment, so nothing may be sent before the end. With `pause` others get their turn after
        each, which is looked at by itself. The version is that of the beginning: whoever is looked at when something
        else was committed is looked at again the next time.
        """
        keys = self.list_listening()
        if not keys:
            return
        version = self._read_version()
        if pause is None:
            try:
                with self._desk.read() as db:
                    for key in keys:
                        self._show(key, version, db)
            except Unavailable as error:
                logger.info("%s is not told: %s", self.namespace, error.code)
            except Exception:
                logger.exception("%s could not be shown", self.namespace)
            return
        for key in keys:
            pause()
            if key in self._streams:
                self._show(key, version)

    def _show(self, key: str, version: object = None, db: Reader | None = None, *, whole: bool = False) -> None:
        try:
            stream = self.look(key, version, db)
            if whole:
                self._send("snapshot", stream.make_snapshot(), self.namespace, self.get_room(key))
        except Refused as error:
            logger.info("%s %s ends: %s", self.namespace, key, error.code)
            self._end(self.namespace, self.get_room(key))
        except Exception:
            logger.exception("%s %s could not be shown", self.namespace, key)
