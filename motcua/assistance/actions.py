"""What a helper does: enters whom they helped, and takes an entry back."""

from motcua.assistance import rules, store
from motcua.assistance.events import AssistanceRecorded, AssistanceWithdrawn
from motcua.assistance.model import Assistance, AssistanceRequest
from motcua.copies import replace
from motcua.desk import Invalid, Tx
from motcua.procedures.store import find_procedure
from motcua.queue import store as queue_store


def record_assistance(tx: Tx, request: AssistanceRequest) -> Assistance:
    """Enter somebody who was helped. What the ticket's holder looked up is the procedure where none is named.

    Raises `Invalid("assistance.outcome" | "assistance.minutes" | "assistance.day" | "ticket.unknown" |
    "procedure.unknown")`.
    """
    day = rules.read_help_day(request.day, tx.day)
    outcomes, minutes = rules.read_outcomes(request), rules.read_minutes(request.minutes)
    visit = queue_store.get_by_reference(tx.db, day, request.number).id if request.number else None
    procedure = request.procedure or _find_looked_up(tx, visit)
    if procedure is not None and find_procedure(tx.db, procedure, day) is None:
        raise Invalid("procedure.unknown", "There is no procedure %(procedure)s.", procedure=procedure[:40])
    draft = Assistance(0, tx.at, day, outcomes, visit, procedure, minutes)
    item = replace(draft, id=store.add_assistance(tx.db, draft))
    tx.emit(
        AssistanceRecorded(
            assistance=item.id,
            date=item.day,
            outcomes=[outcome.value for outcome in item.outcomes],
            visit=item.visit,
            procedure=item.procedure,
            minutes=item.minutes,
        )
    )
    return item


def withdraw_assistance(tx: Tx, number: int) -> Assistance:
    """Take back an entry that was a mistake.

    Raises `Unknown("assistance.unknown")`, `Refused("assistance.withdrawn" | "assistance.old")`.
    """
    item = store.get_assistance(tx.db, number)
    rules.require_withdrawable(item, tx.day)
    store.withdraw_assistance(tx.db, number, tx.at)
    tx.emit(AssistanceWithdrawn(assistance=number))
    return replace(item, withdrawn_at=tx.at)


def _find_looked_up(tx: Tx, visit: str | None) -> str | None:
    matter = queue_store.find_matter(tx.db, visit) if visit else None
    return matter.procedure if matter else None
