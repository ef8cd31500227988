"""The room's tables, and the moments in them that a set clock moves."""

from motcua.desk import Room, Stamps
from motcua.dossiers.dropoffs import store as dropoffs
from motcua.dossiers.lockers import store as lockers
from motcua.dossiers.store import (
    applicants,
    bank,
    board,
    cash,
    dossiers,
    fees,
    flows,
    imports,
    letters,
    linked,
    lookups,
    mailings,
    promises,
    pushes,
    ready,
    secrets,
    watching,
)

_SINCE = "received_at >= :since OR settled_at >= :since OR returned_at >= :since"
_LOCKED_AT = "strftime('%Y-%m-%dT%H:%M:%fZ', locked_until, '-60 minutes')"
"""When a look-up was locked: a lock that began before the clock was wrong is not moved."""
_STAMPS = [
    Stamps("dossier_files", ["imported_at"], where="imported_at >= :since"),
    Stamps("desk_dossiers", ["received_at", "settled_at", "returned_at"], where=_SINCE),
    Stamps("dossier_charges", ["demanded_at"], where="demanded_at >= :since"),
    Stamps("dossier_payments", ["at"], where="at >= :since"),
    Stamps("dossier_mailings", ["asked_at", "sent_at"], where="asked_at >= :since OR sent_at >= :since"),
    Stamps("mailing_batches", ["at"], where="at >= :since"),
    Stamps("bank_notices", ["at"], where="at >= :since"),
    Stamps("cash_sheets", ["closed_at", "signed_at"], where="closed_at >= :since OR signed_at >= :since"),
    Stamps("dossier_moves", ["at"], where="at >= :since"),
    Stamps("linked_groups", ["changed_at"], where="changed_at >= :since"),
    Stamps("flow_versions", ["changed_at"], where="changed_at >= :since"),
    Stamps("dossier_keys", ["began_at"], where="began_at >= :since"),
    Stamps("applicants", ["agreed_at"], where="agreed_at >= :since"),
    Stamps("dropoffs", ["dropped_at", "decided_at"], where="dropped_at >= :since OR decided_at >= :since"),
    Stamps("dropoffs", [], until=[("locked_until", _LOCKED_AT)], where="locked_until >= :since"),
    Stamps("locker_doors", ["changed_at"], where="changed_at >= :since"),
    Stamps("locker_doors", [], until=[("locked_until", _LOCKED_AT)], where="locked_until >= :since"),
    Stamps("dossier_lookups", [], until=[("locked_until", _LOCKED_AT)], where="locked_until >= :since"),
]
_STEPS = [
    ("first", imports.create),
    ("desk", dossiers.create),
    ("secrets", secrets.create),
    ("applicants", applicants.create),
    ("lookups", lookups.create),
    ("board", board.create),
    ("ready", ready.create),
    ("watching", watching.create),
    ("letters", letters.create),
    ("results", dossiers.add_result_kind),
    ("dropoffs", dropoffs.create),
    ("lockers", lockers.create),
    ("pushes", pushes.create),
    ("fees", fees.create),
    ("cash", cash.create),
    ("bank", bank.create),
    ("mailings", mailings.create),
    ("flows", flows.create),
    ("linked", linked.create),
    ("promises", promises.create),
]
ROOM = Room("dossiers", _STEPS, _STAMPS)
