"""What 50,000 dossiers cost as a file that leaves, and as one that comes from another system.

Each is measured by turns with the bare library that writes or reads the same bytes: Python's csv, json and
sqlite3, XlsxWriter.
"""

import csv
import gc
import json
import sqlite3
from base64 import b64encode
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from time import process_time
from typing import Any

from msgspec import to_builtins
from xlsxwriter.workbook import Workbook

from motcua.copies import replace
from motcua.desk import Desk, ManualClock, SeededEntropy
from motcua.dossiers.model.dossier import DossierState
from motcua.dossiers.store import vaults
from motcua.exchange.actions.exporting import export_dossiers
from motcua.exchange.actions.importing import import_plan
from motcua.exchange.actions.mappings import save_mapping
from motcua.exchange.actions.planning import plan_import
from motcua.exchange.model.exports import ExportFilter
from motcua.exchange.model.mappings import ExchangeMapping
from motcua.exchange.rules.reading import read_plain_rows, task
from motcua.screens.exchange.export import ExportOrder, write_export
from motcua.setup.rooms import open_desk
from motcua.typed.sheet_columns import BYTE_ORDER_MARK

from . import dossiers, limits
from .limits import Limit
from .pairs import by_turns
from .run import Run

COUNT, QUICK_COUNT, TURNS, QUICK_TURNS = 50_000, 10_000, 3, 1
NOW = datetime(2026, 11, 27, 2, 0, tzinfo=UTC)
HEADINGS = ("Mã hồ sơ", "Người nộp", "Trạng thái", "Ngày tiếp nhận", "Hẹn trả", "Cập nhật")
STATES = {"đang xử lý": DossierState.PROCESSING, "đã xử lý xong": DossierState.READY}
MAPPING = ExchangeMapping(
    0,
    "Danh sách hồ sơ",
    "Hệ thống tỉnh",
    {
        "code": "Mã hồ sơ",
        "state": "Trạng thái",
        "received_on": "Ngày tiếp nhận",
        "due_on": "Hẹn trả",
        "changed_there": "Cập nhật",
    },
    STATES,
)


def exchange(run: Run) -> None:
    """Put what a file of dossiers costs on the report, beside the bare library on the same bytes."""
    count, turns = (QUICK_COUNT, QUICK_TURNS) if run.quick else (COUNT, TURNS)
    folder = run.folder / "exchange"
    folder.mkdir()
    desk = open_desk(folder, ManualClock(NOW), SeededEntropy(1))
    try:
        dossiers.set_up(desk)
        dossiers.fill(desk, folder / "desk.db", count, named=count)
        content = _export(desk, "csv")
        table, rows = _read_csv(content), json.loads(_export(desk, "json"))["dossiers"]
        if (len(table) - 1, len(rows)) != (count, count):
            raise RuntimeError(f"{len(table) - 1} and {len(rows)} dossiers in the files, not {count}")
        for form, limit, rewrite, written in (
            ("csv", limits.EXPORT_CSV, _rewrite_csv, (content, table)),
            ("xlsx", limits.EXPORT_XLSX, _rewrite_xlsx, (table,)),
            ("json", limits.EXPORT_JSON, _rewrite_json, (rows,)),
        ):
            ours, bare = by_turns(turns, _timed(_export, desk, form), _timed(rewrite, *written))
            _put(run, limit, count, ours, bare)
        mapping = desk.do(save_mapping, MAPPING, None)
        with closing(_make_bare_store(folder / "bare.db")) as bare_store:
            bare_import = _timed(_import_bare, bare_store, _make_file(count, 0))
            ours, bare = by_turns(turns, _Importing(desk, mapping, count), bare_import)
        _put(run, limits.IMPORT_CSV, count, ours, bare)
    finally:
        desk.stop()


def _put(run: Run, limit: Limit, count: int, ours: float, bare: float) -> None:
    run.report.put(replace(limit.judge(ours, bare), name=f"{count:,} {limit.name}"))


