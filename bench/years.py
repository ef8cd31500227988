"""Years of a ward's days in a real store: 200 visits a day, 8 counters, ratings, pauses.

A few days are lived by the desk's own actions. Each day of the years is one of them with its dates and codes changed:
all its rows, its journal's too, chained anew.
"""

import hashlib
import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from heapq import heappop, heappush
from pathlib import Path
from random import Random
from typing import Any

from motcua.counters import actions as counter_actions
from motcua.desk import Desk, ManualClock, SeededEntropy
from motcua.feedback import actions as feedback_actions
from motcua.feedback.model import RatingRequest
from motcua.queue import actions as queue_actions
from motcua.setup import actions as setup_actions
from motcua.setup.rooms import open_desk
from motcua.wiring.summaries import SummaryKeeper

from . import team
from .days import CLASSES, COUNTERS, GAP_S, SIGMA, TICKETS, WALK_S, WORK_S, eight_counters

LIVED_DAYS, SATURDAY, RATED, ABSENT, LUNCH_S, PRESSED_S = 10, 5, 0.6, 0.03, 45 * 60, 4
FIRST_LIVED = date(2015, 1, 5)
LAST = date(2026, 11, 27)
PROMISED_S = 900
"""The range that each number was given with, in the tickets alone: nobody simulates waits for these years."""
_COPIED = ("tickets", "legs", "moves", "askings", "ratings", "days")
_JOURNAL = "INSERT INTO journal (seq, at, day, actor, action, subject, data, prev, hash) VALUES (?,?,?,?,?,?,?,?,?)"


@dataclass(frozen=True)
class LivedDay:
    """The rows of one day by table, and those of its journal; all hold the day's date as text."""

    day: str
    tables: dict[str, list[tuple[Any, ...]]]
    journal: list[tuple[str, str, str, str, str]]
    columns: dict[str, list[str]]


