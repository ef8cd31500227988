"""A door that is to be opened is a job of the locker, and what the locker says of it settles the door."""

from motcua.desk import Desk, Planned, Reader, Tx
from motcua.desk.jobs import DeviceJob
from motcua.dossiers.lockers import actions
from motcua.dossiers.lockers.events import DoorOpened
from motcua.wiring.routes import list_routes

UNLOCK, UNLOCK_TTL_MS = "unlock", 10_000
"""After this a door that the device program was not told of stays closed: nobody stands before it any more."""


def find_locker(db: Reader) -> str | None:
    """Return the route of the locker, the oldest agent's."""
    return next(iter(list_routes(db, "locker")), None)


def plan_unlocking(event: DoorOpened, db: Reader) -> list[Planned]:
    """Return the job that opens a door."""
    locker = find_locker(db)
    if locker is None:
        return []
    return [Planned(locker, UNLOCK, {"door": event.door, "dossier": event.dossier}, UNLOCK_TTL_MS)]


def end_unlocking(tx: Tx, job: DeviceJob) -> None:
    """Settle the door of an opening that ended; nothing for any other job."""
    door, dossier = job.payload.get("door"), job.payload.get("dossier")
    is_over = job.kind == UNLOCK and job.state in {"done", "failed", "unknown"}
    if is_over and isinstance(door, int) and isinstance(dossier, str):
        actions.end_opening(tx, door, dossier, job.state, job.detail)


def install(desk: Desk) -> None:
    """Plan a job with each door that is to be opened."""
    desk.plan(DoorOpened, plan_unlocking)
