"""Dossiers that this desk took in, and their history."""

import json
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any

from motcua.desk import Json, Reader, Unknown
from motcua.dossiers.model.dossier import Dossier, DossierMove, DossierState, FilingChannel, HandedPaper
from motcua.procedures.model import LimitUnit, TimeLimit

COLUMNS = (
    "code", "procedure", "state", "channel", "received_at", "received_on", "serial", "counted_from", "due_on", "due_at",
    "first_due_on", "officer", "counter", "visit", "provincial_code", "papers", "limits", "sets", "step", "holder",
    "supplements", "extensions", "missing", "paused_on", "fee", "reason", "settled_at", "returned_at", "is_immediate",
    "is_electronic",
    "flow", "dues", "linked",
)  # fmt: skip
_LIST = ", ".join(COLUMNS)
_MARKS = ", ".join("?" * len(COLUMNS))
_ASSIGNED = ", ".join(f"{name} = ?" for name in COLUMNS)
_DOSSIER = f"SELECT {_LIST} FROM desk_dossiers"
_INSERT = f"INSERT INTO desk_dossiers ({_LIST}) VALUES ({_MARKS})"
_UPDATE = f"UPDATE desk_dossiers SET {_ASSIGNED} WHERE code = ?"


def create(db: Reader) -> None:
    """Make the tables."""
    db.execute(
        "CREATE TABLE desk_dossiers (code TEXT PRIMARY KEY, procedure TEXT NOT NULL, state TEXT NOT NULL,"
        " channel TEXT NOT NULL, received_at TEXT NOT NULL, received_on TEXT NOT NULL, serial INTEGER NOT NULL,"
        " counted_from TEXT, due_on TEXT, due_at TEXT NOT NULL, first_due_on TEXT, officer INTEGER, counter INTEGER,"
        " visit TEXT, provincial_code TEXT UNIQUE, papers TEXT NOT NULL, limits TEXT NOT NULL, sets INTEGER NOT NULL,"
        " step INTEGER NOT NULL, holder INTEGER, supplements INTEGER NOT NULL, extensions INTEGER NOT NULL,"
        " missing TEXT NOT NULL, paused_on TEXT, fee INTEGER, reason TEXT, settled_at TEXT, returned_at TEXT,"
        " is_immediate INTEGER NOT NULL, UNIQUE (received_on, serial)) STRICT, WITHOUT ROWID"
    )
    db.execute("CREATE INDEX desk_dossiers_state ON desk_dossiers (state, due_on)")
    db.execute("CREATE INDEX desk_dossiers_holder ON desk_dossiers (holder, due_on) WHERE holder IS NOT NULL")
    db.execute("CREATE INDEX desk_dossiers_visit ON desk_dossiers (visit) WHERE visit IS NOT NULL")
    db.execute("CREATE INDEX desk_dossiers_settled ON desk_dossiers (settled_at) WHERE settled_at IS NOT NULL")
    db.execute(
        "CREATE TABLE dossier_moves (id INTEGER PRIMARY KEY AUTOINCREMENT, dossier TEXT NOT NULL, at TEXT NOT NULL,"
        " day TEXT NOT NULL, move TEXT NOT NULL, state TEXT NOT NULL, step INTEGER NOT NULL, holder INTEGER,"
        " due_on TEXT, reason TEXT) STRICT"
    )
    db.execute("CREATE INDEX dossier_moves_of ON dossier_moves (dossier, id)")


def add_result_kind(db: Reader) -> None:
    """Add whether the result was issued as an electronic document; nobody knows it of older ones."""
    db.execute("ALTER TABLE desk_dossiers ADD COLUMN is_electronic INTEGER")


def describe_papers(papers: Iterable[HandedPaper]) -> list[Json]:
    """Return papers as the store and the journal keep them. Only a scanned one says that it is."""
    return [
        {
            "code": one.code,
            "originals": one.originals,
            "copies": one.copies,
            "from_data": one.from_data,
            **({"is_scanned": True} if one.is_scanned else {}),
        }
        for one in papers
    ]


def describe_limits(limits: Iterable[TimeLimit]) -> list[Json]:
    """Return time limits as the store and the journal keep them."""
    return [{"unit": limit.unit.value, "count": limit.count} for limit in limits]


def _dossier(row: Any) -> Dossier:
    values = dict(zip(COLUMNS, row, strict=True))
    values["state"], values["channel"] = DossierState(values["state"]), FilingChannel(values["channel"])
    values["papers"] = tuple(HandedPaper(**paper) for paper in json.loads(values["papers"]))
    limits = json.loads(values["limits"])
    values["limits"] = tuple(TimeLimit(LimitUnit(limit["unit"]), limit["count"]) for limit in limits)
    values["missing"] = tuple(json.loads(values["missing"]))
    values["dues"] = tuple(json.loads(values["dues"]))
    values["is_immediate"] = bool(values["is_immediate"])
    values["is_electronic"] = None if values["is_electronic"] is None else bool(values["is_electronic"])
    return Dossier(**values)


