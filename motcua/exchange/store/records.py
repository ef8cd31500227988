"""Dossiers of other systems, the imports in which they came, and what differs from ours."""

import json
from collections.abc import Iterable, Sequence
from typing import Any, cast

from motcua.desk import Reader, Unknown
from motcua.dossiers.model.board import BoardRange
from motcua.dossiers.model.dossier import OPEN_STATES, Dossier, DossierState
from motcua.dossiers.store.dossiers import list_by_codes
from motcua.exchange.model.records import (
    DifferenceKind,
    ProvincialRecord,
    RecordBatch,
    RecordDifference,
    StoredRecord,
)


def create(db: Reader) -> None:
    """Make the tables."""
    db.execute(
        "CREATE TABLE provincial_dossiers (code TEXT PRIMARY KEY, state TEXT NOT NULL, received_on TEXT NOT NULL,"
        " procedure TEXT, due_on TEXT, settled_on TEXT, returned_on TEXT, changed_there TEXT NOT NULL, system TEXT NOT"
        " NULL, batch INTEGER NOT NULL, seen_at TEXT NOT NULL) STRICT, WITHOUT ROWID"
    )
    db.execute("CREATE INDEX provincial_dossiers_board ON provincial_dossiers (state, due_on, code)")
    db.execute(
        "CREATE TABLE provincial_imports (id INTEGER PRIMARY KEY AUTOINCREMENT, way TEXT NOT NULL, system TEXT NOT"
        " NULL, mapping TEXT NOT NULL, digest TEXT NOT NULL, rows INTEGER NOT NULL, added INTEGER NOT NULL, changed"
        " INTEGER NOT NULL, same INTEGER NOT NULL, older INTEGER NOT NULL, own INTEGER NOT NULL, imported_at TEXT NOT"
        " NULL, account INTEGER) STRICT"
    )
    db.execute(
        "CREATE TABLE dossier_differences (code TEXT NOT NULL, kind TEXT NOT NULL, ours TEXT NOT NULL, theirs TEXT NOT"
        " NULL, system TEXT NOT NULL, noted_at TEXT NOT NULL, settled_at TEXT, account INTEGER, PRIMARY KEY (code,"
        " kind)) STRICT, WITHOUT ROWID"
    )
    db.execute("CREATE INDEX dossier_differences_open ON dossier_differences (noted_at, code) WHERE settled_at IS NULL")


_RECORD = "code, state, received_on, procedure, due_on, settled_on, returned_on, changed_there"
_BATCH = "id, way, system, mapping, digest, rows, added, changed, same, older, own, imported_at, account"
_WRITE = (
    f"INSERT OR REPLACE INTO provincial_dossiers ({_RECORD}, system, batch, seen_at) VALUES (?,?,?,?,?,?,?,?,?,?,?)"
)
_FOREIGN = "NOT EXISTS (SELECT 1 FROM desk_dossiers d WHERE d.provincial_code = p.code)"
"""A dossier that this desk took in is shown as its own, once."""


def _record(row: Sequence[Any]) -> ProvincialRecord:
    code, state, *rest = row
    return ProvincialRecord(code, DossierState(state), *rest)


def map_stored(db: Reader, codes: Sequence[str]) -> dict[str, ProvincialRecord]:
    """Return the stored records with these codes."""
    query = f"SELECT {_RECORD} FROM provincial_dossiers WHERE code IN (SELECT value FROM json_each(?))"
    return {row[0]: _record(row) for row in db.execute(query, (json.dumps(codes),))}


def map_own(db: Reader, codes: Sequence[str]) -> dict[str, Dossier]:
    """Return the dossiers that this desk took in, by these codes of the provincial system."""
    query = (
        "SELECT provincial_code, code FROM desk_dossiers WHERE provincial_code IS NOT NULL"
        " AND provincial_code IN (SELECT value FROM json_each(?))"
    )
    pairs = db.execute(query, (json.dumps(codes),)).fetchall()
    dossiers = list_by_codes(db, [pair[1] for pair in pairs])
    return {pair[0]: dossier for pair, dossier in zip(pairs, dossiers, strict=True)}


def find_last_batch(db: Reader) -> int:
    """Return the number of the last import, 0 before the first."""
    return int(db.execute("SELECT coalesce(max(id), 0) FROM provincial_imports").fetchone()[0])


def add_batch(db: Reader, item: RecordBatch) -> int:
    """Write an import and return its number."""
    query = (
        "INSERT INTO provincial_imports (way, system, mapping, digest, rows, added, changed, same, older, own,"
        " imported_at, account) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)"
    )
    values = (
        item.way, item.system, item.mapping, item.digest, item.rows, item.added, item.changed, item.same, item.older,
        item.own, item.imported_at, item.account,
    )  # fmt: skip
    return cast(int, db.execute(query, values).lastrowid)


