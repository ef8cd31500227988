"""A provincial system made of software: a list of dossiers, a door for their states, and faults on demand.

Its interface is made up: `GET /list[?since=…]` and `POST` or `PUT /dossiers/<code>/state`, JSON, a bearer token.
"""

import json
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from motcua.devices.own_server import OwnServer

FAULTS = ("slow", "500", "401", "422", "garbage", "shapeless", "duplicates", "reordered", "broken-items")
"""`slow` waits, the numbers are statuses, `garbage` is no JSON, `shapeless` has no list, `duplicates` and `reordered`
are about the list, `broken-items` puts items into it that nobody can read."""
STATES = ("Mới đăng ký", "Đang xử lý", "Yêu cầu bổ sung giấy tờ", "Đã xử lý xong", "Đã trả kết quả")
KEYS = {
    "code": "maHoSo",
    "state": "trangThai",
    "received_on": "ngayTiepNhan",
    "procedure": "maThuTuc",
    "due_on": "ngayHenTra",
    "settled_on": "ngayCoKetQua",
    "returned_on": "ngayTraKetQua",
    "changed_there": "capNhatLuc",
}
"""How it calls what a mapping names."""
BODY_MAX, SLOW_S = 64 * 1024, 30.0
OK, UNAUTHORISED, UNKNOWN, WRONG, BROKEN = 200, 401, 404, 422, 500


class ProvinceEmulator:
    """Answers on `host` and `port` (0: any free one) until `stop`. `reports` is what it was told, in order.

    `slow_s` is how long a slow answer takes; `release` ends the wait of all of them.
    """

    def __init__(self, host: str = "127.0.0.1", port: int = 0, token: str = "", slow_s: float = SLOW_S) -> None:
        self.token, self.slow_s = token, slow_s
        self.dossiers: dict[str, dict[str, Any]] = {}
        self.reports: list[tuple[str, dict[str, Any]]] = []
        self.questions: list[str] = []
        self.faults: set[str] = set()
        self.release = threading.Event()
        self._server = _ProvinceServer((host, port), _Handler, self)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    @property
    def url(self) -> str:
        """Return its address."""
        host, port = self._server.server_address[:2]
        return f"http://{host!s}:{port}"

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def stop(self) -> None:
        """End at once."""
        self.release.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def add(self, code: str, state: str, received_on: date, changed_at: str = "", **more: Any) -> None:
        """Let it have a dossier; who its applicant is stands in the list too, as in a real one."""
        self.dossiers[code] = {
            KEYS["code"]: code,
            KEYS["state"]: state,
            KEYS["received_on"]: received_on.isoformat(),
            KEYS["changed_there"]: changed_at,
            "chuHoSo": {"hoTen": "Trần Thị Mẫu", "soDinhDanh": "001190000001"},
            **more,
        }

    def fill(self, count: int, today: date) -> None:
        """Let it have `count` dossiers of the last days."""
        for number in range(count):
            received = today - timedelta(days=number % 20)
            due = (received + timedelta(days=7)).isoformat()
            more = {KEYS["procedure"]: "2.000815", KEYS["due_on"]: due}
            code = f"H29.17-{received:%y%m%d}-{number + 1:04d}"
            self.add(code, STATES[number % len(STATES)], received, f"{received.isoformat()}T08:00:00", **more)

    def list_items(self, since: str) -> list[Any]:
        """Return the list as it is answered, with its faults."""
        items: list[Any] = [
            one for one in self.dossiers.values() if not since or one[KEYS["changed_there"]] >= since[:19]
        ]
        if "duplicates" in self.faults:
            items = [*items, *items]
        if "reordered" in self.faults:
            items.reverse()
        if "broken-items" in self.faults:
            items = [None, {KEYS["code"]: ["x"]}, {KEYS["code"]: "H29-1", KEYS["state"]: "?"}, *items]
        return items

    def take(self, code: str, body: dict[str, Any]) -> int:
        """Take what a desk says of a dossier; return the status."""
        if code not in self.dossiers:
            return UNKNOWN
        self.reports.append((code, body))
        self.dossiers[code].update(body)
        return OK


class _ProvinceServer(OwnServer):
    """The socket, and whose it is."""

    def __init__(
        self, address: tuple[str, int], handler: Callable[..., BaseHTTPRequestHandler], emulator: ProvinceEmulator
    ) -> None:
        super().__init__(address, handler)
        self.emulator = emulator


class _Handler(BaseHTTPRequestHandler):
    """One request."""

    server: _ProvinceServer

    def do_GET(self) -> None:
        """Answer the list."""
        place = urlsplit(self.path)
        emulator = self.server.emulator
        emulator.questions.append(self.path)
        if place.path != "/list":
            self._answer(UNKNOWN, {"error": "unknown"})
        elif self._may_go_on():
            since = parse_qs(place.query).get("since", [""])[0]
            key = "rows" if "shapeless" in emulator.faults else "items"
            self._answer(OK, {key: emulator.list_items(since)})

    def do_PUT(self) -> None:
        """Take a state."""
        self._take()

    def do_POST(self) -> None:
        """Take a state, or with `/faults` the faults from now on."""
        if self.path == "/faults":
            chosen = self._read().get("faults", [])
            self.server.emulator.faults = {name for name in chosen if name in FAULTS}
            self._answer(OK, {"faults": sorted(self.server.emulator.faults)})
        else:
            self._take()

    def _take(self) -> None:
        parts = urlsplit(self.path).path.split("/")
        body = self._read()
        if not self._may_go_on():
            return
        if len(parts) != 4 or parts[1] != "dossiers" or parts[3] != "state":  # noqa: PLR2004 -- its address
            self._answer(UNKNOWN, {"error": "unknown"})
            return
        status = self.server.emulator.take(unquote(parts[2]), body)
        self._answer(status, {"ok": status == OK})

    def _may_go_on(self) -> bool:
        """Say whether the request is answered as it should be; else it was answered already."""
        emulator = self.server.emulator
        if "slow" in emulator.faults:
            emulator.release.wait(emulator.slow_s)
        if emulator.token and self.headers.get("Authorization") != f"Bearer {emulator.token}":
            self._answer(UNAUTHORISED, {"error": "token"})
            return False
        for status in (BROKEN, UNAUTHORISED, WRONG):
            if str(status) in emulator.faults:
                self._answer(status, {"error": "switched on"})
                return False
        if "garbage" in emulator.faults:
            self._send(OK, b"<html>xin chao")
            return False
        return True

    def _read(self) -> dict[str, Any]:
        size = min(int(self.headers.get("Content-Length") or 0), BODY_MAX)
        try:
            body = json.loads(self.rfile.read(size))
        except ValueError:
            return {}
        return body if isinstance(body, dict) else {}

    def _answer(self, status: int, body: dict[str, Any]) -> None:
        self._send(status, json.dumps(body, ensure_ascii=False).encode())

    def _send(self, status: int, content: bytes) -> None:
        with suppress(ConnectionError):  # who asked did not wait for a slow answer
            self.send_response(status)
            self.send_header("Content-Type", "application/json; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the library's name
        """Say nothing: the command prints what happened."""
