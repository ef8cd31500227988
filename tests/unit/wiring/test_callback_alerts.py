"""The alert about overdue call backs: crossed and not crossed, once a working day, gone when all are called."""

from collections.abc import Iterator

import pytest

from motcua.alerts import store as alert_store
from motcua.callbacks import actions
from motcua.callbacks.model import CallbackRequest, CallbackSource
from motcua.callbacks.store import vaults
from motcua.checks.fleet import Fleet
from motcua.copies import replace
from motcua.desk import Tx
from motcua.settings import store as settings_store
from motcua.settings.model import AlertRules, CallbackRules
from motcua.views.alerts import describe_open
from motcua.wiring.alerting import AlertWatcher
from tests.conftest import SETTINGS, Hall
from tests.told import require_told

DAY_S, MINUTE_S = 24 * 3600, 60
OFFICER = 7


class CallAlerts:
    """A hall on Monday, 23 November, whose call backs are watched. The 24th is off, so the 25th is promised."""

    def __init__(self, hall: Hall) -> None:
        self.hall, self.watcher = hall, AlertWatcher(hall.desk, Fleet())
        self.switch()

    def switch(self, *, limit: int = 1, is_on: bool = True) -> None:
        """Set the threshold, and whether people can ask for a call."""
        alerts = AlertRules(quarantine=0, device_min=0, callbacks_late=limit)

        def save(tx: Tx) -> None:
            settings_store.save(tx.db, replace(SETTINGS, alerts=alerts, callbacks=CallbackRules(is_on=is_on)))

        self.hall.desk.do(save)

    def ask(self, *phones: str) -> None:
        for phone in phones:
            wish = CallbackRequest(phone, "other", "", CallbackSource.PHONE, agrees=True)
            self.hall.desk.do(actions.ask_callback, vaults.get_vault(self.hall.desk), wish)

    def call(self, number: int, outcome: str) -> None:
        self.hall.desk.do(actions.take_callback, number, OFFICER)
        self.hall.desk.do(actions.note_call, number, OFFICER, outcome)

    def look(self, days: float = 0) -> list[tuple[str, str, int]]:
        """Let days pass, and return the open alerts: kind, key and value."""
        self.hall.clock.advance(days * DAY_S + MINUTE_S)
        self.watcher.tick()
        with self.hall.desk.read() as db:
            return sorted((item.kind, item.key, item.value) for item in alert_store.list_open_alerts(db))


@pytest.fixture
def watched(hall: Hall) -> Iterator[CallAlerts]:
    yield CallAlerts(hall)
    require_told(hall.folder)


def test_who_is_not_called_by_the_promised_day_is_one_alert_each_working_day_until_called(watched: CallAlerts) -> None:
    watched.ask("0912345678", "0912345679")
    assert [watched.look(), watched.look(2)] == [[], []]  # the 25th itself is in time
    assert watched.look(1) == [("callback-late", "2026-11-26", 2)]
    watched.call(1, "advised")
    watched.call(2, "no_answer")
    assert watched.look() == [("callback-late", "2026-11-26", 2)]  # one of them still waits
    assert watched.look(1) == [("callback-late", "2026-11-27", 1)]
    watched.call(2, "advised")
    assert watched.look() == []


def test_it_leads_to_the_list_and_names_nobody(watched: CallAlerts) -> None:
    watched.ask("0912345678")
    watched.look(3)
    with watched.hall.desk.read() as db:
        (alert,) = describe_open(db, "Asia/Ho_Chi_Minh")["alerts"]
    assert (alert["path"], alert["officer"]) == ("/callbacks", None)
    assert alert["text"]["en"] == "Call backs that are overdue: 1."


def test_fewer_than_the_threshold_none_or_call_backs_that_are_off_are_no_alert(watched: CallAlerts) -> None:
    watched.switch(limit=2)
    watched.ask("0912345678")
    assert watched.look(3) == []
    watched.switch(limit=0)
    assert watched.look() == []
    watched.switch()
    assert [item[0] for item in watched.look()] == ["callback-late"]
    watched.switch(is_on=False)
    assert watched.look() == []
