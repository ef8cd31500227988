"""Tickets of one day in SQLite, for the smallest honest server."""

import json
import sqlite3
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from os import urandom
from pathlib import Path
from typing import Any

PLAN = "hall.json"
_TABLES = """
create table if not exists tickets (
    id text primary key, number text, service text, letter text, rank integer, priority text, place integer,
    state text, counter integer, issued_at text, called_at text, finished_at text, code text) strict;
create index if not exists waiting on tickets (service, rank, place) where state = 'waiting';
create index if not exists at_counters on tickets (counter) where state = 'called';
create table if not exists letters (letter text primary key, last integer, waiting integer) strict;
create table if not exists keys (key text primary key, digest text, status integer, body text) strict, without rowid;
"""
_HEAD = "select rank, place, id from tickets where state = 'waiting' and service = ? order by rank, place limit 1"
_CALL = "update tickets set state = 'called', counter = ?, called_at = ? where id = ? returning *"
_FINISH = "update tickets set state = 'served', finished_at = ? where counter = ? and state = 'called' returning *"
_SHOWN = "id", "number", "service", "letter", "rank", "priority", "state", "counter", "issued_at", "called_at"


Answer = tuple[int, str]
"""An HTTP status, and the JSON text that goes with it."""


class ReusedKeyError(Exception):
    """A key came again with other content."""


class SmallestStore:
    """The tickets, and the last number and the count of each letter. Not for several threads.

    `folder` has `hall.json`: the letter of each service, the rank of each priority, the services of each counter.
    """

    def __init__(self, folder: Path) -> None:
        self._db = sqlite3.connect(folder / "smallest.db", isolation_level=None)
        self._db.row_factory = sqlite3.Row
        self._db.execute("pragma journal_mode=wal")
        self._db.execute("pragma synchronous=full")
        self._db.executescript(_TABLES)
        plan = json.loads((folder / PLAN).read_text(encoding="utf-8"))
        self._letters: dict[str, str] = plan["letters"]
        self._ranks: dict[str, int] = plan["ranks"]
        self._served: dict[int, list[str]] = {int(number): codes for number, codes in plan["counters"].items()}
        self._place = 0

    def close(self) -> None:
        """Close the store."""
        self._db.close()

    def has_service(self, service: object, priority: object) -> bool:
        """Say whether numbers are given out for this service and class (None: ordinary)."""
        return service in self._letters and (priority is None or priority in self._ranks)

    def has_counter(self, counter: int) -> bool:
        """Say whether there is such a counter."""
        return counter in self._served

    def find_answer(self, key: str, digest: str) -> Answer | None:
        """Return what was answered to `key`, None for a new one. Raises `ReusedKeyError` for another digest."""
        row = self._db.execute("select digest, status, body from keys where key = ?", (key,)).fetchone()
        if row is None:
            return None
        if row["digest"] != digest:
            raise ReusedKeyError(key)
        return row["status"], row["body"]

    def keep_answer(self, key: str, digest: str, answer: Answer) -> None:
        """Keep what is answered to `key`."""
        self._db.execute("insert into keys values (?, ?, ?, ?)", (key, digest, *answer))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit what the block writes to the disk; an error takes all of it back."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def issue(self, service: str, priority: str | None) -> dict[str, Any]:
        """Give out the next number of the service's letter, with how many of it wait before."""
        priority = priority or "ordinary"
        letter, rank, now = self._letters[service], self._ranks[priority], _now()
        last, ahead = self._db.execute(
            "insert into letters values (?, 1, 1) on conflict do update set last = last + 1, waiting = waiting + 1 "
            "returning last, waiting - 1",
            (letter,),
        ).fetchone()
        self._place += 1
        number, code = f"{letter}{last:03d}", urlsafe_b64encode(urandom(9)).decode()
        name = f"{now[:10].replace('-', '')}-{number}"
        values = (name, number, service, letter, rank, priority, self._place, "waiting", None, now, None, None, code)
        self._db.execute(f"insert into tickets values ({', '.join('?' * len(values))})", values)  # noqa: S608
        return {
            "id": name, "number": number, "service": service, "letter": letter, "rank": rank,
            "priority": priority, "state": "waiting", "counter": None, "issued_at": now,
            "called_at": None, "recalled_at": None, "started_at": None, "finished_at": None,
            "people_ahead": ahead, "wait": None, "follow_url": f"http://127.0.0.1/t/{code}",
        }  # fmt: skip

    def call_next(self, counter: int) -> dict[str, Any] | None:
        """Call the first of the best rank that `counter` serves, None when nobody waits for it."""
        heads = [head for service in self._served[counter] if (head := self._db.execute(_HEAD, (service,)).fetchone())]
        if not heads:
            return None
        row = self._db.execute(_CALL, (counter, _now(), min(tuple(head) for head in heads)[2])).fetchone()
        self._db.execute("update letters set waiting = waiting - 1 where letter = ?", (row["letter"],))
        return _describe(row)

    def finish(self, counter: int) -> dict[str, Any] | None:
        """End the visit at `counter`, None when nobody is there."""
        row = self._db.execute(_FINISH, (_now(), counter)).fetchone()
        return _describe(row) if row else None

    def list_called(self) -> list[dict[str, Any]]:
        """Return who is called where."""
        rows = self._db.execute("select number, counter from tickets where state = 'called' order by counter")
        return [dict(row) for row in rows]


def _describe(row: sqlite3.Row) -> dict[str, Any]:
    ticket = {name: row[name] for name in _SHOWN}
    finished_at = row["finished_at"]
    times = {"recalled_at": None, "started_at": row["called_at"] if finished_at else None, "finished_at": finished_at}
    return {**ticket, **times, "people_ahead": None, "wait": None, "follow_url": None}


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")  # noqa: TID251 -- a server of its own