def _timed(work: Callable[..., object], *args: Any) -> Callable[[], float]:
    """Return what does `work` and tells its processor time in ms.

    What was there before is left out of the collector's rounds: they would cost the bare library most of its time.
    """

    def measure() -> float:
        gc.collect()
        gc.freeze()
        begin = process_time()
        try:
            work(*args)
            return (process_time() - begin) * 1000
        finally:
            gc.unfreeze()

    return measure


def _export(desk: Desk, form: str) -> bytes:
    """Return the file that a leader takes along, whole: every applicant is decrypted."""
    which = ExportFilter(dossiers.FIRST.isoformat(), dossiers.LAST.isoformat(), (), None)
    codes = desk.do(lambda tx: export_dossiers(tx, which, form, "", is_whole=True))
    return write_export(desk, vaults.get_vault(desk), ExportOrder(tuple(codes), which, form, "vi", is_whole=True))


def _read_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def _rewrite_csv(content: bytes, table: list[list[str]]) -> None:
    out = StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(table)
    if (BYTE_ORDER_MARK + out.getvalue()).encode() != content:
        raise RuntimeError("the csv module writes other bytes")


def _rewrite_xlsx(table: list[list[str]]) -> None:
    book = Workbook(BytesIO(), {"in_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate(table):
        for place, text in enumerate(row):
            sheet.write_string(number, place, text)
    book.close()


def _rewrite_json(rows: list[dict[str, Any]]) -> None:
    "".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()


def _make_bare_store(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path)
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA synchronous=FULL")
    db.execute("CREATE TABLE rows (code TEXT PRIMARY KEY, name TEXT, state TEXT, came TEXT, due TEXT, changed TEXT)")
    return db


def _import_bare(db: sqlite3.Connection, content: bytes) -> None:
    """Read a file and commit its rows, whatever they say."""
    with db:
        db.executemany("INSERT OR REPLACE INTO rows VALUES (?, ?, ?, ?, ?, ?)", _read_csv(content)[1:])


class _Importing:
    """Imports a file of new dossiers each time: reads it, plans it, commits it."""

    def __init__(self, desk: Desk, mapping: ExchangeMapping, count: int) -> None:
        self._desk, self._mapping, self._count, self._turn = desk, mapping, count, 0

    def __call__(self) -> float:
        self._turn += 1
        content = b64encode(_make_file(self._count, self._turn)).decode()
        return _timed(self._work, content)()

    def _work(self, content: str) -> None:
        mapping = {**to_builtins(self._mapping), "states": {word: state.value for word, state in STATES.items()}}
        plain = {name: mapping[name] for name in ("id", "name", "system", "columns", "states", "date_order")}
        result = task({"file": content, "mapping": plain})
        came = [row.record for row in read_plain_rows(result["rows"])]
        with self._desk.read() as db:
            plan = plan_import(db, came, self._mapping, f"{self._turn:064d}")
        if len(plan.written) != self._count or self._desk.do(import_plan, plan, "file", None) is None:
            raise RuntimeError(f"{len(plan.written)} dossiers were new, not {self._count}: {result['mistakes'][:3]}")


def _make_file(count: int, turn: int) -> bytes:
    """Return a file as a provincial system writes it; each turn's dossiers are others."""
    out, words = StringIO(), tuple(STATES)
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for number in range(count):
        day = dossiers.FIRST + timedelta(days=number % 300)
        due = day + timedelta(days=5)
        writer.writerow(
            (
                f"H29.17-{turn:02d}-{number:06d}",
                f"Nguyễn Văn {number}",
                words[number % len(words)].capitalize(),
                f"{day:%d/%m/%Y}",
                f"{due:%d/%m/%Y}",
                f"{day:%d/%m/%Y} 08:30",
            )
        )
    return out.getvalue().encode()
