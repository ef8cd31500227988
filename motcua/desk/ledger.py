"""The writing side of the store: commits waiting commands as a group, one savepoint each, one fsync for all."""

import logging
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from motcua.desk import jobs as job_table
from motcua.desk import journal, keys, stepping, texts, timekeeping
from motcua.desk.clock import Clock, Entropy
from motcua.desk.database import Room, Stamps, open_writer
from motcua.desk.errors import Unavailable
from motcua.desk.event import Entry, Event
from motcua.desk.jobs import Planned
from motcua.desk.journal import Head
from motcua.desk.keys import Answer, Key
from motcua.desk.moment import from_ms, local_day, stamp
from motcua.desk.timekeeping import Timekeeper

logger = logging.getLogger(__name__)
Planner = Callable[[Any, Database], list[Planned]]


def _first(db: Database) -> None:
    db.execute("CREATE TABLE desk (id TEXT NOT NULL, starts INTEGER NOT NULL) STRICT")
    journal.create(db)
    job_table.create(db)
    keys.create(db)
    texts.create(db)


def _days(db: Database) -> None:
    journal.index_days(db)


DESK = Room(
    "desk",
    [("first", _first), ("days", _days), ("clock", timekeeping.create)],
    [
        Stamps("jobs", ["planned_at", "sent_at"], [("expires_at", "planned_at")], "planned_at >= :since OR sent_at >= :since"),
        Stamps("keys", ["at"], where="at >= :since"),
    ],
)


@dataclass
class Tx:
    """One command at work: the store inside its transaction, the moment, the desk's day, who asks."""

    db: Database
    at: str
    day: str
    actor: str
    entropy: Entropy
    clock_behind: bool
    """The clock shows a day before the journal's last one."""
    _emit: Callable[["Tx", Event], None] = field(repr=False)

    def emit(self, event: Event) -> None:
        """Write `event` into the journal, and the jobs that follow from it beside it."""
        self._emit(self, event)

    def keep_text(self, body: str, days: int) -> str:
        """Store a person's text so that it can be erased; return the commitment that an event may hold."""
        return texts.keep(self, body, days)


@dataclass
class Command:
    """An action that waits for the writer."""

    actor: str
    run: Callable[[Tx], Any]
    key: Key | None = None
    answer: Callable[[Any], Answer] | None = None


@dataclass
class Outcome:
    """What became of a command: its result or what it raised, and the journal entries it wrote."""

    result: Any = None
    error: BaseException | None = None
    entries: list[Entry[Event]] = field(default_factory=list)


