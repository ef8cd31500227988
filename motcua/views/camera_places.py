"""Where cameras are, and what of their surroundings the desk knows: for the start page and the settings page."""

from motcua.desk import Reader
from motcua.settings import store as settings_store
from motcua.staff import store as staff_store
from motcua.staff.model import Role
from motcua.views.shapes import View
from motcua.wiring import bindings


def list_camera_counters(db: Reader) -> list[int]:
    """Return the counters at which a camera can act: declared there, by an agent that is assigned to it."""
    cameras = bindings.list_devices(db, "camera")
    return sorted(
        {
            number
            for camera in cameras
            for number in camera.counters
            if camera in bindings.list_devices(db, "camera", number)
        }
    )


def list_watched_counters(db: Reader) -> list[int]:
    """Return the counters whose camera may look at a citizen who agrees; none while the switch is off."""
    return list_camera_counters(db) if settings_store.get_settings(db).camera.is_on else []


def describe_camera_setup(db: Reader, at: str) -> View:
    """Return what the settings page says of what cameras need: their counters, rating pads, whom to ask otherwise.

    `pads` are the counters with a paired rating pad, on which the question is asked.
    """
    unit = settings_store.get_settings(db).unit
    pads = {item.counter for item in staff_store.list_tokens(db, at) if item.role is Role.PAD and item.counter}
    return {
        "counters": list_camera_counters(db),
        "pads": sorted(pads),
        "contact": " · ".join(part for part in (unit.centre or unit.name, unit.phone) if part) if unit.phone else "",
    }
