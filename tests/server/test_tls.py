"""A desk that speaks HTTPS with the ward's own authority, and what strangers throw at its port."""

import contextlib
import json
import socket
import ssl
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
import websocket

from motcua.desk import system_clock
from motcua.desk.authority import AuthorityFiles, make_certificate
from tests.forked import PATIENT
from tests.ports import free_port
from tests.server.certified import DAY, local, office, signed
from tests.server.hall import PASSWORD, Answer, Served, fresh_folder, wait_until
from tests.server.programs import command, motcua, said
from tests.server.screen import Refused, Screen
from tests.waiting import PATIENCE_S

pytestmark = pytest.mark.process
SOON = {**PATIENT, "motcua.run.tls.LOOK_S": 0}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture(scope="module")
def desk() -> Iterator[Served]:
    """Lend a desk with a certificate of its own authority, which agents and screens trust."""
    with fresh_folder() as folder:
        options, authority = local(folder)
        made = Served(folder, options=options, trusts=authority, limits=SOON)
        yield made
        made.close()
        assert "Traceback" not in made.complaints(), made.complaints()


def authority_of(desk: Served) -> Path:
    return AuthorityFiles(desk.folder).authority


def strict(authority: Path) -> ssl.SSLContext:
    """Return what Python 3.13 holds certificates against, under every Python."""
    context = ssl.create_default_context(cafile=authority)
    context.verify_flags |= ssl.VERIFY_X509_STRICT
    return context


def line(desk: Served) -> socket.socket:
    return socket.create_connection(("127.0.0.1", desk.port), timeout=PATIENCE_S)


def everything(made: socket.socket) -> bytes:
    """Return what comes until the desk hangs up."""
    got = b""
    with made, contextlib.suppress(ConnectionResetError):
        while piece := made.recv(65536):
            got += piece
    return got


def test_the_desk_says_https_and_every_client_of_it_works(desk: Served) -> None:
    assert (desk.folder / "serve.out").read_text().splitlines()[0] == f"ready https://127.0.0.1:{desk.port}"
    assert desk.client().get("health").status == 200
    assert desk.local("account.list").status != 403  # a program on this computer is one over TLS as well
    with Screen(desk.port, "/wall", {"token": desk.token("wall")}, trusts=authority_of(desk)) as wall:
        place = desk.place()
        number = place.issue()["number"]
        place.do("call-next")
        wall.wait(lambda: wall.told("call"))
        assert wall.told("call")[0]["number"] == number


def test_commands_find_a_desk_behind_tls(desk: Served) -> None:
    ended = command("token", "add", "--data", desk.folder, "--role", "wall")
    assert (ended.returncode, ended.stderr, len(ended.stdout) > 20) == (0, "", True)


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_the_strictest_rules_take_the_wards_certificate(desk: Served, name: str) -> None:
    with strict(authority_of(desk)).wrap_socket(line(desk), server_hostname=name) as made:
        assert made.version() in {"TLSv1.2", "TLSv1.3"}


def test_only_tls_from_1_2_on_is_spoken(desk: Served) -> None:
    context = strict(authority_of(desk))
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    with context.wrap_socket(line(desk), server_hostname="127.0.0.1") as made:
        assert made.version() == "TLSv1.2"
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_ciphers("ALL:@SECLEVEL=0")
    with pytest.warns(DeprecationWarning, match="TLSv1"):
        context.minimum_version, context.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
    with line(desk) as made, pytest.raises(ssl.SSLError):
        context.wrap_socket(made)


def test_who_does_not_trust_the_authority_is_not_fooled_and_another_name_neither(desk: Served) -> None:
    with line(desk) as made, pytest.raises(ssl.SSLCertVerificationError):
        ssl.create_default_context().wrap_socket(made, server_hostname="127.0.0.1")
    with line(desk) as made, pytest.raises(ssl.SSLCertVerificationError):
        strict(authority_of(desk)).wrap_socket(made, server_hostname="desk.elsewhere.vn")


def sign_in(desk: Served, origin: str = "") -> Answer:
    fields = urlencode({"name": "admin", "password": PASSWORD}).encode()
    headers = {"Origin": origin} if origin else {}
    return desk.client(Accept="text/html").send("POST", "/sign-in", fields, {**FORM, **headers})


