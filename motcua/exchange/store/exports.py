"""The dossiers of an export."""

import json

from motcua.desk import Reader
from motcua.exchange.model.exports import ExportFilter

_CODES = (
    "SELECT code FROM desk_dossiers WHERE received_on BETWEEN :first AND :last"
    " AND (:states = '[]' OR state IN (SELECT value FROM json_each(:states)))"
    " AND (:procedures IS NULL OR procedure IN (SELECT value FROM json_each(:procedures)))"
    " ORDER BY received_on, serial LIMIT :limit"
)


def list_export_codes(db: Reader, which: ExportFilter, limit: int) -> list[str]:
    """Return the codes of the dossiers that were asked for, in the order in which they came."""
    values = {
        "first": which.first,
        "last": which.last,
        "states": json.dumps(which.states),
        "procedures": None if which.procedures is None else json.dumps(which.procedures),
        "limit": limit,
    }
    return [row[0] for row in db.execute(_CODES, values)]
