"""Setting which procedures are linked, each time from a day on; taking in the dossiers of linked procedures."""

from typing import cast

from msgspec import Struct

from motcua.copies import replace
from motcua.counters import store as counter_store
from motcua.desk import Json, Refused, Tx
from motcua.desk.vault import Vault
from motcua.dossiers.actions import common, intake
from motcua.dossiers.events.linked import LinkedGroupChanged, LinkedGroupWithdrawn
from motcua.dossiers.model.dossier import Dossier
from motcua.dossiers.model.linked import LinkedRequest, LinkedVersion, describe_group
from motcua.dossiers.rules import linked as rules
from motcua.dossiers.rules.flows import require_flow_day
from motcua.dossiers.store import dossiers, linked
from motcua.procedures.store import list_procedures


class GroupRequest(Struct, frozen=True):
    """What somebody entered: a group's code, empty for a new one, its names, its procedures, and from when."""

    code: str
    names: tuple[str, str]
    procedures: tuple[str, ...]
    is_in_turn: bool
    since: str
    account: int | None = None


def set_group(tx: Tx, request: GroupRequest) -> LinkedVersion:
    """Set a group from a day on. Raises `Invalid("flow.day" | "linked.name" | …)`, `Refused("linked.same")`."""
    common.get_switched_on(tx)
    require_flow_day(request.since)
    codes = {*linked.load_groups(), *(one.code for one in linked.list_group_versions(tx.db))}
    if request.code and request.code not in codes:
        rules.require_group({}, request.code)
    code, offered = request.code or rules.find_next_code(codes), list_procedures(tx.db, request.since)
    group = rules.read_group(code, request.names, request.procedures, offered, is_in_turn=request.is_in_turn)
    if linked.list_groups(tx.db, request.since).get(code) == group:
        raise Refused("linked.same", "On that day it is already exactly so. Nothing was changed.")
    version = LinkedVersion(code, request.since, group, tx.at, request.account)
    linked.save_group_version(tx.db, version)
    plain = cast(dict[str, Json], describe_group(group))
    tx.emit(LinkedGroupChanged(code, since=request.since, account=request.account, linked=plain))
    return version


def withdraw_group(tx: Tx, code: str, since: str, account: int | None) -> LinkedVersion:
    """Offer a group no more from a day on. Raises `Invalid("flow.day")`, `Unknown("linked.unknown")`."""
    common.get_switched_on(tx)
    require_flow_day(since)
    rules.require_group(linked.list_groups(tx.db, since), code)
    version = LinkedVersion(code, since, None, tx.at, account)
    linked.save_group_version(tx.db, version)
    tx.emit(LinkedGroupWithdrawn(code, since=since, account=account))
    return version


def lodge_linked(tx: Tx, vault: Vault, counter: int, request: LinkedRequest) -> list[Dossier]:
    """Take in the dossiers of linked procedures of the visit in hand: all of them or none.

    Raises `Unknown("linked.unknown" | …)`, `Refused("counter.idle" | "dossier.visit_full")`, `Invalid`.
    """
    common.get_switched_on(tx)
    visit = counter_store.get(tx.db, counter).in_hand
    group = rules.require_group(linked.list_groups(tx.db, tx.day), request.group)
    rules.require_linked(group, request, len(dossiers.list_of_visit(tx.db, visit)) if visit else 0)
    taken: list[Dossier] = []
    for one in request.dossiers:
        before = taken[-1].limits if taken and group.is_in_turn else ()
        together = intake.Together(taken[0].code if taken else None, before)
        taken.append(intake.take_in(tx, vault, counter, replace(one, applicant=request.applicant), together))
    return taken
