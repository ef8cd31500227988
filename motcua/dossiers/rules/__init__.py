"""How a file of dossiers is read, and what may happen to a dossier that the desk takes in. Pure."""

from motcua.dossiers.rules.columns import COLUMNS
from motcua.dossiers.rules.placing import find_officers, make_content_digest, require_place
from motcua.dossiers.rules.reading import DossierReading, read_dossiers

__all__ = [
    "COLUMNS",
    "DossierReading",
    "find_officers",
    "make_content_digest",
    "read_dossiers",
    "require_place",
]
