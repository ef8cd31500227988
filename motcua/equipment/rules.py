"""What an agent may say that it has, and for what of it it may act."""

import re
from collections.abc import Iterable

from motcua.copies import replace
from motcua.desk.errors import Forbidden, Invalid
from motcua.desk.messages import mark
from motcua.devices.kinds import DRIVEN, is_placed_at
from motcua.equipment.model import Binding, DeclaredDevice, OddDevice

DEVICES_MAX, COUNTERS_MAX, COUNTER_MAX = 100, 99, 999
ODD_MAX, ODD_NAME_MAX = 20, 40
_NAME = re.compile(r"[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?")


ODD_SHAPE = mark(
    "The device “%(name)s” was ignored: a device must have a name of a-z, 0-9 and -, a kind (%(kinds)s) and counters."
)
ODD_COUNTERS = mark(
    "Of the device “%(name)s” these counters were ignored: %(counters)s. A counter is a number from 1 to %(most)s."
)
ODD_TWICE = mark("The device “%(name)s” was ignored: an earlier one has the same name.")
ODD_MANY = mark("The device “%(name)s” was ignored: a device program can have at most %(most)s devices.")


def read_declaration(agent: int, entries: object) -> tuple[list[DeclaredDevice], list[OddDevice]]:
    """Return what an agent declares, `[{name, kind, counters?}]`, by name, and what of it could not be taken.

    One odd entry never hides the others. Raises `Invalid("devices.shape")` where there is no list at all.
    """
    if not isinstance(entries, list):
        raise Invalid("devices.shape", "An agent must declare a list of at most %(most)s devices.", most=DEVICES_MAX)
    devices: dict[str, DeclaredDevice] = {}
    odd: list[OddDevice] = []
    for entry in entries:
        name = _name_of(entry)
        if len(odd) >= ODD_MAX:
            break
        if len(devices) >= DEVICES_MAX:
            odd.append(OddDevice(name, ODD_MANY, {"name": name, "most": DEVICES_MAX}))
        elif (device := _device(agent, entry)) is None:
            odd.append(OddDevice(name, ODD_SHAPE, {"name": name, "kinds": ", ".join(DRIVEN)}))
        elif device.name in devices:
            odd.append(OddDevice(name, ODD_TWICE, {"name": name}))
        else:
            devices[device.name] = device
            if left_out := [number for number in entry.get("counters", []) if not _is_counter(number)]:
                counters = ", ".join(str(number)[:ODD_NAME_MAX] for number in left_out[:ODD_MAX])
                odd.append(OddDevice(name, ODD_COUNTERS, {"name": name, "counters": counters, "most": COUNTER_MAX}))
    return [devices[name] for name in sorted(devices)], odd


def _name_of(entry: object) -> str:
    name = entry.get("name") if isinstance(entry, dict) else entry
    return str(name)[:ODD_NAME_MAX]


def _is_counter(number: object) -> bool:
    return type(number) is int and 0 < number <= COUNTER_MAX


def _device(agent: int, entry: object) -> DeclaredDevice | None:
    if not isinstance(entry, dict):
        return None
    name, kind, counters = entry.get("name"), entry.get("kind"), entry.get("counters", [])
    if (
        isinstance(name, str)
        and _NAME.fullmatch(name)
        and isinstance(kind, str)
        and kind in DRIVEN
        and isinstance(counters, list)
        and len(counters) <= COUNTERS_MAX
    ):
        return DeclaredDevice(agent, name, kind, tuple(sorted({number for number in counters if _is_counter(number)})))
    return None


def propose_binding(
    binding: Binding, devices: Iterable[DeclaredDevice], others: Iterable[Binding], counters: Iterable[int]
) -> Binding:
    """Return what an agent may act for while no administrator has said so: what its devices claim and no other agent
    serves.

    `counters` are those of the hall. What it was bound to before stays.
    """
    listed, served = list(devices), list(others)
    free = set(counters) - {number for other in served for number in other.counters}
    claimed = {number for device in listed for number in device.counters}
    kiosks = binding.kiosks
    if any(is_placed_at(device.kind, "kiosks") for device in listed) and all(other.kiosks == () for other in served):
        kiosks = None
    return replace(
        binding, counters=tuple(sorted({*binding.counters, *(claimed & free)})), kiosks=kiosks, is_confirmed=False
    )


def require_device(
    devices: Iterable[DeclaredDevice], binding: Binding, kind: str, counter: int | None, name: str | None = None
) -> DeclaredDevice:
    """Return the device of `kind` with which an agent acts at `counter` (None: at its kiosks), the one called `name`
    if it says so.

    Raises `Forbidden("device.undeclared")` when the agent has declared none, `Forbidden("agent.unbound")` when the
    agent is not bound to that counter, or to any kiosk.
    """
    fitting = [
        device
        for device in devices
        if device.agent == binding.agent
        and device.kind == kind
        and (counter is None or counter in device.counters)
        and (name is None or device.name == name)
    ]
    if not fitting:
        raise Forbidden(
            "device.undeclared",
            "This device program has not declared such a device. Check the counters in its settings.",
        )
    if counter is None:
        if binding.kiosks == ():
            raise Forbidden(
                "agent.unbound",
                "This scanner is assigned to no kiosk. An administrator assigns it on the settings page of devices.",
            )
    elif counter not in binding.counters:
        raise Forbidden(
            "agent.unbound",
            "Counter %(counter)s is not assigned to this device program. An administrator assigns it on the "
            "settings page of devices.",
            counter=counter,
        )
    return fitting[0]
