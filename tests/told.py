"""Whether the tables of a desk are what its journal says, as `motcua journal verify` compares them."""

from contextlib import closing
from pathlib import Path
from typing import Any

from motcua.audit import compare
from motcua.audit.table import TableDifference
from motcua.desk import Desk, Reader, Tx, Unavailable, journal, seals
from motcua.desk.database import open_reader
from motcua.settings.events import SettingsChanged
from motcua.setup import actions


def untold(db: Reader) -> list[TableDifference]:
    """Return where the tables differ from the journal.

    A small hall that was set up without an event is taken as it is set up now.
    """
    if journal.find_latest(db, SettingsChanged.kind) is not None:
        return list(compare.list_differences(db))
    row: dict[str, Any] = {
        "seq": 0,
        "at": "",
        "day": "",
        "actor": "test",
        "action": SettingsChanged.kind,
        "subject": "settings",
    }
    begun = {**row, "data": {"operational": actions.make_operational(actions.get_document(db))}}
    found = list(compare.list_differences(db, [begun]))
    return [item for item in found if (item.table, item.column) != ("settings", "version")]


def require_told(folder: Path) -> None:
    """Fail unless the tables of the desk in `folder` are what its journal says."""
    with closing(open_reader(folder / "desk.db")) as db:
        assert untold(db) == []


def require_desk_told(desk: Desk) -> None:
    """As `require_told`, with a connection of the desk where it runs: each new one reads the whole schema first."""
    try:
        with desk.read() as db:
            assert untold(db) == []
    except Unavailable:  # the test stopped it
        require_told(desk.path.parent)


def tell_settings(tx: Tx) -> None:
    """Let the journal say how a small hall is set up, which was written through the stores."""
    sealed = seals.seal(tx, "settings", actions.list_sealed(tx.db))
    tx.emit(SettingsChanged(actions.make_operational(actions.get_document(tx.db)), sealed))
