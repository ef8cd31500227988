"""No-appointment days: what is promised on the spot, to whom not, and what leaders read of it."""

from typing import Any

import pytest

from motcua.copies import replace
from motcua.desk import Invalid, Refused, Tx
from motcua.dossiers import actions
from motcua.dossiers.model.dossier import Dossier, DossierState, FilingChannel
from motcua.dossiers.store import promises
from motcua.reports.kinds import SAME_DAY
from motcua.reports.values import Period
from motcua.settings import store as settings_store
from motcua.settings.model import SameDayRules
from motcua.views.dossier_board import DeskMoment, describe_dossier_page
from tests.conftest import TODAY
from tests.unit.dossiers.taken import ALLOWANCE, DEATH, THREE_DAYS, Taken
from tests.unit.dossiers.test_linked import DEATHS, FUNERAL

HOUR_S = 3_600
DAY_S = 24 * HOUR_S


def switch(taken: Taken, **rules: Any) -> None:
    def save(tx: Tx) -> None:
        settings = settings_store.get_settings(tx.db)
        values = {"monday": True, "procedures": (DEATH,), **rules}
        settings_store.save(tx.db, replace(settings, same_day=SameDayRules(**values)))

    taken.desk.do(save)


def give(taken: Taken, dossier: Dossier) -> None:
    taken.desk.do(actions.finish, dossier.code)
    taken.desk.do(actions.hand_out, dossier.code)


def find_promise(taken: Taken, dossier: Dossier) -> object:
    with taken.desk.read() as db:
        return promises.find_promise(db, dossier.code)


def test_on_such_a_day_the_result_is_promised_for_the_same_day_and_it_is_said_why(taken: Taken) -> None:
    switch(taken)
    taken.call()
    dossier = taken.lodge()
    assert (dossier.due_on, dossier.due_at) == (TODAY, "17:00")
    assert dossier.limits == (THREE_DAYS,)
    with taken.desk.read() as db:
        page = describe_dossier_page(db, taken.vault, dossier, DeskMoment(TODAY, f"{TODAY}T08:00"), None)
    assert [step["en"] for step in page["reckoning"]] == [
        "23/11/2026 is a no-appointment day: the result is handed out on the same day."
    ]
    assert page["promise"]["is_kept"] is False


@pytest.mark.parametrize(
    ("rules", "more"),
    [
        ({"monday": False, "tuesday": True}, {}),
        ({"procedures": ("1.001193",)}, {}),
        ({"procedures": ()}, {}),
        ({"until": "07:59"}, {}),
        ({}, {"channel": FilingChannel.POST}),
        ({}, {"channel": FilingChannel.ONLINE}),
        ({}, {"procedure": ALLOWANCE, "papers": ()}),
    ],
)
def test_whom_the_rule_does_not_mean_gets_the_usual_day(
    taken: Taken, rules: dict[str, Any], more: dict[str, Any]
) -> None:
    switch(taken, **rules)
    taken.call()
    dossier = taken.lodge(**more)
    assert dossier.due_on == "2026-11-27"  # the 24th is a day off
    assert find_promise(taken, dossier) is None


def test_a_named_day_counts_and_a_day_off_never_does(taken: Taken) -> None:
    switch(taken, monday=False, dates=(TODAY,))
    taken.call()
    assert taken.lodge().due_on == TODAY
    taken.clock.advance(DAY_S)  # a day off by the calendar
    switch(taken, monday=False, dates=("2026-11-24",))
    assert taken.lodge().due_on != "2026-11-24"


def test_a_supplement_is_promised_nothing(taken: Taken) -> None:
    switch(taken)
    taken.call()
    dossier = taken.lodge(
        decision=DossierState.SUPPLEMENT, papers=(), missing=("form", "deed"), words="Còn thiếu", limit=THREE_DAYS
    )
    assert dossier.due_on is None
    assert find_promise(taken, dossier) is None


@pytest.mark.thorough
def test_leaders_read_how_many_were_kept_and_why_others_were_not(taken: Taken) -> None:
    switch(taken)
    taken.call()
    kept, late, silent = taken.lodge(), taken.lodge(), taken.lodge()
    give(taken, kept)
    with pytest.raises(Refused, match="as promised"):
        taken.desk.do(actions.note_missed_promise, kept.code, "signer")
    with pytest.raises(Invalid):
        taken.desk.do(actions.note_missed_promise, late.code, "rain")
    taken.desk.do(actions.note_missed_promise, late.code, "signer")
    taken.clock.advance(2 * DAY_S)
    give(taken, late)
    with taken.desk.read() as db:
        sheet = SAME_DAY.build(db, Period("2026-11-01", "2026-11-30"))
    days, procedures, reasons = sheet.tables
    assert days.rows[0][:5] == (TODAY, 3, 1, 2, 333)
    assert (procedures.rows[0][0], procedures.rows[0][2:5]) == (DEATH, (3, 1, 2))
    assert [row[0] for row in reasons.rows if isinstance(row[0], dict)] == [
        {"vi": "Người ký vắng mặt", "en": "Nobody was there to sign"}
    ]
    assert sum(int(str(row[1])) for row in reasons.rows) == 2
    assert silent.due_on == TODAY


def test_what_waits_for_the_result_of_a_linked_procedure_is_promised_nothing(taken: Taken) -> None:
    switch(taken, procedures=(FUNERAL,))
    taken.call()
    death, residence, funeral = taken.desk.by("officer:1").do(actions.lodge_linked, taken.vault, 1, DEATHS)
    assert [one.due_on for one in (residence, funeral)] == ["2026-11-30", "2026-12-03"]
    assert [find_promise(taken, one) for one in (death, residence, funeral)] == [None] * 3
