"""The lines of a check about device programs and their devices."""

from collections.abc import Mapping, Sequence
from typing import Any

from motcua.checks.fleet import Fleet, Said
from motcua.checks.invariants import CheckLine
from motcua.desk import Reader
from motcua.desk.messages import mark


def list_device_lines(db: Reader, fleet: Fleet, waiting: Mapping[int, Sequence[Said]]) -> list[CheckLine]:
    """Return a line for each device program and device as they are now.

    `waiting` has, by device program, the messages about what waits for an administrator.
    """
    lines: list[CheckLine] = []
    for agent in fleet.describe(db):
        number = agent["agent"]
        lines += _program_lines(fleet, agent)
        lines += [CheckLine("agent", "degraded", *message, (number, "")) for message in waiting.get(number, ())]
        for device in agent["devices"]:
            detail, params = find_error_message(fleet, number, device) or (device["error"] or device["problem"], {})
            lines.append(
                CheckLine(
                    device["kind"], device["state"], detail, params, (number, device["name"]), tuple(device["counters"])
                )
            )
    return lines


def _program_lines(fleet: Fleet, agent: dict[str, Any]) -> list[CheckLine]:
    """Return a line for a device program, and one more for each further thing that is wrong with it."""
    device = (agent["agent"], "")
    if not agent["connected"]:
        return [CheckLine("agent", "down", mark("it is not connected"), {}, device)]
    troubles = fleet.list_agent_troubles(agent["agent"])
    return [CheckLine("agent", "degraded", *message, device) for message in troubles] or [
        CheckLine("agent", "ok", None, {}, device)
    ]


def find_error_message(fleet: Fleet, agent: int, device: dict[str, Any]) -> Said | None:
    """Return why a device does not work, as a message and what fills its places; None where nobody knows."""
    condition = fleet.find_condition(agent, device["name"])
    return condition.why if condition is not None and device["error"] else None
