"""What an agent may say that it has."""

import re

from motcua.desk.errors import Invalid
from motcua.equipment.model import Device

KINDS = ("printer", "keypad", "pad", "sign", "speaker", "scanner")
DEVICES_MAX, COUNTERS_MAX, COUNTER_MAX = 100, 99, 999
_NAME = re.compile(r"[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?")


def declared(agent: int, given: object) -> list[Device]:
    """Return what an agent declares, `[{name, kind, counters?}]`, by name. Raises `Invalid("devices.shape" | "devices.name")`."""
    if not isinstance(given, list) or len(given) > DEVICES_MAX:
        raise Invalid("devices.shape", "An agent declares a list of at most %(most)s devices.", most=DEVICES_MAX)
    found = {device.name: device for device in (_device(agent, item) for item in given)}
    if len(found) < len(given):
        raise Invalid("devices.name", "Two devices of an agent have the same name.")
    return [found[name] for name in sorted(found)]


def _device(agent: int, item: object) -> Device:
    if isinstance(item, dict):
        name, kind, counters = item.get("name"), item.get("kind"), item.get("counters", [])
        if (
            isinstance(name, str)
            and _NAME.fullmatch(name)
            and isinstance(kind, str)
            and kind in KINDS
            and isinstance(counters, list)
            and len(counters) <= COUNTERS_MAX
            and all(type(number) is int and 0 < number <= COUNTER_MAX for number in counters)
        ):
            return Device(agent, name, kind, tuple(sorted(set(counters))))
    raise Invalid("devices.shape", "A device has a name of a-z, 0-9 and -, a kind (%(kinds)s) and counters.", kinds=", ".join(KINDS))
