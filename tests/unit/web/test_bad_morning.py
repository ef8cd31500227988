"""With a disk that takes nothing people still sign in, read, and are told why nothing else works; a lost store is
said on every page.
"""

import re
import shutil
import sqlite3
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from motcua.desk import DeskFault, ManualClock, SeededEntropy, signing
from motcua.desk.loss import find_loss
from motcua.server import build
from motcua.setup import actions as setup_actions
from motcua.setup import template
from motcua.setup.passwords import hash_password
from motcua.setup.rooms import open_desk
from motcua.staff import actions as staff_actions
from motcua.staff.model import Account, Role
from motcua.web import lost
from motcua.web.cookies import DEVICE, SESSION
from motcua.web.site import Site
from tests.conftest import START
from tests.disk import Disk, disk
from tests.passwords import PASSWORD

__all__ = ["disk"]
pytestmark = pytest.mark.thorough
ENGLISH = {"Accept-Language": "en"}


@cache
def hashed() -> str:
    """Return the hash of everybody's password."""
    return hash_password(PASSWORD)


class Hall:
    """A ward's site in the caller's thread, with an administrator and an officer."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = ManualClock(START)
        self.desk = open_desk(folder, self.clock, SeededEntropy(1))
        signing.make_key(folder, self.desk.entropy)
        self.desk.do(setup_actions.apply, template.open_always(template.load("ward")))
        for name, role in (("admin", Role.ADMIN), ("hoa", Role.OFFICER)):
            self.desk.do(staff_actions.save_account, Account(0, name, name, "", role, None, hashed(), False))
        self.site: Site = build(self.desk)
        self.kiosk = self.desk.do(staff_actions.add_token, "kiosk", None, "", None).secret

    def browser(self) -> FlaskClient:
        """Return a new browser."""
        return self.site.app.test_client()

    def sign_in(self, name: str) -> FlaskClient:
        """Return a browser in which `name` has signed in."""
        made = self.browser()
        assert made.post("/sign-in", data={"name": name, "password": PASSWORD}).status_code == 303
        return made

    def health(self) -> tuple[int, dict[str, Any]]:
        """Return what /health says."""
        answer = self.browser().get("/api/v1/health", headers=ENGLISH)
        return answer.status_code, answer.get_json()


@pytest.fixture
def hall(disk: type[Disk], folder: Path) -> Iterator[Hall]:
    made = Hall(folder)
    yield made
    Disk.refuses = None
    made.desk.stop()


def csrf(browser: FlaskClient, path: str) -> str:
    found = re.search(r'"csrf": "(\w+)"', browser.get(path).get_data(as_text=True))
    assert found is not None
    return found[1]


def test_a_full_disk_is_said_on_health_kiosk_counter_and_to_leaders_and_goes_by_itself(hall: Hall) -> None:
    assert hall.health()[0] == 200
    Disk.refuses = sqlite3.SQLITE_FULL
    token = {"Authorization": f"Bearer {hall.kiosk}", **ENGLISH}
    refused = hall.browser().post("/api/v1/tickets", json={"service": "certified-copy"}, headers=token)
    assert (refused.status_code, refused.get_json()["code"], refused.content_type) == (
        503,
        "store.full",
        "application/problem+json",
    )
    assert (
        "đầy"
        in hall.browser()
        .post("/api/v1/tickets", json={"service": "certified-copy"}, headers={**token, "Accept-Language": "vi"})
        .get_json()["detail"]
    )
    status, health = hall.health()
    assert (status, health["status"], health["checks"]["store"]) == (503, "failing", "failing")
    assert [(item["code"], item["since"]) for item in health["problems"] if item["code"] == "store.full"] == [
        ("store.full", "2026-11-23T08:00:00.000+07:00")
    ]
    admin = hall.sign_in("admin")
    shown = {name: admin.get(f"/state/{name}").get_json() for name in ("kiosk", "wall", "leaders", "counter/1")}
    assert [(shown[name]["open"], shown[name]["closed_reason"]) for name in ("kiosk", "wall", "leaders")] == [
        (False, "store.full")
    ] * 3
    assert (
        shown["counter/1"]["problem"]["en"] == "The server's disk is full: nothing can be saved. Nothing was changed."
    )
    assert "store.full" in [item["code"] for item in shown["leaders"]["troubles"]]
    assert {"vi", "en"} == set(shown["leaders"]["troubles"][0]["detail"])
    assert "cannot save anything" in admin.get("/?lang=en").get_data(as_text=True)
    Disk.refuses = None
    assert hall.desk.probe()
    hall.site.identity.settle()
    assert hall.health()[0] == 200
    assert admin.get("/state/kiosk").get_json()["open"]
    assert hall.browser().post("/api/v1/tickets", json={"service": "certified-copy"}, headers=token).status_code == 201


def test_who_signs_in_on_a_full_disk_is_signed_in_before_and_after_it_takes_it(hall: Hall) -> None:
    Disk.refuses = sqlite3.SQLITE_FULL
    browser = hall.sign_in("admin")
    assert browser.get("/settings").status_code == 200
    token = csrf(browser, "/settings")
    assert (
        browser.post("/api/v1/tokens", json={"role": "wall"}, headers={"X-CSRF-Token": token}).get_json()["code"]
        == "store.full"
    )
    wrong = hall.browser().post("/sign-in", data={"name": "admin", "password": "another one"})
    assert wrong.status_code == 401
    rows = hall.desk.head.seq
    with pytest.raises(Exception, match="full"):
        hall.site.identity.settle()
    Disk.refuses = None
    hall.site.identity.settle()
    assert hall.desk.head.seq == rows + 1
    assert browser.get("/settings").status_code == 200
    assert browser.post("/api/v1/tokens", json={"role": "wall"}, headers={"X-CSRF-Token": token}).status_code == 201
    hall.site.identity.settle()
    assert hall.desk.head.seq == rows + 2


def test_who_signs_out_on_a_full_disk_is_signed_out_and_stays_so(hall: Hall) -> None:
    before = hall.sign_in("admin")
    secret = before.get_cookie(hall.site.cookies.name(SESSION))
    Disk.refuses = sqlite3.SQLITE_FULL
    for browser in (before, hall.sign_in("hoa")):
        kept = browser.get_cookie(hall.site.cookies.name(SESSION))
        assert kept is not None
        assert browser.post("/sign-out", data={"csrf": csrf(browser, "/")}).status_code == 303
        browser.set_cookie(hall.site.cookies.name(SESSION), kept.value)
        assert browser.get("/settings").status_code == 401
    Disk.refuses = None
    hall.site.identity.settle()
    assert secret is not None
    before.set_cookie(hall.site.cookies.name(SESSION), secret.value)
    assert before.get("/settings").status_code == 401


@pytest.mark.parametrize("change", ["disabled", "role", "password", "day"])
def test_a_sign_in_that_is_kept_in_memory_ends_as_any_other(hall: Hall, change: str) -> None:
    Disk.refuses = sqlite3.SQLITE_FULL
    browser = hall.sign_in("hoa")
    assert browser.get("/counter").status_code == 200
    Disk.refuses = None
    officer = Account(
        2, "hoa", "hoa", "", Role.LEADER if change == "role" else Role.OFFICER, None, "", change == "disabled"
    )
    if change == "password":
        hall.desk.do(staff_actions.change_password, "hoa", "")
    elif change == "day":
        from motcua.queue import actions

        hall.desk.do(actions.close_day, "2026-11-23")
    else:
        hall.desk.do(staff_actions.save_account, officer)
    hall.site.identity.settle()
    assert browser.get("/counter").status_code == 401


def test_a_screen_that_was_paired_goes_on_reading(hall: Hall) -> None:
    Disk.refuses = sqlite3.SQLITE_FULL
    browser = hall.browser()
    browser.set_cookie(hall.site.cookies.name(DEVICE), hall.kiosk)
    assert (browser.get("/kiosk").status_code, browser.get("/state/kiosk").status_code) == (200, 200)


def test_faults_have_lines_in_the_check_and_one_that_cannot_be_said_hides_nothing(hall: Hall) -> None:
    hall.desk.faults.note(DeskFault("odd.fault", "somewhere", "It needs %(place)s.", {}))
    hall.desk.faults.note(
        DeskFault(
            "backup.failed", "backup", "The copy of the desk could not be made: %(problem)s", {"problem": "no room"}
        )
    )
    status, health = hall.health()
    assert (status, health["status"], health["checks"]["backup"]) == (200, "degraded", "degraded")
    assert [
        (item["code"], item["detail"]) for item in health["problems"] if item["code"] in {"odd.fault", "backup.failed"}
    ] == [
        ("backup.failed", "The copy of the desk could not be made: no room"),
        ("odd.fault", "It needs %(place)s."),
    ]
    admin = hall.sign_in("admin")
    begun = admin.post(
        "/api/v1/check", json={}, headers={"X-CSRF-Token": csrf(admin, "/settings"), **ENGLISH}
    ).get_json()
    assert [
        (item["what"], item["state"], item["detail"])
        for item in begun["check"]["items"][6:]
        if item["what"] not in {"address", "smile"}
    ] == [
        ("backup", "down", "The copy of the desk could not be made: no room"),
        ("somewhere", "degraded", "It needs %(place)s."),
    ]


def test_health_sees_copies_signed_days_and_words_as_the_check_does(hall: Hall) -> None:
    from motcua.queue import actions

    hall.desk.do(actions.close_day, "2026-11-23")
    _status, health = hall.health()
    assert [health["checks"][name] for name in ("backup", "digests", "voice")] == ["degraded"] * 3
    assert sorted(item["code"] for item in health["problems"] if item["code"] != "address.loopback") == [
        "backup.missing",
        "digests.missing",
        "voice.words",
    ]


def test_an_administrator_confirms_a_new_key_with_a_row_of_the_journal(hall: Hall) -> None:
    shutil.rmtree(hall.folder / "keys")
    key = signing.get_public_key(signing.keep_key(hall.desk, hall.folder))
    admin = hall.sign_in("admin")
    assert key in admin.get("/settings/people").get_data(as_text=True)
    headers = {"X-CSRF-Token": csrf(admin, "/settings/people")}
    assert admin.post("/api/v1/journal-key/confirm", json={"public_key": "0" * 64}, headers=headers).status_code == 409
    officer = hall.sign_in("hoa")
    theirs = {"X-CSRF-Token": csrf(officer, "/counter")}
    assert officer.post("/api/v1/journal-key/confirm", json={"public_key": key}, headers=theirs).status_code == 403
    assert admin.post("/api/v1/journal-key/confirm", json={"public_key": key}, headers=headers).status_code == 204
    with hall.desk.read() as db:
        row = db.execute("SELECT action, actor FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
        assert (tuple(row), signing.find_unconfirmed(db)) == (("journal.key_confirmed", "admin:1"), None)
    assert key not in admin.get("/settings/people").get_data(as_text=True)


@pytest.mark.parametrize("path", ["/", "/kiosk", "/wall", "/counter/3", "/setup", "/t/abc", "/sign-in"])
def test_a_lost_store_is_said_on_every_page_in_both_languages(tmp_path: Path, path: str) -> None:
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "journal.key").write_text("11" * 32)
    (tmp_path / "desk.db").write_bytes(b"")
    loss = find_loss(tmp_path)
    assert loss is not None
    client = lost.build(loss, ManualClock(START)).test_client()
    answer = client.get(path, headers={"Accept": "text/html"})
    page = answer.get_data(as_text=True)
    assert (answer.status_code, answer.headers["Retry-After"], answer.content_type) == (
        503,
        "10",
        "text/html; charset=utf-8",
    )
    for words in ("The desk&#39;s store is empty.", "Kho dữ liệu trống rỗng.", "motcua restore", f"--data {tmp_path}"):
        assert words in page
    assert '<script type="module"' not in page
    assert client.post("/setup", data={"admin-name": "x"}).status_code == 503
    with client.get("/static/css/base.css") as sheet:
        assert sheet.status_code == 200


def test_programs_are_told_of_a_lost_store_too(tmp_path: Path) -> None:
    (tmp_path / "digests").mkdir()
    (tmp_path / "digests" / "2026-11-23.json").write_text("{}")
    loss = find_loss(tmp_path)
    assert loss is not None
    client = lost.build(loss, ManualClock(START)).test_client()
    health = client.get("/api/v1/health", headers=ENGLISH)
    assert (health.status_code, health.get_json()["status"], health.get_json()["checks"]["store"]) == (
        503,
        "failing",
        "failing",
    )
    assert [item["code"] for item in health.get_json()["problems"]] == ["store.missing"]
    for call in (client.post("/api/v1/tickets", json={}), client.get("/api/v1/wall"), client.get("/state/wall")):
        assert (call.status_code, call.content_type, call.get_json()["code"]) == (
            503,
            "application/problem+json",
            "store.missing",
        )
