"""Who is told of alerts and calls for help outside the hall: by which way, when, and when not any more."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from motcua.alerts import actions as alert_actions
from motcua.alerts import store as alert_store
from motcua.alerts.model import AlertReading, HelpAnswerer, PushSubscription
from motcua.checks.fleet import Fleet
from motcua.copies import replace
from motcua.desk import DeskFault
from motcua.notify.webhook import write_secret
from motcua.queue import actions as queue
from motcua.settings import store as settings_store
from motcua.settings.model import AlertReceiver, AlertRules, Notices, Unit, Web
from motcua.wiring import alert_notices, webhook_events
from motcua.wiring.alerting import AlertWatcher
from motcua.wiring.courier import Courier
from tests.conftest import SETTINGS, Hall
from tests.receivers import HOST, Hook, Mailbox, PushService
from tests.told import require_told

READING = AlertReading("wait", "A", 1860, 1801, 1440, {"group": "A"}, 60)
LEADER = AlertReceiver("Lãnh đạo", "email", "lanhdao@example.vn", ("wait", "help"))
BROWSERS = AlertReceiver("Trình duyệt", "push")


@dataclass
class Post:
    """A hall whose messages go to these receivers."""

    hall: Hall
    mailbox: Mailbox
    hook: Hook
    push: PushService
    settings: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.desk, self.clock = self.hall.desk, self.hall.clock
        for part in (alert_notices, webhook_events):
            part.install(self.desk)
        (self.hall.folder / "keys").mkdir(exist_ok=True)
        (self.hall.folder / "keys" / "webhook.secret").write_text(write_secret(b"a secret of some length"))
        self.courier = Courier(
            self.desk, self.hall.folder, lambda work, way: work(way), lambda work, *given: work(*given)
        )

    def set_up(self, *receivers: AlertReceiver, alerts: AlertRules | None = None, **notices: Any) -> None:
        mail = {
            "smtp_host": HOST,
            "smtp_port": self.mailbox.port,
            "smtp_security": "none",
            "sender": "motcua@phuong.vn",
        }
        ways = Notices(**{**mail, "allow_local": True, **notices})
        unit = Unit("Phường Mỹ Đình", "Trung tâm Phục vụ hành chính công")
        changed = replace(SETTINGS, unit=unit, receivers=receivers, notices=ways, alerts=alerts or AlertRules())
        self.desk.do(lambda tx: settings_store.save(tx.db, replace(changed, web=Web("https://motcua.example.vn"))))

    def subscribe(self, language: str = "vi") -> int:
        subscription = PushSubscription(0, 1, self.push.endpoint, **self.push.keys, language=language, confirmed_at="")
        return self.desk.do(alert_actions.save_subscription, subscription)

    def pass_by(self, seconds: float = 0) -> None:
        self.clock.advance(seconds)
        self.courier.tick()

    def jobs(self) -> list[tuple[str, str, str | None]]:
        with self.desk.read() as db:
            return [tuple(row) for row in db.execute("SELECT device, state, detail FROM jobs ORDER BY id")]


@pytest.fixture
def post(hall: Hall) -> Iterator[Post]:
    with Mailbox() as mailbox, Hook() as hook, PushService() as push:
        yield Post(hall, mailbox, hook, push)


def test_each_receiver_is_told_by_its_way_of_the_kinds_it_chose(post: Post) -> None:
    post.set_up(LEADER, BROWSERS)
    post.subscribe("en")
    post.desk.do(alert_actions.raise_alert, READING)
    post.desk.do(alert_actions.raise_alert, replace(READING, kind="queue"))
    post.pass_by()
    (mail,) = post.mailbox.mails
    assert (mail["To"], mail["Subject"]) == ("lanhdao@example.vn", "Chờ lâu: Phường Mỹ Đình")
    text = mail.get_content()
    assert "Nhóm A: có người đã chờ 31 phút." in text
    assert "08:00 ngày 23/11/2026" in text
    assert "https://motcua.example.vn/leaders/alerts" in text
    assert [item["text"].splitlines()[0] for item in post.push.texts] == [
        "Group A: somebody has been waiting for 31 minutes.",
        "Group A: 31 people are waiting.",
    ]


def test_a_call_for_help_is_urgent_and_reaches_everybody_also_at_night(post: Post) -> None:
    post.set_up(LEADER, BROWSERS, alerts=AlertRules(quiet_from=0, quiet_to=24 * 60 - 1))
    post.subscribe()
    post.desk.do(alert_actions.call_help, 3)
    post.pass_by()
    assert [mail["Subject"] for mail in post.mailbox.mails] == ["Gọi hỗ trợ: Phường Mỹ Đình"]
    assert post.push.headers[0]["urgency"] == "high"
    assert post.push.texts[0]["text"].startswith("Quầy 3 gọi hỗ trợ.")


def test_in_the_quiet_hours_a_message_waits_for_the_morning_and_goes_if_it_is_still_true(post: Post) -> None:
    post.set_up(LEADER, alerts=AlertRules(quiet_from=7 * 60, quiet_to=9 * 60))
    first = post.desk.do(alert_actions.raise_alert, READING)
    post.desk.do(alert_actions.raise_alert, replace(READING, key="H"))
    post.pass_by()
    assert [state for _way, state, _detail in post.jobs()] == ["planned", "planned"]
    post.desk.do(alert_actions.clear_alert, first, None)
    post.pass_by(3599)
    assert post.mailbox.mails == []
    post.pass_by(1)
    assert len(post.mailbox.mails) == 1
    assert [job[1:] for job in post.jobs()] == [("failed", "notices.past"), ("done", None)]


def test_a_call_that_somebody_has_answered_is_not_told_any_more(post: Post) -> None:
    post.set_up(LEADER)
    call, _new = post.desk.do(alert_actions.call_help, 3)
    post.desk.do(alert_actions.answer_help, call.id, HelpAnswerer(5, None))
    post.pass_by()
    assert (post.mailbox.mails, post.jobs()[0][1:]) == ([], ("failed", "notices.past"))


@pytest.mark.thorough
def test_an_hour_has_a_most_of_alerts_that_are_sent_and_none_of_calls_for_help(post: Post) -> None:
    post.set_up(LEADER, alerts=AlertRules(hourly_max=3))
    for number in range(5):
        post.desk.do(alert_actions.raise_alert, replace(READING, key=str(number)))
    post.desk.do(alert_actions.call_help, 1)
    post.pass_by()
    assert len(post.mailbox.mails) == 3 + 1
    post.clock.advance(3601)
    post.desk.do(alert_actions.raise_alert, replace(READING, key="9"))
    post.pass_by()
    assert len(post.mailbox.mails) == 5


def test_a_browser_that_asks_no_more_is_forgotten(post: Post) -> None:
    post.set_up(BROWSERS)
    post.subscribe()
    post.push.statuses = [410]
    post.desk.do(alert_actions.raise_alert, READING)
    post.pass_by()
    assert post.jobs()[0][1:] == ("failed", "push.gone")
    with post.desk.read() as db:
        assert alert_store.list_subscriptions(db) == []


def test_one_push_service_that_fails_does_not_hold_up_another_browser(post: Post) -> None:
    post.set_up(BROWSERS)
    post.subscribe()
    with PushService() as other:
        subscription = PushSubscription(0, 2, other.endpoint, **other.keys, language="vi", confirmed_at="")
        post.desk.do(alert_actions.save_subscription, subscription)
        post.push.statuses = [503]
        post.desk.do(alert_actions.raise_alert, READING)
        post.pass_by()
        assert (len(post.push.texts), len(other.texts)) == (0, 1)
        post.pass_by(30)
        assert (len(post.push.texts), len(other.texts)) == (1, 1)


def test_who_was_taken_off_the_list_is_told_nothing_any_more(post: Post) -> None:
    post.set_up(LEADER)
    post.desk.do(alert_actions.raise_alert, READING)
    post.set_up()
    post.pass_by()
    assert (post.mailbox.mails, post.jobs()[0][1:]) == ([], ("failed", "notices.erased"))


def test_a_program_hears_of_the_families_that_are_switched_on_without_a_row_for_each(post: Post) -> None:
    post.set_up(webhook_url=post.hook.url, webhook_tickets=True, webhook_alerts=True)
    ticket = post.desk.do(queue.issue, "copy", None).ticket
    post.clock.advance(60)
    post.desk.do(alert_actions.raise_alert, READING)
    before = post.desk.head.seq
    post.pass_by(60)
    bodies = post.hook.bodies
    assert [(body["type"], body["timestamp"]) for body in bodies] == [
        ("ticket.issued", "2026-11-23T01:00:00.000Z"), ("alert.raised", "2026-11-23T01:01:00.000Z"),
    ]  # fmt: skip
    assert bodies[0]["data"]["subject"] == f"ticket:{ticket.id}"
    assert (bodies[1]["data"]["value"], bodies[1]["data"]["details"]) == (31, {"group": "A"})
    assert post.desk.head.seq == before
    require_told(post.hall.folder)


def test_nothing_is_planned_for_a_program_that_asked_for_nothing(post: Post) -> None:
    post.set_up(webhook_url=post.hook.url)
    post.desk.do(queue.issue, "copy", None)
    post.desk.do(alert_actions.call_help, 1)
    assert post.jobs() == []


def test_a_program_hears_when_the_desks_health_changes_and_never_twice_the_same(post: Post) -> None:
    post.set_up(webhook_url=post.hook.url, webhook_health=True)
    watcher = AlertWatcher(post.desk, Fleet())

    def look() -> None:
        post.clock.advance(5)
        watcher.tick()
        post.courier.tick()

    look()
    post.desk.faults.note(DeskFault("backup.failed", "backup", "The copy failed."))
    look()
    look()
    post.desk.faults.clear("backup.failed")
    look()
    assert [(body["type"], body["data"]["status"], body["data"]["problems"]) for body in post.hook.bodies] == [
        ("health.changed", "degraded", ["backup.failed"]), ("health.changed", "ok", []),
    ]  # fmt: skip


def test_an_hour_of_clock_time_later_a_held_back_message_is_due(post: Post) -> None:
    post.set_up(LEADER, alerts=AlertRules(quiet_from=7 * 60, quiet_to=9 * 60))
    post.desk.do(alert_actions.raise_alert, READING)
    post.pass_by()
    post.clock.set(post.clock.now() + timedelta(hours=1))
    post.pass_by()
    assert len(post.mailbox.mails) == 1
