"""The current condition of the agents and their devices, as the agents report it.

It is in memory only: a new server knows nothing yet.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from motcua.desk import Reader
from motcua.desk.steps import shift_stamp
from motcua.equipment import store as equipment_store
from motcua.equipment.model import Binding
from motcua.staff import store as staff_store

STATES = ("ok", "degraded", "down", "unknown")
TEXT_MAX, COUNTERS_MAX, DEVICES_MAX = 200, 20, 100
TROUBLES_MAX = 20
PLACE = re.compile(r"%\((\w{1,40})\)s")
Said = tuple[str, dict[str, object]]
"""A sentence in English, and what stands in its places."""


@dataclass
class DeviceCondition:
    """The condition of one device: `since` is the stamp at which `state` or `problem` changed, `heard_at` when its
    agent reported last.
    """

    state: str
    problem: str | None
    error: str | None
    since: str
    heard_at: str
    counters: dict[str, int] = field(default_factory=dict)
    why: Said | None = None
    """`error` as it can be said in the reader's language: a sentence in English and what stands in its places."""


class Fleet:
    """Connected agents and the condition of each of their devices.

    `changed` is called after something a person should see.
    """

    def __init__(self) -> None:
        self._conditions: dict[int, dict[str, DeviceCondition]] = {}
        self._connected: dict[int, str] = {}
        self._troubles: dict[int, list[Said]] = {}
        self._left_out: dict[int, list[Said]] = {}
        self.changed: Callable[[], None] = lambda: None

    def mark_connected(self, agent: int, at: str) -> None:
        """Note that an agent is connected."""
        self._connected.setdefault(agent, at)
        self.changed()

    def mark_gone(self, agent: int) -> None:
        """Note that an agent is disconnected. The condition of its devices is then unknown."""
        if self._connected.pop(agent, None) is not None:
            self.changed()

    def shift_times(self, ms: int) -> None:
        """Shift every time by `ms` after the clock was set, so that ages stay the same."""
        self._connected = {agent: shift_stamp(at, ms) for agent, at in self._connected.items()}
        for conditions in self._conditions.values():
            for item in conditions.values():
                item.since, item.heard_at = shift_stamp(item.since, ms), shift_stamp(item.heard_at, ms)

    def is_connected(self, agent: int) -> bool:
        """Say whether the agent is there."""
        return agent in self._connected

    def update_devices(self, agent: int, report: object, at: str) -> None:
        """Store the devices that an agent reports: `{name: {state, problem?, error?, why?, counters?}}`.

        Skip what cannot be read.
        """
        before = self._conditions.get(agent, {})
        conditions: dict[str, DeviceCondition] = {}
        for name, item in list(report.items())[:DEVICES_MAX] if isinstance(report, dict) else ():
            condition = _condition(item, at)
            if condition is None or not isinstance(name, str):
                continue
            old = before.get(name)
            if old is not None and (old.state, old.problem) == (condition.state, condition.problem):
                condition.since = old.since
            conditions[name[:TEXT_MAX]] = condition
        self._conditions[agent] = conditions
        if {name: (item.state, item.problem) for name, item in conditions.items()} != {
            name: (item.state, item.problem) for name, item in before.items()
        }:
            self.changed()

    def update_troubles(self, agent: int, report: object) -> None:
        """Store the problems that an agent reports of itself: `[{message, params}]`. Skip what cannot be read."""
        items = report[:TROUBLES_MAX] if isinstance(report, list) else []
        sentences = [troubles_sentence for item in items if (troubles_sentence := read_sentence(item))]
        if sentences != self._troubles.get(agent, []):
            self._troubles[agent] = sentences
            self.changed()

    def set_left_out(self, agent: int, sentences: list[Said]) -> None:
        """Store why some devices of an agent were refused."""
        if sentences != self._left_out.get(agent, []):
            self._left_out[agent] = sentences
            self.changed()

    def list_agent_troubles(self, agent: int) -> list[Said]:
        """List the problems of the agent itself. An agent that is disconnected has none."""
        return [*self._left_out.get(agent, []), *self._troubles.get(agent, [])] if self.is_connected(agent) else []

    def find_condition(self, agent: int, name: str) -> DeviceCondition | None:
        """Return the condition of a device, None while its agent has not reported it."""
        return self._conditions.get(agent, {}).get(name)

    def describe(self, db: Reader) -> list[dict[str, Any]]:
        """Return the enrolled agents with their devices, each with its state; those of an agent that is gone are
        `down`.
        """
        names = {item.id: item.name for item in staff_store.list_agent_credentials(db)}
        bindings = equipment_store.load_bindings(db)
        return [
            {
                "agent": agent,
                "name": names.get(agent, ""),
                "connected": self.is_connected(agent),
                **_bound(bindings.get(agent, Binding(agent))),
                "devices": [
                    self._device(item.agent, item.name, item.kind, item.counters)
                    for item in equipment_store.list_devices_of_agent(db, agent)
                ],
            }
            for agent in staff_store.list_agents(db)
        ]

    def _device(self, agent: int, name: str, kind: str, counters: tuple[int, ...]) -> dict[str, Any]:
        shape: dict[str, Any] = {"name": name, "kind": kind, "counters": list(counters)}
        condition = self.find_condition(agent, name)
        if not self.is_connected(agent):
            return {**shape, "state": "down", "problem": "agent_gone", "error": None, "since": None, "figures": {}}
        if condition is None:
            return {**shape, "state": "unknown", "problem": None, "error": None, "since": None, "figures": {}}
        return {
            **shape,
            "state": condition.state,
            "problem": condition.problem,
            "error": condition.error,
            "since": condition.since,
            "figures": condition.counters,
        }

    def list_troubles(self, db: Reader) -> list[dict[str, Any]]:
        """Return the devices that do not work, or work only just: `{name, kind, counters, state, problem}`."""
        return [
            {name: device[name] for name in ("name", "kind", "counters", "state", "problem")}
            for agent in self.describe(db)
            for device in agent["devices"]
            if device["state"] in {"down", "degraded"}
        ]


