"""What the board of dossiers, a search, a dossier's page and the lateness of a year cost with 100,000 dossiers.

Times are those of the processor, of whole requests in this process, beside those of a page that reads no dossier.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any
from urllib.parse import quote

from motcua.copies import replace
from motcua.desk import Desk, ManualClock, SeededEntropy, Tx
from motcua.dossiers.model.applicant import Applicant, Sex
from motcua.dossiers.store import count_by_state, list_flows, list_own_settled, secrets, vaults
from motcua.dossiers.store.dossiers import COLUMNS
from motcua.procedures.store import load_procedures
from motcua.reports.indices.store import read_facts
from motcua.reports.kinds import DOSSIERS
from motcua.reports.values import Period
from motcua.server import build
from motcua.settings import store as settings_store
from motcua.settings.model import DossierRules
from motcua.setup import actions as setup_actions
from motcua.setup.rooms import open_desk
from motcua.staff import actions as staff_actions
from motcua.staff.model import Account, Role
from motcua.views.dossier_board import list_step_choices
from motcua.wiring.dossier_watches import WATCHES
from motcua.wiring.watches import measure_all, read_hall

from . import limits
from .days import eight_counters
from .run import Run

COUNT, QUICK_COUNT, OPEN, OFFICERS, ROUNDS = 100_000, 10_000, 4_000, 8, 15
NOW = datetime(2026, 11, 27, 2, 0, tzinfo=UTC)
FIRST, LAST = date(2025, 11, 28), date(2026, 11, 27)
LATE_EVERY, DUE_AFTER = 20, 5
HOST = "127.0.0.1:8080"
OK = 200
AN = Applicant("Nguyễn Văn An", "001090012345", "1990-05-04", Sex.MALE, "Số 5 phố Huế", "0912345678")


def dossiers(run: Run) -> None:
    """Put what each page costs on the report, beside a page of the same process that reads no dossier."""
    count = QUICK_COUNT if run.quick else COUNT
    folder = run.folder / "dossiers"
    folder.mkdir()
    desk = open_desk(folder, ManualClock(NOW), SeededEntropy(1))
    try:
        token = set_up(desk)
        last_code = fill(desk, folder / "desk.db", count)
        ask, look_up = _make_clients(desk, token)
        with desk.read() as db:
            step = quote(list_step_choices(list_flows(db).values())[0][0])
        reference = _measure(lambda: ask("/d"))
        for name, path in (
            ("board", "/dossiers?box=late"),
            ("board, results that nobody fetched", "/dossiers?box=ready"),
            ("board, filtered by officer and step", f"/dossiers?box=late&holder=1&step={step}"),
            ("board, steps that are late", "/dossiers?box=step_late"),
            ("search", f"/dossiers?q={last_code[-11:]}"),
            ("page of a dossier", f"/dossiers/{last_code}"),
        ):
            figure = limits.DOSSIER_PAGE.judge(_measure(partial(ask, path)), reference)
            run.report.put(replace(figure, name=f"{name}, {count:,} dossiers: processor time"))
        figure = limits.DOSSIER_PAGE.judge(_measure(partial(look_up, last_code)), reference)
        run.report.put(replace(figure, name=f"citizen's look-up, {count:,} dossiers: processor time"))
        with desk.read() as db:
            bare = _measure(lambda: list_own_settled(db, FIRST.isoformat(), LAST.isoformat()), 3)
            year = _measure(lambda: read_facts(db, Period(FIRST.isoformat(), LAST.isoformat())), 3)
        run.report.put(limits.DOSSIER_YEAR.judge(year, bare))
        with desk.read() as db:
            settings, today = settings_store.get_settings(db), LAST.isoformat()
            hall = read_hall(db, settings, NOW, today, {}, is_in_use=True)
            watched = _measure(lambda: measure_all(hall, WATCHES), 5)
            everything = _measure(lambda: count_by_state(db), 5)
            report = _measure(lambda: DOSSIERS.build(db, Period(FIRST.isoformat(), LAST.isoformat())), 3)
        run.report.put(limits.DOSSIER_REPORT.judge(report, bare))
        run.report.put(limits.DOSSIER_WATCH.judge(watched, everything))
    finally:
        desk.stop()


def set_up(desk: Desk) -> str:
    """Arrange a hall that takes in dossiers; return a leader's token."""
    desk.do(setup_actions.apply, eight_counters())

    def switch_on(tx: Tx) -> None:
        rules = DossierRules(is_on=True, unit_code="000.25.01.H17")
        settings_store.save(tx.db, replace(settings_store.get_settings(tx.db), dossiers=rules))

    desk.do(switch_on)
    for number in range(OFFICERS):
        account = Account(0, f"officer{number}", f"Phạm Hoa {number}", "", Role.OFFICER, None, "x", False)
        desk.do(staff_actions.save_account, account)
    desk.do(staff_actions.save_account, Account(0, "lan", "Lê Lan", "", Role.LEADER, None, "x", False))
    return desk.do(staff_actions.add_token, "leader", None, "lan", "lan").secret


