"""The room's tables, and the moments in them that a set clock moves."""

from motcua.desk import Room, Stamps
from motcua.dossiers.store import applicants, board, dossiers, imports, lookups, secrets

_SINCE = "received_at >= :since OR settled_at >= :since OR returned_at >= :since"
_STAMPS = [
    Stamps("dossier_files", ["imported_at"], where="imported_at >= :since"),
    Stamps("desk_dossiers", ["received_at", "settled_at", "returned_at"], where=_SINCE),
    Stamps("dossier_moves", ["at"], where="at >= :since"),
    Stamps("dossier_keys", ["began_at"], where="began_at >= :since"),
    Stamps("applicants", ["agreed_at"], where="agreed_at >= :since"),
    Stamps("dossier_lookups", ["locked_until"], where="locked_until >= :since"),
]
_STEPS = [
    ("first", imports.create),
    ("desk", dossiers.create),
    ("secrets", secrets.create),
    ("applicants", applicants.create),
    ("lookups", lookups.create),
    ("board", board.create),
]
ROOM = Room("dossiers", _STEPS, _STAMPS)
