"""When a result may be put behind a door, which codes open one, and what an opening means. Pure."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

from motcua.copies import replace
from motcua.desk.errors import Invalid, Refused
from motcua.dossiers.lockers.model import DoorState, LockerDoor
from motcua.dossiers.model.applicant import Applicant
from motcua.dossiers.model.dossier import Dossier, DossierState
from motcua.dossiers.rules.lookup import has_factor
from motcua.settings.model import LockerRules

CODE_DIGITS = 6
ANSWER_S = 120
"""No opening lasts longer: after this its answer was lost."""
_CODE = re.compile(rf"[0-9]{{{CODE_DIGITS}}}", re.ASCII)
_BUSY = (DoorState.LOADING, DoorState.OPENING, DoorState.CLEARING)


def require_door(rules: LockerRules, door: int) -> None:
    """Raise `Invalid("locker.door")` unless the settings know such a door."""
    if not 1 <= door <= rules.doors:
        raise Invalid("locker.door", "The locker has no such door.")


def require_ready(dossier: Dossier, applicant: Applicant | None) -> None:
    """Raise `Refused("dossier.not_ready" | "locker.no_factor")` unless the applicant can fetch the result alone."""
    if dossier.state is not DossierState.READY:
        raise Refused("dossier.not_ready", "The result of this dossier is not ready.")
    if applicant is None or not has_factor(applicant):
        raise Refused(
            "locker.no_factor",
            "The applicant left neither a phone number nor a year of birth, so a code alone would open the door."
            " Hand the result out at the counter.",
        )


def require_free(current: LockerDoor | None, elsewhere: LockerDoor | None) -> None:
    """Raise `Refused("locker.taken" | "locker.twice")` unless the door is empty and the result is behind no other."""
    if current is not None:
        raise Refused("locker.taken", "A result is behind this door already. Choose another door.")
    if elsewhere is not None:
        raise Refused("locker.twice", "The result is in the locker already, behind door %(door)s.", door=elsewhere.door)


def require_filled(door: LockerDoor) -> None:
    """Raise `Refused("locker.busy")` unless a result waits quietly behind the door."""
    if door.state is not DoorState.FILLED:
        raise Refused("locker.busy", "This door is being used, or somebody has to look at it first.")


def require_settling(door: LockerDoor, now: datetime, changed_at: datetime) -> None:
    """Raise `Refused("locker.busy")` while the locker may yet say what happened."""
    is_waiting = door.state in _BUSY and now < changed_at + timedelta(seconds=ANSWER_S)
    if is_waiting or door.state is DoorState.FILLED:
        raise Refused("locker.busy", "This door is being used, or somebody has to look at it first.")


def settle_opening(door: LockerDoor, result: str, detail: str | None, at: str) -> LockerDoor | None:
    """Return a door after an opening ended as `done`, `failed` or `unknown`; None for an empty one.

    Only what was seen open and closed again counts. A door that surely did not open is as before.
    """
    problem = None if result == "done" else detail or result
    after: dict[DoorState, dict[str, DoorState | None]] = {
        DoorState.LOADING: {"done": DoorState.FILLED, "failed": None},
        DoorState.OPENING: {"done": None, "failed": DoorState.FILLED},
        DoorState.CLEARING: {"done": None, "failed": DoorState.FILLED},
    }
    state = after[door.state].get(result, DoorState.STUCK)
    return replace(door, state=state, problem=problem, changed_at=at) if state is not None else None


def make_pick_up_code(entropy: Callable[[int], bytes]) -> str:
    """Return a code of six digits, each as likely as the others."""
    most = 10**CODE_DIGITS
    fair = 2**32 - 2**32 % most
    while (number := int.from_bytes(entropy(4))) >= fair:
        pass
    return f"{number % most:0{CODE_DIGITS}d}"


def find_pick_up_code(text: str) -> str | None:
    """Return a code as it is stored, however it was typed; None for what is none."""
    code = re.sub(r"[\s-]", "", text[:40])
    return code if _CODE.fullmatch(code) else None
