"""Sign-ins that nobody uses end; at a counter they wait for the PIN.

Over the real server, on a clock that the test moves.
"""

import json
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from motcua.desk import Desk
from motcua.setup.passwords import hash_password
from motcua.staff import actions as staff
from motcua.staff.model import Account, Role
from tests.passwords import PASSWORD, WEAK_PASSWORD
from tests.server.by_hand import Serving, served_by_hand
from tests.server.hall import Answer, Client, Json, fresh_folder, opened, services
from tests.server.screen import Refused, Screen

pytestmark = pytest.mark.process
LIMIT_S = 30 * 60
PIN, WRONG = "7352", "7353"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Browser:
    """One browser: its cookies, and the CSRF token of the page it has open."""

    def __init__(self, hall: "Hall", name: str, password: str = PASSWORD) -> None:
        self.port, self._client = hall.port, hall.client()
        origin = {"Origin": f"http://127.0.0.1:{hall.port}"}
        answer = self._client.send(
            "POST", "/sign-in", urlencode({"name": name, "password": password}).encode(), {**FORM, **origin}
        )
        assert answer.status == 303, answer
        self.cookie = "; ".join(answer.headers["set-cookie"].split(";")[:1])
        self.location = answer.headers["location"]
        self.csrf = ""

    def open(self, path: str, **headers: str) -> Answer:
        """Open a page as a person does."""
        answer = self._client.get(path, Cookie=self.cookie, Accept="text/html", **headers)
        found = re.search(r'"csrf": "(\w+)"', answer.body.decode())
        self.csrf = found[1] if found else self.csrf
        return answer

    def poll(self, path: str) -> Answer:
        """Ask as a script does by itself."""
        return self._client.get(path, Cookie=self.cookie, Accept="application/json")

    def do(self, path: str, body: Json = None) -> Answer:
        """Send a command."""
        return self._client.post(path, body, Cookie=self.cookie, X_CSRF_Token=self.csrf)

    def screen(self, namespace: str, auth: Json = None) -> Screen:
        return Screen(self.port, namespace, auth, cookie=self.cookie)


class Hall:
    """A desk whose clock the test moves, with a leader and an officer."""

    def __init__(self, serving: Serving, folder: Path, tokens: dict[str, str]) -> None:
        self.port, self.folder, self.tokens, self._serving = serving.port, folder, tokens, serving
        self.clients: list[Client] = []

    def client(self, role: str = "") -> Client:
        made = Client(self.port, {"Authorization": f"Bearer {self.tokens[role]}"} if role else {}, None)
        self.clients.append(made)
        return made

    def pass_by(self, seconds: float) -> None:
        """Let time pass."""
        self._serving.move("advance", seconds)

    def actions(self) -> list[str]:
        """Return what the journal says of accounts since the first sign-in."""
        with sqlite3.connect(f"file:{self.folder / 'desk.db'}?mode=ro", uri=True) as db:
            rows = [
                row[0] for row in db.execute("SELECT action FROM journal WHERE action LIKE 'account.%' ORDER BY seq")
            ]
        db.close()
        return rows[rows.index("account.signed_in") :]


def people(desk: Desk) -> None:
    stored = hash_password(PASSWORD)
    desk.do(staff.save_account, Account(0, "huong", "Đỗ Thị Hương", "", Role.LEADER, None, stored, False))
    desk.do(staff.save_account, Account(0, "binh", "Trần Văn Bình", "", Role.OFFICER, 1, stored, False))
    desk.do(
        staff.save_account, Account(0, "cu", "Phạm Văn Cũ", "", Role.LEADER, None, hash_password(WEAK_PASSWORD), False)
    )


@pytest.fixture
def hall() -> Iterator[Hall]:
    with fresh_folder() as folder:
        desk = opened(folder)
        people(desk)
        numbers = {"kiosk": None, "agent": None, "counter": 1}
        tokens = {role: desk.do(staff.add_token, role, number, "", None).secret for role, number in numbers.items()}
        tokens["officer"] = desk.do(staff.add_token, "officer", None, "", "binh").secret
        desk.stop()
        with served_by_hand(folder) as serving:
            made = Hall(serving, folder, tokens)
            yield made
            for client in made.clients:
                client.close()


def at_the_counter(hall: Hall, pin: str = PIN) -> Browser:
    """Return the officer's browser at counter 1, open, with a number being served."""
    officer = Browser(hall, "binh")
    assert officer.open("/counter/1").status == 200
    if pin:
        assert officer.do("me/pin", {"current": PASSWORD, "pin": pin}).status == 204
    assert officer.do("counters/1/open").status == 200
    assert hall.client("kiosk").post("tickets", {"service": services()[0].code}).status == 201
    assert [officer.do(f"counters/1/{step}").status for step in ("call-next", "start")] == [200, 200]
    return officer


