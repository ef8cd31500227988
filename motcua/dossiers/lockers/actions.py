"""Putting a result behind a door, opening it for the applicant, and what the locker said happened."""

from motcua.copies import replace
from motcua.desk import Tx, parse, stamp
from motcua.desk.vault import Vault
from motcua.dossiers.actions import common
from motcua.dossiers.actions.settling import hand_out
from motcua.dossiers.lockers import rules, store
from motcua.dossiers.lockers.events import DoorCodeFailed, DoorOpened, DoorSettled
from motcua.dossiers.lockers.model import DoorState, LockerDoor, PickUpAttempt
from motcua.dossiers.model.dossier import DossierState
from motcua.dossiers.model.lookup import LookupGuard
from motcua.dossiers.rules.lookup import count_failure, is_factor, is_locked
from motcua.dossiers.store import dossiers, secrets


def put_in(tx: Tx, vault: Vault, code: str, door: int) -> LockerDoor:
    """Open an empty door for the result of a dossier, and make the code that opens it later.

    Raises `Unknown`, `Invalid("locker.door")`, `Refused("dossier.not_ready" | "locker.no_factor" | "locker.taken" |
    "locker.twice")`.
    """
    settings, dossier = common.get_current(tx, code)
    rules.require_door(settings.lockers, door)
    rules.require_ready(dossier, secrets.find_applicant(tx.db, vault, dossier.code))
    rules.require_free(store.find_door(tx.db, door), store.find_of_dossier(tx.db, dossier.code))
    while store.find_by_code(tx.db, vault, pick_up := rules.make_pick_up_code(tx.entropy)) is not None:
        pass
    filled = LockerDoor(door, dossier.code, DoorState.LOADING, tx.day, tx.at)
    digest = store.add_door(tx, vault, filled, pick_up)
    tx.emit(DoorOpened(door, dossier.code, DoorState.LOADING.value, digest))
    return filled


def pick_up(tx: Tx, vault: Vault, code: str, factor: str) -> PickUpAttempt:
    """Open the door of whoever has its code and the second factor; a wrong one is counted.

    An unknown code gives nothing, as a wrong factor does. Raises `Unknown("dossiers.off")`, `Refused("locker.busy")`.
    """
    common.get_switched_on(tx)
    plain = rules.find_pick_up_code(code)
    current = store.find_by_code(tx.db, vault, plain) if plain else None
    if current is None or dossiers.get_dossier(tx.db, current.dossier).state is not DossierState.READY:
        return PickUpAttempt()
    guard, now = store.get_guard(tx.db, current.door), parse(tx.at)
    if is_locked(guard, now):
        return PickUpAttempt(locked_until=guard.locked_until)
    if not is_factor(secrets.find_applicant(tx.db, vault, current.dossier), factor):
        guard = count_failure(guard, now)
        store.save_guard(tx.db, current.door, guard)
        until = stamp(guard.locked_until) if guard.locked_until else None
        tx.emit(DoorCodeFailed(current.door, current.dossier, guard.failures, until))
        return PickUpAttempt(locked_until=guard.locked_until)
    rules.require_filled(current)
    store.save_guard(tx.db, current.door, LookupGuard())
    _open(tx, current, DoorState.OPENING)
    return PickUpAttempt(door=current.door)


def take_out(tx: Tx, door: int) -> LockerDoor:
    """Open a door for an officer who takes its result out again. Raises `Unknown`, `Refused("locker.busy")`."""
    common.get_switched_on(tx)
    current = store.get_door(tx.db, door)
    rules.require_filled(current)
    return _open(tx, current, DoorState.CLEARING)


def end_opening(tx: Tx, door: int, dossier: str, result: str, detail: str | None) -> None:
    """Write down how an opening ended. A result counts as handed out only when its door was seen open and closed."""
    current = store.find_door(tx.db, door)
    if current is None or current.dossier != dossier or current.state in {DoorState.FILLED, DoorState.STUCK}:
        return  # an officer has looked meanwhile
    after = rules.settle_opening(current, result, detail, tx.at)
    _settle(tx, current, after, by_hand=False)
    if current.state is DoorState.OPENING and after is None:
        _hand_out(tx, dossier)


def settle_door(tx: Tx, door: int, *, is_inside: bool, is_fetched: bool) -> None:
    """Write down what an officer saw behind a door of which nobody knew.

    The result `is_inside`, or the applicant has fetched it, or it was taken out. Raises `Unknown`,
    `Refused("locker.busy")`.
    """
    common.get_switched_on(tx)
    current = store.get_door(tx.db, door)
    rules.require_settling(current, parse(tx.at), parse(current.changed_at))
    after = replace(current, state=DoorState.FILLED, problem=None, changed_at=tx.at) if is_inside else None
    _settle(tx, current, after, by_hand=True)
    if is_fetched and not is_inside:
        _hand_out(tx, current.dossier)


def _open(tx: Tx, current: LockerDoor, state: DoorState) -> LockerDoor:
    opened = replace(current, state=state, problem=None, changed_at=tx.at)
    store.save_door(tx.db, opened)
    tx.emit(DoorOpened(opened.door, opened.dossier, state.value, None))
    return opened


def _settle(tx: Tx, current: LockerDoor, after: LockerDoor | None, *, by_hand: bool) -> None:
    if after is None:
        store.clear_door(tx.db, current.door)
    else:
        store.save_door(tx.db, after)
    state, problem = (after.state.value, after.problem) if after else (None, None)
    tx.emit(DoorSettled(current.door, current.dossier, state, problem, by_hand))


def _hand_out(tx: Tx, code: str) -> None:
    if dossiers.get_dossier(tx.db, code).state is DossierState.READY:
        hand_out(tx, code)
