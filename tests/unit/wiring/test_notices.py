"""Notices on a real desk, to a real mail server and a real web address: planned, sent, tried again, given up, and
never in the journal.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from motcua.bookings import actions as booking_actions
from motcua.bookings import store as booking_store
from motcua.bookings.model import Booking, BookingRequest
from motcua.catalogue import store as catalogue
from motcua.desk import Desk, Tx
from motcua.desk import jobs as job_table
from motcua.queue import store as queue_store
from motcua.settings import store as settings_store
from motcua.settings.model import Notices, Unit, Web
from motcua.wiring import notices
from motcua.wiring.courier import AGAIN_S, Courier
from motcua.wiring.ways import EMAIL, WEBHOOK
from tests.conftest import GROUPS, SERVICES, SETTINGS, START, Hall, reopen
from tests.ports import free_port
from tests.receivers import HOST, Hook, Mailbox
from tests.unit.bookings.conftest import OPEN, PHONE

ADDRESS = "an@example.vn"
SECRET = "bí-mật"  # noqa: S105 -- of a server that lives for a second
NAMES = {"copy": ("Chứng thực bản sao", "Certified copy")}


def arrange(tx: Tx, ways: Notices, web: Web) -> None:
    unit = Unit("Phường Mỹ Đình", "Trung tâm Phục vụ hành chính công", "1 Đình Thôn", "024 3768 0001")
    settings_store.save(tx.db, replace(SETTINGS, unit=unit, appointments=OPEN, notices=ways, web=web))
    catalogue.replace_all(
        tx.db, GROUPS, [replace(item, bookable=True, name=NAMES.get(item.code, item.name)) for item in SERVICES]
    )


@dataclass
class Post:
    """A hall whose notices go to these receivers. `lines` are the names of what was handed to the background."""

    hall: Hall
    mailbox: Mailbox
    hook: Hook
    lines: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._take_over(self.hall)

    def _take_over(self, hall: Hall) -> None:
        self.hall, self.desk, self.clock = hall, hall.desk, hall.clock
        notices.install(self.desk)
        self.courier = Courier(self.desk, hall.folder, self._beside, lambda work, *given: work(*given))

    def _beside(self, work: Any, way: str) -> None:
        self.lines.append(way)
        work(way)

    def restart(self) -> None:
        """Stop the desk and start it again at the same time of day."""
        now = self.clock.now()
        self.desk.stop()
        self._take_over(reopen(self.hall.folder))
        self.clock.set(now)

    def set_up(self, base_url: str = "", **ways: Any) -> None:
        """Let notices leave by e-mail and webhook, or as `ways` say."""
        (self.hall.folder / "keys").mkdir(exist_ok=True)
        (self.hall.folder / "keys" / "webhook.secret").write_text(f"{SECRET}\n")
        mail = {
            "smtp_host": HOST,
            "smtp_port": self.mailbox.port,
            "smtp_security": "none",
            "sender": "motcua@phuong.vn",
            "allow_local": True,
        }
        self.desk.do(arrange, Notices(**{**mail, "webhook_url": self.hook.url, **ways}), Web(base_url))

    def book(self, clock: str = "10:00", day: str = "2026-11-23", **more: Any) -> Booking:
        asked = BookingRequest("copy", f"{day}T{clock}:00+07:00", **{"phone": PHONE, "email": ADDRESS, **more})
        return self.desk.by("citizen").do(booking_actions.book, asked, queue_store.is_day_closed)

    def pass_by(self, seconds: float = 0) -> None:
        self.clock.advance(seconds)
        self.courier.tick()

    def jobs(self) -> list[tuple[str, str, str, str | None]]:
        """Return device, payload, state and detail of each job."""
        with self.desk.read() as db:
            return [tuple(row) for row in db.execute("SELECT device, payload, state, detail FROM jobs ORDER BY id")]

    def states(self) -> dict[str, tuple[str, str | None]]:
        return {device: (state, detail) for device, _payload, state, detail in self.jobs()}


@pytest.fixture
def post(hall: Hall) -> Iterator[Post]:
    with Mailbox() as mailbox, Hook() as hook:
        made = Post(hall, mailbox, hook)
        yield made
        made.desk.stop()


def finished(desk: Desk) -> list[dict[str, Any]]:
    with desk.read() as db:
        return [
            json.loads(row[0])
            for row in db.execute("SELECT data FROM journal WHERE action = 'job.finished' ORDER BY seq")
        ]


def test_nothing_is_planned_where_nothing_is_set_up_or_no_address_was_given(post: Post) -> None:
    post.set_up(smtp_host="", webhook_url="")
    post.book()
    assert post.jobs() == []
    post.set_up(webhook_url="")
    post.book(phone="0900000000", email="")
    assert post.jobs() == []
    post.pass_by()
    assert post.lines == []


def test_a_booking_is_told_by_both_ways_in_the_language_of_whoever_booked(post: Post) -> None:
    post.set_up(base_url="https://motcua.example.vn")
    made = post.book(language="en")
    payload = json.dumps({"about": "booking.made", "booking": made.id})
    assert post.jobs() == [(EMAIL, payload, "planned", None), (WEBHOOK, payload, "planned", None)]
    post.pass_by()
    assert [(state, detail) for _device, _payload, state, detail in post.jobs()] == [("done", None)] * 2
    (mail,) = post.mailbox.mails
    text = mail.get_content()
    assert (mail["To"], mail["Subject"]) == (ADDRESS, "Your booking: 10:00 on 23/11/2026")
    assert all(
        part in text
        for part in (
            "Certified copy",
            made.code,
            f"https://motcua.example.vn/b/{made.code}",
            "15 minutes",
            "Phường Mỹ Đình",
        )
    )
    (body,) = post.hook.bodies
    told = body["data"]
    assert (body["type"], body["timestamp"]) == ("booking.made", "2026-11-23T01:00:00Z")
    assert (told["phone"], told["email"], told["language"]) == (PHONE, ADDRESS, "en")
    assert told["about"] == {
        "booking": made.id, "code": made.code, "service": "copy", "service_name": "Certified copy",
        "slot_at": "2026-11-23T10:00:00+07:00",
    }  # fmt: skip
    post.pass_by(3600)
    assert (len(post.mailbox.mails), len(post.hook.calls)) == (1, 1)


def test_a_cancelled_one_is_told_in_vietnamese_and_the_desks_address_is_never_guessed(post: Post) -> None:
    post.set_up()
    made = post.book()
    post.desk.do(booking_actions.cancel, made.code)
    post.pass_by()
    told = [mail["Subject"] for mail in post.mailbox.mails]
    assert told == ["Lịch hẹn của ông/bà: 10:00 ngày 23/11/2026", "Đã hủy lịch hẹn 10:00 ngày 23/11/2026"]
    assert "http" not in post.mailbox.mails[0].get_content()


def test_who_cannot_be_served_as_the_day_ended_early_is_told_and_nobody_afterwards(post: Post) -> None:
    post.set_up(webhook_url="")
    post.book("14:00")
    post.pass_by()
    post.desk.do(booking_actions.record_missed, "2026-11-23", True)
    post.pass_by(60)
    assert [mail["Subject"] for mail in post.mailbox.mails][
        1
    ] == "Bộ phận Một cửa không giữ được lịch hẹn 14:00 ngày 23/11/2026"
    post.book("09:00", day="2026-11-25")
    post.pass_by()
    post.clock.advance(3 * 86400)
    post.desk.do(booking_actions.record_missed, "2026-11-25", False)
    post.pass_by()
    assert len(post.mailbox.mails) == 3
    assert post.jobs()[-1][2:] == ("failed", "notices.past")


def test_the_journal_and_the_jobs_hold_no_address_whatever_goes_wrong(post: Post) -> None:
    post.set_up()
    post.mailbox.refusals = [f"554 5.7.1 <{ADDRESS}> is not wanted here, {PHONE}"]
    post.hook.statuses = [410]
    made = post.book()
    post.pass_by()
    assert post.states() == {EMAIL: ("failed", "smtp.refused"), WEBHOOK: ("failed", "webhook.refused")}
    assert [(row["device"], row["detail"], row["about"]) for row in finished(post.desk)] == [
        (EMAIL, "smtp.refused", f"booking:{made.id}"), (WEBHOOK, "webhook.refused", f"booking:{made.id}"),
    ]  # fmt: skip
    with post.desk.read() as db:
        whole = json.dumps(
            [[list(row) for row in db.execute(f"SELECT * FROM {table}")] for table in ("journal", "jobs")]  # noqa: S608
        )
    assert not any(secret in whole for secret in (ADDRESS, PHONE, made.code))


def test_a_notice_that_fails_ten_times_is_delivered_once_in_the_end(post: Post) -> None:
    post.set_up(smtp_host="")
    post.hook.statuses = [503] * 10
    post.book("16:00")
    post.pass_by()
    waits = [*AGAIN_S, *(AGAIN_S[-1],) * 10][:10]
    for tries, wait in enumerate(waits, 1):
        post.pass_by(wait - 1)
        assert len(post.hook.calls) == tries, wait  # not sooner
        post.pass_by(1)
        assert len(post.hook.calls) == tries + 1, wait
    assert post.states() == {WEBHOOK: ("done", None)}
    post.pass_by(86400)
    assert len(post.hook.calls) == 11
    assert len({headers["webhook-id"] for headers, _body in post.hook.calls}) == 1
    assert len({headers["webhook-timestamp"] for headers, _body in post.hook.calls}) == 11
    assert [row["state"] for row in finished(post.desk)] == ["done"]


def test_a_notice_is_given_up_when_its_time_is_over(post: Post) -> None:
    post.set_up(smtp_host="")
    post.hook.statuses = [503] * 100
    post.book("16:00", day="2026-11-25")
    post.pass_by()
    for _ in range(30):
        post.pass_by(3600)
    assert post.states() == {WEBHOOK: ("failed", "webhook.refused")}
    assert [row["state"] for row in finished(post.desk)] == ["failed"]


def test_what_fails_again_and_again_is_a_fault_until_it_works(post: Post) -> None:
    def faults() -> list[tuple[str, object]]:
        return [(fault.code, fault.params["count"]) for fault in post.desk.faults.list_all()]

    post.set_up(smtp_host="")
    post.hook.statuses = [503] * 3
    post.book("16:00")
    for wait in (0, 30, 60):
        post.pass_by(wait)
    assert faults() == []  # it is seen with the next look
    post.pass_by(1)
    assert faults() == [("notices.failing", 1)]
    post.pass_by(120)
    post.pass_by(1)
    assert faults() == []


def test_a_way_whose_far_end_is_gone_rests_and_the_others_go_on(post: Post) -> None:
    post.set_up()
    post.hook.statuses = [503] * 2
    for clock in ("15:00", "15:30", "16:00"):
        post.book(clock, phone=f"09123456{clock[1]}{clock[3]}")
    post.pass_by()
    assert (len(post.hook.calls), len(post.mailbox.mails)) == (1, 3)
    post.pass_by(9)
    assert len(post.hook.calls) == 1
    post.pass_by(1)  # the next one is tried, and fails too
    assert len(post.hook.calls) == 2
    post.pass_by(30)
    assert len(post.hook.calls) == 5
    assert len({headers["webhook-id"] for headers, _body in post.hook.calls}) == 3


def test_a_server_that_comes_back_gets_what_waited(post: Post) -> None:
    post.set_up(webhook_url="", smtp_port=free_port())
    post.book()
    post.pass_by()
    assert post.states() == {EMAIL: ("planned", "smtp.connect")}
    post.set_up(webhook_url="")
    post.pass_by(30)
    assert (len(post.mailbox.mails), post.states()) == (1, {EMAIL: ("done", None)})


def test_a_notice_survives_a_restart_also_after_a_failed_try_and_is_delivered_once(post: Post) -> None:
    post.set_up(smtp_host="")
    post.book("16:00")
    post.restart()
    post.hook.statuses = [503]
    post.pass_by()
    assert (len(post.hook.calls), post.states()) == (1, {WEBHOOK: ("planned", "webhook.refused")})
    post.restart()
    post.pass_by(29)
    assert len(post.hook.calls) == 1
    post.pass_by(1)
    assert (len(post.hook.calls), post.states()) == (2, {WEBHOOK: ("done", None)})
    post.restart()
    post.pass_by(3600)
    assert len(post.hook.calls) == 2


def test_what_was_being_sent_when_the_power_went_is_not_sent_twice_by_itself(post: Post) -> None:
    post.set_up(smtp_host="")
    post.book("16:00")
    post.desk.do(job_table.hand_out, WEBHOOK)
    post.restart()
    post.pass_by(3600)
    assert (post.hook.calls, post.states()) == ([], {WEBHOOK: ("sent", None)})


def test_what_waited_too_long_is_not_sent_any_more(post: Post) -> None:
    post.set_up(smtp_host="")
    post.book("16:00", day="2026-11-25")
    post.pass_by(24 * 3600)
    assert post.hook.calls == []


def test_an_erased_address_is_not_written_to(post: Post) -> None:
    post.set_up()
    post.book(day="2026-11-25")
    post.desk.do(lambda tx: booking_store.erase(tx.db, "2026-12-31"))
    post.pass_by()
    assert post.states() == {EMAIL: ("failed", "notices.erased"), WEBHOOK: ("failed", "notices.erased")}
    assert (post.mailbox.mails, post.hook.calls) == ([], [])


def test_without_its_secrets_a_way_is_closed_for_good(post: Post, tmp_path: Path) -> None:
    post.set_up(smtp_user="motcua")
    (post.hall.folder / "keys" / "webhook.secret").write_text("\n")
    post.book()
    post.pass_by()
    assert post.states() == {EMAIL: ("failed", "smtp.password"), WEBHOOK: ("failed", "webhook.secret")}
    post.clock.set(START + timedelta(hours=1))
    assert post.hook.calls == []


@pytest.mark.parametrize("seconds", [-3600, 3 * 3600])
def test_a_notice_is_tried_again_after_its_while_though_the_clock_was_set(post: Post, seconds: int) -> None:
    post.set_up(smtp_host="")
    post.book("16:00")
    post.hook.statuses = [503]
    post.pass_by()
    post.clock.step(seconds)
    post.desk.look_at_clock()
    post.pass_by(29)
    assert len(post.hook.calls) == 1
    post.pass_by(1)
    assert (len(post.hook.calls), post.states()) == (2, {WEBHOOK: ("done", None)})
