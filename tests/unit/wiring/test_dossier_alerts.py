"""Alerts about dossiers: each threshold crossed and not crossed, once a working day, for the officer in question."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import pytest

from motcua.alerts import store as alert_store
from motcua.alerts.model import Alert
from motcua.checks.fleet import Fleet
from motcua.copies import replace
from motcua.dossiers import actions
from motcua.dossiers.actions import FlowRequest, SupplementRequest
from motcua.dossiers.model.dossier import DossierState
from motcua.dossiers.store import watching
from motcua.settings import store as settings_store
from motcua.settings.model import AlertRules, DossierRules
from motcua.staff import actions as staff_actions
from motcua.staff.model import Account, Role
from motcua.views.alerts import describe_alert, describe_open, list_own_alerts
from motcua.wiring.alerting import AlertWatcher
from tests.conftest import Hall
from tests.told import require_told
from tests.unit.dossiers.taken import DEATH, FORM, RULES, THREE_DAYS, Taken, arrange

DAY_S, MINUTE_S = 24 * 3600, 60
OFF = AlertRules(
    wait_min=0, queue_max=0, idle_min=0, low_ratings=0, quarantine=0, device_min=0, deadlines=False,
    dossiers_soon=0, dossiers_today=0, dossiers_late=0, unanswered_days=0, unfetched_days=0, unassigned_days=0,
    unattended_days=0,
)  # fmt: skip


class Watched:
    """A hall whose dossiers are watched, on Monday, 23 November. The 24th is off, the 28th is worked."""

    def __init__(self, hall: Hall) -> None:
        self.taken = Taken(hall)
        self.watcher = AlertWatcher(hall.desk, Fleet())
        self.taken.call()

    def set_rules(self, **thresholds: Any) -> None:
        rules = replace(OFF, **thresholds)

        def save(tx: Any) -> None:
            settings = settings_store.get_settings(tx.db)
            settings_store.save(tx.db, replace(settings, alerts=rules, dossiers=RULES))

        self.taken.desk.do(save)

    def look(self, days: float = 0) -> list[tuple[str, str, int]]:
        """Let days pass, and return the open alerts: kind, key and value."""
        self.taken.clock.advance(days * DAY_S + MINUTE_S)
        self.watcher.tick()
        with self.taken.desk.read() as db:
            return sorted((item.kind, item.key, item.value) for item in alert_store.list_open_alerts(db))


@pytest.fixture
def watched(hall: Hall) -> Iterator[Watched]:
    yield Watched(hall)
    require_told(hall.folder)


def test_a_dossier_is_announced_soon_today_and_late_once_each_working_day(watched: Watched) -> None:
    watched.set_rules(dossiers_soon=1, dossiers_today=1, dossiers_late=1)
    dossier, officer = watched.taken.lodge(limit=THREE_DAYS), watched.taken.officer
    assert dossier.due_on == "2026-11-27"  # Friday
    days = [watched.look(), *(watched.look(1) for _day in range(7))]
    assert days == [
        [],
        [],
        [("dossier-soon", f"2026-11-25:{officer}:Tiếp nhận", 1)],
        [("dossier-soon", f"2026-11-26:{officer}:Tiếp nhận", 1)],
        [("dossier-today", f"2026-11-27:{officer}", 1)],
        [("dossier-late", f"2026-11-28:{officer}", 1)],
        [("dossier-late", f"2026-11-28:{officer}", 1)],
        [("dossier-late", f"2026-11-30:{officer}", 1)],
    ]
    watched.taken.desk.do(actions.finish, dossier.code)
    assert watched.look() == []


def test_fewer_than_the_threshold_are_no_alert_and_steps_are_told_apart(watched: Watched) -> None:
    watched.set_rules(dossiers_soon=2)
    first, second, third = (watched.taken.lodge(limit=THREE_DAYS) for _count in range(3))
    watched.taken.desk.do(actions.hand_over, third.code, 2, watched.taken.officer)
    assert watched.look(2) == [("dossier-soon", f"2026-11-25:{watched.taken.officer}:Tiếp nhận", 2)]
    watched.taken.desk.do(actions.hand_over, second.code, 2, watched.taken.officer)
    watched.taken.desk.do(actions.finish, first.code)
    assert watched.look() == [("dossier-soon", f"2026-11-25:{watched.taken.officer}:Giải quyết", 2)]


def test_steps_are_named_as_their_flows_have_them_and_told_apart_where_flows_differ(watched: Watched) -> None:
    watched.set_rules(dossiers_soon=1)
    watched.taken.lodge(limit=THREE_DAYS)
    names = (("Nhận hồ sơ", ""), ("Tiếp nhận", "Take over"), ("Trả", ""))
    steps = [
        {"name": name, "share_percent": 34 - (n > 0), "role": "leader", "account": None} for n, name in enumerate(names)
    ]
    watched.taken.desk.do(actions.set_flow, FlowRequest("procedure", DEATH, "2026-01-01", steps))
    own, moved = (watched.taken.lodge(limit=THREE_DAYS) for _count in range(2))
    watched.taken.desk.do(actions.hand_over, moved.code, 1, watched.taken.officer)
    officer = watched.taken.officer
    assert watched.look(2) == [
        ("dossier-soon", f"2026-11-25:{officer}:Nhận hồ sơ", 1),
        ("dossier-soon", f"2026-11-25:{officer}:Tiếp nhận", 2),
    ]
    with watched.taken.desk.read() as db:
        views = {item["text"]["vi"]: item for item in list_own_alerts(db, officer, "Asia/Ho_Chi_Minh")}
    first = views["Bước Nhận hồ sơ: hồ sơ đến hạn trong 2 ngày làm việc tới: 1."]
    assert first["text"]["en"] == "Step Nhận hồ sơ: dossiers due within 2 working days: 1."
    assert unquote(first["path"]) == f"/dossiers?box=soon&holder={officer}&step=Nhận hồ sơ"
    second = views["Bước Tiếp nhận: hồ sơ đến hạn trong 2 ngày làm việc tới: 2."]
    assert second["text"]["en"] == "Step Receive: dossiers due within 2 working days: 2."
    assert own.flow != ""


def test_an_alert_of_an_earlier_version_names_its_step_by_the_number() -> None:
    alert = Alert(1, "2026-11-25", "dossier-soon", "2026-11-25:7:2", 3, 1, {"step": 2, "days": 3, "holder": 7}, "")
    view = describe_alert(replace(alert, raised_at="2026-11-25T01:00:00.000Z"), {7: "Phạm Hoa"}, "Asia/Ho_Chi_Minh")
    assert view["text"]["en"] == "Step 2: dossiers due within 3 working days: 3."
    assert view["path"] == "/dossiers?box=soon&holder=7"


def test_a_request_for_papers_that_nobody_answers_and_a_result_that_nobody_fetches(watched: Watched) -> None:
    watched.set_rules(unanswered_days=3, unfetched_days=4)
    watched.taken.lodge(decision=DossierState.SUPPLEMENT, papers=(FORM,), missing=("deed",))
    asked, ready = watched.taken.lodge(limit=THREE_DAYS), watched.taken.lodge(limit=THREE_DAYS)
    watched.taken.desk.do(
        actions.ask_supplement, watched.taken.vault, asked.code, SupplementRequest(("deed",), "Thiếu giấy báo tử")
    )
    watched.taken.desk.do(actions.finish, ready.code)
    officer = watched.taken.officer
    assert watched.look(2) == []
    assert watched.look(1) == [("dossier-unanswered", f"2026-11-26:{officer}", 2)]
    assert watched.look(1) == [
        ("dossier-unanswered", f"2026-11-27:{officer}", 2),
        ("dossier-unfetched", f"2026-11-27:{officer}", 1),
    ]
    watched.taken.desk.do(actions.hand_out, ready.code)
    assert watched.look() == [("dossier-unanswered", f"2026-11-27:{officer}", 2)]


def test_a_dossier_that_nobody_has_or_nobody_works_on(watched: Watched) -> None:
    watched.set_rules(unassigned_days=1, unattended_days=2)
    alone, idle = watched.taken.lodge(limit=THREE_DAYS), watched.taken.lodge(limit=THREE_DAYS)
    watched.taken.desk.do(actions.hand_over, alone.code, 1, None)
    assert watched.look(1) == []  # a day off
    assert watched.look(1) == [("dossier-unassigned", "2026-11-25:-", 1)]
    assert watched.look(1) == [
        ("dossier-unassigned", "2026-11-26:-", 1),
        ("dossier-unattended", f"2026-11-26:{watched.taken.officer}", 1),
    ]
    for dossier in (alone, idle):
        watched.taken.desk.do(actions.hand_over, dossier.code, 2, watched.taken.officer)
    assert watched.look() == []


def test_who_cannot_sign_in_any_more_is_nobody(watched: Watched) -> None:
    watched.set_rules(unassigned_days=1, unattended_days=1)
    watched.taken.lodge(limit=THREE_DAYS)
    assert [kind for kind, _key, _value in watched.look(2)] == ["dossier-unattended"]
    gone = Account(watched.taken.officer, "hoa", "Phạm Hoa", "Cán bộ", Role.OFFICER, 1, "x", True)
    watched.taken.desk.do(staff_actions.save_account, gone)
    assert [kind for kind, _key, _value in watched.look()] == ["dossier-unassigned"]


def test_leaders_read_whose_they_are_and_an_officer_only_their_own_and_nobody_s(watched: Watched) -> None:
    watched.set_rules(dossiers_late=1, unassigned_days=1)
    other = watched.taken.desk.do(
        staff_actions.save_account, Account(0, "minh", "Lê Minh", "", Role.OFFICER, None, "x", False)
    ).id
    mine, another, free = (watched.taken.lodge(limit=THREE_DAYS) for _count in range(3))
    watched.taken.desk.do(actions.hand_over, another.code, 1, other)
    watched.taken.desk.do(actions.hand_over, free.code, 1, None)
    watched.look(5)
    with watched.taken.desk.read() as db:
        everything = describe_open(db, "Asia/Ho_Chi_Minh")["alerts"]
        own = list_own_alerts(db, other, "Asia/Ho_Chi_Minh")
    assert {(item["kind"], item["officer"], item["path"]) for item in everything} == {
        ("dossier-late", "Phạm Hoa", f"/dossiers?box=late&holder={watched.taken.officer}"),
        ("dossier-late", "Lê Minh", f"/dossiers?box=late&holder={other}"),
        ("dossier-late", None, "/dossiers?box=late"),
        ("dossier-unassigned", None, "/dossiers?holder=none"),
    }
    assert sorted((item["kind"], item["officer"] or "") for item in own) == [
        ("dossier-late", ""),
        ("dossier-late", "Lê Minh"),
        ("dossier-unassigned", ""),
    ]
    assert mine.code not in str(everything)


def test_while_dossiers_are_off_there_is_no_such_alert(watched: Watched) -> None:
    watched.set_rules(dossiers_late=1, unassigned_days=1, unattended_days=1)
    watched.taken.lodge(limit=THREE_DAYS)
    assert watched.look(5) != []
    watched.taken.desk.do(arrange, DossierRules(is_on=False))
    assert watched.look() == []


def test_every_sum_is_answered_by_an_index(watched: Watched) -> None:
    asked: list[str] = []
    with watched.taken.desk.read() as db:
        db.conn.set_trace_callback(asked.append)
        watching.sum_due(db, "2026-11-23", "2026-11-27")
        watching.sum_unanswered(db, "2026-11-23")
        watching.sum_unfetched(db, "2026-11-23")
        watching.sum_untouched(db, "2026-11-23")
        db.conn.set_trace_callback(None)
        plans = [row[3] for query in asked for row in db.execute(f"EXPLAIN QUERY PLAN {query}")]
    reads = [plan for plan in plans if plan.startswith(("SEARCH", "SCAN"))]
    assert len(reads) == 5
    assert [plan for plan in reads if not plan.startswith("SEARCH") or "INDEX" not in plan] == []
