"""Declared devices and checks in the store."""

import json
from typing import Any

from motcua.desk import Reader, Room, Stamps
from motcua.equipment.model import Device


def _first(db: Reader) -> None:
    db.execute("CREATE TABLE equipment_agents (agent INTEGER PRIMARY KEY) STRICT")
    db.execute(
        "CREATE TABLE equipment (agent INTEGER NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, counters TEXT NOT NULL,"
        " PRIMARY KEY (agent, name)) STRICT, WITHOUT ROWID"
    )
    db.execute(
        "CREATE TABLE checks (id INTEGER PRIMARY KEY, day TEXT NOT NULL, at TEXT NOT NULL, actor TEXT NOT NULL, lines TEXT NOT NULL) STRICT"
    )


ROOM = Room("equipment", [("first", _first)], [Stamps("checks", ["at"], where="day = :day")])


def devices(db: Reader, kind: str | None = None) -> list[Device]:
    """Return the declared devices (of one kind), those of the oldest agent first."""
    query = "SELECT agent, name, kind, counters FROM equipment WHERE ? IS NULL OR kind = ? ORDER BY agent, name"
    return [Device(row[0], row[1], row[2], _counters(row[3])) for row in db.execute(query, (kind, kind))]


def _counters(text: str) -> tuple[int, ...]:
    """Return the counters of a row; one that cannot be read belongs to none, and hides no other device."""
    try:
        return tuple(json.loads(text))
    except (ValueError, TypeError):
        return ()


def of_agent(db: Reader, agent: int) -> list[Device]:
    """Return the devices of one agent, by name."""
    return [found for found in devices(db) if found.agent == agent]


def declaring(db: Reader) -> set[int]:
    """Return the agents that have said what they drive, were it nothing."""
    return {row[0] for row in db.execute("SELECT agent FROM equipment_agents")}


def declare(db: Reader, agent: int, found: list[Device]) -> None:
    """Replace what `agent` drives."""
    db.execute("INSERT INTO equipment_agents (agent) VALUES (?) ON CONFLICT DO NOTHING", (agent,))
    db.execute("DELETE FROM equipment WHERE agent = ?", (agent,))
    for device in found:
        values = (agent, device.name, device.kind, json.dumps(device.counters))
        db.execute("INSERT INTO equipment (agent, name, kind, counters) VALUES (?,?,?,?)", values)


def add_check(db: Reader, day: str, at: str, actor: str, lines: list[dict[str, Any]]) -> None:
    """Keep a check's sheet."""
    db.execute("INSERT INTO checks (day, at, actor, lines) VALUES (?,?,?,?)", (day, at, actor, json.dumps(lines, ensure_ascii=False)))


def last_check(db: Reader) -> dict[str, Any] | None:
    """Return the newest sheet: `day`, `at`, `actor`, `lines`; None before the first."""
    row = db.execute("SELECT day, at, actor, lines FROM checks ORDER BY id DESC LIMIT 1").fetchone()
    return {"day": row[0], "at": row[1], "actor": row[2], "lines": json.loads(row[3])} if row else None
