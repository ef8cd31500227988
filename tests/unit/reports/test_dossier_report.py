"""The report of dossiers: figures counted by hand, what stands behind them, and that the journal tells the same."""

from collections.abc import Iterator
from typing import Any

import pytest

from motcua.copies import replace
from motcua.dossiers import actions
from motcua.dossiers.actions import EndRequest, HandedOut, SupplementRequest
from motcua.dossiers.model.dossier import DossierState, FilingChannel, HandedPaper
from motcua.procedures.model import LimitUnit, TimeLimit
from motcua.queue import actions as queue_actions
from motcua.reports.dossiers.behind import FIGURES, list_behind
from motcua.reports.dossiers.report import read_reported
from motcua.reports.kinds import DOSSIERS, get_report
from motcua.reports.values import Period, Phrase
from motcua.settings import store as settings_store
from motcua.staff import actions as staff_actions
from motcua.staff.model import Account, Role
from tests.conftest import Hall
from tests.told import require_told
from tests.unit.dossiers.taken import FORM, RULES, Taken, arrange

DAY_S = 24 * 3600
NOVEMBER, ONE_DAY, THREE = Period("2026-11-01", "2026-11-30"), *(TimeLimit(LimitUnit.WORKING_DAYS, n) for n in (1, 3))


@pytest.fixture
def taken(hall: Hall) -> Iterator[Taken]:
    yield Taken(hall)
    require_told(hall.folder)


def read(taken: Taken, period: Period = NOVEMBER) -> dict[str, Any]:
    """Return the tables of the report by their ids, each a list of rows."""
    with taken.desk.read() as db:
        sheet = DOSSIERS.build(db, period)
    return {table.id: [[_plain(cell) for cell in row] for row in table.rows] for table in sheet.tables}


def _plain(cell: Any) -> Any:
    return cell.message % cell.params if isinstance(cell, Phrase) else cell


def behind(taken: Taken, figure: str, period: Period = NOVEMBER) -> dict[str, tuple[str, ...]]:
    with taken.desk.read() as db:
        settings = settings_store.get_settings(db)
        groups = list(list_behind(figure, settings, read_reported(db, settings, period)))
    return {group.label.message: group.codes for group in groups}


def test_what_came_and_how_it_was_settled_by_hand(taken: Taken) -> None:
    """On Monday five come; the 24th is off, so a limit of one day ends on the 25th, one of three on the 27th."""
    taken.call()
    early, on_day, late, open_late, asked = (
        taken.lodge(limit=limit) for limit in (THREE, ONE_DAY, ONE_DAY, ONE_DAY, THREE)
    )
    taken.desk.do(actions.extend, taken.vault, open_late.code, ONE_DAY, "Chờ xác minh")
    taken.desk.do(queue_actions.finish, 1)
    refused = taken.lodge(decision=DossierState.REFUSED, reason="not-eligible", words="x", channel=FilingChannel.POST)
    taken.clock.advance(2 * DAY_S)  # the 25th
    taken.desk.do(actions.finish, early.code)
    taken.desk.do(actions.finish, on_day.code)
    taken.desk.do(actions.ask_supplement, taken.vault, asked.code, SupplementRequest(("deed",), "Thiếu"))
    taken.clock.advance(DAY_S)  # the 26th
    taken.desk.do(actions.finish, late.code)
    withdrawn = taken.lodge(limit=THREE, channel=FilingChannel.POST)
    taken.desk.do(actions.end, taken.vault, withdrawn.code, EndRequest(DossierState.WITHDRAWN))
    tables = read(taken)
    assert {row[0]: row[1:3] for row in tables["totals"]} == {
        "Came in": [7, None],
        "Settled, with a promised day": [3, None],
        "… before the promised day": [1, 3],
        "… on the promised day": [1, 3],
        "… late": [1, 3],
        "Refused": [1, None],
        "Withdrawn by the applicant": [1, None],
        "Supplements asked for": [1, None],
        "… for the second time": [0, 1],
        "Waiting at the end of the period": [2, None],
        "… and late": [1, 2],
        "Late, settled or waiting: an apology was due": [2, None],
        "… with an apology": [1, 2],
        "… with an apology in time": [1, 2],
    }
    assert tables["fields"] == [["Hộ tịch", 7, 1, 1, 1, 1, 1, 1, 2, 1]]
    assert [row[0] for row in tables["procedures"]] == ["1.000656"]
    assert tables["officers"] == [[str(taken.officer), "Phạm Hoa", 7, 1, 1, 1, 1, 1, 1, 2, 1]]
    assert tables["times"] == [["Hộ tịch", 3, None, None, None, None, None, None]]
    assert behind(taken, "settled") == {
        "Before the day": (early.code,), "On the day": (on_day.code,), "Late": (late.code,),
    }  # fmt: skip
    assert behind(taken, "waiting") == {"Waiting and late": (open_late.code,), "Waiting, not late": (asked.code,)}
    assert behind(taken, "apologies") == {
        "With an apology in time": (open_late.code,), "With a later apology": (), "Without an apology": (late.code,),
    }  # fmt: skip
    # by the end of the 25th one more was waiting, and none was late yet
    earlier = {row[0]: row[1] for row in read(taken, Period("2026-11-23", "2026-11-25"))["totals"]}
    assert (earlier["Waiting at the end of the period"], earlier["… and late"]) == (3, 0)
    assert refused.code not in str(behind(taken, "waiting"))


