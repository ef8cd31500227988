"""Where a job goes: to the devices that agents declared, or to an agent that never said what it drives."""

from motcua.desk import Reader
from motcua.equipment import store as equipment_store
from motcua.staff import store as staff_store
from motcua.wiring.bindings import serving


def routes(db: Reader, kind: str, counter: int | None = None) -> list[str]:
    """Return the names under which jobs of devices of `kind` wait: all of them, or those of `counter`, the oldest agent's first.

    Where no agent declared such a device, the oldest one that declared nothing at all is taken to have it: a program of its own may.
    """
    if found := [f"{item.route}:{counter}" if counter is not None else item.route for item in serving(db, kind, counter)]:
        return found
    agents = staff_store.list_agents(db)
    told = equipment_store.declaring(db)
    silent = next((agent for agent in agents if agent not in told), None)
    if silent is None:
        return []
    return [f"{kind}:{silent}" if counter is None else f"{kind}:{silent}::{counter}"]
