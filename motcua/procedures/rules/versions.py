"""Which version of a procedure is taken. Pure."""

import hashlib

from motcua.copies import replace
from motcua.desk.errors import Invalid, Refused, Unknown
from motcua.desk.moment import parse_day
from motcua.procedures.model import Procedure
from motcua.procedures.model.plain import write_procedure
from motcua.procedures.rules.checking import list_faults
from motcua.procedures.values import FIRST_DAY, LAST_DAY


def compute_digest(procedure: Procedure | None) -> str:
    """Return the SHA-256 in hex of what a procedure is, whenever it came into force; empty for None."""
    if procedure is None:
        return ""
    return hashlib.sha256(write_procedure(replace(procedure, since="")).encode()).hexdigest()


def require_day(since: str) -> None:
    """Raise `Invalid("procedure.day")` unless `since` is a day of effect."""
    if parse_day(since) is None or not FIRST_DAY <= since <= LAST_DAY:
        raise Invalid("procedure.day", "Choose the day from which it holds.")


def require_new(before: Procedure | None, procedure: Procedure) -> None:
    """Raise `Invalid("procedure.wrong")` for what does not fit together, `Refused("procedure.same")` for no change."""
    for fault in list_faults(procedure):
        raise Invalid("procedure.wrong", fault.message, **fault.params)
    if compute_digest(before) == compute_digest(procedure):
        raise Refused("procedure.same", "On that day it is already exactly so. Nothing was changed.")


def require_basis(before: Procedure | None, basis: str | None) -> None:
    """Raise `Refused("procedure.changed")` where something else holds than what `basis` is the digest of."""
    if basis is not None and compute_digest(before) != basis:
        raise Refused(
            "procedure.changed",
            "On that day something else holds than what you began with: somebody changed it, or another version begins."
            " Load the version of that day, then make your change.",
        )


def require_offered(procedure: Procedure | None, code: str) -> Procedure:
    """Return `procedure`. Raises `Unknown("procedure.unknown")` where there is none."""
    if procedure is None:
        raise Unknown("procedure.unknown", "There is no procedure %(procedure)s.", procedure=code)
    return procedure
