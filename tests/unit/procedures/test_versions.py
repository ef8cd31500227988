"""The ward's versions: each from a day on, told by the journal, over the product's list."""

from collections.abc import Iterator

import pytest

from motcua.copies import replace
from motcua.desk import Event, Invalid, Refused, Unknown
from motcua.procedures import actions, store
from motcua.procedures.events import ProcedureChanged, ProceduresImported, ProcedureWithdrawn
from motcua.procedures.model import (
    LimitUnit,
    Procedure,
    ProcedureFile,
    ProcedureRequest,
    ProcedureSource,
    TimeLimit,
    WithdrawalRequest,
)
from motcua.procedures.model.plain import to_plain
from motcua.procedures.rules.versions import compute_digest
from motcua.procedures.store import load_procedures
from motcua.setup import drafts, template
from motcua.setup.mistakes import Mistakes
from motcua.setup.sections import get_section
from tests.conftest import TODAY, Hall
from tests.told import require_told

BIRTH = load_procedures()["1.001193"]
SLOWER = replace(BIRTH, limits=(TimeLimit(LimitUnit.WORKING_DAYS, 2),), since="2026-12-01")
ADDED = Procedure("9.000001", "Xác nhận đang cư trú trên địa bàn", field="Cư trú", level="ward", since=TODAY)


@pytest.fixture
def events(hall: Hall) -> Iterator[list[Event]]:
    heard: list[Event] = []
    for kind in (ProcedureChanged, ProcedureWithdrawn, ProceduresImported):
        hall.desk.on(kind, lambda entry: heard.append(entry.event))
    yield heard
    require_told(hall.desk.path.parent)


def change(hall: Hall, procedure: Procedure, basis: str | None = None) -> None:
    hall.desk.do(actions.change_procedure, ProcedureRequest(procedure, ProcedureSource.PAGE, None, basis))


def find(hall: Hall, code: str, day: str = TODAY) -> Procedure | None:
    with hall.desk.read() as db:
        return store.find_procedure(db, code, day)


def test_a_change_holds_from_its_day_on(hall: Hall, events: list[Event]) -> None:
    change(hall, SLOWER)
    assert [find(hall, BIRTH.code, day) for day in ("2026-11-30", "2026-12-01", "2030-01-01")] == [
        BIRTH, SLOWER, SLOWER,
    ]  # fmt: skip
    assert events == [
        ProcedureChanged(code=BIRTH.code, since="2026-12-01", source="page", account=None, procedure=to_plain(SLOWER))
    ]


def test_a_second_change_of_the_same_day_takes_the_place_of_the_first(hall: Hall, events: list[Event]) -> None:
    change(hall, SLOWER)
    third = replace(SLOWER, fee="không thu")
    change(hall, third)
    with hall.desk.read() as db:
        assert [(item.since, item.procedure) for item in store.list_versions(db, BIRTH.code)] == [("2026-12-01", third)]
    assert len(events) == 2


def test_a_procedure_of_the_ward_is_offered_until_it_is_withdrawn(hall: Hall, events: list[Event]) -> None:
    change(hall, ADDED)
    hall.desk.do(actions.withdraw_procedure, WithdrawalRequest(ADDED.code, "2027-01-01", ProcedureSource.PROGRAM))
    assert [find(hall, ADDED.code, day) for day in ("2026-11-22", TODAY, "2027-01-01")] == [None, ADDED, None]
    with pytest.raises(Unknown, match="no procedure"):
        hall.desk.do(actions.withdraw_procedure, WithdrawalRequest(ADDED.code, "2027-02-01", ProcedureSource.PROGRAM))
    assert [type(event) for event in events] == [ProcedureChanged, ProcedureWithdrawn]


def test_what_would_change_nothing_or_is_wrong_is_refused(hall: Hall, events: list[Event]) -> None:
    change(hall, SLOWER)
    wrong = replace(ADDED, limits=(TimeLimit(LimitUnit.DAYS, 0),))
    for procedure, kind, code in (
        (replace(SLOWER, since="2026-12-24"), Refused, "procedure.same"),
        (replace(BIRTH, since=""), Invalid, "procedure.day"),
        (replace(ADDED, since="1999-12-31"), Invalid, "procedure.day"),
        (wrong, Invalid, "procedure.wrong"),
        (replace(ADDED, name="Hồ sơ của 001090123456"), Invalid, "procedure.wrong"),
    ):
        with pytest.raises(kind) as refusal:
            change(hall, procedure)
        assert refusal.value.code == code
    assert len(events) == 1


def test_two_people_do_not_overwrite_each_other(hall: Hall, events: list[Event]) -> None:
    basis = compute_digest(BIRTH)
    change(hall, SLOWER, basis)
    with pytest.raises(Refused, match="something else holds"):
        change(hall, replace(SLOWER, fee="5.000 đồng"), basis)
    change(hall, replace(SLOWER, fee="5.000 đồng"), compute_digest(SLOWER))
    assert len(events) == 2


def test_an_import_changes_what_differs_and_all_or_nothing(hall: Hall, events: list[Event]) -> None:
    file = ProcedureFile((BIRTH, ADDED), "2026-12-01", "ab" * 32, {ADDED.code: ""}, None)
    assert hall.desk.do(actions.import_procedures, file) == 1
    imported = replace(ADDED, since="2026-12-01")
    assert events == [ProceduresImported("2026-12-01", "ab" * 32, [to_plain(imported)], None)]
    assert find(hall, ADDED.code, "2026-12-01") == imported
    with pytest.raises(Refused, match="already as the file says"):
        hall.desk.do(actions.import_procedures, replace(file, basis={}))
    wrong = replace(ADDED, code="9.000003", limits=(TimeLimit(LimitUnit.DAYS, 0),))
    with pytest.raises(Invalid, match="how many days"):
        hall.desk.do(actions.import_procedures, replace(file, procedures=(replace(ADDED, code="9.2"), wrong), basis={}))
    assert find(hall, "9.2", "2026-12-01") is None
    assert len(events) == 1


def test_the_same_catalogue_is_the_same_object_and_no_reader_can_change_it(hall: Hall) -> None:
    with hall.desk.read() as db:
        today, tomorrow = store.list_procedures(db, TODAY), store.list_procedures(db, "2026-11-24")
    assert today is tomorrow
    change(hall, ADDED)
    with hall.desk.read() as db:
        changed = store.list_procedures(db, TODAY)
        assert store.list_codes(db) == {ADDED.code}
    assert len(changed) == len(today) + 1
    assert list(changed)[77] == ADDED.code, "a ward's procedures come first"
    with pytest.raises(TypeError):
        changed["x"] = ADDED  # type: ignore[index]


@pytest.mark.thorough
def test_a_service_can_name_a_procedure_that_the_ward_added(hall: Hall) -> None:
    document = template.load("ward")
    services = get_section(document, "services")["services"]
    services[0]["procedures"] = [ADDED.code]
    with pytest.raises(Mistakes, match=r"no procedure 9\.000001"):
        drafts.task(drafts.make_section_request(document, "services", {"services": services}, ()))
    change(hall, ADDED)
    with hall.desk.read() as db:
        request = drafts.make_section_request(document, "services", {"services": services}, store.list_codes(db))
    assert drafts.read_answer(drafts.task(request)).services[0].procedures == (ADDED.code,)
