"""The locker as officers, applicants and kiosks see it."""

from datetime import date

from motcua.desk import Reader
from motcua.desk.messages import translate_into_each
from motcua.desk.vault import Vault
from motcua.dossiers.lockers import store
from motcua.dossiers.lockers.model import DOOR_PROBLEMS, DOOR_STATE_LABELS, PROBLEM_ELSE, DoorState, LockerDoor
from motcua.settings import store as settings_store
from motcua.settings.model import Settings
from motcua.views.shapes import View, format_local


def has_locker(settings: Settings) -> bool:
    """Say whether results can be fetched from a locker here."""
    return settings.dossiers.is_on and settings.lockers.doors > 0


def describe_problem(problem: str | None) -> View | None:
    """Return what went wrong at a door, in words."""
    return translate_into_each(DOOR_PROBLEMS.get(problem, PROBLEM_ELSE)) if problem else None


def list_locker(db: Reader, today: str) -> list[View]:
    """Return every door of the locker, in order, and doors beyond that still hold something."""
    settings = settings_store.get_settings(db)
    used = {door.door: door for door in store.list_doors(db)}
    numbers = sorted({*range(1, settings.lockers.doors + 1), *used})
    return [_describe_door(settings, number, used.get(number), today) for number in numbers]


def _describe_door(settings: Settings, number: int, door: LockerDoor | None, today: str) -> View:
    if door is None:
        return {"door": number, "state": "empty"}
    days = (date.fromisoformat(today) - date.fromisoformat(door.put_on)).days
    return {
        "door": number,
        "state": door.state.value,
        "label": translate_into_each(DOOR_STATE_LABELS[door.state]),
        "dossier": door.dossier,
        "put_on": door.put_on,
        "changed_at": format_local(door.changed_at, settings.timezone),
        "problem": describe_problem(door.problem),
        "is_late": days > settings.lockers.fetch_days,
    }


def describe_locker_place(db: Reader, dossier: str, *, is_ready: bool) -> View:
    """Return behind which door a dossier's result is, and which doors are free for it."""
    settings = settings_store.get_settings(db)
    if not has_locker(settings) or not is_ready:
        return {"door": None, "free": []}
    used = {door.door for door in store.list_doors(db)}
    current = store.find_of_dossier(db, dossier)
    free = [number for number in range(1, settings.lockers.doors + 1) if number not in used]
    return {"door": current.door if current else None, "free": free if current is None else []}


def find_pick_up(db: Reader, vault: Vault | None, dossier: str) -> View | None:
    """Return the door and the code of a result that waits in the locker, for who has the second factor."""
    door = store.find_of_dossier(db, dossier)
    if vault is None or door is None or door.state is not DoorState.FILLED:
        return None
    code = store.find_code(db, vault, dossier)
    return {"door": door.door, "code": f"{code[:3]} {code[3:]}"} if code else None


def describe_opening(db: Reader, door: int) -> View:
    """Return what became of a door that was opened for an applicant."""
    current = store.find_door(db, door)
    if current is None:
        return {"state": "done", "problem": None}
    states = {DoorState.OPENING: "opening", DoorState.STUCK: "stuck"}
    return {"state": states.get(current.state, "failed"), "problem": describe_problem(current.problem)}
