"""The ward's versions of procedures over the product's list."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType

from motcua.desk import Reader, Room, Stamps, count_changes, forget, read_once
from motcua.procedures.model import Procedure, ProcedureSource, ProcedureVersion
from motcua.procedures.model.plain import parse_procedure, write_procedure
from motcua.procedures.store import templates
from motcua.procedures.store.product import load_procedures


def _first(db: Reader) -> None:
    db.execute(
        "CREATE TABLE procedure_versions (code TEXT NOT NULL, since TEXT NOT NULL, procedure TEXT, source TEXT"
        " NOT NULL, changed_at TEXT NOT NULL, account INTEGER, file TEXT NOT NULL, PRIMARY KEY (code, since)) STRICT"
    )
    count_changes(db, "procedure_versions")


_STAMPS = [
    Stamps("procedure_versions", ["changed_at"], where="changed_at >= :since"),
    Stamps("form_templates", ["added_at"], where="added_at >= :since"),
]
ROOM = Room("procedures", [("first", _first), ("templates", templates.create)], _STAMPS)
Row = tuple[str, str, str | None]
"""Code, first day and JSON of a version; None where it is withdrawn."""


def list_procedures(db: Reader, day: str) -> Mapping[str, Procedure]:
    """Return the procedures that are offered on `day`, by code: those of a ward first, both parts by code.

    The same catalogue is the same object, so that an index over it can be remembered.
    """
    rows = read_once(db, "procedure_versions", _read_rows)
    in_force = {code: (code, text) for code, since, text in rows if since <= day}
    return _merge(tuple(in_force.values()))


def find_procedure(db: Reader, code: str, day: str) -> Procedure | None:
    """Return the procedure as it is on `day`, None where it is not offered."""
    return list_procedures(db, day).get(code)


def list_codes(db: Reader) -> frozenset[str]:
    """Return the code of every procedure that the ward added at any time."""
    return frozenset(row[0] for row in read_once(db, "procedure_versions", _read_rows)) - load_procedures().keys()


def list_versions(db: Reader, code: str = "") -> list[ProcedureVersion]:
    """Return the ward's versions of a procedure, or of all, by code and the newest day first."""
    query = "SELECT code, since, procedure, source, changed_at, account, file FROM procedure_versions"
    where, values = (" WHERE code = ?", (code,)) if code else ("", ())
    rows = db.execute(f"{query}{where} ORDER BY code, since DESC", values)
    return [
        ProcedureVersion(row[0], row[1], _parse(row[2]), ProcedureSource(row[3]), row[4], row[5], row[6])
        for row in rows
    ]


def save_versions(db: Reader, versions: Iterable[ProcedureVersion]) -> None:
    """Write versions, each in the place of one of the same code and day."""
    forget(db)
    for item in versions:
        text = None if item.procedure is None else write_procedure(item.procedure)
        db.execute(
            "INSERT OR REPLACE INTO procedure_versions (code, since, procedure, source, changed_at, account, file)"
            " VALUES (?,?,?,?,?,?,?)",
            (item.code, item.since, text, item.source.value, item.changed_at, item.account, item.file),
        )


def _read_rows(db: Reader) -> tuple[Row, ...]:
    """Return nothing for a store that an earlier version of the program left, which commands only read."""
    if db.execute("SELECT 1 FROM sqlite_master WHERE name = 'procedure_versions'").fetchone() is None:
        return ()
    return tuple(db.execute("SELECT code, since, procedure FROM procedure_versions ORDER BY since, code"))


@lru_cache(maxsize=4096)
def _parse(text: str | None) -> Procedure | None:
    return None if text is None else parse_procedure(text)


@lru_cache(maxsize=8)
def _merge(in_force: tuple[tuple[str, str | None], ...]) -> Mapping[str, Procedure]:
    merged: dict[str, Procedure | None] = {**load_procedures(), **{code: _parse(text) for code, text in in_force}}
    offered = [item for item in merged.values() if item is not None]
    offered.sort(key=lambda item: (item.level != "ward", item.code))
    return MappingProxyType({item.code: item for item in offered})
