"""Files of dossiers and what they say, in the store."""

from motcua.dossiers.store.imports import (
    ROOM,
    add_import,
    get_import,
    list_dossiers,
    list_imports,
    list_officers,
    list_settled,
    remove_import,
)

__all__ = [
    "ROOM",
    "add_import",
    "get_import",
    "list_dossiers",
    "list_imports",
    "list_officers",
    "list_settled",
    "remove_import",
]
