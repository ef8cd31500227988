"""Call backs over real HTTP: asking on a phone, calling as an officer, and nothing of it where it is off."""

import json
import re
from collections.abc import Iterator
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from motcua.web.switches import CALLBACK_DOORS
from tests.server.client import Answer
from tests.server.doors import calls, pages
from tests.server.hall import PASSWORD, Client, Served, served

pytestmark = pytest.mark.process
FORM = "application/x-www-form-urlencoded"
PHONE = "0912345678"


@pytest.fixture(scope="module")
def desk() -> Iterator[Served]:
    with served() as made:
        yield made


def send(client: Client, path: str, **fields: str) -> Answer:
    return client.send("POST", path, urlencode(fields).encode(), {"Content-Type": FORM})


def ask(client: Client, **fields: str) -> Answer:
    given = {"key": uuid4().hex, "phone": PHONE, "topic": "birth", "question": "", "agrees": "on", **fields}
    return send(client, "/call-me", **given)


def sign_in(desk: Served, name: str, full_name: str) -> tuple[Client, str]:
    admin = desk.client("admin")
    admin.post("accounts", {"name": name, "full_name": full_name, "role": "officer", "password": PASSWORD})
    assert desk.local("account.password", name=name, password=PASSWORD).status == 200
    answer = send(desk.client(), "/sign-in", name=name, password=PASSWORD)
    officer = desk.client(Accept="text/html", Cookie=answer.headers["set-cookie"].partition(";")[0])
    page = officer.get("/callbacks").body.decode()
    csrf = re.search(r'name="csrf" value="(\w+)"', page) or re.search(r'"csrf": "(\w+)"', page)
    assert csrf is not None
    return officer, csrf[1]


def test_somebody_is_called_by_one_officer_and_their_number_is_masked_to_all_others(desk: Served) -> None:
    anybody = desk.client(Accept="text/html", Accept_Language="en")
    assert "I agree to be called" in anybody.get("/call-me").body.decode()
    refused = ask(anybody, agrees="", question="<b>Khai sinh</b>")
    assert refused.status == 422
    page = refused.body.decode()
    assert "Without your consent the number is not stored." in page
    assert "&lt;b&gt;Khai sinh" in page
    assert "You are on the list." in ask(anybody, question="<b>Khai sinh</b>").body.decode()

    (lan, lan_csrf), (minh, minh_csrf) = sign_in(desk, "lan", "Lê Lan"), sign_in(desk, "minh", "Vũ Minh")
    assert "09*****678" in lan.get("/callbacks").body.decode()
    assert send(lan, "/callbacks/1/take", csrf="wrong").status == 403
    assert send(lan, "/callbacks/1/take", csrf=lan_csrf).status == 303
    page = lan.get("/callbacks").body.decode()
    assert f'href="tel:{PHONE}"' in page
    assert "&lt;b&gt;Khai sinh" in page
    assert "Không còn ai khác chờ gọi." in page
    ask(anybody, phone="0912345699")
    assert "/callbacks/2/take" not in lan.get("/callbacks").body.decode()  # one call at a time
    assert "/callbacks/2/take" in minh.get("/callbacks").body.decode()
    other = minh.get("/callbacks").body.decode()
    assert PHONE not in other
    assert "Lê Lan" in other
    assert send(minh, "/callbacks/1/outcome", csrf=minh_csrf, outcome="advised").status == 403
    assert send(lan, "/callbacks/1/outcome", csrf=lan_csrf, outcome="").status == 422
    assert send(lan, "/callbacks/1/outcome", csrf=lan_csrf, outcome="advised").status == 303
    assert "Đã tư vấn qua điện thoại" in minh.get("/callbacks").body.decode()
    assert send(lan, "/callbacks/9/take", csrf=lan_csrf).status == 404
    assert PHONE not in desk.complaints()


def test_a_kiosk_asks_for_a_call_and_garbage_is_refused(desk: Served) -> None:
    kiosk = desk.client("kiosk")
    assert kiosk.get("/state/kiosk").json["callbacks"] is True
    body = {"phone": "0987654321", "topic": "other", "agrees": True}
    assert kiosk.post("callbacks", body).status == 201
    assert kiosk.post("callbacks", {**body, "agrees": False}).code == (422, "callback.consent")
    assert kiosk.post("callbacks", {**body, "phone": "0" * 500}).code == (422, "values.invalid")
    assert kiosk.post("callbacks", {**body, "phone": ["0987654321"]}).code == (422, "values.invalid")
    assert kiosk.post("callbacks", {**body, "id": 3}).code == (422, "values.invalid")
    assert kiosk.post("callbacks", {**body, "topic": "\u0000"}).code == (422, "values.invalid")


def test_one_address_cannot_fill_the_list(desk: Served) -> None:
    anybody = desk.client()
    statuses = [ask(anybody, phone=f"09123456{number}", agrees="").status for number in range(10, 24)]
    assert statuses[-1] == 429
    numbers = [{"phone": f"09123457{number}", "topic": "other", "agrees": True} for number in range(10, 24)]
    assert [anybody.post("callbacks", body).status for body in numbers][-1] == 429


def test_while_they_are_off_nothing_of_them_is_there() -> None:
    with served() as desk:
        admin = desk.client("admin")
        assert "/leaders/reports/callbacks" in admin.get("/leaders/day").body.decode()
        assert admin.get("reports/callbacks").status == 200
        saved = admin.get("settings/callbacks").json
        saved["data"]["callbacks"]["is_on"] = False
        body = json.dumps({"version": saved["version"], "data": saved["data"]}).encode()
        assert admin.send("PUT", "settings/callbacks", body, {"Content-Type": "application/json"}).status == 200
        assert "/leaders/reports/callbacks" not in admin.get("/leaders/day").body.decode()
        assert admin.get("/leaders/reports/callbacks").status == 404
        assert admin.get("reports/callbacks").status == 404
        seen = {
            door.name: admin.send(door.method, door.path, b"{}", {"Content-Type": "application/json"}).status
            for door in [*calls(desk), *pages()]
            if door.name in CALLBACK_DOORS
        }
        assert seen == dict.fromkeys(CALLBACK_DOORS - {"screens.call_me_submit"}, 404)
        assert ask(desk.client()).status == 404
        assert "/call-me" not in desk.client().get("/").body.decode()
