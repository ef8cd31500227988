"""The one door through which everything changes, and the readers that cannot."""

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any, TypeVar, TypeVarTuple, cast, overload

from motcua.desk import keys, schema
from motcua.desk.clock import Clock, Entropy
from motcua.desk.command import Actor, Command
from motcua.desk.database import FROZEN, SHARED, Reader, Readers, Room, StoreError, is_passing
from motcua.desk.errors import Unavailable
from motcua.desk.event import Entry, Event, Json
from motcua.desk.faults import DeskFault, Faults
from motcua.desk.jobs import Planned
from motcua.desk.journal import Head
from motcua.desk.keys import Answer, Key
from motcua.desk.ledger import Ledger
from motcua.desk.steps import ClockStepped
from motcua.desk.tx import Tx
from motcua.desk.writer import Batch, InlineWriter, Writer

Ts = TypeVarTuple("Ts")
R = TypeVar("R")
E = TypeVar("E", bound=Event)
REFUSING = frozenset({"store.full", "store.read_only", "store.unavailable"})
"""The faults while which nothing can be written."""
SPARE_BYTES = 64 * 1024
"""More than any ordinary command writes: a store with room for this works for a while."""
logger = logging.getLogger(__name__)


__all__ = ["Desk", "Door", "Key", "Tx"]


class Door:
    """The desk as one actor sees it, perhaps under an idempotency key, perhaps `via` a device program."""

    def __init__(self, desk: "Desk", actor: Actor, key: Key | None, via: dict[str, Json] | None = None) -> None:
        self._desk, self._actor, self._key, self._via = desk, actor, key, via

    @overload
    def do(self, action: Callable[[Tx, *Ts], R], *args: *Ts) -> R: ...
    @overload
    def do(self, action: Callable[[Tx, *Ts], R], *args: *Ts, answer: Callable[[Reader, R], Answer]) -> Answer: ...
    def do(
        self, action: Callable[[Tx, *Ts], R], *args: *Ts, answer: Callable[[Reader, R], Answer] | None = None
    ) -> R | Answer:
        """Run `action(tx, *args)` in one transaction and return what it returns.

        Raises what it raises, with nothing changed.

        With `answer`, `answer(reader, result)` turns the result into (status, JSON) inside the transaction, where
        `reader` sees what the action wrote. It is stored with the key: the same key and digest give the stored
        answer and run nothing; another digest raises `Invalid("key.reused")`.
        """
        if self._key is not None and answer is None:
            raise TypeError("a key keeps an answer: say how the result becomes one")
        return cast(
            "R | Answer",
            self._desk.submit(Command(self._actor, partial(_call, action, args), self._key, answer, self._via)),
        )


def _notify(listener: Callable[[Any], None], message: Any) -> None:
    try:
        listener(message)
    except Exception:
        logger.exception("a listener failed")


def _call(action: Callable[..., Any], args: tuple[Any, ...], tx: Tx) -> Any:
    return action(tx, *args)


def _nobody(_db: Reader, _day: str) -> bool:
    return False


def _nothing(_tx: Tx) -> None:
    return None


