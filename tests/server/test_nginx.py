"""nginx in front of the desk, by the recipe in docs/OPERATIONS.md as it is printed."""

import http.client
import json
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import websocket

from tests.ports import free_port
from tests.server.behind import OUTSIDE, ask, running
from tests.server.certified import office, signed
from tests.server.hall import PASSWORD, Served, wait_until
from tests.server.programs import ROOT
from tests.waiting import PATIENCE_S

pytestmark = pytest.mark.process


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
