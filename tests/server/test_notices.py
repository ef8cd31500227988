"""Notices of a served desk: they leave, they hold nobody up, and the trial tells the truth."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.receivers import HOST, Hook, Mailbox, PushService, silent
from tests.server.hall import Client, Served, served, wait_until
from tests.server.test_bookings_api import arrange, save, wish
from tests.server.test_revoked import person, session
from tests.waiting import PATIENCE_S

pytestmark = pytest.mark.process


@pytest.fixture
def desk() -> Iterator[Served]:
    with served() as made:
        arrange(made.client("admin"))
        (made.folder / "keys" / "webhook.secret").write_text("bi-mat")
        yield made


def ways(admin: Client, **given: Any) -> None:
    """Let notices leave by these ways."""
    section = admin.get("settings/appointments").json
    nothing = {
        "smtp_host": "",
        "webhook_url": "",
        "sender": "motcua@phuong.vn",
        "smtp_security": "none",
        "allow_local": True,
    }
    section["data"]["notices"].update({**nothing, **given})
    save(admin, "appointments", section)


def jobs(desk: Served) -> list[tuple[str, str]]:
    """Return device and state of each notice."""
    import sqlite3

    with sqlite3.connect(f"file:{Path(desk.folder) / 'desk.db'}?mode=ro", uri=True) as db:
        rows = db.execute("SELECT device, state FROM jobs WHERE kind = 'notify' ORDER BY id").fetchall()
    db.close()
    return rows


def test_a_booking_is_told_by_mail_and_webhook_and_ends_in_the_journal(desk: Served) -> None:
    with Mailbox() as mailbox, Hook() as hook:
        ways(desk.client("admin"), smtp_host=HOST, smtp_port=mailbox.port, webhook_url=hook.url)
        phone = desk.client()
        made = phone.post("bookings", wish(phone, email="an@example.vn"))
        assert made.status == 201
        assert mailbox.arrived.wait(PATIENCE_S)
        wait_until(lambda: hook.calls and jobs(desk) == [("notices:email", "done"), ("notices:webhook", "done")])
        assert made.json["code"] in mailbox.mails[0].get_content()
        assert hook.bodies[0]["data"]["about"]["code"] == made.json["code"]


def test_a_mail_server_that_says_nothing_holds_up_neither_counters_nor_the_end(desk: Served) -> None:
    with silent() as port:
        ways(desk.client("admin"), smtp_host=HOST, smtp_port=port)
        phone, place = desk.client(), desk.place()
        assert phone.post("bookings", wish(phone, email="an@example.vn")).status == 201
        wait_until(lambda: jobs(desk) == [("notices:email", "sent")])
        for _ in range(5):
            place.issue()
            assert [place.do(step).status for step in ("call-next", "finish")] == [200, 200]
        assert jobs(desk) == [("notices:email", "sent")]  # all this while the mail was under way
        assert desk.stop()[0] == 0
        assert jobs(desk) == [("notices:email", "sent")]  # and its end was not waited for


def test_the_trial_tells_what_happened(desk: Served) -> None:
    admin = desk.client("admin", Accept_Language="en")
    off = admin.post("notices/test", {"way": "email"})
    assert (off.status, off.json["sent"], off.json["code"]) == (200, False, "notices.off")
    with Mailbox() as mailbox, Hook() as hook:
        ways(admin, smtp_host=HOST, smtp_port=mailbox.port, webhook_url=hook.url)
        good = admin.post("notices/test", {"way": "email", "email": "admin@phuong.vn"}).json
        assert (good["sent"], good["code"], mailbox.mails[0]["To"]) == (True, None, "admin@phuong.vn")
        assert admin.post("notices/test", {"way": "email"}).json["sent"] is True
        assert mailbox.mails[1]["To"] == "motcua@phuong.vn"
        bad = admin.post("notices/test", {"way": "email", "email": "nobody@phuong.vn"}).json
        assert (bad["sent"], bad["code"], bad["said"]) == (False, "smtp.recipient", "550 5.1.1 no such mailbox")
        assert bad["detail"] == "The mail server does not accept messages for this address."
        hook.statuses = [500]
        assert [admin.post("notices/test", {"way": "webhook"}).json["code"] for _ in range(2)] == [
            "webhook.refused",
            None,
        ]
        ways(admin, smtp_host=HOST, smtp_port=mailbox.port, smtp_user="motcua")
        assert admin.post("notices/test", {"way": "email"}).json["code"] == "smtp.password"
    assert jobs(desk) == []


def test_the_trial_is_the_administrators_and_refuses_rubbish(desk: Served) -> None:
    assert desk.client("leader").post("notices/test", {"way": "email"}).code == (403, "auth.role")
    assert desk.client().post("notices/test", {"way": "email"}).code == (401, "auth.required")
    admin = desk.client("admin")
    for body in (None, {}, {"way": "pigeon"}, {"way": 1}, {"way": "email", "email": 5}, {"way": "email", "to": "x"}):
        assert admin.send("POST", "notices/test", json.dumps(body).encode()).code == (422, "values.invalid")
    assert admin.post("notices/test", {"way": "email", "email": "a\r\nb@c.vn"}).code == (422, "booking.email")


def test_a_receiver_on_this_computer_needs_the_switch(desk: Served) -> None:
    admin = desk.client("admin")
    with Mailbox() as mailbox, Hook() as hook:
        ways(admin, smtp_host=HOST, smtp_port=mailbox.port, webhook_url=hook.url, allow_local=False)
        codes = [admin.post("notices/test", {"way": way}).json["code"] for way in ("webhook", "email")]
        assert (codes, hook.calls, mailbox.mails) == (["webhook.local", "smtp.local"], [], [])
        ways(admin, smtp_host=HOST, smtp_port=mailbox.port, webhook_url=hook.url)
        assert [admin.post("notices/test", {"way": way}).json["sent"] for way in ("webhook", "email")] == [True, True]


def test_a_browser_is_told_of_a_call_for_help_and_by_a_trial(desk: Served) -> None:
    ways(desk.client("admin"))
    person(desk, "quantri", "admin")
    cookie = session(desk, "quantri")
    page = desk.client(Cookie=cookie).get("/leaders/alerts", Accept="text/html").body.decode()
    csrf = json.loads(re.search(r'id="page">(.*?)</script>', page)[1])["csrf"]  # type: ignore[index]
    admin = desk.client(Cookie=cookie, X_CSRF_Token=csrf, Origin=desk.url)
    assert admin.post("notices/test", {"way": "push"}).json["code"] == "push.gone"
    with PushService() as push:
        assert admin.post("alerts/push", {"endpoint": push.endpoint, "keys": push.keys}).status == 201
        assert admin.post("notices/test", {"way": "push"}).json["sent"] is True
        desk.client("counter", 1).post("help", {})
        wait_until(lambda: len(push.texts) == 2)
        assert push.texts[1]["text"].startswith("Quầy 1 gọi hỗ trợ.")
        assert admin.post("alerts/push/end", {"endpoint": push.endpoint}).status == 204
        assert admin.post("notices/test", {"way": "push"}).json["code"] == "push.gone"
