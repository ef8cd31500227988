"""Writing down how another system calls its columns and states."""

from motcua.copies import replace
from motcua.desk import Refused, Tx
from motcua.exchange.actions.switched import require_dossiers
from motcua.exchange.events import MappingRemoved, MappingSaved
from motcua.exchange.model.mappings import ExchangeMapping
from motcua.exchange.rules.checking import read_mapping
from motcua.exchange.store import mappings

MAPPINGS_MAX = 50


def save_mapping(tx: Tx, draft: ExchangeMapping, account: int | None) -> ExchangeMapping:
    """Write a mapping, a new one with the number 0.

    Raises `Invalid`, `Unknown("dossiers.off" | "mapping.unknown")`, `Refused("mapping.taken" | "mapping.many")`.
    """
    require_dossiers(tx)
    mapping = replace(read_mapping(draft), saved_at=tx.at, account=account)
    if mapping.id:
        mappings.get_mapping(tx.db, mapping.id)
    elif len(mappings.list_mappings(tx.db)) >= MAPPINGS_MAX:
        raise Refused("mapping.many", "There are %(most)s mappings already. Remove one first.", most=MAPPINGS_MAX)
    other = mappings.find_by_name(tx.db, mapping.name)
    if other is not None and other.id != mapping.id:
        raise Refused("mapping.taken", "There is a mapping with this name already.")
    mapping = replace(mapping, id=mappings.save_mapping(tx.db, mapping))
    tx.emit(MappingSaved(mapping.id, digest=mappings.compute_digest(mapping), account=account))
    return mapping


def remove_mapping(tx: Tx, number: int) -> None:
    """Remove a mapping. Raises `Unknown("dossiers.off" | "mapping.unknown")`."""
    require_dossiers(tx)
    mappings.get_mapping(tx.db, number)
    mappings.remove_mapping(tx.db, number)
    tx.emit(MappingRemoved(number))
