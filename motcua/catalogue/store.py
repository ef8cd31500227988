"""Groups and services in the store."""

import json
from functools import lru_cache

from motcua.catalogue.model import Group, Service
from motcua.desk import Reader, Room, count_changes, forget, read_once
from motcua.desk.event import Json


def _first(db: Reader) -> None:
    db.execute(
        "CREATE TABLE groups (letter TEXT PRIMARY KEY, position INTEGER NOT NULL, name_vi TEXT NOT NULL, name_en "
        "TEXT NOT NULL,"
        " hint_vi TEXT NOT NULL, hint_en TEXT NOT NULL) STRICT"
    )
    db.execute(
        "CREATE TABLE services (code TEXT PRIMARY KEY, position INTEGER NOT NULL, letter TEXT NOT NULL "
        "REFERENCES groups,"
        " name_vi TEXT NOT NULL, name_en TEXT NOT NULL, procedures TEXT NOT NULL) STRICT"
    )


def _order(db: Reader) -> None:
    for column in (
        "quota_morning INTEGER",
        "quota_afternoon INTEGER",
        "at_seat INTEGER NOT NULL DEFAULT 0",
        "bookable INTEGER NOT NULL DEFAULT 0",
    ):
        db.execute(f"ALTER TABLE services ADD COLUMN {column}")


def _facts(db: Reader) -> None:
    count_changes(db, "groups")
    count_changes(db, "services")


ROOM = Room("catalogue", [("first", _first), ("order", _order), ("facts", _facts)])


def list_groups(db: Reader) -> list[Group]:
    """Return the groups in the kiosk's order."""
    return list(read_once(db, "groups", _read_groups))


def _read_groups(db: Reader) -> list[Group]:
    rows = db.execute("SELECT letter, name_vi, name_en, hint_vi, hint_en FROM groups ORDER BY position")
    return [Group(row[0], (row[1], row[2]), (row[3], row[4])) for row in rows]


_SERVICE = (
    "SELECT code, letter, name_vi, name_en, procedures, quota_morning, quota_afternoon, at_seat, bookable FROM services"
)


@lru_cache(maxsize=512)
def _service(code: str, letter: str, name_vi: str, name_en: str, procedures: str, *numbers: int | None) -> Service:
    morning, afternoon, at_seat, bookable = numbers
    quota = (morning, afternoon)
    return Service(
        code, letter, (name_vi, name_en), tuple(json.loads(procedures)), quota, bool(at_seat), bool(bookable)
    )


def list_services(db: Reader) -> list[Service]:
    """Return the services in the kiosk's order."""
    return list(_services(db).values())


def _services(db: Reader) -> dict[str, Service]:
    return read_once(db, "services", _read_services)


def _read_services(db: Reader) -> dict[str, Service]:
    return {row[0]: _service(*row) for row in db.execute(f"{_SERVICE} ORDER BY position")}


def find_service(db: Reader, code: str) -> Service | None:
    """Return the service with this code."""
    return _services(db).get(code)


def list_names(db: Reader) -> list[Json]:
    """Return everything that people read of groups and services, in the kiosk's order."""
    groups = db.execute("SELECT letter, name_vi, name_en, hint_vi, hint_en FROM groups ORDER BY position")
    services = db.execute("SELECT code, letter, name_vi, name_en, procedures FROM services ORDER BY position")
    return [[list(row) for row in groups], [list(row) for row in services]]


def map_groups(db: Reader) -> dict[str, str]:
    """Return the letter of each service's group."""
    return {code: item.group for code, item in _services(db).items()}


def replace_all(db: Reader, groups: list[Group], services: list[Service]) -> None:
    """Put these groups and services in the place of all that were."""
    forget(db)
    db.execute("DELETE FROM services")
    db.execute("DELETE FROM groups")
    for position, group in enumerate(groups):
        db.execute("INSERT INTO groups VALUES (?,?,?,?,?,?)", (group.letter, position, *group.name, *group.hint))
    for position, item in enumerate(services):
        row = (
            item.code,
            position,
            item.group,
            *item.name,
            json.dumps(item.procedures),
            *item.quota,
            item.at_seat,
            item.bookable,
        )
        db.execute(
            "INSERT INTO services (code, position, letter, name_vi, name_en, procedures, quota_morning, "
            "quota_afternoon, at_seat, bookable)"
            " VALUES (?,?,?,?,?,?,?,?,?,?)",
            row,
        )
