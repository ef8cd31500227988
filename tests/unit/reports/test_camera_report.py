"""The report on the camera: what is counted, what is hidden and why, and who may see one officer's figures."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from motcua.copies import replace
from motcua.desk import Desk, Forbidden, Refused, texts
from motcua.feedback import actions
from motcua.feedback.model import ConsentAnswer, ScoreObstacle
from motcua.reports import measures
from motcua.reports.camera import gates
from motcua.reports.camera.model import ClosedBecause, HiddenBecause
from motcua.reports.camera.readings import read_desk, read_officer_expression, read_officer_view
from motcua.reports.kinds import CAMERA
from motcua.reports.values import Period
from motcua.settings import store as settings_store
from motcua.settings.model import CameraRules, Suggestions
from motcua.staff import actions as staff_actions
from motcua.staff.model import Account, Role
from motcua.views.smile import show_expression
from tests.conftest import SETTINGS, TODAY, Hall
from tests.unit.reports.smiles import Smile, make_pairs, plant

DAY = Period(TODAY, TODAY)
REASON = "Góp ý của tổ kiểm tra ngày 20/11, xem trong một tháng"


def table(sheet: Any, name: str) -> list[tuple[Any, ...]]:
    return next([tuple(row) for row in item.rows] for item in sheet.tables if item.id == name)


def build(desk: Desk, period: Period = DAY) -> Any:
    with desk.read() as db:
        return CAMERA.build(db, period)


def test_every_answer_and_every_missing_index_is_counted(desk: Desk) -> None:
    smiles = [
        Smile(60, 5),
        Smile(20),
        Smile(ScoreObstacle.TOO_DARK, 4),
        Smile(ScoreObstacle.TOO_DARK),
        Smile(ScoreObstacle.NO_CONSENT, answer=ConsentAnswer.WITHDRAWN),
        Smile(ScoreObstacle.NO_CONSENT, answer=ConsentAnswer.NO),
        Smile(ScoreObstacle.NO_CONSENT, answer=ConsentAnswer.NONE),
        Smile(ScoreObstacle.NO_CONSENT, answer=ConsentAnswer.CHILD),
    ]
    desk.do(plant, smiles)
    with desk.read() as db:
        counted = read_desk(db, DAY)
    assert counted.asked == 7
    assert counted.answers == {"yes": 4, "withdrawn": 1, "no": 1, "none": 1, "child": 1}
    assert (counted.readings, counted.pairs, counted.reasons) == (2, 1, {"no_consent": 4, "too_dark": 2})
    assert (counted.hidden, counted.figures) == (HiddenBecause.FEW, None)
    assert table(build(desk), "register") == [(TODAY, 1, 7, 4, 1, 1, 1, 1)]
    assert [row[1] for row in table(build(desk), "question")] == [7, 4, 1, 1, 1, 1]


def test_only_the_last_answer_of_a_visit_counts(desk: Desk) -> None:
    desk.do(plant, [Smile(ScoreObstacle.NO_CONSENT, answer=ConsentAnswer.NONE)])
    desk.do(
        lambda tx: tx.db.execute(
            "INSERT INTO camera_consents (visit, day, counter, answer, notice, turn, at)"
            " SELECT visit, day, counter, 'yes', notice, turn, at FROM camera_consents"
        )
    )
    with desk.read() as db:
        assert read_desk(db, DAY).answers == {"yes": 1}


def test_below_the_minimum_the_report_says_how_many_are_missing_and_shows_no_figure(desk: Desk) -> None:
    desk.do(plant, make_pairs(99))
    sheet = build(desk)
    assert (table(sheet, "index"), table(sheet, "agreement")) == ([], [])
    assert sheet.caution.params == {"least": 100, "count": 99, "missing": 1, "share": 75}


def test_a_hundred_pairs_show_quartiles_and_agreement_with_intervals(desk: Desk) -> None:
    pairs = make_pairs(100)
    desk.do(plant, pairs)
    sheet = build(desk)
    spread = measures.find_quartiles([int(smile.score) for smile in pairs])
    assert spread is not None
    assert [row[1:] for row in table(sheet, "index")] == [
        (spread.lower, 100),
        (spread.median, 100),
        (spread.upper, 100),
    ]
    rho, kappa = table(sheet, "agreement")
    assert 90 < rho[2] <= rho[1] <= rho[3] <= 100
    assert kappa[4] == rho[4] == 100
    assert "%(missing)s" not in sheet.caution.message
    plain = sheet.as_json()
    assert plain["tables"][3]["columns"][1] == {"name": "value", "type": "coefficient", "unit": ""}


@pytest.mark.parametrize(
    ("change", "hidden"),
    [
        (lambda smile: replace(smile, officer=11), HiddenBecause.ONE_OFFICER),
        (lambda smile: replace(smile, counter=1), HiddenBecause.ONE_COUNTER),
        (lambda smile: replace(smile, officer=None), None),
    ],
    ids=["one officer", "one counter", "nobody signed in at three counters"],
)
def test_a_figure_that_is_one_officers_or_one_counters_is_hidden(
    desk: Desk, change: Callable[[Smile], Smile], hidden: HiddenBecause | None
) -> None:
    desk.do(plant, [change(smile) for smile in make_pairs(120)])
    with desk.read() as db:
        counted = read_desk(db, DAY)
    assert counted.hidden == hidden
    assert (counted.figures is None) == (hidden is not None)


def test_three_quarters_of_one_officer_are_not_yet_too_many() -> None:
    assert not gates.is_one_sided([1] * 75 + [2] * 25)
    assert gates.is_one_sided([1] * 76 + [2] * 24)
    assert not gates.is_one_sided([])


def test_another_days_visits_are_not_in_the_period(desk: Desk) -> None:
    desk.do(plant, make_pairs(100), "2026-11-20")
    with desk.read() as db:
        assert read_desk(db, DAY).readings == 0
        assert read_desk(db, Period("2026-11-20", "2026-11-20")).pairs == 100


def test_a_rating_that_was_set_aside_is_no_pair(desk: Desk) -> None:
    desk.do(plant, make_pairs(100))
    desk.do(lambda tx: tx.db.execute("UPDATE ratings SET status = 'quarantined' WHERE id = 1"))
    with desk.read() as db:
        counted = read_desk(db, DAY)
    assert (counted.readings, counted.pairs, counted.hidden) == (100, 99, HiddenBecause.FEW)


@pytest.fixture
def head(hall: Hall) -> int:
    """Make the head of the unit, at a desk whose camera is on."""
    rules = replace(SETTINGS, camera=CameraRules(is_on=True), suggestions=replace(Suggestions(), head="truong"))
    hall.desk.do(lambda tx: settings_store.save(tx.db, rules))
    account = Account(0, "truong", "Trần Thị Trưởng", "", Role.LEADER, None, "hashed", False)
    return hall.desk.do(staff_actions.save_account, account).id


def refusal(act: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(Refused) as error:
        act()
    return type(error.value).__name__, error.value.code


def look(desk: Desk, officer: int = 11) -> Any:
    with desk.read() as db:
        return read_officer_expression(db, officer, DAY, TODAY)


def closed(desk: Desk) -> ClosedBecause | None:
    with desk.read() as db:
        return read_officer_view(db, TODAY).closed


def test_one_officers_figures_are_closed_until_the_head_opens_them(desk: Desk, head: int) -> None:
    pairs = make_pairs(120)
    desk.do(plant, pairs)
    assert closed(desk) is ClosedBecause.NEVER
    assert refusal(lambda: look(desk)) == ("Forbidden", "camera.officer_view_off")
    desk.by(f"leader:{head}").do(actions.open_officer_view, head, REASON)
    expression = look(desk)
    own = [smile for smile in pairs if smile.officer == 11]
    assert expression.median == measures.measure_median([int(smile.score) for smile in own])
    assert sum(expression.levels.values()) == expression.satisfaction.n == len(own) == 40
    assert (expression.view.reason, expression.view.opened_by) == (REASON, head)
    assert expression.view.rho.value > 0.9
    desk.do(actions.close_officer_view)
    assert closed(desk) is ClosedBecause.BY_HAND
    assert refusal(lambda: look(desk)) == ("Forbidden", "camera.officer_view_off")


def test_only_the_head_opens_them_with_a_reason_and_the_camera_on(desk: Desk, head: int) -> None:
    for account in (None, head + 1):
        assert refusal(partial(desk.do, actions.open_officer_view, account, REASON)) == ("Forbidden", "camera.not_head")
    for reason in ("", "  \n ", "vì cần", "x" * 1001):
        assert refusal(partial(desk.do, actions.open_officer_view, head, reason)) == ("Invalid", "camera.reason")
    desk.do(lambda tx: settings_store.save(tx.db, replace(SETTINGS, suggestions=replace(Suggestions(), head="x"))))
    assert refusal(lambda: desk.do(actions.open_officer_view, head, REASON)) == ("Refused", "camera.no_head")
    desk.do(lambda tx: settings_store.save(tx.db, replace(SETTINGS, suggestions=replace(Suggestions(), head="truong"))))
    assert refusal(lambda: desk.do(actions.open_officer_view, head, REASON)) == ("Refused", "camera.off")
    assert refusal(lambda: desk.do(actions.close_officer_view)) == ("Refused", "camera.officer_view_closed")


def test_a_poor_agreement_closes_them_by_itself(desk: Desk, head: int) -> None:
    desk.do(actions.open_officer_view, head, REASON)
    assert closed(desk) is ClosedBecause.NOT_MEASURED
    assert refusal(lambda: look(desk)) == ("Forbidden", "camera.agreement_low")
    desk.do(plant, make_pairs(120, agreeing=False))
    assert closed(desk) is ClosedBecause.LOW_AGREEMENT
    assert refusal(lambda: look(desk)) == ("Forbidden", "camera.agreement_low")
    desk.do(plant, make_pairs(400), "2026-11-20")
    assert closed(desk) is None
    assert look(desk).median.n == 40


def test_an_agreement_of_three_tenths_is_just_enough() -> None:
    assert gates.find_closing(measures.Coefficient(0.3, None, None, 100)) is None
    assert gates.find_closing(measures.Coefficient(0.2999, None, None, 100)) is ClosedBecause.LOW_AGREEMENT
    assert gates.find_closing(None) is ClosedBecause.NOT_MEASURED


def test_fewer_than_thirty_visits_of_an_officer_show_nothing(desk: Desk, head: int) -> None:
    desk.do(plant, [*make_pairs(120), *[Smile(70, 5, 20, 2)] * 29])
    desk.do(actions.open_officer_view, head, REASON)
    assert refusal(lambda: look(desk, 20)) == ("Forbidden", "camera.few_readings")
    assert refusal(lambda: look(desk, 99)) == ("Forbidden", "camera.few_readings")


def test_the_words_of_the_reason_are_not_in_the_journal_and_without_them_it_is_closed(desk: Desk, head: int) -> None:
    desk.do(plant, make_pairs(120))
    desk.do(actions.open_officer_view, head, REASON)
    with desk.read() as db:
        rows = [row[0] for row in db.execute("SELECT data FROM journal")]
    assert not any("Góp ý của" in row for row in rows)
    assert refusal(lambda: desk.do(actions.open_officer_view, head, REASON)) == ("Refused", "camera.officer_view_open")
    desk.do(lambda tx: texts.purge(tx.db, "2036-01-01"))
    assert closed(desk) is ClosedBecause.REASON_ERASED
    with pytest.raises(Forbidden):
        look(desk)
    desk.do(actions.open_officer_view, head, REASON)
    assert closed(desk) is None


def test_a_camera_that_is_switched_off_closes_them(desk: Desk, head: int) -> None:
    desk.do(plant, make_pairs(120))
    desk.do(actions.open_officer_view, head, REASON)
    off = replace(SETTINGS, suggestions=replace(Suggestions(), head="truong"))
    desk.do(lambda tx: settings_store.save(tx.db, off))
    assert closed(desk) is ClosedBecause.CAMERA_OFF


def show(desk: Desk, officer: int, *, is_own: bool) -> Any:
    with desk.read() as db:
        return show_expression(db, officer, DAY, TODAY, is_own=is_own)


def test_an_officers_page_shows_it_only_while_it_is_open_with_who_opened_it_and_why(desk: Desk, head: int) -> None:
    desk.do(plant, make_pairs(120))
    assert show(desk, 11, is_own=False) is None
    desk.do(actions.open_officer_view, head, REASON)
    shown = show(desk, 11, is_own=False)
    assert (shown["reason"], shown["opened_by"], shown["missing"]) == (REASON, "Trần Thị Trưởng", None)
    assert (shown["median"]["n"], shown["pressed"]["n"]) == (40, 40)
    assert (shown["agreement"]["rho"] > 90, shown["agreement"]["n"]) == (True, 120)
    own = show(desk, 11, is_own=True)
    assert (own["pressed"], own["median"]) == (None, shown["median"])
    few = show(desk, 99, is_own=False)
    assert (few["median"], few["missing"]["params"]) == (None, {"count": 0, "least": 30})
    desk.do(actions.close_officer_view)
    assert show(desk, 11, is_own=True) is None
