"""Letters that are written out before an officer confirms them: when, with which day, and at most once."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.copies import replace
from motcua.desk import Invalid
from motcua.dossiers import actions
from motcua.dossiers.actions import SupplementRequest
from motcua.dossiers.model.dossier import Dossier, DossierState, FilingChannel
from motcua.dossiers.rules import moves
from motcua.dossiers.rules.due import compute_extended_due
from motcua.dossiers.rules.letters import count_needed_days, propose_apology, propose_stop, write_delay
from motcua.procedures.model import LimitUnit, TimeLimit
from motcua.settings.model import DossierRules
from motcua.settings.rules import is_working_day
from tests.conftest import SETTINGS
from tests.unit.dossiers.taken import DEATH, FORM, RULES, Taken

RULED = replace(SETTINGS, dossiers=RULES)
TEN_DAYS = TimeLimit(LimitUnit.WORKING_DAYS, 10)


def test_it_is_drafted_when_what_is_left_takes_longer_than_the_time_that_is_left(taken: Taken) -> None:
    taken.call()
    dossier = taken.lodge(limit=TEN_DAYS)
    assert (dossier.counted_from, dossier.due_on) == ("2026-11-23", "2026-12-07")  # the 24th is off, the 28th is not
    drafts = {day: propose_apology(RULED, dossier, date(2026, 12, day)) for day in (2, 3, 7, 8)}
    assert drafts[2] is None  # three days are left: not soon yet
    late, soon, last = drafts[8], drafts[3], drafts[7]
    assert late is not None
    assert soon is not None
    assert last is not None
    assert (soon.needed_days, soon.left_days, soon.is_late, soon.notice_on) == (10, 3, False, date(2026, 12, 4))
    assert (soon.due.due_on, soon.count) == (date(2026, 12, 17), 8)
    assert (last.needed_days, last.left_days, last.is_late) == (10, 1, False)
    assert (late.needed_days, late.left_days, late.is_late, late.due.due_on) == (10, 0, True, date(2026, 12, 22))


def test_who_only_has_to_sign_is_not_late_before_the_day_is_over(taken: Taken) -> None:
    taken.call()
    dossier = replace(taken.lodge(limit=TEN_DAYS), step=3, state=DossierState.PROCESSING)
    assert count_needed_days(RULED, dossier) == 3
    assert propose_apology(RULED, dossier, date(2026, 12, 3)) is None
    draft = propose_apology(RULED, dossier, date(2026, 12, 4))
    assert draft is not None
    assert (draft.needed_days, draft.left_days) == (3, 2)


def test_no_letter_where_the_time_stands_still_or_a_new_day_was_promised_already(taken: Taken) -> None:
    taken.call()
    dossier, day = taken.lodge(limit=TEN_DAYS), date(2026, 12, 20)
    assert propose_apology(RULED, dossier, day) is not None
    for other in (
        replace(dossier, extensions=1),
        replace(dossier, state=DossierState.SUPPLEMENT),
        replace(dossier, state=DossierState.FEE_DUE),
        replace(dossier, state=DossierState.READY),
        replace(dossier, due_on=None),
        replace(dossier, due_on="2024-01-02"),  # the law's one new day cannot lie that far ahead
    ):
        assert propose_apology(RULED, other, day) is None


@pytest.mark.thorough
@given(st.dates(date(2026, 11, 25), date(2027, 3, 31)), st.integers(1, 60), st.integers(0, 3))
def test_whatever_is_drafted_can_be_promised_as_it_is(today: date, days: int, step: int) -> None:
    limit = TimeLimit(LimitUnit.WORKING_DAYS, days)
    due = compute_extended_due(RULED, date(2026, 11, 23), limit)
    dossier = Dossier(
        code="MC-261123-0001",
        procedure=DEATH,
        state=DossierState.RECEIVED,
        channel=FilingChannel.IN_PERSON,
        received_at="2026-11-23T02:00:00.000Z",
        received_on="2026-11-23",
        serial=1,
        counted_from="2026-11-23",
        due_on=due.due_on.isoformat(),
        due_at="17:00",
        first_due_on=due.due_on.isoformat(),
        officer=1,
        counter=1,
        limits=(limit,),
        step=step,
    )
    draft = propose_apology(RULED, dossier, today)
    if draft is None:
        assert due.due_on >= today
        return
    promised = moves.extend(RULED, dossier, draft.due, today.isoformat())
    assert promised.due_on == draft.due.due_on.isoformat() > today.isoformat()
    assert is_working_day(RULED, draft.due.due_on)
    again = compute_extended_due(RULED, due.due_on, TimeLimit(LimitUnit.WORKING_DAYS, draft.count))
    assert again.due_on == draft.due.due_on
    assert propose_apology(RULED, promised, date(2027, 12, 31)) is None


def test_a_stop_notice_is_drafted_after_the_time_for_papers_which_is_a_setting(taken: Taken) -> None:
    taken.call()
    first = taken.lodge(decision=DossierState.SUPPLEMENT, papers=(FORM,), missing=("deed",))
    later = taken.lodge()
    taken.clock.advance(2 * 24 * 3600)
    asked = taken.desk.do(actions.ask_supplement, taken.vault, later.code, SupplementRequest(("deed",), "Thiếu"))
    settings = replace(SETTINGS, dossiers=replace(RULES, supplement_days=4))
    drafts = [propose_stop(settings, first, date(2026, 11, day)) for day in (27, 28)]
    assert drafts[0] is None
    assert drafts[1] is not None
    assert (drafts[1].asked_on, drafts[1].answer_until) == (date(2026, 11, 23), date(2026, 11, 27))
    # of the 25th four days end on Sunday, the 29th: the next working day counts
    assert propose_stop(settings, asked, date(2026, 11, 30)) is None
    assert propose_stop(settings, asked, date(2026, 12, 1)) is not None
    for rules in ({"supplement_days": 0}, {"supplement_since": "2026-11-24"}):
        changed = replace(SETTINGS, dossiers=replace(settings.dossiers, **rules))
        assert propose_stop(changed, first, date(2026, 12, 31)) is None
    assert propose_stop(settings, later, date(2026, 12, 31)) is None


def test_a_reason_of_the_settings_is_written_in_front_of_the_words() -> None:
    rules = DossierRules()
    assert write_delay(rules, "", "Người ký đi công tác") == "Người ký đi công tác"
    assert write_delay(rules, "volume", "Cần ba ngày.") == "Số lượng hồ sơ tăng cao so với bình thường. Cần ba ngày."
    with pytest.raises(Invalid, match="Choose one of the reasons"):
        write_delay(rules, "nonsense", "x")
