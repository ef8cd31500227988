"""Writing down what agents have, what they may act for, and what a morning's check found."""

from typing import Any, cast

from motcua.desk import Tx, jobs
from motcua.desk.event import Json
from motcua.equipment import rules, store
from motcua.equipment.events import AgentBound, EquipmentDeclared, HallChecked
from motcua.equipment.model import Binding, Device, OddDevice


def declare(tx: Tx, agent: int, entries: object) -> tuple[list[Device], list[OddDevice]]:
    """Record the devices of `agent`, `[{name, kind, counters?}]`; what is known already writes nothing. Raises `Invalid`.

    Returns them, and the entries that were left out. A device that is declared may do nothing at a counter before an administrator
    has bound the agent to it.
    """
    devices, odd = rules.declared(agent, entries)
    if agent not in store.declaring(tx.db) or store.of_agent(tx.db, agent) != devices:
        store.declare(tx.db, agent, devices)
        listed: list[Json] = [{"name": item.name, "kind": item.kind, "counters": list(item.counters)} for item in devices]
        tx.emit(EquipmentDeclared(agent=agent, devices=listed))
    return devices, odd


def bind(tx: Tx, binding: Binding) -> Binding:
    """Let an agent act for these counters and kiosks and for no others; an administrator has said so. No change writes nothing."""
    counters = tuple(sorted(set(binding.counters)))
    kiosks = None if binding.kiosks is None else tuple(sorted(set(binding.kiosks)))
    decided = Binding(binding.agent, counters, kiosks)
    before = store.binding(tx.db, decided.agent)
    if before != decided:
        store.save_binding(tx.db, decided)
        for number in set(before.counters) - set(counters):
            jobs.withdraw(tx.db, str(decided.agent), str(number))
        tx.emit(AgentBound(agent=decided.agent, counters=list(counters), kiosks=None if kiosks is None else list(kiosks)))
    return decided


def checked(tx: Tx, lines: list[dict[str, Any]]) -> None:
    """Keep the sheet of a check: lines of `what`, `state` and, where a person looked, `seen`."""
    store.add_check(tx.db, tx.day, tx.at, tx.actor, lines)
    kept = [{name: line.get(name) for name in ("what", "state", "seen")} for line in lines]
    tx.emit(HallChecked(day=tx.day, lines=cast("list[Json]", kept)))
