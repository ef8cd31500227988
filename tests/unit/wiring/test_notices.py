"""Notices on a real desk, to a real mail server and a real web address: planned, sent, tried again, given up, and
never in the journal.
"""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from motcua.bookings import actions as booking_actions
from motcua.bookings import store as booking_store
from motcua.wiring.ways import EMAIL, WEBHOOK
from tests.conftest import START
from tests.unit.bookings.conftest import PHONE
from tests.unit.wiring.notice_post import ADDRESS, Post, finished


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


@pytest.mark.thorough
def test_a_cancelled_one_is_told_in_vietnamese_and_the_desks_address_is_never_guessed(post: Post) -> None:
    post.set_up()
    made = post.book()
    post.desk.do(booking_actions.cancel, made.code)
    post.pass_by()
    told = [mail["Subject"] for mail in post.mailbox.mails]
    assert told == ["Lịch hẹn của ông/bà: 10:00 ngày 23/11/2026", "Đã hủy lịch hẹn 10:00 ngày 23/11/2026"]
    assert "http" not in post.mailbox.mails[0].get_content()


@pytest.mark.thorough
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
