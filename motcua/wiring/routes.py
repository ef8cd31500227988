"""Where a job goes: to the devices that agents declared, or to an agent that never said what it drives."""

from motcua.desk import Reader
from motcua.equipment import store as equipment_store
from motcua.staff import store as staff_store
from motcua.typed.device_address import DeviceAddress
from motcua.wiring.bindings import serving


def routes(db: Reader, kind: str, counter: int | None = None) -> list[str]:
    """Return the addresses under which jobs of devices of `kind` wait: all of them, or those of `counter`, the oldest agent's first.

    Where no agent declared such a device, the oldest one that declared nothing at all is taken to have it: a program of its own may.
    """
    if addresses := [str(device.address.at(counter)) for device in serving(db, kind, counter)]:
        return addresses
    agents = staff_store.agents(db)
    told = equipment_store.declaring(db)
    silent = next((agent for agent in agents if agent not in told), None)
    if silent is None:
        return []
    return [str(DeviceAddress(kind, str(silent), counter=counter))]
