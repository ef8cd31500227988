"""The product's list of procedures, and the ward's versions over it."""

from motcua.procedures.store.product import load_procedures
from motcua.procedures.store.versions import (
    ROOM,
    find_procedure,
    list_codes,
    list_procedures,
    list_versions,
    save_versions,
)
from motcua.procedures.store.words import load_words

__all__ = [
    "ROOM",
    "find_procedure",
    "list_codes",
    "list_procedures",
    "list_versions",
    "load_procedures",
    "load_words",
    "save_versions",
]
