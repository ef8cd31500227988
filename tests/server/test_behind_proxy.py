"""`--behind-proxy`: whose word about clients is believed, and what follows from it."""

import http.client
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from motcua.cli.init import prepare_folder
from motcua.setup.rooms import open_desk
from tests.ports import free_port
from tests.server.behind import OUTSIDE, ask, running
from tests.server.hall import PASSWORD, Served, fresh_folder
from tests.server.programs import command, said
from tests.waiting import PATIENCE_S

pytestmark = pytest.mark.process
PHONE, OTHER = "203.0.113.7", "198.51.100.9"


@pytest.fixture(scope="module")
def believing() -> Iterator[Served]:
    """Lend a desk that believes a server on this computer."""
    yield from running("--behind-proxy")


@pytest.fixture(scope="module")
def choosy() -> Iterator[Served]:
    """Lend a desk that believes one server of this computer, and none else."""
    yield from running("--behind-proxy", "127.0.0.9", "2001:db8::/32")


def plain(desk: Served, source: str = "127.0.0.1") -> http.client.HTTPConnection:
    return http.client.HTTPConnection("127.0.0.1", desk.port, timeout=PATIENCE_S, source_address=(source, 0))


def guess(desk: Served, name: str, password: str = "sai-mat-khau", source: str = "127.0.0.1", **headers: str) -> int:  # noqa: S107
    return ask(plain(desk, source), "POST", "/sign-in", {"name": name, "password": password}, **headers)[0]


def test_each_client_behind_the_server_is_locked_alone(believing: Served) -> None:
    tries = [guess(believing, "admin", X_Forwarded_For=f"{OTHER}, {PHONE}") for _ in range(6)]
    assert tries == [401] * 5 + [429]
    assert guess(believing, "admin", PASSWORD, X_Forwarded_For=PHONE) == 429
    assert (
        guess(believing, "admin", PASSWORD, X_Forwarded_For=f"1.2.3.4, [{PHONE}]:4711") == 429
    )  # written otherwise, the same client
    assert guess(believing, "admin", PASSWORD, X_Forwarded_For=OTHER) == 303
    assert guess(believing, "admin", PASSWORD, Forwarded=f'for="{PHONE}:99"') == 429


def test_a_client_cannot_change_its_address_by_what_it_writes_itself(believing: Served, choosy: Served) -> None:
    spoofed = [
        guess(believing, "lan", X_Forwarded_For=f"10.0.0.{number}, 192.0.2.77", Forwarded=f"for=10.1.1.{number}")
        for number in range(6)
    ]
    assert spoofed == [401] * 5 + [429]
    direct = [
        guess(choosy, "lan", X_Forwarded_For=f"10.0.0.{number}", Forwarded=f"for=10.1.1.{number}")
        for number in range(6)
    ]
    assert direct == [401] * 5 + [429]
    assert guess(choosy, "lan", source="127.0.0.9", X_Forwarded_For="10.0.0.1") == 401


@pytest.mark.parametrize(
    ("source", "headers", "is_secure"),
    [
        ("127.0.0.9", {"X_Forwarded_Proto": "https", "X_Forwarded_For": PHONE}, True),
        ("127.0.0.9", {"Forwarded": f"for={PHONE};proto=https"}, True),
        ("127.0.0.9", {"X_Forwarded_Proto": "http", "X_Forwarded_For": PHONE}, False),
        ("127.0.0.9", {}, False),
        ("127.0.0.8", {"X_Forwarded_Proto": "https", "X_Forwarded_For": PHONE}, False),
        ("127.0.0.8", {"Forwarded": f"for={PHONE};proto=https"}, False),
    ],
)
def test_cookies_and_browsers_keep_to_tls_where_a_believed_server_says_so(
    choosy: Served, source: str, headers: dict[str, str], is_secure: bool
) -> None:
    status, seen, _text = ask(
        plain(choosy, source), "POST", "/sign-in", {"name": "admin", "password": PASSWORD}, **headers
    )
    cookies = seen["set-cookie"].split("\n")
    assert status == 303
    assert all("Secure" in cookie for cookie in cookies if "_seen=" not in cookie) == is_secure
    assert ("strict-transport-security" in seen) == is_secure


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        (f"https://{OUTSIDE}", 303),
        (f"http://{OUTSIDE}", 403),
        (f"https://{OUTSIDE}:8443", 403),
        ("https://evil.example", 403),
    ],
)
def test_the_name_that_the_server_saw_is_the_desks_own(choosy: Served, origin: str, status: int) -> None:
    headers = {"X_Forwarded_For": PHONE, "X_Forwarded_Proto": "https", "X_Forwarded_Host": OUTSIDE, "Origin": origin}
    fields = {"name": "admin", "password": PASSWORD}
    assert ask(plain(choosy, "127.0.0.9"), "POST", "/sign-in", fields, **headers)[0] == status
    assert ask(plain(choosy, "127.0.0.8"), "POST", "/sign-in", fields, **headers)[0] == 403


def test_what_is_for_this_computer_alone_does_not_pass_a_server_whatever_it_says(believing: Served) -> None:
    secret = json.loads((believing.folder / "desk.lock").read_text())["secret"]
    for headers in (
        {"X_Forwarded_For": "127.0.0.1"},
        {"X_Forwarded_Proto": "http"},
        {"X_Forwarded_Host": f"127.0.0.1:{believing.port}"},
        {"Forwarded": "for=127.0.0.1;host=localhost"},
        {"X_Forwarded_For": ""},
    ):
        assert ask(plain(believing), "POST", "/local/check", {}, X_Desk_Secret=secret, **headers)[0] == 403, headers
    assert believing.local("check").status == 200
    ended = command("check", "--data", believing.folder)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_set_up_stays_guarded_behind_a_believed_server(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    prepare_folder(folder)
    open_desk(folder).stop()
    made = Served(folder, options=("--behind-proxy",), contract=False)
    assert "admin-name" in ask(plain(made), "GET", "/setup")[2]
    for headers in ({"X_Forwarded_For": "127.0.0.1"}, {"X_Forwarded_For": PHONE}, {"Forwarded": "for=127.0.0.1"}):
        assert "admin-name" not in ask(plain(made), "GET", "/setup", **headers)[2], headers  # type: ignore[arg-type]
    made.close()


@pytest.mark.parametrize("address", ["desk.vn", "0.0.0.0/0", "::/0", "10.0.0.0/33", "1.2.3.4:80"])
def test_a_server_that_is_none_or_everybody_is_refused(tmp_path: Path, address: str) -> None:
    with fresh_folder() as folder:
        code, out, err = said(command("serve", "--data", folder, "--port", free_port(), "--behind-proxy", address))
    assert (code, out, address in err, "--behind-proxy" in err) == (2, "", True, True)
