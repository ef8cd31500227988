"""Writing down what agents have, what they may act for, and what a morning's check found."""

from collections.abc import Iterable
from typing import Any, cast

from motcua.copies import replace
from motcua.desk import Tx, jobs
from motcua.desk.event import Json
from motcua.equipment import rules, store
from motcua.equipment.events import AgentBound, EquipmentDeclared, HallChecked
from motcua.equipment.model import Binding, DeclaredDevice, OddDevice


def declare(tx: Tx, agent: int, entries: object) -> tuple[list[DeclaredDevice], list[OddDevice]]:
    """Record the devices of `agent`, `[{name, kind, counters?}]`; what is known already writes nothing.

    Raises `Invalid`.

    Returns them, and the entries that were left out. A device may do nothing at a counter to which its agent is not
    bound.
    """
    devices, odd = rules.read_declaration(agent, entries)
    if agent not in store.list_declaring_agents(tx.db) or store.list_devices_of_agent(tx.db, agent) != devices:
        store.declare(tx.db, agent, devices)
        listed: list[Json] = [
            {"name": item.name, "kind": item.kind, "counters": list(item.counters)} for item in devices
        ]
        tx.emit(EquipmentDeclared(agent=agent, devices=listed))
    return devices, odd


def bind_by_devices(tx: Tx, agent: int, counters: Iterable[int]) -> Binding:
    """Let an agent of which no administrator has said what it serves act where its devices stand and no other agent
    does.

    `counters` are those of the hall.
    """
    before = store.get_binding(tx.db, agent)
    if before.is_confirmed:
        return before
    others = [other for other in store.load_bindings(tx.db).values() if other.agent != agent]
    return bind(tx, rules.propose_binding(before, store.list_devices_of_agent(tx.db, agent), others, counters))


def bind(tx: Tx, binding: Binding) -> Binding:
    """Let an agent act for these counters and kiosks and for no others. No change writes nothing."""
    counters = tuple(sorted(set(binding.counters)))
    kiosks = None if binding.kiosks is None else tuple(sorted(set(binding.kiosks)))
    decided = replace(binding, counters=counters, kiosks=kiosks)
    before = store.get_binding(tx.db, decided.agent)
    if before != decided:
        store.save_binding(tx.db, decided)
        for number in set(before.counters) - set(counters):
            jobs.withdraw(tx.db, str(decided.agent), number)
        listed = None if kiosks is None else list(kiosks)
        tx.emit(AgentBound(agent=decided.agent, counters=list(counters), kiosks=listed, confirmed=decided.is_confirmed))
    return decided


def record_check(tx: Tx, lines: list[dict[str, Any]]) -> None:
    """Keep the sheet of a check: lines of `what`, `state` and, where a person looked, `seen`."""
    store.add_check(tx.db, tx.day, tx.at, tx.actor, lines)
    journal_lines = [{name: line.get(name) for name in ("what", "state", "seen")} for line in lines]
    tx.emit(HallChecked(day=tx.day, lines=cast("list[Json]", journal_lines)))
