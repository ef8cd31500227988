"""What the settings name that the desk has no more: each is said once, and nothing stops."""

from typing import Any

from motcua.catalogue import store as catalogue_store
from motcua.checks.invariants import check_all
from motcua.checks.named_codes import list_gone_names
from motcua.copies import replace
from motcua.desk import Tx
from motcua.estimates.waits import WaitEstimates
from motcua.procedures import actions as procedure_actions
from motcua.procedures.model import ProcedureSource, WithdrawalRequest
from motcua.settings import store as settings_store
from motcua.staff import actions as staff_actions
from motcua.staff.model import Account, Role
from motcua.views.kiosk import show_kiosk
from tests.conftest import TODAY, Hall

COPY, DEATH = "2.000815", "1.000656"


def set_rules(tx: Tx, **sections: Any) -> None:
    settings = settings_store.get_settings(tx.db)
    changed = {name: replace(getattr(settings, name), **values) for name, values in sections.items()}
    settings_store.save(tx.db, replace(settings, **changed))


def name_at_first_service(tx: Tx, code: str) -> None:
    first, *others = catalogue_store.list_services(tx.db)
    groups = catalogue_store.list_groups(tx.db)
    catalogue_store.replace_all(tx.db, groups, [replace(first, procedures=(code,)), *others])


def withdraw(hall: Hall, code: str, since: str = TODAY) -> None:
    hall.desk.do(procedure_actions.withdraw_procedure, WithdrawalRequest(code, since, ProcedureSource.PAGE))


def list_sentences(hall: Hall, day: str = TODAY) -> list[tuple[str, str]]:
    with hall.desk.read() as db:
        return [(item.page, item.message % item.params) for item in list_gone_names(db, day)]


def test_a_procedure_that_went_out_of_use_is_named_with_who_names_it_and_from_its_day_on(hall: Hall) -> None:
    rules = {"dossiers": {"is_on": True, "unit_code": "000.25.01.H17"}, "same_day": {"procedures": (COPY, DEATH)}}
    hall.desk.do(lambda tx: set_rules(tx, **rules))
    hall.desk.do(name_at_first_service, COPY)
    assert list_sentences(hall) == []
    withdraw(hall, COPY)
    withdraw(hall, DEATH, "2026-12-01")
    today = list_sentences(hall)
    assert ("dossiers", f"The no-appointment days name procedures that are not in use today: {COPY}.") in today
    assert [page for page, _text in today] == ["services", "dossiers"]
    later = list_sentences(hall, "2026-12-01")
    assert f"{COPY}, {DEATH}" in dict(later)["dossiers"]
    assert "linked" in dict(later)
    with hall.desk.read() as db:
        lines = check_all(db, hall.desk.path.parent, hall.clock.now())
        assert [line.state for line in lines if line.what == "settings"] == ["degraded", "degraded"]
        assert show_kiosk(db, hall.clock.now(), TODAY, WaitEstimates(), clock_behind=False)["groups"]


def test_a_head_who_is_no_leader_is_said_without_the_name(hall: Hall) -> None:
    leader = Account(0, "lan", "Lê Lan", "", Role.LEADER, None, "hashed", False)
    number = hall.desk.do(staff_actions.save_account, leader).id
    hall.desk.do(lambda tx: set_rules(tx, suggestions={"head": "Lan"}))
    assert list_sentences(hall) == []
    hall.desk.do(staff_actions.save_account, replace(leader, id=number, disabled=True))
    ((page, sentence),) = list_sentences(hall)
    assert (page, "every leader reads" in sentence, "lan" in sentence.lower().split()) == ("suggestions", True, False)