def live_days(folder: Path, count: int = LIVED_DAYS) -> list[LivedDay]:
    """Return some days that a desk with eight counters lived, by its own actions."""
    folder.mkdir()
    desk = open_desk(folder, clock := ManualClock(_open_at(FIRST_LIVED)), SeededEntropy(1))
    desk.do(setup_actions.apply, eight_counters())
    officers = team.employ(desk)
    days = [FIRST_LIVED + timedelta(days=number + number // SATURDAY * 2) for number in range(count)]
    for number, day in enumerate(days):
        clock.set(_open_at(day))
        seats = {counter: officers[(counter + number) % len(officers)] for counter in range(1, COUNTERS + 1)}
        _live(desk, clock, seats, Random(number))  # noqa: S311 -- the same days each time
        desk.do(queue_actions.close_day, day.isoformat())
    desk.stop()
    with closing(sqlite3.connect(folder / "desk.db")) as db:
        db.execute("UPDATE tickets SET wait_p50_s = ?, wait_p80_s = ?", (PROMISED_S // 2, PROMISED_S))
        return [_read(db, day.isoformat()) for day in days]


def _open_at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 1, tzinfo=UTC)


def _live(  # noqa: PLR0912 -- a branch for each thing that happens
    desk: Desk, clock: ManualClock, seats: dict[int, int], dice: Random
) -> None:
    begin = clock.now()
    with desk.read() as db:
        codes = [service.code for service in setup_actions.get_document(db).services]
    agenda: list[tuple[float, int, str, int]] = []
    now, count = 0.0, 0
    for number in range(TICKETS):
        now += dice.expovariate(1 / GAP_S)
        heappush(agenda, (now, number, "come", 0))
    for counter in range(1, COUNTERS + 1):
        desk.do(counter_actions.open_counter, counter, seats[counter])
        heappush(agenda, (1.0 + counter, -counter, "call", counter))
        heappush(agenda, (3.5 * 3600 + counter, -counter, "lunch", counter))
    ended, visits, hungry = 0, dict[int, str](), set[int]()
    while ended < TICKETS:
        at, _order, what, counter = heappop(agenda)
        clock.set(begin + timedelta(milliseconds=round(at * 1000)))
        count += 1
        order = TICKETS + count
        if what == "come":
            desk.do(queue_actions.issue, dice.choice(codes), dice.choices(CLASSES, (80, 12, 8))[0])
        elif what == "lunch":
            hungry.add(counter)
        elif what == "open":
            desk.do(counter_actions.open_counter, counter, seats[counter])
            heappush(agenda, (at + 5, order, "call", counter))
        elif what == "start" and dice.random() < ABSENT:
            desk.do(queue_actions.recall, counter)
            desk.do(queue_actions.mark_absent, counter)
            ended += 1
            heappush(agenda, (at + 5, order, "call", counter))
        elif what == "start":
            desk.do(queue_actions.start, counter)
            heappush(agenda, (at + WORK_S * dice.lognormvariate(0, SIGMA), order, "finish", counter))
        elif what == "finish":
            desk.do(queue_actions.finish, counter)
            ended += 1
            desk.do(feedback_actions.record_prompt, counter, visits[counter])
            heappush(agenda, (at + PRESSED_S, -order, "rate", counter))
            heappush(agenda, (at + dice.uniform(PRESSED_S, 20), order, "call", counter))
        elif what == "rate":
            _rate(desk, visits[counter], seats[counter], dice)
        elif counter in hungry:
            hungry.discard(counter)
            desk.do(counter_actions.pause, counter, "lunch")
            heappush(agenda, (at + LUNCH_S, order, "open", counter))
        elif (ticket := desk.do(queue_actions.call_next, counter).ticket) is None:
            heappush(agenda, (at + 60, order, "call", counter))
        else:
            visits[counter] = ticket.id
            heappush(agenda, (at + WALK_S, order, "start", counter))


def _rate(desk: Desk, visit: str, officer: int, dice: Random) -> None:
    if dice.random() < RATED:
        desk.do(feedback_actions.rate, RatingRequest(team.choose_level(officer, dice), "pad", visit, None))


def _read(db: sqlite3.Connection, day: str) -> LivedDay:
    tables, columns = {}, {}
    for table in _COPIED:
        names = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
        listed = [
            name
            for name in names
            if name not in {"place"} and (table == "askings" or name != "id" or table == "tickets")
        ]
        where = "ticket LIKE ?" if table == "moves" else "day = ?"
        value = f"{day.replace('-', '')}-%" if table == "moves" else day
        tables[table] = db.execute(f"SELECT {', '.join(listed)} FROM {table} WHERE {where}", (value,)).fetchall()  # noqa: S608
        columns[table] = listed
    rows = db.execute("SELECT at, actor, action, subject, data FROM journal WHERE day = ? ORDER BY seq", (day,))
    return LivedDay(day, tables, rows.fetchall(), columns)


def fill(folder: Path, lived: list[LivedDay], years: int) -> int:
    """Make a desk in `folder` with so many years of working days up to `LAST`, and return how many tickets it has."""
    first = LAST - timedelta(days=round(365.25 * years))
    folder.mkdir()
    desk = open_desk(folder, ManualClock(_open_at(first - timedelta(days=1))), SeededEntropy(2))
    desk.do(setup_actions.apply, eight_counters())
    officers = team.employ(desk)
    desk.stop()
    dice = Random(years)  # noqa: S311 -- the same years each time
    with closing(sqlite3.connect(folder / "desk.db", isolation_level=None)) as db:
        db.execute("PRAGMA synchronous=OFF")
        db.execute("BEGIN")
        writer = _YearWriter(db)
        for number in range((LAST - first).days + 1):
            day = first + timedelta(days=number)
            if day.weekday() < SATURDAY:
                writer.write(dice.choice(lived), day.isoformat())
        db.execute("COMMIT")
        tickets = int(db.execute("SELECT count(*) FROM tickets").fetchone()[0])
    desk = open_desk(folder, ManualClock(_open_at(LAST + timedelta(days=1))), SeededEntropy(3))
    team.import_dossiers(desk, first, LAST)
    team.correct_hours(desk, officers, first, LAST)
    keeper = SummaryKeeper(desk)
    while keeper.keep_next():
        pass
    desk.stop()
    return tickets


class _YearWriter:
    """Writes lived days under other dates."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._seq, self._hash = db.execute("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1").fetchone()

    def write(self, lived: LivedDay, day: str) -> None:
        """Write one day with all its rows."""
        changes = ((lived.day, day), (lived.day.replace("-", ""), day.replace("-", "")))

        def move(value: Any) -> Any:
            if isinstance(value, str):
                for before, after in changes:
                    value = value.replace(before, after)
            return value

        for table, rows in lived.tables.items():
            names = lived.columns[table]
            marks = ", ".join("?" for _ in names)
            moved = [tuple(map(move, row)) for row in rows]
            if table == "tickets":
                place = names.index("code")
                moved = [(*row[:place], _code(row[place], day), *row[place + 1 :]) for row in moved]
            self._db.executemany(f"INSERT OR REPLACE INTO {table} ({', '.join(names)}) VALUES ({marks})", moved)  # noqa: S608
        self._db.executemany(_JOURNAL, [self._chain(day, *map(move, row)) for row in lived.journal])

    def _chain(self, day: str, at: str, actor: str, action: str, subject: str, data: str) -> tuple[Any, ...]:
        self._seq += 1
        quoted = (json.dumps(text, ensure_ascii=False) for text in (action, actor, at))
        kind, who, when = quoted
        row = (
            f'{{"action":{kind},"actor":{who},"at":{when},"data":{data},"day":{json.dumps(day)},'
            f'"seq":{self._seq},"subject":{json.dumps(subject, ensure_ascii=False)}}}'
        )
        before, self._hash = self._hash, hashlib.sha256(f"{self._hash}\n{row}".encode()).hexdigest()
        return self._seq, at, day, actor, action, subject, data, before, self._hash


def _code(code: str, day: str) -> str:
    return hashlib.sha256(f"{code} {day}".encode()).hexdigest()[:12]
