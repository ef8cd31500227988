"""The room's tables, and the moments in them that a set clock moves."""

from motcua.desk import Room, Stamps
from motcua.dossiers.store import applicants, board, dossiers, imports, lookups, promises, ready, secrets

_SINCE = "received_at >= :since OR settled_at >= :since OR returned_at >= :since"
_LOCKED_AT = "strftime('%Y-%m-%dT%H:%M:%fZ', locked_until, '-60 minutes')"
"""When a look-up was locked: a lock that began before the clock was wrong is not moved."""
_STAMPS = [
    Stamps("dossier_files", ["imported_at"], where="imported_at >= :since"),
    Stamps("desk_dossiers", ["received_at", "settled_at", "returned_at"], where=_SINCE),
    Stamps("dossier_moves", ["at"], where="at >= :since"),
    Stamps("dossier_keys", ["began_at"], where="began_at >= :since"),
    Stamps("applicants", ["agreed_at"], where="agreed_at >= :since"),
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
    ("promises", promises.create),
]
ROOM = Room("dossiers", _STEPS, _STAMPS)
