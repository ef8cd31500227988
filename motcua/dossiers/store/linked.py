"""Linked procedures: the program's own groups, and the ward's versions over them."""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

from motcua.desk import Reader, count_changes, forget, read_once
from motcua.dossiers.model.dossier import Dossier
from motcua.dossiers.model.linked import LinkedGroup, LinkedVersion, parse_group, write_group
from motcua.dossiers.store.dossiers import list_by_codes

Row = tuple[str, str, str | None]


def create(db: Reader) -> None:
    """Make the table."""
    db.execute(
        "CREATE TABLE linked_groups (code TEXT NOT NULL, since TEXT NOT NULL, linked TEXT, changed_at TEXT NOT NULL,"
        " account INTEGER, PRIMARY KEY (code, since)) STRICT"
    )
    count_changes(db, "linked_groups")


@lru_cache(maxsize=1)
def load_groups() -> Mapping[str, LinkedGroup]:
    """Return the groups that the program brings, by code."""
    text = (files("motcua.dossiers") / "data" / "linked.toml").read_text(encoding="utf-8")
    groups = [
        LinkedGroup(one["code"], (one["name"][0], one["name"][1]), tuple(one["procedures"]), one["is_in_turn"])
        for one in tomllib.loads(text)["groups"]
    ]
    return MappingProxyType({group.code: group for group in groups})


def list_groups(db: Reader, day: str) -> dict[str, LinkedGroup]:
    """Return the groups that hold on `day`, by code."""
    rows = read_once(db, "linked_groups", _read_rows)
    latest = {code: text for code, since, text in rows if since <= day}
    groups = {**load_groups(), **{code: parse_group(text) for code, text in latest.items() if text is not None}}
    return {code: group for code, group in groups.items() if latest.get(code, "") is not None}


def list_group_versions(db: Reader) -> list[LinkedVersion]:
    """Return the ward's versions by code, the newest day first."""
    query = "SELECT code, since, linked, changed_at, account FROM linked_groups ORDER BY code, since DESC"
    return [
        LinkedVersion(row[0], row[1], parse_group(row[2]) if row[2] else None, row[3], row[4])
        for row in db.execute(query)
    ]


def save_group_version(db: Reader, version: LinkedVersion) -> None:
    """Write a version in the place of one of the same code and day."""
    forget(db)
    text = None if version.group is None else write_group(version.group)
    db.execute(
        "INSERT OR REPLACE INTO linked_groups (code, since, linked, changed_at, account) VALUES (?,?,?,?,?)",
        (version.code, version.since, text, version.changed_at, version.account),
    )


def list_together(db: Reader, dossier: Dossier) -> list[Dossier]:
    """Return the other dossiers with which this one came as linked procedures, in their order."""
    if dossier.linked is None:
        return []
    query = "SELECT code FROM desk_dossiers WHERE linked = ? AND code <> ? ORDER BY received_on, serial"
    return list_by_codes(db, [row[0] for row in db.execute(query, (dossier.linked, dossier.code))])


def _read_rows(db: Reader) -> tuple[Row, ...]:
    """Return nothing for a store that an earlier version of the program left, which commands only read."""
    if db.execute("SELECT 1 FROM sqlite_master WHERE name = 'linked_groups'").fetchone() is None:
        return ()
    return tuple(db.execute("SELECT code, since, linked FROM linked_groups ORDER BY since, code"))
