"""What hands, keyboards and pipes write is understood one way at every door, and nothing else comes in."""

import unicodedata
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from tests.server.hall import PASSWORD, Answer, Client, Place, Served
from tests.server.programs import command
from tests.server.screen import Screen

BOM, NARROW = "\ufeff", "\u200b"
SECRET = "bếp lò ngủ quên của Hoà"  # noqa: S105 -- of a desk that lives for seconds
FORM = "application/x-www-form-urlencoded"


def sign_in(desk: Served, name: str, password: str) -> int:
    return (
        desk.client()
        .send("POST", "/sign-in", urlencode({"name": name, "password": password}).encode(), {"Content-Type": FORM})
        .status
    )


def added(admin: Client, name: str, full_name: str = "Lê Thị Hoà", password: str = SECRET) -> Answer:
    return admin.post("accounts", {"name": name, "full_name": full_name, "role": "officer", "password": password})


@pytest.mark.thorough
def test_one_password_is_the_same_on_every_keyboard(desk_served: Served) -> None:
    admin = desk_served.client("admin")
    assert added(admin, "mac", password=unicodedata.normalize("NFD", f"{BOM}{SECRET} \r\n")).status == 201
    typed = [SECRET, unicodedata.normalize("NFD", SECRET), f" {SECRET}\u00a0", f"{SECRET}{NARROW}"]
    assert [sign_in(desk_served, "mac", password) for password in typed] == [303] * 4
    assert sign_in(desk_served, "\u00a0M\u0430C" + NARROW, SECRET) == 303
    assert sign_in(desk_served, "mac", SECRET.upper()) == 401
    assert sign_in(desk_served, "mac", "x" * 5000) == 401


def test_a_password_is_long_enough_without_what_nobody_sees(desk_served: Served) -> None:
    assert added(desk_served.client("admin"), "ngan", password=f"ngan{NARROW * 9}  ").code == (422, "account.password")


@pytest.mark.thorough
def test_names_are_kept_in_one_writing_and_two_that_look_alike_are_refused(desk_served: Served) -> None:
    admin = desk_served.client("admin")
    made = added(admin, f" {BOM}hoal\u00a0", unicodedata.normalize("NFD", f"Lê  Thị\u202e Hoà{NARROW}\x07"))
    assert (made.status, made.json["name"], made.json["full_name"]) == (201, "hoal", "Lê Thị Hoà")
    assert added(admin, "hoal").code == (409, "account.taken")
    for alike in ("hoa1", "h0al", "ho\u0430l", "\uff48oal"):
        assert added(admin, alike).code in {(409, "account.looks_alike"), (409, "account.taken")}, alike
    for other in ("Hoal2", "hò", "ж", NARROW * 3, "a b"):
        assert added(admin, other).status == 422, other
    assert added(admin, "trong", f"{NARROW}\u00ad \u2066").code == (422, "account.full_name")
    assert added(admin, "dai", "a" + "\u0301" * 50_000).status == 422
    assert added(admin, "hoal2", "e\u0302\u0323" * 80).json["full_name"] == "ệ" * 80


@pytest.mark.parametrize(
    "wrapped", ["bearer {}", "BEARER   {}", 'Bearer "{}"', "Bearer \u00ef\u00bb\u00bf{}", "Bearer '{}' ", "Bearer\t{}"]
)
def test_a_token_is_read_from_what_stands_around_it(desk_served: Served, wrapped: str) -> None:
    token = desk_served.token("wall")
    client = desk_served.client()
    assert client.get("wall", Authorization=wrapped.format(token)).status == 200
    assert client.get("wall", Authorization=wrapped.format("")).code == (401, "auth.required")
    assert client.get("wall", Authorization=wrapped.format(token[:-1])).code == (401, "auth.required")


def test_sockets_take_a_token_with_its_line_end(desk_served: Served) -> None:
    with Screen(desk_served.port, "/wall", {"token": f"{BOM}{desk_served.token('wall')}\r\n"}) as wall:
        wall.wait(lambda: wall.told("snapshot"))


