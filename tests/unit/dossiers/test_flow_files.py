"""A file of flows: what it says, each mistake by its row, and what becomes of the ward's flows by it."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook

from motcua.copies import replace
from motcua.desk import Invalid, Refused
from motcua.dossiers import actions
from motcua.dossiers.actions import FlowRequest
from motcua.dossiers.model.flow import FlowScope, FlowStep, FlowTarget, StepRole
from motcua.dossiers.model.flow_file import FlowFacts, FlowFile, FlowPlan
from motcua.dossiers.rules.flow_files.planning import plan_flow_file
from motcua.dossiers.rules.flow_files.reading import ROWS_MAX, write_cells
from motcua.dossiers.store import flows
from motcua.staff import actions as staff_actions
from motcua.staff import store as staff_store
from motcua.typed.sheet_columns import write_rows
from tests.told import require_told
from tests.unit.dossiers.flow_rows import FIRST, HEADINGS, LAST, STEP, ask, make_row, write, write_json
from tests.unit.dossiers.taken import DEATH, Taken


def list_mistakes(content: bytes) -> list[tuple[int, str]]:
    return [(item.row, item.column) for item in ask(content).mistakes]


def plan(taken: Taken, content: bytes) -> FlowPlan:
    reading = ask(content)
    assert reading.mistakes == ()
    with taken.desk.read() as db:
        return actions.plan_flows(db, reading.rows)


def list_faults(taken: Taken, *rows: dict[str, str]) -> list[tuple[int, str]]:
    made = plan(taken, write(*rows))
    assert made.mistakes == () or made.changes == ()
    return [(item.row, item.column) for item in made.mistakes]


def put(taken: Taken, content: bytes) -> int:
    file = FlowFile(ask(content).rows, "ab" * 32, plan(taken, content).changes, taken.officer)
    return taken.desk.do(actions.import_flows, file)


def export(taken: Taken) -> bytes:
    with taken.desk.read() as db:
        names = {one.id: one.name for one in staff_store.list_accounts(db)}
        rows = [row for version in flows.list_flow_versions(db) for row in write_cells(version, names)]
    return write_rows(HEADINGS, rows)


def set_flow(taken: Taken, since: str, *shares: int, **more: Any) -> None:
    steps = [
        {"name": (f"Bước {n}", ""), "share_percent": share, "role": "leader", "account": None}
        for n, share in enumerate(shares)
    ]
    request = FlowRequest(more.get("scope", "procedure"), more.get("key", DEATH), since, steps)
    taken.desk.do(actions.set_flow, request)


@pytest.mark.parametrize(
    ("row", "mistakes"),
    [
        ({**FIRST, "scope": "phường"}, [(2, "scope")]),
        ({**FIRST, "scope": ""}, [(2, "scope")]),
        ({**FIRST, "key": ""}, [(2, "key")]),
        ({**FIRST, "scope": "còn lại"}, [(2, "key")]),
        ({**FIRST, "since": "31/02/2027"}, [(2, "since")]),
        ({**FIRST, "step": "0"}, [(2, "step")]),
        ({**FIRST, "step": "13", "share_percent": "40,5"}, [(2, "step"), (2, "share_percent")]),
        ({**FIRST, "share_percent": "101"}, [(2, "share_percent")]),
        ({**FIRST, "role": "vua"}, [(2, "role")]),
        ({**FIRST, "code": "Bước 1"}, [(2, "code")]),
        ({**FIRST, "name": "Ông An 001090012345"}, [(2, "name")]),
        ({**FIRST, "name_en": "x" * 81}, [(2, "name_en")]),
        ({**FIRST, "name": "Nhận\nhồ sơ"}, [(2, "name")]),
        ({**FIRST, "name": "", "role": ""}, [(2, "name"), (2, "role")]),
        ({**FIRST, "is_withdrawn": "có"}, [(2, "is_withdrawn")]),
        ({**FIRST, "name": "=1+1"}, [(2, "name")]),
    ],
)
def test_a_cell_that_is_wrong_is_named_by_row_and_column(row: dict[str, str], mistakes: list[tuple[int, str]]) -> None:
    assert list_mistakes(write(row, LAST)) == mistakes


def test_all_mistakes_of_all_rows_are_named_at_once() -> None:
    reading = ask(write({**FIRST, "role": ""}, {**LAST, "step": "x"}))
    assert [(item.row, item.column) for item in reading.mistakes] == [(2, "role"), (3, "step")]
    assert reading.rows == ()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "flows.empty"),
        (write(), "flows.empty"),
        (write_rows(["M\u00e3 g\u00ec"], []), "flows.column"),
        (write_rows(HEADINGS[1:], [["x"]]), "flows.heading"),
        (write(*[FIRST] * (ROWS_MAX + 1)), "flows.large"),
        (write(*[{**FIRST, "since": f"{n % 28 + 1}/{n // 28 + 1}/2027"} for n in range(101)]), "flows.days"),
        (write(FIRST).decode("utf-8-sig").encode("utf-16"), "flows.encoding"),
        (b"PK\x03\x04 broken", "flows.file"),
        (b'{"format": ', "flows.json"),
        (b'{"format": "\xff"}', "flows.encoding"),
        (b'{"a":' * 100_000, "flows.json"),
        (b'{"format": "other", "version": 1, "flows": []}', "flows.json"),
        (write_json(), "flows.empty"),
        (write_json("x"), "flows.json"),
        (write_json({"scope": "usual", "since": "2027-01-04", "steps": {}}), "flows.json"),
        (write_json({"scope": "usual", "since": "2027-01-04", "steps": []}), "flows.json"),
        (write_json({"scope": ["usual"], "since": "2027-01-04", "steps": None}), "flows.json"),
        (write_json({"scope": "usual", "since": "2027-01-04", "ghosts": None}), "flows.json"),
        (write_json(*[{"scope": "usual", "since": "2027-01-04"}] * (ROWS_MAX + 1)), "flows.large"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_as_a_whole_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Invalid) as error:
        ask(content)
    assert error.value.code == code


def test_a_mistake_in_json_is_named_by_its_place() -> None:
    step = {"name": "Nhận", "share_percent": 100, "role": "leader"}
    good = {"scope": "usual", "since": "2027-01-04", "steps": [step]}
    reading = ask(write_json(good, {**good, "scope": "immediate", "steps": [step, {**step, "role": "king"}]}))
    assert [(reading.places[item.row], item.column) for item in reading.mistakes] == [("flows[1].steps[1]", "role")]


def test_what_a_cell_of_a_workbook_may_not_be_is_a_mistake_of_its_row() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (HEADINGS, make_row(**FIRST), make_row(**LAST)):
        sheet.append(row)
    sheet["G2"] = "=A1"
    sheet.merge_cells("A3:B3")
    out = BytesIO()
    book.save(out)
    assert list_mistakes(out.getvalue()) == [(2, "name"), (3, "")]


@pytest.mark.parametrize(
    ("rows", "mistakes"),
    [
        ([{**FIRST, "share_percent": "30"}, LAST], [(2, "")]),
        ([FIRST, {**LAST, "step": "1"}], [(3, "step")]),
        ([FIRST, {**LAST, "step": "3"}], [(2, "step")]),
        ([{**FIRST, "key": "9.999999"}, {**LAST, "key": "9.999999"}], [(2, "key")]),
        ([{**FIRST, "scope": "lĩnh vực", "key": "Thiên văn", "share_percent": "100"}], [(2, "key")]),
        ([{**FIRST, "account": "nobody"}, LAST], [(2, "account")]),
        ([{**FIRST, "share_percent": "100"}, {**STEP, "role": "", "is_withdrawn": "có"}], [(3, "is_withdrawn")]),
        ([{**FIRST, "share_percent": "50"}, {**FIRST, "step": "2", "share_percent": "30"},
          {**FIRST, "step": "3", "code": "step-1", "share_percent": "20"}, {**LAST, "step": "4"}], [(2, "")]),
    ],
)  # fmt: skip
def test_what_does_not_fit_to_this_desk_is_named_and_nothing_of_the_file_is_left(
    taken: Taken, rows: list[dict[str, str]], mistakes: list[tuple[int, str]]
) -> None:
    assert list_faults(taken, *rows) == mistakes


def test_steps_are_put_in_order_by_their_number_wherever_their_rows_are(taken: Taken) -> None:
    other = {**STEP, "scope": "còn lại", "key": "", "step": "1", "name": "Làm", "share_percent": "100"}
    assert put(taken, write(LAST, other, {**FIRST, "account": "HOA"})) == 2
    with taken.desk.read() as db:
        (own, usual) = flows.list_flow_versions(db)
    assert own.flow == (
        FlowStep("receive", ("Nhận", ""), 40, StepRole.LEADER, taken.officer),
        FlowStep("return", ("Trả", ""), 60, StepRole.LEADER),
    )
    assert (usual.target, usual.since) == (FlowTarget(FlowScope.USUAL), "2027-01-04")
    require_told(taken.hall.folder)


def test_an_export_brings_every_version_with_its_day_to_another_desk_and_changes_nothing_here(taken: Taken) -> None:
    set_flow(taken, "2026-01-01", 40, 60)
    set_flow(taken, "2027-01-04", 10, 20, 70)
    set_flow(taken, "2026-06-01", 100, scope="usual", key="")
    taken.desk.do(actions.withdraw_flow, FlowTarget(FlowScope.PROCEDURE, DEATH), "2028-01-01", None)
    with taken.desk.read() as db:
        before = flows.list_flow_versions(db)
    content = export(taken)
    assert plan(taken, content) == FlowPlan(())
    facts = FlowFacts({}, {}, procedures={day: frozenset({DEATH}) for day in ("2026-01-01", "2027-01-04")})
    elsewhere = plan_flow_file(ask(content).rows, facts)
    assert elsewhere.mistakes == ()
    assert sorted((str(one.target), one.since) for one in elsewhere.changes) == sorted(
        (str(one.target), one.since) for one in before
    )
    assert {(str(one.target), one.since): one.flow for one in elsewhere.changes} == {
        (str(one.target), one.since): one.flow for one in before
    }


def test_what_stays_as_it_is_is_not_looked_at_any_closer(taken: Taken) -> None:
    steps = [{"name": ("Nhận", ""), "share_percent": 100, "role": "leader", "account": taken.officer}]
    taken.desk.do(actions.set_flow, FlowRequest("procedure", DEATH, "2026-01-01", steps))
    content = export(taken)
    with taken.desk.read() as db:
        officer = staff_store.get_account(db, taken.officer)
    taken.desk.do(staff_actions.save_account, replace(officer, disabled=True))
    assert plan(taken, content) == FlowPlan(())
    (mistake,) = plan(taken, content.replace(b"01/01/2026", b"01/01/2025")).mistakes
    assert (mistake.column, mistake.params) == ("account", {"name": "hoa"})


def test_an_earlier_day_of_a_file_counts_before_a_later_one(taken: Taken) -> None:
    set_flow(taken, "2026-01-01", 100)
    content = export(taken)
    first = {"scope": "thủ tục", "key": DEATH, "step": "1", "name": "Khác", "share_percent": "100", "role": "văn thư"}
    back = content + write({**first, "since": "01/01/2026"}).split(b"\r\n", 1)[1]
    again = back.replace(b"01/01/2026", b"01/02/2026", 1)
    assert [one.since for one in plan(taken, again).changes] == ["2026-01-01", "2026-02-01"]


def test_a_file_is_not_imported_when_it_would_do_something_else_than_was_shown(taken: Taken) -> None:
    content = write(FIRST, LAST)
    file = FlowFile(ask(content).rows, "ab" * 32, plan(taken, content).changes)
    set_flow(taken, "2026-01-01", 100)
    taken.events.clear()
    with pytest.raises(Refused) as error:
        taken.desk.do(actions.import_flows, file)
    assert (error.value.code, taken.events) == ("flow.changed", [])
    assert put(taken, content) == 1
    with pytest.raises(Refused) as same:
        put(taken, content)
    assert same.value.code == "flows.same"