class Desk:
    """A store with one door. `path` is the database file; `timezone(db)` names the zone whose calendar days count.

    `in_use(db, day)` says whether people are in the hall who would lose their place if `day` ended; `clock` is the
    desk's own time.
    """

    def __init__(
        self,
        path: Path,
        rooms: Sequence[Room],
        clock: Clock,
        entropy: Entropy,
        timezone: Callable[[Reader], str],
        writer: Writer | None = None,
        in_use: Callable[[Reader, str], bool] | None = None,
    ) -> None:
        self.path = path
        self.entropy = entropy
        self._ledger = Ledger(path, rooms, clock, entropy)
        self._ledger.timezone = timezone
        self._ledger.in_use = in_use or _nobody
        self.clock = self._ledger.time
        self.faults = Faults(self.clock)
        self._listeners: dict[type[Event], list[Callable[[Any], None]]] = {}
        self._after: list[tuple[Callable[[Batch], None], tuple[type[Event], ...]]] = []
        self._hearers: dict[frozenset[type[Event]], list[Callable[[Batch], None]]] = {}
        self.on(ClockStepped, lambda entry: self.faults.put_right(entry.event.ms))
        self._telling = threading.local()
        self._writer: Writer = writer or InlineWriter()
        self._stopping = False
        self._refuses = False
        self.epoch = self._writer.start(self._ledger, self._tell)
        self._readers = Readers(path, self._ledger.way)
        if (refusal := self._ledger.unwritable) is not None:
            self._note(refusal)
        if self._ledger.foreign:
            self.faults.note(
                DeskFault(schema.FOREIGN, "store", schema.TAKEN_OUT, {"names": ", ".join(self._ledger.foreign)})
            )

    @property
    def head(self) -> Head:
        """Return the journal's last row as of the last commit."""
        return self._ledger.head

    def by(self, actor: Actor, key: Key | None = None, via: dict[str, Json] | None = None) -> Door:
        """Return the door for `actor`.

        `via` names the device program and the device at which it was done; each row then says so.
        """
        return Door(self, actor, key, via)

    def do(self, action: Callable[[Tx, *Ts], R], *args: *Ts) -> R:
        """Run `action` in the desk's own name (timers, start, stop)."""
        return self.by("desk").do(action, *args)

    def submit(self, command: Command) -> Any:
        """Hand `command` to the writer and return its result, or raise what it raised."""
        if getattr(self._telling, "now", False):
            raise RuntimeError("a listener may not write: what must be saved belongs in the action")
        if self._stopping:
            raise Unavailable("desk.stopping", "The server is stopping.")
        outcome = self._writer.submit(command)
        if outcome.error is not None:
            if isinstance(outcome.error, Unavailable) and is_passing(outcome.error.__cause__):
                self._note(outcome.error)
            raise outcome.error
        if outcome.entries and self._refuses:
            self._works()
        return outcome.result

    def look_at_clock(self) -> None:
        """Let a step of the computer's clock be seen though nobody does anything.

        Once a second is enough; nothing may be lost by it.
        """
        if self.clock.is_to_be_looked_at():
            with suppress(Unavailable):
                self.do(_nothing)

    @property
    def refusal(self) -> DeskFault | None:
        """Return why nothing can be written just now, None while it can."""
        return (
            next((fault for fault in self.faults.list_all() if fault.code in REFUSING), None) if self._refuses else None
        )

    @property
    def is_apart(self) -> bool:
        """Say whether the store is open in a way that keeps other programs out; `probe` looks for a better one."""
        return self._ledger.way != SHARED

    def probe(self) -> bool:
        """Try a write of some size and return whether it worked; set or clear the fault by it.

        A store that lacked space may have been opened in a poor way. It is opened again in a better one when nobody
        reads.
        """
        if self._ledger.way == FROZEN:
            self._reopen()
        try:
            self.do(keys.fill_spare, SPARE_BYTES)
            self.do(keys.remove_spare)
        except Unavailable:
            return False
        self._works()
        if self._ledger.way != SHARED:
            self._reopen()
        return True

    def fold(self) -> bool:
        """Empty the write-ahead log, so that what was erased is in no file any more; return whether that was
        possible just now.
        """
        is_done: list[bool] = []
        with suppress(StoreError):
            self._writer.run_between(lambda: is_done.append(self._ledger.fold()))
        return is_done == [True]

    def scrub(self) -> None:
        """Rewrite the store if something was erased.

        Takes seconds in which nothing can be written. Raises `StoreError`.
        """
        self._writer.run_between(self._ledger.scrub)

    def _reopen(self) -> None:
        with self._readers.halt() as is_free:
            if not is_free:
                return
            try:
                self._writer.run_between(self._ledger.reopen)
            except StoreError as error:
                logger.warning("the store could not be opened again: %s", error)
            self._readers.go_by(self._ledger.way)

    def _note(self, refusal: Unavailable) -> None:
        for code in REFUSING - {refusal.code}:
            self.faults.clear(code)
        self.faults.note(DeskFault(refusal.code, "store", refusal.message))
        self._refuses = True

    def _works(self) -> None:
        self._refuses = False
        for code in REFUSING:
            self.faults.clear(code)

    @contextmanager
    def read(self) -> Iterator[Reader]:
        """Lend a connection that cannot write and sees one moment."""
        with self._readers.lend() as db:
            yield db

    def on(self, event: type[E], listener: Callable[[Entry[E]], None]) -> None:
        """Tell `listener` of each `event` after its commit, in the journal's order.

        It hands over and returns; it never writes.
        """
        self._listeners.setdefault(event, []).append(listener)

    def on_commit(self, listener: Callable[[Batch], None], *kinds: type[Event]) -> None:
        """Tell `listener` once per commit of all its entries, after the single listeners.

        With `kinds` it hears only of a commit with an event of one of them.
        """
        self._after.append((listener, kinds))
        self._hearers.clear()

    def _list_hearers(self, kinds: frozenset[type[Event]]) -> list[Callable[[Batch], None]]:
        """Return who hears of a commit with events of `kinds`. Few sets of them ever happen together."""
        if (hearers := self._hearers.get(kinds)) is None:
            hearers = [
                listener
                for listener, asked in self._after
                if not asked or any(issubclass(kind, asked) for kind in kinds)
            ]
            self._hearers[kinds] = hearers
        return hearers

    def plan(self, event: type[E], planner: Callable[[E, Reader], list[Planned]]) -> None:
        """Let `planner` say, inside the transaction, which jobs follow from `event`."""
        self._ledger.planners.setdefault(event, []).append(planner)

    def can_plan(self, event: type[Event]) -> bool:
        """Say whether jobs may follow from `event`."""
        return event in self._ledger.planners

    def _tell(self, batch: Batch) -> None:
        """What is committed is committed: a listener that fails is logged, and the others still hear."""
        self._telling.now = True
        try:
            for entry in batch:
                for listener in self._listeners.get(type(entry.event), ()):
                    _notify(listener, entry)
            for after in self._list_hearers(frozenset([type(entry.event) for entry in batch])):
                _notify(after, batch)
        finally:
            self._telling.now = False

    def stop(self) -> None:
        """Refuse new commands, finish the waiting ones, fold the log back and close."""
        if not self._stopping:
            self._stopping = True
            self._writer.stop()
            self._readers.close()