def test_time_in_which_the_applicant_was_waited_for_does_not_count(taken: Taken) -> None:
    taken.call()
    dossier = taken.lodge(limit=THREE)
    taken.desk.do(queue_actions.finish, 1)
    taken.clock.advance(2 * DAY_S)  # the 25th: one working day
    taken.desk.do(actions.request_fee, dossier.code, 15_000)
    taken.clock.advance(8 * DAY_S)  # Thursday, 3 December
    taken.desk.do(actions.settle_fee, dossier.code)
    taken.clock.advance(DAY_S)
    taken.desk.do(actions.finish, dossier.code)
    for _count in range(5):
        taken.desk.do(actions.finish, taken.lodge(limit=THREE, channel=FilingChannel.POST).code)
    (times,) = read(taken, Period("2026-12-01", "2026-12-31"))["times"]
    assert times[:5] == ["Hộ tịch", 6, 0, 0, 2]
    (totals, *_rest) = read(taken, Period("2026-12-01", "2026-12-31"))["totals"]
    assert totals[1] == 5


def test_shares_of_digital_papers_and_results_open_into_their_dossiers(taken: Taken) -> None:
    taken.desk.do(arrange, replace(RULES, target_scanned=80, targets_basis="Kế hoạch 12"))
    taken.call()
    data = HandedPaper("identity", from_data=True)
    whole = taken.lodge(papers=(HandedPaper("form", originals=1, is_scanned=True), data))
    part = taken.lodge(papers=(FORM, HandedPaper("deed", copies=1, is_scanned=True)))
    plain = taken.lodge()
    for dossier, result in ((whole, HandedOut(is_electronic=True, number="1/TL")), (part, HandedOut(False))):
        taken.desk.do(actions.finish, dossier.code)
        taken.desk.do(actions.hand_out_result, taken.vault, dossier.code, result)
    taken.desk.do(actions.finish, plain.code)
    taken.desk.do(actions.hand_out, plain.code)
    rows = {row[0]: (*row[1:4], row[6]) for row in read(taken)["digital"]}
    assert list(rows.values()) == [
        (2, 4, 500, 800),
        (1, 3, 333, None),
        (1, 2, 500, None),
        (1, 5, 200, None),
        (1, 3, 333, None),
    ]
    assert behind(taken, "digitised") == {
        "In the numerator": (whole.code,), "In the denominator only": (part.code, plain.code),
    }  # fmt: skip
    assert behind(taken, "electronic") == {"In the numerator": (whole.code,), "In the denominator only": (part.code,)}
    with taken.desk.read() as db:
        notes = [note.message % note.params for note in DOSSIERS.build(db, NOVEMBER).notes]
    assert any(note.startswith("Of 1 results nobody said") for note in notes)
    assert "Targets: Kế hoạch 12." in notes
    for figure in FIGURES:
        assert behind(taken, figure)


def test_officers_stand_by_name_and_their_shares_only_where_a_comparison_is_fair(taken: Taken) -> None:
    taken.desk.do(staff_actions.save_account, Account(0, "an", "An Ba", "", Role.OFFICER, None, "x", False))
    taken.call()
    for _count in range(3):
        taken.desk.do(actions.finish, taken.lodge(limit=ONE_DAY).code)
    ((field, account, name, n, share, low, high, state),) = read(taken)["officers_on_time"]
    assert (field, account, name, n) == ("Hộ tịch", str(taken.officer), "Phạm Hoa", 3)
    assert (share, low, high) == (None, None, None)
    assert state.startswith("not enough data")


def test_it_is_one_of_the_reports_and_has_no_figure_where_nothing_came(taken: Taken) -> None:
    assert get_report("dossiers") is DOSSIERS
    tables = read(taken, Period("2025-01-01", "2025-01-31"))
    assert {name: rows for name, rows in tables.items() if name not in {"totals", "digital"}} == {
        "fields": [], "times": [], "procedures": [], "officers": [], "officers_on_time": [],
    }  # fmt: skip
    assert {row[1] for row in tables["totals"]} == {0}
