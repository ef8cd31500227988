"""`--behind-proxy`: whose word about clients is believed, what follows from it, and the recipe for nginx as it is
printed.
"""

import http.client
import json
import os
import re
import shutil
import signal
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest
import websocket

from motcua.cli.init import prepare_folder
from motcua.setup.rooms import open_desk
from tests.ports import free_port
from tests.server.certified import office, signed
from tests.server.hall import PASSWORD, Served, fresh_folder, wait_until
from tests.server.programs import command, said
from tests.waiting import PATIENCE_S

pytestmark = pytest.mark.process
FORM = "application/x-www-form-urlencoded"
OUTSIDE, PHONE, OTHER = "motcua.ward.example", "203.0.113.7", "198.51.100.9"
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def believing() -> Iterator[Served]:
    """Lend a desk that believes a server on this computer."""
    yield from running("--behind-proxy")


@pytest.fixture(scope="module")
def choosy() -> Iterator[Served]:
    """Lend a desk that believes one server of this computer, and none else."""
    yield from running("--behind-proxy", "127.0.0.9", "2001:db8::/32")


def running(*options: str) -> Iterator[Served]:
    with fresh_folder() as folder:
        made = Served(folder, options=options, contract=False)
        yield made
        made.close()
        assert "Traceback" not in made.complaints(), made.complaints()