@pytest.mark.parametrize("written", ["{l} {d}", "{l}\u2011{d}", "{l}-{d}\n", BOM + "{l}{d}"])
def test_a_number_is_called_however_it_was_typed(place: Place, written: str) -> None:
    ticket = place.issue()
    letter, digits = ticket["number"][0], ticket["number"][1:]
    reference = written.format(l=letter.lower(), d=digits)
    called = place.do("call", {"ticket": reference, "reason": f"{NARROW}returned "})
    assert (called.status, called.json["ticket"]["id"]) == (200, ticket["id"])
    assert place.client.get(f"tickets/{quote(ticket['id'].lower())}%20").json["number"] == ticket["number"]
    assert place.do("finish").status == 200


def test_a_text_that_shows_nothing_is_no_text(place: Place) -> None:
    ticket = place.issue()
    for reason in ("", "  ", NARROW * 3, "\u00ad\u202e\u2066", "\x00\x07", "\u3164", "\u2800"):
        assert place.do("call", {"ticket": ticket["number"], "reason": reason}).code == (422, "values.invalid"), ascii(
            reason
        )


def test_a_comment_loses_what_nobody_sees_and_half_a_letter_is_no_json(desk_served: Served, place: Place) -> None:
    ticket = place.issue()
    assert [place.do(step).status for step in ("call-next", "finish")] == [200, 200]
    code = ticket["follow_url"][-12:]
    public = desk_served.client()

    def rated(**more: object) -> int:
        return public.post("ratings", {"level": 2, "channel": "qr", "token": f" {code}.", **more}).status

    assert rated(comment="Chờ\u202e lâu\x00 👍" + NARROW * 500) == 201
    assert rated(comment="ệ" * 1000) == 201
    assert rated(comment=unicodedata.normalize("NFD", "ệ" * 1000)) == 201
    assert rated(comment="ệ" * 1001) == 422
    data = b'{"level": 2, "channel": "qr", "token": "%s", "comment": "\\ud83d"}' % code.encode()
    assert public.send("POST", "ratings", data).code == (400, "json.broken")
    moved = public.get(f"/t/{code}%E2%80%8B.", Accept="text/html")
    assert (moved.status, moved.headers["location"]) == (308, f"/t/{code}")


def test_a_repeat_under_one_key_is_the_same_bytes(place: Place) -> None:
    body = {"service": f"{BOM}{place.service} "}
    first = place.kiosk.post("tickets", body, "one-key")
    assert (first.status, place.kiosk.post("tickets", body, "one-key").json) == (201, first.json)
    assert place.kiosk.post("tickets", {"service": place.service}, "one-key").status == 422


def test_pipes_and_files_of_windows_are_read_or_named(tmp_path: Path) -> None:
    whole = command("config", "check", "-", given="version = 1\n").stdout
    assert "missing" in whole
    path = tmp_path / "motcua.toml"
    path.write_bytes("version = 1 # Phường\r\n".encode("utf-8-sig"))
    assert command("config", "check", path).stdout == whole
    for data, encoding in (
        ("version = 1".encode("utf-16"), "UTF-16"),
        ("version = 1".encode("utf-16-le"), "UTF-16"),
        ("# Phương".encode("cp1258"), "Windows-1258"),
    ):
        path.write_bytes(data)
        ended = command("config", "check", path)
        assert (ended.returncode, ended.stderr) == (2, f"{path} is in {encoding}. Save it as UTF-8 and try again.\n")


@pytest.mark.thorough
def test_a_password_from_a_pipe_opens_the_desk(desk_served: Served) -> None:
    admin = desk_served.client("admin")
    assert added(admin, "ong").status == 201
    for pipe in (f"{BOM}{PASSWORD} \r\n", f"{PASSWORD}\n{PASSWORD}\n"):
        data = ("--data", desk_served.folder, "--name", " ong\u00a0", "--password-stdin")
        assert command("account", "password", *data, given=pipe).returncode == 0
        assert sign_in(desk_served, "ong", PASSWORD) == 303