def _columns(dossier: Dossier) -> list[Any]:
    values: dict[str, Any] = {name: getattr(dossier, name) for name in COLUMNS}
    values["papers"] = json.dumps(describe_papers(dossier.papers))
    values["limits"] = json.dumps(describe_limits(dossier.limits))
    values["missing"] = json.dumps(list(dossier.missing))
    values["dues"] = json.dumps(list(dossier.dues))
    return [value.value if isinstance(value, StrEnum) else value for value in values.values()]


def find_dossier(db: Reader, code: str) -> Dossier | None:
    """Return the dossier with this code, the desk's own or the province's."""
    row = db.execute(f"{_DOSSIER} WHERE code = ?", (code,)).fetchone()
    row = row or db.execute(f"{_DOSSIER} WHERE provincial_code = ?", (code,)).fetchone()
    return _dossier(row) if row else None


def get_dossier(db: Reader, code: str) -> Dossier:
    """Return the dossier with this code. Raises `Unknown("dossier.unknown")`."""
    if (dossier := find_dossier(db, code)) is None:
        raise Unknown("dossier.unknown", "There is no dossier with this code. Check each letter of it.")
    return dossier


def find_next_serial(db: Reader, day: str) -> int:
    """Return the place of the next dossier of `day`."""
    row = db.execute("SELECT max(serial) FROM desk_dossiers WHERE received_on = ?", (day,)).fetchone()
    return int(row[0] or 0) + 1


def list_of_visit(db: Reader, visit: str) -> list[Dossier]:
    """Return the dossiers of a visit in their order."""
    rows = db.execute(f"{_DOSSIER} WHERE visit = ? ORDER BY received_on, serial", (visit,))
    return [_dossier(row) for row in rows]


def list_by_state(db: Reader, states: Sequence[DossierState], limit: int, skip: int = 0) -> list[Dossier]:
    """Return the dossiers in these states, those that are due first before the others."""
    names = json.dumps([state.value for state in states])
    query = (
        f"{_DOSSIER} WHERE state IN (SELECT value FROM json_each(?))"
        " ORDER BY due_on IS NULL, due_on, received_on, serial LIMIT ? OFFSET ?"
    )
    return [_dossier(row) for row in db.execute(query, (names, limit, skip))]


def list_by_codes(db: Reader, codes: Sequence[str]) -> list[Dossier]:
    """Return the dossiers with these codes, in this order."""
    query = f"{_DOSSIER} WHERE code IN (SELECT value FROM json_each(?))"
    dossiers = {row[0]: _dossier(row) for row in db.execute(query, (json.dumps(codes),))}
    return [dossiers[code] for code in codes]


def list_of_day(db: Reader, day: str, limit: int) -> list[Dossier]:
    """Return the dossiers of a day, the newest first."""
    query = f"{_DOSSIER} WHERE received_on = ? ORDER BY serial DESC LIMIT ?"
    return [_dossier(row) for row in db.execute(query, (day, limit))]


def list_received(db: Reader, first: str, last: str, limit: int) -> list[Dossier]:
    """Return the dossiers that came on the days from `first` to `last`, in their order."""
    query = f"{_DOSSIER} WHERE received_on BETWEEN ? AND ? ORDER BY received_on, serial LIMIT ?"
    return [_dossier(row) for row in db.execute(query, (first, last, limit))]


def count_by_state(db: Reader) -> dict[DossierState, int]:
    """Return how many dossiers are in each state."""
    rows = db.execute("SELECT state, count(*) FROM desk_dossiers GROUP BY state")
    return {DossierState(row[0]): row[1] for row in rows}


def count_in_year(db: Reader, dossier: Dossier) -> int:
    """Return the place of a dossier in its year: its number in the book, which runs to the year's end."""
    query = (
        "SELECT count(*) FROM desk_dossiers WHERE received_on >= ? AND (received_on < ? OR (received_on = ? AND"
        " serial <= ?))"
    )
    day = dossier.received_on
    return int(db.execute(query, (f"{day[:4]}-01-01", day, day, dossier.serial)).fetchone()[0])


def add_dossier(db: Reader, dossier: Dossier) -> None:
    """Write a new dossier."""
    db.execute(_INSERT, _columns(dossier))


def save_dossier(db: Reader, dossier: Dossier) -> None:
    """Write a dossier that is there already."""
    db.execute(_UPDATE, [*_columns(dossier), dossier.code])


def add_dossier_move(db: Reader, code: str, move: DossierMove) -> None:
    """Add a line to a dossier's history."""
    query = (
        "INSERT INTO dossier_moves (dossier, at, day, move, state, step, holder, due_on, reason)"
        " VALUES (?,?,?,?,?,?,?,?,?)"
    )
    values = (move.at, move.day, move.move, move.state.value, move.step, move.holder, move.due_on, move.reason)
    db.execute(query, (code, *values))


def list_dossier_moves(db: Reader, code: str) -> list[DossierMove]:
    """Return a dossier's history, oldest first."""
    query = "SELECT at, day, move, state, step, holder, due_on, reason FROM dossier_moves WHERE dossier = ? ORDER BY id"
    rows = db.execute(query, (code,))
    return [DossierMove(row[0], row[1], row[2], DossierState(row[3]), row[4], row[5], row[6], row[7]) for row in rows]