class Ledger:
    """Owns the writing connection. Open, commit and close it from one thread at a time."""

    def __init__(self, path: Path, rooms: Sequence[Room], clock: Clock, entropy: Entropy) -> None:
        self._path = path
        self._rooms = [DESK, *rooms]
        self.time = Timekeeper(clock)
        self._entropy = entropy
        self._db: Database | None = None
        self._head = Head(0, journal.NOTHING_BEFORE, "", "")
        self._entries: list[Entry[Event]] = []
        self.timezone: Callable[[Database], str] = lambda _db: "Asia/Ho_Chi_Minh"
        self.in_use: Callable[[Database, str], bool] = lambda _db, _day: False
        """Says whether people are in the hall who would lose their place if that day ended."""
        self.planners: dict[type[Event], list[Planner]] = {}

    @property
    def head(self) -> Head:
        """Return the journal's last row as of the last commit."""
        return self._head

    def open(self) -> str:
        """Open the store, count this start, and return the epoch: database id and start number."""
        db = open_writer(self._path, self._rooms)
        self._db = db
        db.conn.execute("BEGIN IMMEDIATE")
        row = db.execute("SELECT id, starts FROM desk").fetchone()
        if row is None:
            row = (self._entropy(8).hex(), 0)
            db.execute("INSERT INTO desk (id, starts) VALUES (?, 0)", (row[0],))
        db.execute("UPDATE desk SET starts = starts + 1")
        self._head = journal.head(db)
        self.time.begin(db, self._head, self.timezone(db))
        db.conn.execute("COMMIT")
        return f"{row[0]}.{row[1] + 1}"

    def close(self) -> None:
        """Fold the write-ahead log back and close."""
        if self._db is not None:
            self.time.stop(self._db)
            self._db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self._db.close()
            self._db = None

    def commit(self, commands: Sequence[Command]) -> list[Outcome]:
        """Run `commands` in order and commit them together. Each succeeds or fails alone, unless the commit itself fails."""
        db = self._db
        if db is None:
            return [Outcome(error=Unavailable("desk.stopping", "The desk is stopping.")) for _ in commands]
        before, clock = self._head, self.time.state
        try:
            db.conn.execute("BEGIN IMMEDIATE")
            stepped = self._mind_the_clock(db)
            outcomes = [self._one(db, command) for command in commands]
            self.time.wrote(db, self._head)
            db.conn.execute("COMMIT")
        except sqlite3.Error as error:
            db.conn.rollback()
            self._head = before
            self.time.undo(clock)
            return [Outcome(error=_unavailable(error)) for _ in commands]
        if stepped and outcomes:
            outcomes[0].entries[:0] = stepped
        return outcomes

    def _mind_the_clock(self, db: Database) -> list[Entry[Event]]:
        """Write it down and put all moments right if the computer's clock was set; return the entry."""
        step = self.time.look(self._head, partial(self.timezone, db), partial(self.in_use, db))
        anchor = self.time.state.anchor
        if step is None or anchor is None:
            return []
        timezone = self.timezone(db)
        after, before, self._entries = from_ms(step.after_ms), self._head, []
        tx = Tx(db, stamp(after), local_day(after, timezone), "desk", self._entropy, False, self._write)
        db.conn.execute("SAVEPOINT clock")
        try:
            move = stepping.plan(db, anchor, step, self._head, timezone)
            stepping.put_tables_right(db, self._rooms, move)
            tx.emit(stepping.event(step, move))
        except Exception:
            if not db.conn.in_transaction:  # the store gave up the whole group
                raise
            db.conn.execute("ROLLBACK TO clock")
            db.conn.execute("RELEASE clock")
            self._head = before
            logger.exception("the clock was set, but stored times could not be put right; the desk goes on by its own time")
            return []
        db.conn.execute("RELEASE clock")
        self.time.accept(step)
        return self._entries

    def _one(self, db: Database, command: Command) -> Outcome:
        before = self._head
        self._entries = []
        db.conn.execute("SAVEPOINT command")
        try:
            result = self._run(db, command)
        except BaseException as error:
            if not db.conn.in_transaction:  # the store gave up the whole group (disk full, file lost)
                raise
            db.conn.execute("ROLLBACK TO command")
            db.conn.execute("RELEASE command")
            self._head = before
            return Outcome(error=_unavailable(error) if isinstance(error, sqlite3.OperationalError) else error)
        db.conn.execute("RELEASE command")
        return Outcome(result=result, entries=self._entries)

    def _run(self, db: Database, command: Command) -> Any:
        if command.key is not None and (stored := keys.find(db, command.key)) is not None:
            return stored
        now, wall = self.time.both()
        at = max(stamp(now), self._head.at)
        timezone = self.timezone(db)
        day = local_day(now, timezone)
        behind = bool(self._head.day) and (day if now is wall else local_day(wall, timezone)) < self._head.day
        tx = Tx(db, at, self._head.day if behind else day, command.actor, self._entropy, behind, self._write)
        result = command.run(tx)
        if command.answer is None:
            return result
        answer = command.answer(result)
        if command.key is not None:
            keys.keep(db, command.key, answer, at)
        return answer

    def _write(self, tx: Tx, event: Event) -> None:
        self._head = journal.append(tx.db, self._head, tx.at, tx.day, tx.actor, event)
        entry = Entry(self._head.seq, tx.at, tx.day, tx.actor, event)
        self._entries.append(entry)
        for planner in self.planners.get(type(event), ()):
            for planned in planner(event, tx.db):
                job_table.add(tx.db, planned, tx.at, event.subject, self.time.speed)


def _unavailable(error: BaseException) -> Unavailable:
    refusal = Unavailable("store.unavailable", "The desk's store does not answer. Nothing was changed.")
    refusal.__cause__ = error
    return refusal