def test_cookies_are_secure_and_browsers_may_come_back_as_nobody_installed_the_authority_for_ever(desk: Served) -> None:
    answer = sign_in(desk)
    assert answer.status == 303
    assert "Secure" in answer.headers["set-cookie"]
    assert "strict-transport-security" not in answer.headers


def test_a_page_without_tls_is_not_the_desks_own(desk: Served) -> None:
    here = f"127.0.0.1:{desk.port}"
    assert sign_in(desk, f"https://{here}").status == 303
    assert sign_in(desk, f"http://{here}").status == 403
    assert sign_in(desk, "null").status == 403
    auth = {"token": desk.token("wall")}
    with Screen(desk.port, "/wall", auth, trusts=authority_of(desk), origin=f"https://{here}") as wall:
        assert wall.events
    for origin in (f"http://{here}", "https://127.0.0.1", "http://192.168.1.10:8080"):
        with pytest.raises(Refused) as refused:
            Screen(desk.port, "/wall", auth, trusts=authority_of(desk), origin=origin)
        assert refused.value.data["data"]["code"] == "origin.differs"


# --- what else comes to the port --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "location"),
    [
        ("GET /t/abc?x=1 HTTP/1.1\r\nHost: desk.vn:8443\r\n\r\n", "https://desk.vn:8443/t/abc?x=1"),
        ("HEAD / HTTP/1.1\r\nhost: [fd00::1]:8443\r\n\r\n", "https://[fd00::1]:8443/"),
    ],
)
def test_a_page_that_is_asked_for_without_tls_is_sent_on(desk: Served, head: str, location: str) -> None:
    made = line(desk)
    made.sendall(head.encode())
    answer = everything(made).decode()
    assert (answer.split()[1], f"\r\nLocation: {location}\r\n" in answer) == ("307", True)


@pytest.mark.parametrize(
    "head",
    [
        "POST /sign-in HTTP/1.1\r\nHost: desk.vn\r\nContent-Length: 5\r\n\r\nname=",
        "GET /api/v1/health HTTP/1.1\r\nHost: desk.vn\r\n\r\n",
        "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: desk.vn\r\nUpgrade: websocket\r\n\r\n",
        "GET //evil.example HTTP/1.1\r\nHost: desk.vn\r\n\r\n",
        "GET /x HTTP/1.1\r\nHost: evil.example/\r\n\r\n",
        "GET /x HTTP/1.1\r\nHost: a@b\r\n\r\n",
        "GET /x HTTP/1.1\r\n\r\n",
        "GET /\u00ff HTTP/1.1\r\nHost: desk.vn\r\n\r\n",
        "x" * 10_000,
    ],
)
def test_anything_else_without_tls_is_refused_with_a_reason(desk: Served, head: str) -> None:
    made = line(desk)
    made.sendall(head.encode("latin-1"))
    answer = everything(made)
    if head.startswith("x"):  # what is never read to its end may be cut off together with the answer
        assert answer == b"" or b"tls.required" in answer
    else:
        assert (answer.split()[1], json.loads(answer.partition(b"\r\n\r\n")[2])["code"]) == (b"400", "tls.required")


@pytest.mark.parametrize(
    "garbage", [b"\x00" * 100, b"\x80\x2e\x01\x00\x02", b"\x16\x03\x01\x00\x05hello", b"\x16" * 5000, b"\xff"]
)
def test_garbage_ends_its_own_line_alone(desk: Served, garbage: bytes) -> None:
    for _ in range(20):
        made = line(desk)
        with contextlib.suppress(OSError):
            made.sendall(garbage)
            made.shutdown(socket.SHUT_WR)
        assert b"HTTP" not in everything(made)
    assert desk.client().get("health").status == 200


