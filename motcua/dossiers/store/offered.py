"""The procedures that dossiers are taken in for, as they are on a day."""

from motcua.desk import Reader
from motcua.procedures.model import Procedure
from motcua.procedures.store import load_procedures


def find_offered(_db: Reader, code: str, _day: str) -> Procedure | None:
    """Return the procedure as it is on a day, None where the ward does not offer it."""
    return load_procedures().get(code)