def list_batches(db: Reader, most: int) -> list[RecordBatch]:
    """Return the imports, the newest first."""
    return [
        RecordBatch(*row)
        for row in db.execute(f"SELECT {_BATCH} FROM provincial_imports ORDER BY id DESC LIMIT ?", (most,))
    ]


def save_records(db: Reader, records: Iterable[ProvincialRecord], system: str, batch: int, at: str) -> None:
    """Write records, each in the place of an earlier one of its code."""
    db.conn.executemany(
        _WRITE,
        (
            (
                one.code, one.state.value, one.received_on, one.procedure, one.due_on, one.settled_on, one.returned_on,
                one.changed_there, system, batch, at,
            )
            for one in records
        ),
    )  # fmt: skip


def count_of_states(db: Reader) -> list[tuple[DossierState, str | None, int]]:
    """Return how many dossiers of other systems that are not over have each state and due day."""
    query = (
        f"SELECT state, due_on, count(*) FROM provincial_dossiers p WHERE {_FOREIGN}"
        " AND state IN (SELECT value FROM json_each(?)) GROUP BY state, due_on"
    )
    states = json.dumps((*OPEN_STATES, DossierState.READY))
    return [(DossierState(row[0]), row[1], row[2]) for row in db.execute(query, (states,))]


def list_of_range(db: Reader, where: BoardRange, limit: int, skip: int = 0) -> list[StoredRecord]:
    """Return the dossiers of other systems in a box of the board, those that are due first before the others."""
    query = (
        f"SELECT {_RECORD}, system, batch, seen_at FROM provincial_dossiers p"
        f" WHERE state IN (SELECT value FROM json_each(?)) AND coalesce(due_on, '') BETWEEN ? AND ? AND {_FOREIGN}"
        " ORDER BY due_on, code LIMIT ? OFFSET ?"
    )
    rows = db.execute(query, (json.dumps(where.states), where.first, where.last, limit, skip))
    return [StoredRecord(_record(row[:8]), *row[8:]) for row in rows]


def find_record(db: Reader, code: str) -> StoredRecord | None:
    """Return the dossier of another system with this code."""
    query = f"SELECT {_RECORD}, system, batch, seen_at FROM provincial_dossiers WHERE code = ?"
    row = db.execute(query, (code,)).fetchone()
    return StoredRecord(_record(row[:8]), *row[8:]) if row else None


def note_differences(db: Reader, differences: Iterable[RecordDifference], at: str) -> None:
    """Write what differs; what a person has seen stays seen until the other system says something else."""
    db.conn.executemany(
        "INSERT INTO dossier_differences (code, kind, ours, theirs, system, noted_at) VALUES (?,?,?,?,?,?)"
        " ON CONFLICT (code, kind) DO UPDATE SET ours = excluded.ours, theirs = excluded.theirs,"
        " system = excluded.system, noted_at = excluded.noted_at, settled_at = NULL, account = NULL"
        " WHERE ours <> excluded.ours OR theirs <> excluded.theirs",
        ((one.code, one.kind.value, one.ours, one.theirs, one.system, at) for one in differences),
    )


def forget_differences(db: Reader, codes: Iterable[str]) -> None:
    """Remove what differed of these codes, because both say the same now."""
    db.conn.executemany("DELETE FROM dossier_differences WHERE code = ?", ((code,) for code in codes))


def list_differences(db: Reader, most: int) -> list[RecordDifference]:
    """Return what differs and nobody has seen yet, the oldest first."""
    query = (
        "SELECT code, kind, ours, theirs, system, noted_at FROM dossier_differences INDEXED BY dossier_differences_open"
        " WHERE settled_at IS NULL ORDER BY noted_at, code LIMIT ?"
    )
    return [RecordDifference(row[0], DifferenceKind(row[1]), *row[2:]) for row in db.execute(query, (most,))]


def count_differences(db: Reader) -> int:
    """Return how many differences nobody has seen yet."""
    query = "SELECT count(*) FROM dossier_differences INDEXED BY dossier_differences_open WHERE settled_at IS NULL"
    return int(db.execute(query).fetchone()[0])


def settle_difference(db: Reader, code: str, kind: str, at: str, account: int | None) -> None:
    """Note that somebody has seen a difference. Raises `Unknown("exchange.no_difference")`."""
    query = (
        "UPDATE dossier_differences SET settled_at = ?, account = ? WHERE code = ? AND kind = ? AND settled_at IS NULL"
    )
    if not db.execute(query, (at, account, code, kind)).rowcount:
        raise Unknown("exchange.no_difference", "This difference is no longer there.")
