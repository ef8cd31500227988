"""Settings, people and devices over real HTTP: one section at a time, every mistake with its place, secrets once."""

import json
import re
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from tests.passwords import NEXT_PASSWORD
from tests.server.hall import PASSWORD, PHONES, Answer, Client, Served, served

pytestmark = pytest.mark.process

FORM = "application/x-www-form-urlencoded"


@pytest.fixture(scope="module")
def desk() -> Iterator[Served]:
    with served() as made:
        yield made


@pytest.fixture
def admin(desk: Served) -> Client:
    return desk.client("admin")


def put(client: Client, path: str, body: object) -> Answer:
    return client.send("PUT", path, json.dumps(body).encode(), {"Content-Type": "application/json"})


def patch(client: Client, path: str, body: object) -> Answer:
    return client.send("PATCH", path, json.dumps(body).encode(), {"Content-Type": "application/json"})


def form(client: Client, path: str, fields: dict[str, str], **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.send("POST", path, urlencode(fields).encode(), {"Content-Type": FORM, **named})


def browser(desk: Served, **fields: str) -> Client:
    """Sign in as a browser does, and keep its cookie."""
    return desk.client(Accept="text/html", Cookie=cookie(form(desk.client(), "/sign-in", fields)))


def cookie(answer: Answer) -> str:
    found = re.match(r"(motcua_\w+=[^;]+);.*HttpOnly.*SameSite=Lax", answer.headers["set-cookie"])
    assert found is not None, answer.headers
    return found[1]


# --- settings ---------------------------------------------------------------------------------------------------------


def test_a_section_is_read_changed_and_told_apart_by_its_version(admin: Client) -> None:
    before = admin.get("settings/unit").json
    data = {"unit": {**before["data"]["unit"], "phone": "024 3768 0001"}}
    saved = put(admin, "settings/unit", {"version": before["version"], "data": data})
    assert (saved.status, saved.json) == (200, {"changed": True, "version": before["version"] + 1, "warnings": []})
    assert admin.get("settings/unit").json == {"section": "unit", "version": before["version"] + 1, "data": data}
    late = put(admin, "settings/unit", {"version": before["version"], "data": data})
    assert late.code == (409, "settings.changed")
    again = put(admin, "settings/unit", {"version": before["version"] + 1, "data": data})
    assert again.json == {"changed": False, "version": before["version"] + 1, "warnings": []}


def test_refused_settings_name_every_mistake_by_its_place_and_change_nothing(admin: Client) -> None:
    before = admin.get("settings/hours").json
    hours = {**before["data"]["hours"], "monday": ["07:30-11:30", "11:00-17:00"], "friday": ["5 giờ"]}
    answer = put(admin, "settings/hours", {"version": before["version"], "data": {"hours": hours}})
    assert answer.code == (422, "settings.mistakes")
    assert {found["place"]: (found["code"], found["detail"]) for found in answer.json["errors"]} == {
        "hours.monday[1]": ("hours.overlap", "“11:00-17:00” bắt đầu khi buổi trước chưa kết thúc."),
        "hours.friday[0]": ("hours.form", 'Giờ viết như "07:30-11:30"; không phải “5 giờ”.'),
    }
    strange = put(admin, "settings/hours", {"version": before["version"], "data": {"strange": 1}})
    assert [found["place"] for found in strange.json["errors"]] == ["strange"]
    assert admin.get("settings/hours").json == before


def test_a_service_somebody_waits_for_is_not_taken_away(desk: Served, admin: Client) -> None:
    desk.client("kiosk").post("tickets", {"service": "certified-copy"})
    before = admin.get("settings/services").json
    data = before["data"]
    data["services"] = [item for item in data["services"] if item["code"] != "certified-copy"]
    data["counters"] = [
        {**item, "services": [code for code in item["services"] if code != "certified-copy"]}
        for item in data["counters"]
    ]
    answer = put(admin, "settings/services", {"version": before["version"], "data": data})
    assert answer.code == (409, "settings.in_use")
    assert "A001" in answer.json["detail"]


def test_the_whole_file_is_downloaded_checked_and_put_in_force(desk: Served, admin: Client) -> None:
    plain = Client(desk.port, {"Authorization": f"Bearer {desk.token('admin')}"}, None)
    whole = plain.get("settings")
    plain.close()
    assert whole.headers["content-disposition"] == 'attachment; filename="motcua.toml"'
    toml = whole.body.decode()
    assert put(admin, "settings", {"toml": toml, "check": True}).json["changed"] is False
    changed = toml.replace("undo_s = 5", "undo_s = 7")
    version = admin.get("settings/queue").json["version"]
    looked = put(admin, "settings", {"toml": changed, "check": True}).json
    assert looked == {"changed": True, "version": version, "warnings": []}
    assert put(admin, "settings", {"toml": changed}).json == {"changed": True, "version": version + 1, "warnings": []}
    assert admin.get("settings/queue").json["data"]["queue"]["undo_s"] == 7
    wrong = put(admin, "settings", {"toml": changed.replace("undo_s = 7", 'undo_s = "sieben"')})
    assert (wrong.code, wrong.json["errors"][0]["place"]) == ((422, "settings.mistakes"), "queue.undo_s")
    broken = put(admin, "settings", {"toml": "[unit\n"})
    assert broken.code == (422, "settings.unreadable")


def test_settings_under_which_a_class_would_starve_are_refused_by_name_and_nothing_is_saved(admin: Client) -> None:
    before = admin.get("settings/counters").json
    toml = admin.get("settings").body.decode()
    guard = put(admin, "settings", {"toml": toml.replace("guard_calls = 2", "guard_calls = 0")})
    assert guard.code == (422, "settings.mistakes")
    assert [(found["place"], found["code"], found["detail"]) for found in guard.json["errors"]] == [
        (
            "queue.guard_calls",
            "starves.guard",
            "Không có giới hạn lượt vượt, “Không thuộc diện ưu tiên” có thể chờ mãi khi luôn có người được gọi trước.",
        )
    ]
    counters = [
        {**item, "hours": ["07:30-11:30"]} if item["number"] == 5 else item for item in before["data"]["counters"]
    ]
    closed = put(admin, "settings/counters", {"version": before["version"], "data": {"counters": counters}})
    assert {found["place"]: found["code"] for found in closed.json["errors"]} == {"counters[4].hours": "starves.hours"}
    assert closed.json["errors"][0]["detail"].startswith("Số của “Khai sinh” lấy lúc 23:59 (hours.monday) sẽ chờ mãi")
    older = put(admin, "settings", {"toml": toml.replace("version = 1", "version = 0")})
    assert [(found["place"], found["code"]) for found in older.json["errors"]] == [("version", "version.wrong")]
    assert admin.get("settings/counters").json == before
    assert admin.get("settings").body.decode() == toml


def test_settings_people_and_devices_are_the_administrators(desk: Served) -> None:
    for path in ("settings", "settings/unit", "accounts", "tokens"):
        assert desk.client("leader").get(path).code == (403, "auth.role")
        assert desk.client().get(path).code == (401, "auth.required")
    assert desk.client("admin").get("settings/nonsense").code == (404, "section.unknown")


# --- people -----------------------------------------------------------------------------------------------------------


def test_a_person_is_added_changed_disabled_and_given_a_new_password(desk: Served, admin: Client) -> None:
    wanted = {
        "name": "annv",
        "full_name": "Nguyễn Văn  An",
        "title": "Công chức",
        "role": "officer",
        "counter": 2,
        "password": PASSWORD,
    }
    made = admin.post("accounts", wanted)
    person = {**made.json}
    assert (made.status, person) == (
        201,
        {
            "id": person["id"],
            "name": "annv",
            "full_name": "Nguyễn Văn An",
            "title": "Công chức",
            "role": "officer",
            "counter": 2,
            "disabled": False,
        },
    )
    assert admin.post("accounts", wanted).code == (409, "account.taken")
    assert admin.post("accounts", {**wanted, "name": "an2", "password": "kurz"}).code == (422, "account.password")
    assert admin.post("accounts", {**wanted, "name": "an2", "counter": 99}).code == (422, "counter.unknown")
    assert admin.post("accounts", {**wanted, "name": "an2", "role": "wall"}).code == (422, "role.not_a_person")
    assert admin.get("accounts").json["items"][-1] == person
    assert desk.local("account.password", name="annv", password=PASSWORD).status == 200
    officer = browser(desk, name="annv", password=PASSWORD)
    assert officer.get("/counter").status == 200
    changed = patch(admin, f"accounts/{person['id']}", {"role": "leader", "counter": None})
    assert changed.json == {**person, "role": "leader", "counter": None}
    assert officer.get("/counter").status == 302
    assert admin.post(f"accounts/{person['id']}/password", {"password": NEXT_PASSWORD}).status == 204
    assert form(desk.client(), "/sign-in", {"name": "annv", "password": PASSWORD}).status == 401
    again = form(desk.client(), "/sign-in", {"name": "annv", "password": NEXT_PASSWORD})
    assert again.headers["location"] == "/account?next=/leaders"
    assert patch(admin, f"accounts/{person['id']}", {"disabled": True}).json["disabled"] is True
    assert form(desk.client(), "/sign-in", {"name": "annv", "password": NEXT_PASSWORD}).status == 401
    assert patch(admin, "accounts/99", {"disabled": True}).code == (404, "account.unknown")
    assert patch(admin, "accounts/1", {"disabled": True}).code == (409, "account.last_admin")


def test_ones_own_password_needs_the_present_one_and_ends_ones_sign_ins(desk: Served, admin: Client) -> None:
    admin.post("accounts", {"name": "hung", "full_name": "Đỗ Mạnh Hùng", "role": "officer", "password": PASSWORD})
    assert desk.local("account.password", name="hung", password=PASSWORD).status == 200
    own = browser(desk, name="hung", password=PASSWORD)
    assert own.post("me/password", {"current": PASSWORD, "password": NEXT_PASSWORD}).code == (403, "csrf.invalid")
    csrf = re.search(r'"csrf": "(\w+)"', own.get("/counter").body.decode())
    assert csrf is not None
    wrong = own.post("me/password", {"current": "x", "password": NEXT_PASSWORD}, X_CSRF_Token=csrf[1])
    assert wrong.code == (422, "account.wrong_password")
    assert own.post("me/password", {"current": PASSWORD, "password": NEXT_PASSWORD}, X_CSRF_Token=csrf[1]).status == 204
    assert own.get("/counter").status == 302
    assert admin.post("me/password", {"current": "x", "password": NEXT_PASSWORD}).code == (403, "account.none")


# --- signing in -------------------------------------------------------------------------------------------------------


def test_an_unknown_name_and_a_wrong_password_read_the_same_and_both_slow_down(desk: Served) -> None:
    def said(name: str) -> tuple[int, str]:
        answer = form(desk.client(), "/sign-in", {"name": name, "password": "sai-mat-khau"})
        text = re.search(r'id="sign-in-error">([^<]+)<', answer.body.decode())
        assert text is not None
        return answer.status, text[1]

    with served(contract=False) as other:
        desk = other
        assert said("admin") == said("nobody") == (401, "Tên đăng nhập hoặc mật khẩu không đúng.")
        answers = [said("admin")[0] for _ in range(4)]
        assert answers == [401, 401, 401, 401]
        refused = form(desk.client(), "/sign-in", {"name": "admin", "password": PASSWORD})
        assert (refused.status, 0 < int(refused.headers["retry-after"]) <= 61) == (429, True)


def test_a_form_of_another_site_signs_nobody_in_and_next_stays_here(desk: Served) -> None:
    fields = {"name": "admin", "password": PASSWORD}
    assert form(desk.client(), "/sign-in", fields, Origin="http://evil.example").status == 403
    for wanted, given in {
        "/settings": "/settings",
        "//evil.example": "/",
        "/\\evil.example": "/",
        "http://evil.example": "/",
    }.items():
        assert form(desk.client(), "/sign-in", {**fields, "next": wanted}).headers["location"] == given
        assert desk.client().get(f"/language/en?{urlencode({'next': wanted})}").headers["location"] == given


def test_signing_out_needs_the_pages_own_token(desk: Served) -> None:
    own = browser(desk, name="admin", password=PASSWORD)
    assert form(own, "/sign-out", {}).status == 403
    csrf = re.search(r'name="csrf" value="(\w+)"', own.get("/").body.decode())
    assert csrf is not None
    assert form(own, "/sign-out", {"csrf": csrf[1]}).status == 303
    assert own.get("/settings").headers["location"] == "/sign-in?next=/settings"


# --- devices ----------------------------------------------------------------------------------------------------------


def test_a_token_is_shown_once_works_and_is_revoked(desk: Served, admin: Client) -> None:
    made = admin.post("tokens", {"role": "wall", "name": "Tầng 2"})
    wall = desk.client(Authorization=f"Bearer {made.json['token']}")
    assert (made.status, wall.get("wall").status) == (201, 200)
    listed = {"id": made.json["id"], "kind": "token", "role": "wall", "counter": None, "name": "Tầng 2", "person": None}
    assert listed in admin.get("tokens").json["items"]
    assert admin.send("DELETE", f"tokens/{made.json['id']}").status == 204
    assert wall.get("wall").code == (401, "auth.required")
    assert listed not in admin.get("tokens").json["items"]
    assert admin.send("DELETE", "tokens/9999").code == (404, "token.unknown")
    assert admin.post("tokens", {"role": "pad"}).code == (422, "token.counter")
    assert admin.post("tokens", {"role": "pad", "counter": 99}).code == (422, "counter.unknown")


def test_a_pairing_link_makes_one_device_once(desk: Served, admin: Client) -> None:
    offered = admin.post("pairings", {"role": "counter", "counter": 3, "name": "Quầy 3"})
    path = offered.json["path"]
    assert (offered.status, offered.json["url"]) == (201, f"{PHONES}{path}")
    assert "Quầy 3" in desk.client().get(path).body.decode()
    device = form(desk.client(), path, {})
    assert (device.status, device.headers["location"]) == (303, "/counter/3")
    paired = desk.client(Cookie=cookie(device))
    assert paired.get("/counter/3").status == 200
    assert (desk.client().get(path).status, form(desk.client(), path, {}).status) == (410, 410)
    assert admin.post("pairings", {"role": "leader"}).code == (422, "pairing.role")


def test_the_qr_of_an_address_is_of_this_desk_only(desk: Served) -> None:
    own, other = desk.client().get("/qr.svg?path=/"), desk.client().get("/qr.svg?path=http://evil.example/")
    assert (own.status, own.headers["content-type"], own.body) == (200, "image/svg+xml", other.body)


def test_a_years_days_off_are_proposed_to_administrators_only(desk_served: Served) -> None:
    answer = desk_served.client("admin").get("settings/days_off/proposal?year=2027")
    culture_day = {
        "date": "2027-11-24",
        "works": False,
        "name": "Ngày Văn hóa Việt Nam",
        "name_here": None,
        "difference": "new",
    }
    assert (answer.status, answer.json["year"]) == (200, 2027)
    assert culture_day in answer.json["items"]
    assert desk_served.client("leader").get("settings/days_off/proposal?year=2027").status == 403
    for year in ("2025", "2051", "x"):
        assert desk_served.client("admin").get(f"settings/days_off/proposal?year={year}").code == (
            422,
            "values.invalid",
        )