def ask(
    line: http.client.HTTPConnection, method: str, path: str, fields: dict[str, str] | None = None, **headers: str
) -> tuple[int, dict[str, str], str]:
    """Return status, headers (cookies joined) and text of what one request of its own connection gets."""
    given = {
        "Accept": "text/html",
        "Accept-Language": "en",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    data = urlencode(fields).encode() if fields is not None else None
    line.request(method, path, data, given | ({"Content-Type": FORM} if data is not None else {}))
    answer = line.getresponse()
    seen: dict[str, str] = {}
    for name, value in answer.getheaders():
        seen[name.lower()] = f"{seen[name.lower()]}\n{value}" if name.lower() in seen else value
    found = answer.status, seen, answer.read().decode()
    line.close()
    return found


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


# --- nginx, by the recipe in the documentation ------------------------------------------------------------------------


@contextmanager
def nginx(folder: Path, hall: int, phones: int, desk: int, guests: int, pair: tuple[Path, Path]) -> Iterator[None]:
    """Run nginx with the recipe of docs/OPERATIONS.md, but for ports and files."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    assert program, "apt-get install nginx-light"
    recipe, proxied = re.findall(
        r"```nginx\n(.*?)```", (ROOT / "docs" / "OPERATIONS.md").read_text(encoding="utf-8"), re.DOTALL
    )[:2]
    (folder / "motcua-proxy.conf").write_text(proxied)
    for old, new in {
        "listen 443 ssl": f"listen 127.0.0.1:{hall} ssl",
        "listen 8443 ssl": f"listen 127.0.0.1:{phones} ssl",
        "127.0.0.1:8080": f"127.0.0.1:{desk}",
        "127.0.0.1:8081": f"127.0.0.1:{guests}",
        "/etc/motcua/fullchain.pem": str(pair[0]),
        "/etc/motcua/privkey.pem": str(pair[1]),
        "/etc/nginx/motcua-proxy.conf": str(folder / "motcua-proxy.conf"),
        "allow 192.168.1.0/24": "allow 127.0.0.0/24",
    }.items():
        assert old in recipe, old
        recipe = recipe.replace(old, new)
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if os.getuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"{user} daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log;\n"
        f"events {{ worker_connections 64; }}\nhttp {{ access_log off; {temporary}\n{recipe} }}\n"
    )
    with subprocess.Popen(  # noqa: S603 -- the web server that the recipe is for
        [program, "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf")],
        stderr=subprocess.PIPE,
    ) as process:
        try:
            wait_until(lambda: process.poll() is not None or (folder / "nginx.pid").exists())
            assert process.poll() is None, process.stderr and process.stderr.read()
            yield
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(PATIENCE_S)


@pytest.fixture(scope="module")
def proxied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, int, int, Path]]:
    """Lend a desk behind nginx: the ports of the hall and of phones, and the authority of its certificate."""
    folder = tmp_path_factory.mktemp("nginx")
    pair, authority = signed(folder, (OUTSIDE,)), office(folder)
    hall, phones, guests = free_port(), free_port(), free_port()
    for made in running("--behind-proxy", "127.0.0.1", "--guests", f"127.0.0.1:{guests}"):
        with nginx(folder, hall, phones, made.port, guests, pair):
            yield made, hall, phones, authority


class Named(http.client.HTTPSConnection):
    """A connection to this computer under the name that the certificate is for."""

    def __init__(self, port: int, authority: Path, source: str = "127.0.0.2") -> None:
        super().__init__(OUTSIDE, port, timeout=PATIENCE_S, context=ssl.create_default_context(cafile=authority))
        self._create_connection = lambda *_given: socket_to(port, source)


def socket_to(port: int, source: str) -> object:
    import socket

    return socket.create_connection(("127.0.0.1", port), PATIENCE_S, source_address=(source, 0))


def test_nginx_passes_on_who_asks_by_tls_and_what_clients_write_changes_nothing(
    proxied: tuple[Served, int, int, Path],
) -> None:
    _desk, hall, _phones, authority = proxied
    origin = f"https://{OUTSIDE}:{hall}"
    fields = {"name": "admin", "password": PASSWORD}
    status, seen, _text = ask(Named(hall, authority), "POST", "/sign-in", fields, Origin=origin)
    assert (status, "Secure" in seen["set-cookie"], "strict-transport-security" in seen) == (303, True, True)
    assert ask(Named(hall, authority), "POST", "/sign-in", fields, Origin=f"http://{OUTSIDE}:{hall}")[0] == 403
    wrong = {"name": "admin", "password": "sai-mat-khau"}
    tries = [
        ask(
            Named(hall, authority, "127.0.0.4"),
            "POST",
            "/sign-in",
            wrong,
            X_Forwarded_For=f"10.0.0.{n}",
            Forwarded=f"for=10.9.9.{n}",
        )[0]
        for n in range(6)
    ]
    assert tries == [401] * 5 + [429]
    assert ask(Named(hall, authority, "127.0.0.5"), "POST", "/sign-in", fields, Origin=origin)[0] == 303


def test_nginx_lets_nobody_look_local_and_only_the_halls_network_in(proxied: tuple[Served, int, int, Path]) -> None:
    desk, hall, _phones, authority = proxied
    secret = json.loads((desk.folder / "desk.lock").read_text())["secret"]
    for source in ("127.0.0.1", "127.0.0.2"):
        assert ask(Named(hall, authority, source), "POST", "/local/check", {}, X_Desk_Secret=secret)[0] == 403
    assert ask(Named(hall, authority, "127.0.1.1"), "GET", "/")[0] == 403  # not of the hall's own network
    assert desk.local("check").status == 200


def test_phones_get_the_public_pages_through_nginx_and_nothing_else(proxied: tuple[Served, int, int, Path]) -> None:
    desk, _hall, phones, authority = proxied
    token = desk.token("admin")
    assert ask(Named(phones, authority), "GET", "/book")[0] == 200
    for path in (
        "/",
        "/settings",
        "/sign-in",
        "/kiosk",
        "/wall",
        "/api/v1/queue",
        "/api/v1/bookings",
        "/state/wall",
        "/local/check",
    ):
        assert ask(Named(phones, authority), "GET", path, Authorization=f"Bearer {token}")[0] == 404, path
    code = desk.place().issue()["follow_url"].rsplit("/", 1)[1]
    assert ask(Named(phones, authority), "GET", f"/t/{code}")[0] == 200
    assert live(phones, authority, "/follow", {"token": code}).startswith("40/follow")
    assert live(phones, authority, "/wall", {"token": desk.token("wall")}).startswith("44/wall")


def test_screens_have_their_live_line_through_nginx(proxied: tuple[Served, int, int, Path]) -> None:
    desk, hall, _phones, authority = proxied
    auth = {"token": desk.token("wall")}
    assert live(hall, authority, "/wall", auth, f"https://{OUTSIDE}:{hall}").startswith("40/wall")
    assert "origin.differs" in live(hall, authority, "/wall", auth, f"http://{OUTSIDE}:{hall}")


def live(port: int, authority: Path, namespace: str, auth: dict[str, str], origin: str | None = None) -> str:
    """Return the first packet that a socket gets for its connect packet."""
    plain = socket_to(port, "127.0.0.2")
    wire = ssl.create_default_context(cafile=authority).wrap_socket(plain, server_hostname=OUTSIDE)  # type: ignore[arg-type]
    address = f"wss://{OUTSIDE}:{port}/socket.io/?EIO=4&transport=websocket"
    line = websocket.create_connection(
        address, timeout=PATIENCE_S, socket=wire, origin=origin or f"https://{OUTSIDE}:{port}"
    )
    assert str(line.recv()).startswith("0")
    line.send(f"40{namespace}," + json.dumps(auth))
    found = str(line.recv())
    line.close()
    return found
