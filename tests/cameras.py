"""Cameras at the counters of a test's hall, as an enrolled agent declares them."""

from collections.abc import Iterable
from typing import cast

from motcua.desk import Json, Tx
from motcua.equipment import actions as equipment_actions
from motcua.equipment import store as equipment_store
from motcua.equipment.events import EquipmentDeclared
from motcua.equipment.model import Binding, DeclaredDevice
from motcua.feedback.model import ExpressionReading
from motcua.staff import actions as staff_actions

MODEL = "64184e229b263107bc2b804c6625db1341ff2bb731874b0bcc2fe6544e0bc9ff"


def place_cameras(tx: Tx, counters: Iterable[int] = (1, 2)) -> int:
    """Let one agent drive a camera at each of these counters, and be bound to them; return the agent's number."""
    numbers = tuple(counters)
    agent = staff_actions.add_token(tx, "agent", None, "máy quầy", None).credential.id
    devices = [DeclaredDevice(agent, f"camera-{number}", "camera", (number,)) for number in numbers]
    equipment_store.declare(tx.db, agent, devices)
    listed = [{"name": item.name, "kind": item.kind, "counters": list(item.counters)} for item in devices]
    tx.emit(EquipmentDeclared(agent=agent, devices=cast("list[Json]", listed)))
    equipment_actions.bind(tx, Binding(agent, numbers))
    return agent


def read_smile(visit: str, score: int | None = 71, reason: str | None = None) -> ExpressionReading:
    """Return what a camera says of a visit: a score, or why there is none."""
    return ExpressionReading(visit, score, None if score is None else 90, 20, 45, reason, MODEL)
