"""All rooms that own tables, and the desk built from them."""

from pathlib import Path

from motcua.bookings import store as bookings
from motcua.catalogue import store as catalogue
from motcua.counters import store as counters
from motcua.desk import Clock, Desk, Entropy, system_clock, system_entropy
from motcua.desk.desk import Writer
from motcua.equipment import store as equipment
from motcua.feedback import store as feedback
from motcua.queue import store as queue
from motcua.settings import store as settings
from motcua.staff import store as staff

ROOMS = [settings.ROOM, catalogue.ROOM, staff.ROOM, equipment.ROOM, counters.ROOM, bookings.ROOM, queue.ROOM, feedback.ROOM]


def open_desk(folder: Path, clock: Clock = system_clock, entropy: Entropy = system_entropy, writer: Writer | None = None) -> Desk:
    """Return the desk of a data folder; its store is made or brought up to date."""
    return Desk(folder / "desk.db", ROOMS, clock, entropy, settings.timezone, writer, queue.day_in_use)