def test_a_flood_of_unfinished_handshakes_of_one_address_is_bounded_and_keeps_nobody_from_working() -> None:
    with fresh_folder() as folder:
        options, authority = local(folder)
        limits = {**PATIENT, "motcua.run.tls.PENDING_MAX": 5, "motcua.run.tls.HANDSHAKE_S": PATIENCE_S}
        made = Served(folder, options=options, trusts=authority, limits=limits, contract=False)
        kiosk = made.client("kiosk")
        assert kiosk.get("services").status == 200
        first = [line(made) for _ in range(5)]
        for slow in first:
            slow.sendall(b"\x16\x03\x01")
        more = [line(made) for _ in range(5)]
        assert [everything(one) for one in more] == [b""] * 5  # hung up at once
        assert kiosk.get("services").status == 200  # who has shaken hands goes on
        for slow in first:
            slow.close()
        wait_until(lambda: _health(made) == 200)
        made.close()
        assert "Traceback" not in made.complaints()


def _health(desk: Served) -> int:
    try:
        return desk.client().get("health").status
    except OSError:
        return 0


@pytest.mark.parametrize("sent", [b"", b"\x16\x03\x01", b"GET / HTTP/1.1\r\n"])
def test_a_handshake_that_takes_too_long_is_ended(sent: bytes) -> None:
    with fresh_folder() as folder:
        options, authority = local(folder)
        limits = {**PATIENT, "motcua.run.tls.HANDSHAKE_S": 0.2}
        made = Served(folder, options=options, trusts=authority, limits=limits, contract=False)
        slow = line(made)
        slow.sendall(sent)
        assert everything(slow) == b""
        made.close()
        assert "Traceback" not in made.complaints()


# --- renewal ----------------------------------------------------------------------------------------------------------


def serial(desk: Served, context: ssl.SSLContext) -> str:
    with context.wrap_socket(line(desk), server_hostname="127.0.0.1") as made:
        found = made.getpeercert()
    assert found is not None
    return str(found["serialNumber"])


def problems(desk: Served) -> set[str]:
    return {item["code"] for item in desk.client().get("health").json["problems"]}


def test_a_renewed_certificate_is_taken_up_and_a_bad_one_is_told_and_changes_nothing(desk: Served) -> None:
    files = AuthorityFiles(desk.folder)
    context = strict(files.authority)
    before = serial(desk, context)
    with Screen(desk.port, "/wall", {"token": desk.token("wall")}, trusts=files.authority) as wall:
        good = files.certificate.read_bytes()
        files.certificate.write_bytes(b"not a certificate")
        wait_until(lambda: "tls.renewal" in problems(desk))
        assert serial(desk, context) == before
        files.certificate.write_bytes(good)
        wait_until(lambda: "tls.renewal" not in problems(desk))
        make_certificate(desk.folder, [], system_clock.now())
        wait_until(lambda: serial(desk, context) != before)
        assert (wall.closed_at, problems(desk) & {"tls.renewal", "tls.expiring"}) == (None, set())


def test_a_certificate_that_ends_soon_is_told_and_so_is_one_that_begins_later(tmp_path: Path) -> None:
    with fresh_folder() as folder:
        pair = signed(tmp_path, ends=20 * DAY)
        options = ("--cert", str(pair[0]), "--key", str(pair[1]))
        made = Served(folder, options=options, trusts=office(tmp_path), limits=SOON, contract=False)
        assert "tls.expiring" in problems(made)
        signed(tmp_path, ends=90 * DAY)
        wait_until(lambda: "tls.expiring" not in problems(made))
        made.close()
        signed(tmp_path, begins=DAY)
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        made.context = context
        made.start()
        assert "tls.early" in problems(made)
        made.close()


def test_the_page_on_the_same_port_is_not_websocket_without_tls(desk: Served) -> None:
    with pytest.raises(websocket.WebSocketException):
        websocket.create_connection(
            f"ws://127.0.0.1:{desk.port}/socket.io/?EIO=4&transport=websocket", timeout=PATIENCE_S
        )


def test_serve_refuses_what_cannot_be_used_before_it_listens(tmp_path: Path) -> None:
    with fresh_folder() as folder:
        certificate, _key = signed(tmp_path)
        pair = ("--cert", certificate, "--key", tmp_path / "none.key")
        code, out, err = said(motcua("serve", "--data", folder, "--port", free_port(), *pair))
        assert (code, out, "none.key" in err, "Traceback" in err) == (2, "", True, False)