def fill(desk: Desk, path: Path, count: int, named: int = OPEN) -> str:
    """Write dossiers of a year, the last ones open, with their histories; return the last code.

    The last `named` ones have applicants.
    """
    rows = list(_list_rows(count))
    marks = ", ".join("?" * len(COLUMNS))
    moves = [
        (row["code"], row["received_at"], day, move, state, step, row["officer"], row["due_on"])
        for row in rows
        for move, day, state, step in _list_moves(row)
    ]
    with closing(sqlite3.connect(path)) as db, db:
        db.executemany(
            f"INSERT INTO desk_dossiers ({', '.join(COLUMNS)}) VALUES ({marks})",  # noqa: S608 -- names of columns
            [[row.get(name) for name in COLUMNS] for row in rows],
        )
        db.executemany(
            "INSERT INTO dossier_moves (dossier, at, day, move, state, step, holder, due_on) VALUES (?,?,?,?,?,?,?,?)",
            moves,
        )
    vault = vaults.get_vault(desk)

    def seal(tx: Tx) -> None:
        for row in rows[-named:]:
            place = secrets.RowPlace(row["code"], secrets.APPLICANT, "2028-01-01")
            secrets.seal_row(tx, vault, place, secrets.describe_applicant(AN))

    desk.do(seal)
    return str(rows[-1]["code"])


def _list_rows(count: int) -> Iterator[dict[str, Any]]:
    procedures, days = sorted(load_procedures()), (LAST - FIRST).days + 1
    for number in range(count):
        received = FIRST + timedelta(days=number * days // count)
        serial = number - -(-(received - FIRST).days * count // days) + 1
        due = received + timedelta(days=DUE_AFTER)
        settled = received + timedelta(days=DUE_AFTER + 2 if number % LATE_EVERY == 0 else DUE_AFTER - 2)
        is_open = number >= count - OPEN
        at = f"{received.isoformat()}T02:00:00.000Z"
        yield {
            "code": f"MC.000.25.01.H17-{received:%y%m%d}-{serial:04d}",
            "procedure": procedures[number % len(procedures)],
            "state": ("processing", "ready", "supplement", "received")[number % 4] if is_open else "returned",
            "channel": "in_person",
            "received_at": at,
            "received_on": received.isoformat(),
            "serial": serial,
            "counted_from": received.isoformat(),
            "due_on": due.isoformat(),
            "due_at": "17:00",
            "first_due_on": due.isoformat(),
            "officer": number % OFFICERS + 1,
            "counter": number % OFFICERS + 1,
            "papers": '[{"code": "form", "originals": 1, "copies": 0, "from_data": false}]',
            "limits": '[{"unit": "working_days", "count": 3}]',
            "sets": 1,
            "step": number % 4 if is_open else 4,
            "holder": number % OFFICERS + 1 if is_open else None,
            "supplements": 0,
            "extensions": 0,
            "missing": "[]",
            "settled_at": None if is_open else f"{settled.isoformat()}T03:00:00.000Z",
            "is_immediate": 0,
            "flow": "",
            "dues": json.dumps([f"{due - timedelta(days=back)}T17:00" for back in (3, 3, 2, 1, 0)]),
        }


def _list_moves(row: dict[str, Any]) -> Iterator[tuple[str, str, str, int]]:
    yield "lodged", row["received_on"], "received", 0
    yield "handed_over", row["received_on"], "processing", 2
    if row["settled_at"]:
        yield "ready", row["settled_at"][:10], "ready", 4
        yield "returned", row["settled_at"][:10], "returned", 4


def _make_clients(desk: Desk, token: str) -> tuple[Callable[[str], None], Callable[[str], None]]:
    """Return what opens a page as a leader, and what looks a code up as a citizen who knows the last four digits."""
    client = build(desk).app.test_client()
    host = {"Host": HOST}

    def ask(path: str) -> None:
        answer = client.get(path, headers={**host, "Authorization": f"Bearer {token}"})
        if answer.status_code not in {200, 303}:
            raise RuntimeError(f"{path}: {answer.status}")

    def look_up(code: str) -> None:
        answer = client.post("/d", data={"code": code, "factor": (AN.phone or "")[-4:]}, headers=host)
        if answer.status_code != OK or code not in answer.text:
            raise RuntimeError(f"{code} cannot be looked up: {answer.status}")

    return ask, look_up


def _measure(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the median processor time in ms, after one run that is not counted."""
    work()
    times = []
    for _round in range(rounds):
        begin = process_time()
        work()
        times.append((process_time() - begin) * 1000)
    return median(times)
