"""Writing down what agents have, and what a morning's check found."""

from typing import Any, cast

from motcua.desk import Tx
from motcua.desk.event import Json
from motcua.equipment import rules, store
from motcua.equipment.events import EquipmentDeclared, HallChecked
from motcua.equipment.model import Device


def declare(tx: Tx, agent: int, given: object) -> list[Device]:
    """Record the devices of `agent`, `[{name, kind, counters?}]`; what is known already writes nothing. Raises `Invalid`."""
    found = rules.declared(agent, given)
    if agent in store.declaring(tx.db) and store.of_agent(tx.db, agent) == found:
        return found
    store.declare(tx.db, agent, found)
    listed: list[Json] = [{"name": item.name, "kind": item.kind, "counters": list(item.counters)} for item in found]
    tx.emit(EquipmentDeclared(agent=agent, devices=listed))
    return found


def checked(tx: Tx, lines: list[dict[str, Any]]) -> None:
    """Keep the sheet of a check: lines of `what`, `state` and, where a person looked, `seen`."""
    store.add_check(tx.db, tx.day, tx.at, tx.actor, lines)
    kept = [{name: line.get(name) for name in ("what", "state", "seen")} for line in lines]
    tx.emit(HallChecked(day=tx.day, lines=cast("list[Json]", kept)))
