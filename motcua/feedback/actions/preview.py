"""Letting an administrator look at a camera's picture, to set its region. The picture itself is stored nowhere."""

from motcua.counters import store as counter_store
from motcua.counters.model import Counter
from motcua.desk import Reader, Refused, Tx, Unknown
from motcua.equipment import store as equipment_store
from motcua.feedback.events import CameraPreviewed
from motcua.feedback.rules.preview import require_nobody_served


def get_camera_counter(db: Reader, agent: int, device: str) -> Counter:
    """Return the counter of a camera.

    Raises `Unknown("camera.unknown" | "counter.unknown")`, and `Refused("camera.unbound")` while its agent is not
    bound to that counter.
    """
    devices = equipment_store.list_devices_of_agent(db, agent)
    camera = next((item for item in devices if (item.name, item.kind) == (device, "camera")), None)
    if camera is None or not camera.counters:
        raise Unknown("camera.unknown", "This device program has no camera %(name)s at a counter.", name=device)
    number = camera.counters[0]
    if number not in equipment_store.get_binding(db, agent).counters:
        raise Refused(
            "camera.unbound",
            "The device program is not assigned to counter %(counter)s, where this camera is. Please assign it first.",
            counter=number,
        )
    return counter_store.get(db, number)


def record_preview(tx: Tx, agent: int, device: str) -> Counter:
    """Write down that somebody looks at a camera's picture now. Raises what `get_camera_counter` and the rule raise."""
    counter = get_camera_counter(tx.db, agent, device)
    require_nobody_served(counter)
    tx.emit(CameraPreviewed(agent=agent, device=device, counter=counter.number))
    return counter