def hung_up(screen: Screen) -> None:
    screen.wait(lambda: f"41{screen.namespace}," in screen.packets or screen.closed_at)


def test_a_leaders_sign_in_ends_when_nobody_uses_it_whatever_pages_ask_for_by_themselves(hall: Hall) -> None:
    leader = Browser(hall, "huong")
    assert leader.open("/leaders").status == 200
    with leader.screen("/leaders") as screen:
        for _ in range(3):
            hall.pass_by(LIMIT_S / 3 - 1)
            assert leader.poll("/state/leaders").status == 200
            assert leader.poll("/leaders").status == 200  # a script that reads the page once more
            assert leader.open("/leaders?again").status == 200  # a page without scripts that loads itself anew
            assert screen.emit("sync") == {"ok": True}
        hall.pass_by(4)
        hung_up(screen)
    assert leader.poll("/state/leaders").code == (401, "auth.required")
    assert leader.open("/leaders").headers["location"] == "/sign-in?next=/leaders"
    assert leader.do("hall/open").code == (401, "auth.required")
    assert hall.actions() == ["account.signed_in", "account.idle_ended"]
    with pytest.raises(Refused):
        leader.screen("/leaders")


@pytest.mark.parametrize("hand", ["a page", "a command", "a touch"])
def test_a_hand_keeps_the_sign_in(hall: Hall, hand: str) -> None:
    leader = Browser(hall, "huong")
    leader.open("/leaders")
    for _ in range(3):
        hall.pass_by(LIMIT_S - 1)
        if hand == "a page":
            assert leader.open("/leaders/waits").status == 200
        elif hand == "a command":
            assert leader.do("hall/open").status in {200, 204, 409}
        else:
            assert leader.do("me/present").status == 204
    assert leader.poll("/state/leaders").status == 200
    assert hall.actions() == ["account.signed_in"]


def test_a_counter_waits_for_the_pin_while_calls_screens_and_keypads_go_on(hall: Hall) -> None:
    officer = at_the_counter(hall)
    with officer.screen("/counter", {"counter": 1}) as screen:
        hall.pass_by(LIMIT_S + 1)
        screen.wait(lambda: screen.told("locked") == [{"locked": True}])
        assert officer.do("counters/1/finish").code == (403, "auth.locked")
        assert officer.poll("/state/counter/1").json["ticket"]["state"] == "serving"
        device = hall.client("counter")  # as a keypad's press does it
        assert device.post("counters/1/finish").status == 200
        screen.wait(lambda: screen.state["ticket"] is None)
        assert (screen.state["counter"]["state"], screen.state["counter"]["officer"]["name"]) == (
            "open",
            "Trần Văn Bình",
        )
        assert officer.do("me/unlock", {"pin": PIN}).status == 204
        screen.wait(lambda: screen.told("locked")[-1] == {"locked": False})
        assert officer.do("counters/1/pause", {"reason": "break"}).status == 200
    assert hall.actions() == ["account.signed_in", "account.pin", "account.locked", "account.unlocked"]


def test_a_locked_counter_opens_nothing_else(hall: Hall) -> None:
    officer = at_the_counter(hall)
    hall.pass_by(LIMIT_S + 1)
    assert officer.open("/counter/1").status == 200
    assert '"locked": true' in officer.open("/counter/1").body.decode()
    assert officer.open("/account").headers["location"] == "/sign-in?next=/account"
    assert officer.open("/counter").status == 302
    assert "Trần Văn Bình" not in officer.open("/").body.decode()
    for path, body in (
        ("me/password", {"current": PASSWORD, "password": f"{PASSWORD}-x"}),
        ("me/pin", {"current": PASSWORD, "pin": ""}),
    ):
        assert officer.do(path, body).code == (403, "auth.locked")
    assert officer.do("me/present").code == (403, "auth.locked")
    assert officer.poll("bookings").code == (403, "auth.locked")
    for namespace in ("/wall", "/kiosk"):
        with pytest.raises(Refused) as refused:
            officer.screen(namespace)
        assert refused.value.data["data"]["code"] == "auth.locked"


def test_five_wrong_pins_end_the_sign_in_and_the_seat_stays(hall: Hall) -> None:
    officer = at_the_counter(hall)
    hall.pass_by(LIMIT_S + 1)
    answers = [officer.do("me/unlock", {"pin": WRONG}) for _ in range(6)]
    assert [answer.json["code"] for answer in answers] == ["pin.wrong"] * 4 + ["auth.required"] * 2
    assert answers[0].json["detail"] == "Chưa đúng. Còn được thử 4 lần."
    assert officer.do("me/unlock", {"pin": PIN}).code == (401, "auth.required")
    assert officer.do("counters/1/finish").code == (401, "auth.required")
    assert hall.client("counter").post("counters/1/finish").status == 200
    assert hall.actions()[-1] == "account.pin_refused"
    again = Browser(hall, "binh")
    assert again.open("/counter/1").status == 200
    assert again.do("counters/1/pause", {"reason": "break"}).status == 200


