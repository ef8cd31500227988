"""All screens' streams together: who is told first after a commit, and what leaves in one piece."""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from motcua.desk import ClockStepped, Desk, Entry, Event
from motcua.web.streams import Broadcast, Stage, State, View

logger = logging.getLogger(__name__)
Listener = Callable[[Sequence[Entry[Event]]], None]


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
        self._told = 0
        self.pause: Callable[[], None] | None = None
        """Lets others go on between two of the streams that need not hear at once."""
        self.beside: Callable[[Callable[[], None]], None] = _here
        """Runs what tells those streams."""
        self._after: dict[str, list[Listener]] = {}
        self._on_tick: list[Callable[[], None]] = []
        self._held: dict[tuple[str, str], list[tuple[str, State]]] | None = None
        desk.on_commit(self._committed)

    def add(self, namespace: str, view: View, *, beside: Callable[[], object] | None = None) -> Stage:
        """Add a namespace whose state `view(db, key)` computes, told after each commit in the order of adding.

        With `beside` only `tick` tells it: many phones delay no call. It returns all that the view shows and the
        journal does not say. While that is the same and nothing was committed, nothing is computed.
        """
        version = None
        if beside is not None:
            self._patient.add(namespace)
            version = partial(self._version, beside)
        self._stages[namespace] = Stage(self._desk, namespace, view, self.send, self._end, version)
        return self._stages[namespace]

    def _version(self, beside: Callable[[], object]) -> object:
        """Return what the views of a patient namespace are computed from.

        What is committed and not yet told counts as not there: the view may already see it, and is computed again.
        """
        return self._told, beside()

    def get(self, namespace: str) -> Stage | None:
        """Return the stage of `namespace`."""
        return self._stages.get(namespace)

    def on_commit(self, listener: Listener, namespace: str = "") -> None:
        """Call `listener` once per commit: after the changes of `namespace` were computed, before they leave, while
        somebody listens to it; without one after everything else, always.
        """
        self._after.setdefault(namespace, []).append(listener)

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
        for namespace, stage in self._stages.items():
            if namespace not in self._patient and stage.has_listeners:
                with self._in_one_piece():  # all are shown as of one moment
                    stage.tell()
        self.beside(self._tell_patient)

    def _tell_patient(self) -> None:
        for namespace in self._patient:
            self._stages[namespace].tell(self.pause)

    def _committed(self, batch: Sequence[Entry[Event]]) -> None:
        self._told += 1
        is_renewed = any(isinstance(entry.event, ClockStepped) for entry in batch)
        for namespace, stage in self._stages.items():
            if not (is_renewed or stage.has_listeners):
                continue
            with self._in_one_piece():
                if is_renewed:
                    stage.renew()
                if namespace not in self._patient:
                    stage.tell()
                self._call_after(namespace, batch)
        with self._in_one_piece():
            self._call_after("", batch)

    def _call_after(self, namespace: str, batch: Sequence[Entry[Event]]) -> None:
        for listener in self._after.get(namespace, ()):
            try:
                listener(batch)
            except Exception:
                logger.exception("a listener of %s failed", namespace or "all streams")

    @contextmanager
    def _in_one_piece(self) -> Iterator[None]:
        """Let what the block says to each room leave together at its end."""
        self._held = {}
        try:
            yield
        finally:
            queued, self._held = self._held, None
            for (namespace, room), messages in queued.items():
                self.broadcast(messages, namespace, room)


def _here(work: Callable[[], None]) -> None:
    work()
