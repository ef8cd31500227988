"""Behind something that hides who asks, or under which name: what is for this computer alone stays so, and what does
not fit is said.
"""

import http.client
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
import websocket

from motcua.cli.init import prepare_folder
from motcua.setup.rooms import open_desk
from tests.server.hall import PASSWORD, PHONES, Served
from tests.server.proxies import proxy
from tests.server.screen import Refused, Screen
from tests.waiting import PATIENCE_S

pytestmark = pytest.mark.process
OUTSIDE = "motcua.ward.example"
FORM = "application/x-www-form-urlencoded"
HIDING = {
    "X-Forwarded-For": {"more": ("X-Forwarded-For: 192.168.1.77",)},
    "Forwarded": {"more": ("forwarded: for=192.168.1.77",)},
    "Via": {"more": ("Via: 1.1 gate",)},
    "X-Real-IP": {"more": ("X-Real-IP: 192.168.1.77",)},
    "HTTP/1.0, as nginx by default": {"version": "HTTP/1.0"},
}


def ask(
    port: int, method: str, path: str, fields: dict[str, str] | None = None, **headers: str
) -> tuple[int, str, dict[str, str]]:
    """Return status, text and headers of what one request of its own connection gets."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
    given = {
        "Accept": "text/html",
        "Accept-Language": "en",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    data = urlencode(fields).encode() if fields is not None else None
    line.request(method, path, data, given | ({"Content-Type": FORM} if data is not None else {}))
    answer = line.getresponse()
    found = answer.status, answer.read().decode(), {name.lower(): value for name, value in answer.getheaders()}
    line.close()
    return found


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Lend a desk that waits for its set-up."""
    folder: Path = tmp_path_factory.mktemp("fresh") / "desk"
    prepare_folder(folder)
    open_desk(folder).stop()
    made = Served(folder, contract=False)
    yield made
    made.close()
    assert "Traceback" not in made.complaints()


def asks_for_the_code(page: str) -> bool:
    assert ('name="code"' in page) or ("admin-name" in page)
    return "admin-name" not in page


def test_the_computer_itself_needs_no_code(fresh: Served) -> None:
    for host in (f"127.0.0.1:{fresh.port}", f"localhost:{fresh.port}", f"[::1]:{fresh.port}"):
        status, page, _headers = ask(fresh.port, "GET", "/setup", Host=host)
        assert (status, asks_for_the_code(page)) == (200, False)


@pytest.mark.parametrize("how", HIDING)
def test_who_comes_through_a_proxy_is_asked_for_the_code_though_all_look_alike(fresh: Served, how: str) -> None:
    with proxy(fresh.port, f"127.0.0.1:{fresh.port}", **HIDING[how]) as port:  # type: ignore[arg-type]
        assert asks_for_the_code(ask(port, "GET", "/setup", Host=OUTSIDE)[1])
        status, page, _headers = ask(port, "POST", "/setup", {"admin-name": "evil", "code": ""})
        assert (status, asks_for_the_code(page)) == (403, True)


@pytest.mark.parametrize(
    ("header", "value"), [("Host", OUTSIDE), ("Referer", f"http://{OUTSIDE}/setup"), ("Origin", f"http://{OUTSIDE}")]
)
def test_a_browser_that_names_another_address_is_asked_for_the_code(fresh: Served, header: str, value: str) -> None:
    assert asks_for_the_code(ask(fresh.port, "GET", "/setup", None, **{header: value})[1])


def test_the_code_sets_up_through_a_proxy_that_hides_the_name(fresh: Served) -> None:
    out = (fresh.folder / "serve.out").read_text()
    code = re.findall(r"[A-Z2-9]{4}-[A-Z2-9]{4}", out)[0]
    with proxy(fresh.port, f"127.0.0.1:{fresh.port}") as port:
        origin = f"http://{OUTSIDE}"
        refused = ask(port, "POST", "/setup", {"admin-name": "evil"}, Origin=origin)
        assert (refused[0], "differ" in refused[1]) == (403, True)
        assert asks_for_the_code(ask(port, "POST", "/setup", {"code": "AAAA-AAAA"}, Origin=origin)[1])
        assert not asks_for_the_code(ask(port, "POST", "/setup", {"code": code}, Origin=origin)[1])


def test_local_commands_do_not_pass_a_proxy(desk_served: Served) -> None:
    secret = json.loads((desk_served.folder / "desk.lock").read_text())["secret"]
    for kind in HIDING.values():
        with proxy(desk_served.port, f"127.0.0.1:{desk_served.port}", **kind) as port:  # type: ignore[arg-type]
            assert ask(port, "POST", "/local/check", {}, X_Desk_Secret=secret)[0] == 403
    with proxy(desk_served.port) as port:
        assert ask(port, "POST", "/local/check", {}, X_Desk_Secret=secret, Host=OUTSIDE)[0] == 403


@pytest.mark.parametrize(("language", "words"), [("en", "differ"), ("vi", "khác nhau")])
def test_signing_in_says_what_is_wrong_with_a_proxy_that_hides_the_name(
    desk_served: Served, language: str, words: str
) -> None:
    fields = {"name": "admin", "password": PASSWORD}
    with proxy(desk_served.port, f"127.0.0.1:{desk_served.port}") as port:
        origin = f"https://{OUTSIDE}"
        status, page, _headers = ask(port, "POST", "/sign-in", fields, Origin=origin, Accept_Language=language)
        assert (status, words in page, origin in page, f"127.0.0.1:{desk_served.port}" in page) == (
            403,
            True,
            True,
            True,
        )
        assert ask(port, "POST", "/sign-in", fields, Origin=PHONES)[0] == 303  # the address that the settings name


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        (f"https://{OUTSIDE}", OUTSIDE),
        (f"https://{OUTSIDE}", f"{OUTSIDE}:443"),
        (f"http://{OUTSIDE}", f"{OUTSIDE}:80"),
        (f"http://{OUTSIDE}:8081", f"{OUTSIDE.upper()}:8081"),
    ],
)
def test_a_proxy_that_passes_the_name_on_lets_people_and_screens_in(
    desk_served: Served, origin: str, host: str
) -> None:
    with proxy(desk_served.port, host) as port:
        assert ask(port, "POST", "/sign-in", {"name": "admin", "password": PASSWORD}, Origin=origin)[0] == 303
        assert connect(port, origin, desk_served.token("wall"))[0].startswith("40/wall")


def connect(port: int, origin: str, token: str) -> list[str]:
    """Return the first packets that a page of `origin` gets when it connects as a wall."""
    line = websocket.create_connection(
        f"ws://127.0.0.1:{port}/socket.io/?EIO=4&transport=websocket", timeout=PATIENCE_S, origin=origin
    )
    assert str(line.recv()).startswith("0")
    line.send("40/wall," + json.dumps({"token": token}))
    found = str(line.recv())
    line.close()
    return [found]


def test_a_socket_of_a_page_elsewhere_is_refused_with_the_reason(desk_served: Served) -> None:
    token = desk_served.token("wall")
    with proxy(desk_served.port, f"127.0.0.1:{desk_served.port}") as port:
        (refused,) = connect(port, f"https://{OUTSIDE}", token)
        assert (refused.startswith("44/wall,"), json.loads(refused.partition(",")[2])["data"]["code"]) == (
            True,
            "origin.differs",
        )
        assert connect(port, PHONES, token)[0].startswith("40/wall")
    with pytest.raises(Refused):
        Screen(desk_served.port, "/wall", {"token": "nonsense"})
