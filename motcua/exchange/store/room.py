"""The room's tables, and the moments in them that a set clock moves."""

from motcua.desk import Room, Stamps
from motcua.exchange.store import mappings, records, refusals

_STAMPS = [
    Stamps("provincial_imports", ["imported_at"], where="imported_at >= :since"),
    Stamps("provincial_dossiers", ["seen_at"], where="seen_at >= :since"),
    Stamps("dossier_differences", ["noted_at", "settled_at"], where="noted_at >= :since OR settled_at >= :since"),
    Stamps("province_refusals", ["refused_at"], where="refused_at >= :since"),
    Stamps("exchange_mappings", ["saved_at"], where="saved_at >= :since"),
]
_STEPS = [("records", records.create), ("mappings", mappings.create), ("refusals", refusals.create)]
ROOM = Room("exchange", _STEPS, _STAMPS)