def test_who_has_no_pin_gives_the_password(hall: Hall) -> None:
    officer = at_the_counter(hall, pin="")
    hall.pass_by(LIMIT_S + 1)
    assert officer.do("me/unlock", {"pin": PIN}).json["code"] == "pin.wrong"
    assert officer.do("me/unlock", {}).code == (422, "pin.missing")
    assert officer.do("me/unlock", {"password": PASSWORD}).status == 204
    assert officer.do("counters/1/finish").status == 200


def test_a_pin_opens_nothing_but_the_counters_own_browser_that_signed_in_fully_today(hall: Hall) -> None:
    officer, phone = at_the_counter(hall), Browser(hall, "binh")
    phone.open("/counter")
    hall.pass_by(LIMIT_S + 1)
    assert phone.do("me/unlock", {"pin": PIN}).code == (
        401,
        "auth.required",
    )  # not the counter's own browser: its sign-in is over
    refused = hall.client().send("POST", "/sign-in", urlencode({"name": "binh", "password": PIN}).encode(), FORM)
    assert refused.status in {401, 403}
    stranger = hall.client()
    assert stranger.post("me/unlock", {"pin": PIN}).code == (401, "auth.required")
    assert (
        hall.client("officer").post("me/unlock", {"pin": PIN}).status == 204
    )  # a program's token is not locked: nothing happens
    assert officer.poll("/state/counter/1").status == 200
    hall.pass_by(60)
    other = hall.client("officer")
    assert hall.client("counter").post("counters/1/finish").status == 200
    assert other.post("counters/2/open").status == 200  # the person sits elsewhere now
    assert officer.do("me/unlock", {"pin": PIN}).code == (401, "auth.required")


def test_a_lock_is_in_the_store_and_the_pin_is_hashed(hall: Hall) -> None:
    officer = at_the_counter(hall)
    hall.pass_by(LIMIT_S + 1)
    assert officer.do("counters/1/finish").code == (403, "auth.locked")
    with sqlite3.connect(f"file:{hall.folder / 'desk.db'}?mode=ro", uri=True) as db:
        locked = db.execute(
            "SELECT count(*) FROM credentials WHERE locked_at IS NOT NULL AND revoked_at IS NULL"
        ).fetchone()[0]
        pin = db.execute("SELECT pin FROM accounts WHERE name = 'binh'").fetchone()[0]
    db.close()
    assert (locked, pin.startswith("$argon2id$"), PIN in pin) == (1, True, False)
    assert PIN not in json.dumps(hall.actions())


@pytest.mark.parametrize("pin", ["123", "1234567", "1111", "1234", "4321", "1990", "1212", "12a4", "", " "])
def test_a_pin_has_four_to_six_digits_and_is_not_the_first_to_be_tried(hall: Hall, pin: str) -> None:
    officer = Browser(hall, "binh")
    officer.open("/counter")
    answer = officer.do("me/pin", {"current": PASSWORD, "pin": pin})
    assert answer.status == 204 if pin == "" else answer.code == (422, "account.pin")
    assert officer.do("me/pin", {"current": "wrong", "pin": PIN}).code == (422, "account.wrong_password")


def test_an_older_password_goes_on_and_its_pages_ask_for_another(hall: Hall) -> None:
    leader = Browser(hall, "cu", WEAK_PASSWORD)
    assert leader.location == "/leaders"
    assert "older than today" in leader.open("/leaders", Accept_Language="en").body.decode()
    fields = {
        "csrf": leader.csrf,
        "next": "/leaders",
        "current": WEAK_PASSWORD,
        "password": WEAK_PASSWORD,
        "again": WEAK_PASSWORD,
    }
    head = {**FORM, "Cookie": leader.cookie, "Accept-Language": "en"}
    refused = hall.client().send("POST", "/account/password", urlencode(fields).encode(), head)
    assert (refused.status, "at least 14 characters; this one has 13" in refused.body.decode()) == (422, True)
    fields |= {"password": PASSWORD, "again": PASSWORD}
    done = hall.client().send("POST", "/account/password", urlencode(fields).encode(), head)
    assert (done.status, done.headers["location"]) == (303, "/account?done=password&next=/leaders")
    assert leader.open("/leaders").status == 302
    assert "older than today" not in Browser(hall, "cu").open("/leaders", Accept_Language="en").body.decode()
