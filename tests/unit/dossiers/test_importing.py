"""Files of dossiers at the desk: one transaction each, replaced by the same days, removed as a whole."""

from collections.abc import Iterator

import pytest

from motcua.audit import compare
from motcua.desk import Event, Invalid, Refused, Tx, Unknown
from motcua.dossiers import actions, store
from motcua.dossiers.events import DossiersImported
from motcua.dossiers.model.outcomes import Complaint, DossierFile, DossierOutcome, DossierRow
from motcua.dossiers.rules import make_content_digest
from motcua.staff import actions as staff_actions
from motcua.staff.model import Account, Role
from tests.conftest import Hall
from tests.told import require_told, untold

OCTOBER = ("2026-10-01", "2026-10-31")
ONE = DossierOutcome("X-1", "2026-10-05", "2026-10-08", "2026-10-07", complaint=Complaint.NO, is_online=True)
TWO = DossierOutcome("X-2", "2026-10-05", "2026-10-08", None, contacts=1)


def make_file(*rows: DossierRow, days: tuple[str, str] = OCTOBER, digest: str = "aa") -> DossierFile:
    return DossierFile(*days, digest, rows)


@pytest.fixture
def hoa(hall: Hall) -> int:
    account = Account(0, "hoa", "Phạm Hoa", "Cán bộ", Role.OFFICER, 1, "x", False)
    return hall.desk.do(staff_actions.save_account, account).id


@pytest.fixture(autouse=True)
def require_tables_as_journalled(hall: Hall) -> Iterator[None]:
    """Whatever a test does at the desk, its tables are what the journal says."""
    yield
    require_told(hall.folder)


def test_a_file_is_stored_with_its_officers_and_journalled_as_one_event(hall: Hall, hoa: int) -> None:
    events: list[Event] = []
    hall.desk.on_commit(lambda batch: events.extend(entry.event for entry in batch))
    file = make_file(DossierRow(2, ONE, "hoa"), DossierRow(3, TWO))
    added = hall.desk.do(actions.import_dossiers, file, 7)
    with hall.desk.read() as db:
        stored = list(store.list_dossiers(db, added.id))
        assert [item.officer for item in stored] == [hoa, None]
        assert (stored[0].code, stored[0].is_online, stored[0].complaint, stored[1].settled_on) == (
            "X-1",
            True,
            Complaint.NO,
            None,
        )
        assert store.list_imports(db) == [added]
        assert [item.code for item in store.list_settled(db, "2026-10-07", "2026-10-07")] == ["X-1"]
    (event,) = events
    assert isinstance(event, DossiersImported)
    assert (event.kind, event.rows, event.digest, event.replaces, event.account) == (
        "dossiers.imported",
        2,
        "aa",
        None,
        7,
    )
    assert event.content == make_content_digest(reversed(stored))


def test_the_same_days_again_replace_what_was_there(hall: Hall) -> None:
    first = hall.desk.do(actions.import_dossiers, make_file(DossierRow(2, ONE), DossierRow(3, TWO)), None)
    second = hall.desk.do(actions.import_dossiers, make_file(DossierRow(2, TWO), digest="bb"), None)
    with hall.desk.read() as db:
        assert [item.id for item in store.list_imports(db)] == [second.id] != [first.id]
        assert list(store.list_dossiers(db, first.id)) == []
        assert [item.code for item in store.list_dossiers(db, second.id)] == ["X-2"]


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (make_file(DossierRow(2, ONE), digest="aa"), "dossiers.same"),
        (make_file(DossierRow(2, ONE), days=("2026-10-31", "2026-11-30"), digest="bb"), "dossiers.overlap"),
        (make_file(DossierRow(2, ONE), days=("2026-10-05", "2026-10-05"), digest="bb"), "dossiers.overlap"),
        (make_file(DossierRow(2, TWO), DossierRow(3, ONE, "minh"), digest="bb"), "dossiers.officer"),
        (make_file(digest="bb"), "dossiers.empty"),
    ],
)
def test_a_file_that_is_refused_changes_nothing(hall: Hall, file: DossierFile, code: str) -> None:
    before = hall.desk.do(actions.import_dossiers, make_file(DossierRow(2, ONE)), None)
    head = hall.desk.head
    with pytest.raises((Refused, Invalid)) as refusal:
        hall.desk.do(actions.import_dossiers, file, None)
    assert refusal.value.code == code
    assert hall.desk.head == head
    with hall.desk.read() as db:
        assert store.list_imports(db) == [before]
        assert list(store.list_dossiers(db, before.id)) == [ONE]


def test_a_file_is_removed_as_a_whole_and_once(hall: Hall) -> None:
    added = hall.desk.do(actions.import_dossiers, make_file(DossierRow(2, ONE)), None)
    hall.desk.do(actions.remove_dossiers, added.id)
    with hall.desk.read() as db:
        assert (store.list_imports(db), list(store.list_dossiers(db, added.id))) == ([], [])
    with pytest.raises(Unknown):
        hall.desk.do(actions.remove_dossiers, added.id)


def test_a_dossier_changed_behind_the_journal_is_named(hall: Hall) -> None:
    added = hall.desk.do(actions.import_dossiers, make_file(DossierRow(2, ONE)), None)

    def change(tx: Tx, settled_on: str) -> None:
        tx.db.execute("UPDATE dossiers SET settled_on = ?", (settled_on,))

    hall.desk.do(change, "2026-10-06")
    with hall.desk.read() as db:
        assert [(item.table, item.row, item.column) for item in untold(db)] == [("dossiers", str(added.id), "content")]
        assert "dossiers" in compare.UNTOLD
    hall.desk.do(change, "2026-10-07")