def _bound(binding: Binding) -> dict[str, Any]:
    kiosks = "all" if binding.kiosks is None else list(binding.kiosks)
    return {"counters": list(binding.counters), "kiosks": kiosks, "confirmed": binding.is_confirmed}


def _condition(item: object, at: str) -> DeviceCondition | None:
    if not isinstance(item, dict):
        return None
    state = item.get("state")
    if state not in STATES:
        return None
    problem, error, counters = item.get("problem"), item.get("error"), item.get("counters")
    figures = counters.items() if isinstance(counters, dict) else ()
    return DeviceCondition(
        state,
        problem[:TEXT_MAX] if isinstance(problem, str) else None,
        error[:TEXT_MAX] if isinstance(error, str) else None,
        at,
        at,
        {name: value for name, value in list(figures)[:COUNTERS_MAX] if isinstance(name, str) and type(value) is int},
        read_sentence(item.get("why")),
    )


def read_sentence(trouble: object) -> Said | None:
    """Return the sentence and what fills its places; None where they do not fit each other.

    It comes from another computer, so a place is `%(name)s` and nothing else: `%(name)900000000s` would fill the
    memory.
    """
    if not isinstance(trouble, dict):
        return None
    message, params = trouble.get("message"), trouble.get("params")
    if not isinstance(message, str) or not 0 < len(message) <= TEXT_MAX or not isinstance(params, dict):
        return None
    values: dict[str, object] = {
        str(name): str(value)[:TEXT_MAX] for name, value in list(params.items())[:COUNTERS_MAX]
    }
    places = set(PLACE.findall(message))
    if not places and not values:
        return message, {}
    return (message, values) if places <= values.keys() and "%" not in PLACE.sub("", message) else None
