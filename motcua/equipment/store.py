"""Declared devices and checks in the store."""

import json
from collections.abc import Iterable
from typing import Any

from motcua.copies import replace
from motcua.desk import Reader, Room, Stamps, count_changes, forget, read_once
from motcua.equipment.model import Binding, DeclaredDevice

EVERY_KIOSK = "null"


def _first(db: Reader) -> None:
    db.execute("CREATE TABLE equipment_agents (agent INTEGER PRIMARY KEY) STRICT")
    db.execute(
        "CREATE TABLE equipment (agent INTEGER NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, counters TEXT "
        "NOT NULL,"
        " PRIMARY KEY (agent, name)) STRICT, WITHOUT ROWID"
    )
    db.execute(
        "CREATE TABLE checks (id INTEGER PRIMARY KEY, day TEXT NOT NULL, at TEXT NOT NULL, actor TEXT NOT "
        "NULL, lines TEXT NOT NULL) STRICT"
    )


def _bindings(db: Reader) -> None:
    """Let agents of before go on: each is bound to what it has declared, until an administrator has looked at it."""
    db.execute(
        "CREATE TABLE equipment_bindings (agent INTEGER PRIMARY KEY, counters TEXT NOT NULL, kiosks TEXT NOT NULL,"
        " confirmed INTEGER NOT NULL) STRICT"
    )
    agents: dict[int, Binding] = {}
    for device in list_devices(db):
        before = agents.get(device.agent, Binding(device.agent, is_confirmed=False))
        kiosks = None if device.kind == "scanner" else before.kiosks
        agents[device.agent] = Binding(device.agent, (*before.counters, *device.counters), kiosks, is_confirmed=False)
    for binding in agents.values():
        if binding.counters or binding.kiosks is None:
            save_binding(db, replace(binding, counters=tuple(sorted(set(binding.counters)))))


def _facts(db: Reader) -> None:
    count_changes(db, "equipment")
    count_changes(db, "equipment_bindings")


ROOM = Room(
    "equipment",
    [("first", _first), ("bindings", _bindings), ("facts", _facts)],
    [Stamps("checks", ["at"], where="day = :day")],
)


def list_devices(db: Reader, kind: str | None = None) -> list[DeclaredDevice]:
    """Return the declared devices (of one kind), those of the oldest agent first."""
    return [device for device in read_once(db, "devices", _read_devices) if kind is None or device.kind == kind]


def _read_devices(db: Reader) -> list[DeclaredDevice]:
    query = "SELECT agent, name, kind, counters FROM equipment ORDER BY agent, name"
    return [DeclaredDevice(row[0], row[1], row[2], _counters(row[3])) for row in db.execute(query)]


def _counters(text: str) -> tuple[int, ...]:
    """Return the counters of a row; one that cannot be read belongs to none, and hides no other device."""
    try:
        return tuple(json.loads(text))
    except (ValueError, TypeError):
        return ()


def list_devices_of_agent(db: Reader, agent: int) -> list[DeclaredDevice]:
    """Return the devices of one agent, by name."""
    return [device for device in list_devices(db) if device.agent == agent]


def list_declaring_agents(db: Reader) -> set[int]:
    """Return the agents that have said what they drive, were it nothing."""
    return {row[0] for row in db.execute("SELECT agent FROM equipment_agents")}


def declare(db: Reader, agent: int, driven: list[DeclaredDevice]) -> None:
    """Replace what `agent` drives."""
    forget(db)
    db.execute("INSERT INTO equipment_agents (agent) VALUES (?) ON CONFLICT DO NOTHING", (agent,))
    db.execute("DELETE FROM equipment WHERE agent = ?", (agent,))
    for device in driven:
        values = (agent, device.name, device.kind, json.dumps(device.counters))
        db.execute("INSERT INTO equipment (agent, name, kind, counters) VALUES (?,?,?,?)", values)


def _binding(row: Any) -> Binding:
    """Return the binding of a row; what of it cannot be read binds to nothing."""
    kiosks = None if row[2] == EVERY_KIOSK else _counters(row[2])
    return Binding(row[0], _counters(row[1]), kiosks, bool(row[3]))


def load_bindings(db: Reader) -> dict[int, Binding]:
    """Return what each agent was bound to, by agent."""
    return dict(read_once(db, "bindings", _read_bindings))


def _read_bindings(db: Reader) -> dict[int, Binding]:
    return {
        row[0]: _binding(row)
        for row in db.execute("SELECT agent, counters, kiosks, confirmed FROM equipment_bindings ORDER BY agent")
    }


def get_binding(db: Reader, agent: int) -> Binding:
    """Return what `agent` may act for: nothing, before an administrator has said so."""
    row = db.execute(
        "SELECT agent, counters, kiosks, confirmed FROM equipment_bindings WHERE agent = ?", (agent,)
    ).fetchone()
    return _binding(row) if row else Binding(agent, is_confirmed=False)


def save_binding(db: Reader, binding: Binding) -> None:
    """Write what an agent may act for."""
    forget(db)
    kiosks = EVERY_KIOSK if binding.kiosks is None else json.dumps(binding.kiosks)
    db.execute(
        "INSERT INTO equipment_bindings (agent, counters, kiosks, confirmed) VALUES (?,?,?,?) ON CONFLICT "
        "(agent) DO UPDATE SET"
        " counters = excluded.counters, kiosks = excluded.kiosks, confirmed = excluded.confirmed",
        (binding.agent, json.dumps(binding.counters), kiosks, int(binding.is_confirmed)),
    )


def keep_counters(db: Reader, numbers: Iterable[int]) -> None:
    """Bind no agent to a counter that is none of `numbers`: whatever is called so later is another counter."""
    known_numbers = set(numbers)
    for binding in load_bindings(db).values():
        counters = tuple(number for number in binding.counters if number in known_numbers)
        if counters != binding.counters:
            save_binding(db, replace(binding, counters=counters))


def add_check(db: Reader, day: str, at: str, actor: str, lines: list[dict[str, Any]]) -> None:
    """Keep a check's sheet."""
    db.execute(
        "INSERT INTO checks (day, at, actor, lines) VALUES (?,?,?,?)",
        (day, at, actor, json.dumps(lines, ensure_ascii=False)),
    )


def find_last_check(db: Reader) -> dict[str, Any] | None:
    """Return the newest sheet: `day`, `at`, `actor`, `lines`; None before the first."""
    row = db.execute("SELECT day, at, actor, lines FROM checks ORDER BY id DESC LIMIT 1").fetchone()
    return {"day": row[0], "at": row[1], "actor": row[2], "lines": json.loads(row[3])} if row else None
