"""What people of a served demo read of dossiers, and how its citizens look one up."""

from collections.abc import Mapping

from motcua.demo.cables import DisturbedError
from motcua.desk import Desk, Reader, Refused
from motcua.dossiers import actions
from motcua.dossiers.model.dossier import OPEN_STATES, Dossier, DossierState
from motcua.dossiers.store import dossiers, vaults
from motcua.procedures.model import Procedure
from motcua.procedures.store import list_procedures

MOST = 20_000
"""More than any demo has in work at once."""


def list_current(db: Reader) -> list[Dossier]:
    """Return the dossiers that are not over, in a fixed order."""
    return dossiers.list_by_state(db, (*OPEN_STATES, DossierState.READY), MOST)


class ServedDossiers:
    """The dossiers of a served desk on the day `day`."""

    def __init__(self, desk: Desk, day: str) -> None:
        self._desk, self._day = desk, day

    def list_current(self) -> list[Dossier]:
        """Return the dossiers that are not over, in a fixed order."""
        with self._desk.read() as db:
            return list_current(db)

    def map_procedures(self) -> Mapping[str, Procedure]:
        """Return the procedures that are offered today, by code."""
        with self._desk.read() as db:
            return list_procedures(db, self._day)

    def look_up(self, code: str, factor: str) -> None:
        """Look a dossier up as a citizen does. Raises `DisturbedError` for a refusal."""
        try:
            self._desk.by("citizen").do(actions.look_up, vaults.get_vault(self._desk), code, factor)
        except Refused as refusal:
            raise DisturbedError(str(refusal)) from refusal
