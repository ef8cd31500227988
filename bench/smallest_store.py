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
"""
_HEAD = "select rank, place, id from tickets where state = 'waiting' and service = ? order by rank, place limit 1"
_CALL = "update tickets set state = 'called', counter = ?, called_at = ? where id = ? returning *"
_FINISH = "update tickets set state = 'served', finished_at = ? where counter = ? and state = 'called' returning *"


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
        letter, rank, now = self._letters[service], self._ranks[priority or "ordinary"], _now()
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
            "id": name, "number": number, "service": service, "priority": priority, "state": "waiting",
            "issued_at": now, "people_ahead": ahead, "wait": None, "follow_url": f"http://127.0.0.1/t/{code}",
        }  # fmt: skip

    def call_next(self, counter: int) -> dict[str, Any] | None:
        """Call the first of the best rank that `counter` serves, None when nobody waits for it."""
        heads = [head for service in self._served[counter] if (head := self._db.execute(_HEAD, (service,)).fetchone())]
        if not heads:
            return None
        row = self._db.execute(_CALL, (counter, _now(), min(tuple(head) for head in heads)[2])).fetchone()
        self._db.execute("update letters set waiting = waiting - 1 where letter = ?", (row["letter"],))
        return dict(row)

    def finish(self, counter: int) -> dict[str, Any] | None:
        """End the visit at `counter`, None when nobody is there."""
        row = self._db.execute(_FINISH, (_now(), counter)).fetchone()
        return dict(row) if row else None

    def list_called(self) -> list[dict[str, Any]]:
        """Return who is called where."""
        rows = self._db.execute("select number, counter from tickets where state = 'called' order by counter")
        return [dict(row) for row in rows]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")  # noqa: TID251 -- a server of its own
