"""Own dossiers in the official indices: in the place of imported files from their first day on, never twice."""

from collections.abc import Iterator
from typing import Any

import pytest

from motcua.dossiers import actions
from motcua.dossiers.actions import EndRequest
from motcua.dossiers.model.dossier import DossierState
from motcua.dossiers.model.outcomes import DossierImport, DossierOutcome
from motcua.dossiers.store import add_import
from motcua.feedback import actions as feedback
from motcua.feedback.model import RatingRequest
from motcua.procedures.model import LimitUnit, TimeLimit
from motcua.queue import actions as queue_actions
from motcua.reports.indices.store import read_facts
from motcua.reports.kinds import INDICES
from motcua.reports.values import Period
from motcua.settings.model import DossierRules
from tests.conftest import TODAY, Hall
from tests.told import require_told
from tests.unit.dossiers.taken import Taken, arrange

DAY_S = 24 * 3600
PERIOD = Period("2026-11-01", "2026-12-31")
ONE_DAY, TWO_DAYS = (TimeLimit(LimitUnit.WORKING_DAYS, count) for count in (1, 2))


@pytest.fixture
def taken(hall: Hall) -> Iterator[Taken]:
    yield Taken(hall)
    require_told(hall.folder)


def settle(taken: Taken, days: int, limit: TimeLimit = ONE_DAY) -> Any:
    """Take a dossier in, and finish it so many days later."""
    taken.call()
    dossier = taken.lodge(limit=limit)
    taken.clock.advance(days * DAY_S)
    return taken.desk.do(actions.finish, dossier.code)


def read(taken: Taken) -> tuple[dict[str, DossierOutcome], Any]:
    with taken.desk.read() as db:
        facts = read_facts(db, PERIOD)
        sheet = INDICES.build(db, PERIOD)
    return {item.code: item for item in facts.sources.dossiers or ()}, sheet


def test_own_dossiers_count_late_from_the_day_after_the_promised_one(taken: Taken) -> None:
    taken.call()
    on_time, late = taken.lodge(limit=ONE_DAY), taken.lodge(limit=ONE_DAY)
    assert on_time.due_on == "2026-11-25"
    taken.clock.advance(2 * DAY_S)
    taken.desk.do(actions.finish, on_time.code)
    taken.clock.advance(DAY_S)
    taken.desk.do(actions.finish, late.code)
    outcomes, sheet = read(taken)
    assert outcomes == {
        one.code: DossierOutcome(one.code, TODAY, "2026-11-25", day, one.procedure, taken.officer, is_online=False)
        for one, day in ((on_time, "2026-11-25"), (late, "2026-11-26"))
    }
    assert [outcomes[one.code].is_late for one in (on_time, late)] == [False, True]
    (satisfaction,) = [table for table in sheet.tables if table.id == "satisfaction_766"]
    assert satisfaction.rows[0][1:3] == (1, 2)


def test_a_new_day_leaves_it_late_and_what_was_withdrawn_is_not_settled(taken: Taken) -> None:
    taken.call()
    extended, withdrawn, refused = (taken.lodge(limit=ONE_DAY) for _count in range(3))
    taken.desk.do(actions.extend, taken.vault, extended.code, TWO_DAYS, "Người ký đi công tác")
    taken.desk.do(actions.end, taken.vault, withdrawn.code, EndRequest(DossierState.WITHDRAWN))
    taken.desk.do(
        actions.end, taken.vault, refused.code, EndRequest(DossierState.REFUSED, "not-eligible", "Không đủ điều kiện")
    )
    taken.clock.advance(3 * DAY_S)
    taken.desk.do(actions.finish, extended.code)
    outcomes, _sheet = read(taken)
    assert {code: item.is_late for code, item in outcomes.items()} == {extended.code: True, refused.code: False}
    assert outcomes[extended.code].due_on == "2026-11-25"


def test_a_rating_of_the_visit_says_whether_it_was_disliked(taken: Taken) -> None:
    visit = taken.call()
    dossier = taken.lodge(limit=ONE_DAY)
    taken.desk.do(actions.finish, dossier.code)
    assert read(taken)[0][dossier.code].is_disliked is None
    taken.desk.do(queue_actions.finish, 1)
    taken.clock.advance(6)
    taken.desk.do(feedback.rate, RatingRequest(2, "pad", visit, None))
    assert read(taken)[0][dossier.code].is_disliked is True


def test_files_count_for_the_days_before_and_never_beside_own_dossiers(taken: Taken) -> None:
    rows = [
        DossierOutcome("H-1", "2026-11-02", "2026-11-06", "2026-11-05"),
        DossierOutcome("H-2", "2026-11-20", "2026-11-27", "2026-11-26"),
    ]
    file = DossierImport(0, "2026-11-01", "2026-11-30", "d", "c", 2, f"{TODAY}T00:00:00.000Z", None)
    taken.desk.do(lambda tx: add_import(tx.db, file, rows))
    assert set(read(taken)[0]) == {"H-1", "H-2"}
    own = settle(taken, 1)
    outcomes, sheet = read(taken)
    assert set(outcomes) == {"H-1", own.code}
    (sources,) = [table for table in sheet.tables if table.id == "sources"]
    assert [row[1:] for row in sources.rows[:2]] == [("2026-11-01", "2026-11-30", 2), (TODAY, "2026-12-31", 1)]
    assert sheet.caution is None
    assert any("taken in here count" in note.message for note in sheet.notes)
    taken.desk.do(arrange, DossierRules(is_on=False))
    assert set(read(taken)[0]) == {"H-1", "H-2"}
    taken.desk.do(lambda tx: tx.db.execute("DELETE FROM dossiers") and tx.db.execute("DELETE FROM dossier_files"))
