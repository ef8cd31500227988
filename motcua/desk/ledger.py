"""The writing side of the store: commits waiting commands as a group, each whole or not at all, one fsync for all."""

import logging
import sqlite3
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from motcua.desk import jobs as job_table
from motcua.desk import journal, keys, scrubbing, stepping, texts
from motcua.desk.attempts import Attempt, HalfDoneError, run_apart, run_freely
from motcua.desk.clock import Clock, Entropy
from motcua.desk.command import Command, Outcome
from motcua.desk.database import (
    DISK,
    FROZEN,
    SHARED,
    WAYS,
    Room,
    get_primary_code,
    is_folded,
    make_unavailable,
    migrate,
    open_reader,
    open_writer,
)
from motcua.desk.errors import Unavailable
from motcua.desk.event import Entry, Event
from motcua.desk.facts import StoreConnection
from motcua.desk.jobs import Planned
from motcua.desk.journal import Head
from motcua.desk.moment import from_ms, get_local_day, stamp
from motcua.desk.tables import DESK
from motcua.desk.timekeeping import Timekeeper, TimekeeperState
from motcua.desk.tx import Tx

logger = logging.getLogger(__name__)
Planner = Callable[[Any, Database], list[Planned]]


class Ledger:
    """Owns the writing connection. Open, commit and close it from one thread at a time."""

    def __init__(self, path: Path, rooms: Sequence[Room], clock: Clock, entropy: Entropy) -> None:
        self._path = path
        self._rooms = [DESK, *rooms]
        self.time = Timekeeper(clock)
        self._entropy = entropy
        self._db: StoreConnection | None = None
        self._unwritable: sqlite3.Error | None = None
        self._epoch = ""
        self.way = SHARED
        self.foreign: list[str] = []
        """What was taken out of the store's schema when it was opened."""
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
        """Open the store, count this start, and return the epoch: database id and start number.

        A disk that cannot be written does not prevent it: the store is only read then, each command is refused, and
        `reopen` tries again. Raises `sqlite3.Error` for a store that cannot even be read, `DatabaseTooNewError`.
        """
        problem: sqlite3.Error | None = None
        for way in WAYS:
            if way == FROZEN and not is_folded(self._path):
                continue
            try:
                self._open(way)
            except sqlite3.Error as error:
                if get_primary_code(error) not in DISK:
                    raise
                problem = problem or error
            else:
                return self._epoch
        raise problem or sqlite3.OperationalError("no way into the store")

    def _open(self, way: str) -> None:
        rooms = self._rooms
        db = open_reader(self._path, way) if way == FROZEN else open_writer(self._path, rooms, way, self.foreign.extend)
        try:
            if way == FROZEN:
                migrate(db, rooms)
            epoch = self._start(db, way)
            self._head = journal.read_head(db)
        except BaseException:
            db.close()
            raise
        if way == FROZEN:
            db.close()
        self.way, self._db, self._epoch = way, None if way == FROZEN else db, self._epoch or epoch

    def _start(self, db: Database, way: str) -> str:
        """Count this start.

        Where that cannot be written, the epoch has some chance in it instead: no two starts share one.
        """
        self._unwritable = None
        row = db.execute("SELECT id, starts FROM desk").fetchone()
        head = journal.read_head(db)
        try:
            if way == FROZEN:
                raise _read_only()
            db.conn.execute("BEGIN IMMEDIATE")
            if row is None:
                row = (self._entropy(8).hex(), 0)
                db.execute("INSERT INTO desk (id, starts) VALUES (?, 0)", (row[0],))
            if self._epoch:
                self.time.note_head(db, head)
            else:
                db.execute("UPDATE desk SET starts = starts + 1")
                self.time.begin(db, head, self.timezone(db))
            db.conn.execute("COMMIT")
        except sqlite3.Error as error:
            db.conn.rollback()
            if row is None or (way != FROZEN and get_primary_code(error) not in DISK):
                raise
            self._unwritable = error
            if not self._epoch:
                self.time.begin(db, head, self.timezone(db), is_writable=False)
            return f"{row[0]}.{row[1]}-{self._entropy(4).hex()}"
        return f"{row[0]}.{row[1] + 1}"

    @property
    def unwritable(self) -> Unavailable | None:
        """Return why the store took no write when it was opened, None when it did."""
        return make_unavailable(self._unwritable) if self._unwritable is not None else None

    def reopen(self) -> None:
        """Open the store again, by a better way if there is one.

        Nothing else in this process can have it open during the call.
        """
        if self._db is not None:
            self._db.close()
            self._db = None
        try:
            self.open()
        except sqlite3.Error as error:
            self._unwritable = error
            raise

    def fold(self) -> bool:
        """Empty the write-ahead log into the store, unless somebody reads just now; return whether that was done."""
        return self._db is not None and scrubbing.fold(self._db)

    def scrub(self) -> None:
        """Rewrite the store if something was erased. Raises `sqlite3.Error`."""
        if self._db is not None:
            scrubbing.scrub(self._db)

    def close(self) -> None:
        """Fold the write-ahead log back and close."""
        if self._db is not None:
            self.time.stop(self._db)
            try:
                self._db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            except sqlite3.Error as error:  # the disk is full: the log stays, and the next start reads it
                logger.warning("the log could not be folded back: %s", error)
            self._db.close()
            self._db = None

    def commit(self, commands: Sequence[Command]) -> list[Outcome]:
        """Run `commands` in order and commit them together.

        Each succeeds or fails alone, unless the commit itself fails.
        """
        db = self._db
        if db is None:
            refusal = self.unwritable or Unavailable("desk.stopping", "The server is stopping.")
            return [Outcome(error=refusal) for _ in commands]
        before, clock = self._head, self.time.state
        try:
            try:
                return self._commit(db, commands, run_freely)
            except HalfDoneError:  # it is not possible any more to take back that command alone
                self._take_back(db, before, clock)
                return self._commit(db, commands, run_apart)
        except sqlite3.Error as error:
            self._take_back(db, before, clock)
            return [Outcome(error=make_unavailable(error)) for _ in commands]

    def _commit(self, db: StoreConnection, commands: Sequence[Command], attempt: Attempt) -> list[Outcome]:
        db.conn.execute("BEGIN IMMEDIATE")
        db.look_at_facts()
        stepped, outcomes = self._mind_the_clock(db), []
        for command in commands:
            before = self._head
            outcomes.append(attempt(db, partial(self._one, db, command)))
            if outcomes[-1].error is not None:
                self._head = before
        self.time.note_head(db, self._head)
        db.conn.execute("COMMIT")
        if stepped and outcomes:
            outcomes[0].entries[:0] = stepped
        return outcomes

    def _take_back(self, db: StoreConnection, head: Head, clock: TimekeeperState) -> None:
        db.conn.rollback()
        db.facts = None
        self._head = head
        self.time.undo(clock)

    def _mind_the_clock(self, db: StoreConnection) -> list[Entry[Event]]:
        """Write it down and put all moments right if the computer's clock was set; return the entry."""
        step = self.time.look(self._head, partial(self.timezone, db), partial(self.in_use, db))
        anchor = self.time.state.anchor
        if step is None or anchor is None:
            return []
        timezone = self.timezone(db)
        after, before, self._entries = from_ms(step.after_ms), self._head, []
        tx = Tx(
            db, stamp(after), get_local_day(after, timezone), "desk", self._entropy, False, self._write, texts.keep_text
        )
        db.conn.execute("SAVEPOINT clock")
        try:
            move = stepping.plan_move(db, anchor, step, self._head, timezone)
            stepping.put_tables_right(db, self._rooms, move)
            tx.emit(stepping.make_event(step, move))
        except Exception:
            if not db.conn.in_transaction:  # the store gave up the whole group
                raise
            db.conn.execute("ROLLBACK TO clock")
            db.conn.execute("RELEASE clock")
            db.facts = None
            self._head = before
            logger.exception(
                "the clock was set, but stored times could not be put right; the desk goes on by its own time"
            )
            return []
        db.conn.execute("RELEASE clock")
        self.time.accept(step)
        return self._entries

    def _one(self, db: StoreConnection, command: Command) -> Outcome:
        self._entries = []
        if db.facts is None:
            db.look_at_facts()
        return Outcome(self._run(db, command), entries=self._entries)

    def _run(self, db: Database, command: Command) -> Any:
        if command.key is not None and (stored := keys.find_answer(db, command.key)) is not None:
            return stored
        now, wall = self.time.read_both()
        at = max(stamp(now), self._head.at)
        timezone = self.timezone(db)
        day = get_local_day(now, timezone)
        behind = bool(self._head.day) and (day if now is wall else get_local_day(wall, timezone)) < self._head.day
        tx = Tx(
            db,
            at,
            self._head.day if behind else day,
            command.actor if isinstance(command.actor, str) else command.actor(db),
            self._entropy,
            behind,
            self._write,
            texts.keep_text,
            command.via,
        )
        result = command.run(tx)
        if command.answer is None:
            return result
        answer = command.answer(db, result)
        return answer if command.key is None else keys.keep_answer(db, command.key, answer, at)

    def _write(self, tx: Tx, event: Event) -> None:
        self._head = journal.append(tx.db, self._head, tx.at, tx.day, tx.actor, event, tx.via)
        entry = Entry(self._head.seq, tx.at, tx.day, tx.actor, event)
        self._entries.append(entry)
        for planner in self.planners.get(type(event), ()):
            for planned in planner(event, tx.db):
                job_table.add_job(tx.db, planned, tx.at, event.subject, self.time.speed)


def _read_only() -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("the disk takes no write")
    error.sqlite_errorcode = sqlite3.SQLITE_READONLY
    return error
