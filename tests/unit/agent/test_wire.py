"""The way to the desk: past every proxy, and what is said when another program answers at its address."""

import contextlib
import http.server
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from motcua.agent.desk_files import Fetcher
from motcua.agent.enrolment import get_token
from motcua.agent.errors import AgentError
from motcua.agent.wire import connect, find_stranger
from tests.unit.devices.strangers import BANNERS, stranger

HEALTH = b'{"status": "ok", "checks": {"store": "ok"}, "problems": []}'


class Site(http.server.BaseHTTPRequestHandler):
    """Answers everything with `status`, `kind` and `body`; with a `target` it sends on."""

    status, kind, body, target = 200, "application/json", HEALTH, ""

    def do_GET(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.send_response(self.status)
        self.send_header("Content-Type", self.kind)
        if self.target:
            self.send_header("Location", self.target)
        self.end_headers()
        self.wfile.write(self.body)

    do_POST = do_GET  # noqa: N815 -- the library's names

    def log_message(self, *_arguments: object) -> None:
        pass


@contextlib.contextmanager
def site(**shape: object) -> Iterator[str]:
    """Lend a web server; return its address."""
    handler_class = type("Shaped", (Site,), shape)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler_class)
    serving = threading.Thread(target=server.serve_forever, args=(0.005,), daemon=True)
    serving.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        serving.join()
        server.server_close()


@pytest.fixture(params=["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"])
def proxied(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An environment that leads astray."""
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(request.param, "http://127.0.0.1:9")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
    monkeypatch.setenv("NETRC", str(tmp_path / "none"))


@pytest.mark.usefixtures("proxied")
def test_no_proxy_stands_between_an_agent_and_its_desk(tmp_path: Path) -> None:
    with site() as address:
        assert find_stranger(address) is None
        connect(address, 30).close()
        assert Fetcher(address, "t").complete("say", {"audio_path": "/voice/x.wav"})["wav"] == HEALTH
    with site(body=b'{"token": "secret"}', status=201) as address:
        assert get_token(address, "CODE", tmp_path, "en") == "secret"


def test_a_name_is_tried_at_each_of_its_addresses() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"http://localhost:{listener.getsockname()[1]}"
        connect(address, 30).close()
    with pytest.raises(OSError, match="refused"):
        connect(address, 30)
    with pytest.raises(OSError, match=r"."):
        connect(f"http://{'a' * 70}.example:80", 30)


STRANGERS: dict[str, tuple[dict[str, object], str]] = {
    "portal": (
        {"status": 302, "target": "http://login.wifi/", "kind": "text/html", "body": b""},
        "redirects to http://login.wifi/ (HTTP 302)",
    ),
    "page": (
        {"kind": "text/html", "body": b"<html>Welcome</html>"},
        "another program answers there (HTTP 200, text/html)",
    ),
    "router": (
        {"status": 401, "kind": "text/html", "body": b"Unauthorized"},
        "another program answers there (HTTP 401, text/html)",
    ),
    "missing": (
        {"status": 404, "kind": "text/plain", "body": b"404"},
        "another program answers there (HTTP 404, text/plain)",
    ),
    "other json": ({"body": b'{"status": "UP"}'}, "another program answers there (HTTP 200, application/json)"),
    "list": ({"body": b"[1]"}, "another program answers there"),
}


@pytest.mark.parametrize("who", STRANGERS)
def test_another_program_at_the_desks_address_is_named(tmp_path: Path, who: str) -> None:
    shape, words = STRANGERS[who]
    with site(**shape) as address:
        error = find_stranger(address)
        assert error is not None
        assert str(error).startswith(f"{address} is not a motcua server: ")
        assert words in str(error)
        with pytest.raises(AgentError) as caught:
            get_token(address, "CODE", tmp_path, "en")
        assert str(caught.value) == str(error)


def test_a_program_that_is_no_web_server_is_named(tmp_path: Path) -> None:
    with stranger(says=BANNERS["SSH"]) as other:
        address = f"http://127.0.0.1:{other.port}"
        error = find_stranger(address)
        assert error is not None
        assert "the program there is not a web server (“SSH-2.0-OpenSSH" in str(error)
        with pytest.raises(AgentError, match="not a web server"):
            get_token(address, "CODE", tmp_path, "en")


def test_a_desk_and_its_refusals_are_no_strangers(tmp_path: Path) -> None:
    with site(status=503) as address:
        assert find_stranger(address) is None
    with (
        site(status=422, body=b'{"code": "pairing.code", "detail": "This code was used."}') as address,
        pytest.raises(AgentError, match="The server refused: This code was used\\."),
    ):
        get_token(address, "CODE", tmp_path, "en")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    assert find_stranger(address) is None
    with pytest.raises(AgentError, match="There is no server at"):
        get_token(address, "CODE", tmp_path, "en")
