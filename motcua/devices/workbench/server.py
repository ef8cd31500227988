"""A small web server for the page of the emulators: reading is free for this computer's browsers, pressing only for
the page itself.
"""

import json
import socket
import threading
import zlib
from collections.abc import Callable, Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from importlib.resources import files
from importlib.resources.abc import Traversable
from ipaddress import ip_address
from string import Template
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from motcua.devices.contract import DeviceError, list_counters
from motcua.devices.emulation import Emulator
from motcua.devices.kinds import find_kind
from motcua.devices.own_server import OwnServer
from motcua.devices.workbench import words

LANGUAGES = ("vi", "en")
BODY_MAX = 1024
SLOW_CLIENT_S = 5.0
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self';"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
OWN = {"/page.css": "text/css", "/page.js": "text/javascript"}
LOOK = {".css": "text/css", ".js": "text/javascript", ".woff2": "font/woff2", ".svg": "image/svg+xml"}
"""What of the project's own look may be asked for under `/look/`."""
_PAGE = files("motcua.devices.workbench")
Translate = Callable[[str, str], str]


class WrongError(Exception):
    """A request that gets a refusal: its status and its English sentence."""

    def __init__(self, status: HTTPStatus, message: str, **params: object) -> None:
        super().__init__(message)
        self.status, self.message, self.params = status, message, params


class Workbench:
    """The page of `emulators` on `http://host:port/` (0: any free port).

    `translate(language, message)` returns a sentence in `vi` or `en`; `look` is the folder of the project's style
    sheets and fonts. `on_action(device, action)` is called after each action on a device.
    """

    def __init__(
        self,
        emulators: list[Emulator],
        host: str,
        port: int,
        translate: Translate,
        look: Traversable,
        on_action: Callable[[str, str], None] = lambda _name, _code: None,
    ) -> None:
        self._emulators = {item.name: item for item in emulators}
        self._host, self._requested_port = host, port
        self._translate, self._look, self._on_action = translate, look, on_action
        self._lock = threading.Lock()
        self._pictures: dict[str, tuple[int, bytes | None]] = {}
        self._handle_labels = {
            (item.name, handle.code): handle.label for item in emulators for handle in item.list_handles()
        }
        self._server: _WorkbenchServer | None = None
        self.port = port

    @property
    def url(self) -> str:
        """Return the page's address."""
        host = "127.0.0.1" if self._host in {"0.0.0.0", "::", ""} else self._host  # noqa: S104 -- what a person may ask for
        return f"http://[{host}]:{self.port}/" if ":" in host else f"http://{host}:{self.port}/"

    def start(self) -> None:
        """Listen. Raises `OSError`."""
        server = _WorkbenchServer((self._host, self._requested_port), self)
        self.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, args=(0.1,), name="workbench", daemon=True).start()
        self._server = server

    def stop(self) -> None:
        """Close it; may be called twice."""
        server, self._server = self._server, None
        if server is not None:
            server.shutdown()
            server.server_close()

    # --- what is asked ------------------------------------------------------------------------------------------------

    def get(self, target: str, accepts: str) -> tuple[str, bytes]:
        """Return the content type and the content at `target`. Raises `WrongError`."""
        parts = urlsplit(target)
        path = unquote(parts.path)
        if path == "/":
            return "text/html; charset=utf-8", self._page(_language(parts.query, accepts)).encode()
        if path == "/devices":
            listing = {
                "devices": [self._describe(item, _language(parts.query, accepts)) for item in self._emulators.values()]
            }
            return "application/json", json.dumps(listing, ensure_ascii=False).encode()
        if path in OWN:
            return f"{OWN[path]}; charset=utf-8", (_PAGE / path[1:]).read_bytes()
        if path.startswith("/look/"):
            return self._of_the_look(path.removeprefix("/look/"))
        if path.startswith("/devices/") and path.endswith("/picture.png"):
            picture = self._pictures.get(path.split("/")[2], (0, None))[1]
            if picture is not None:
                return "image/png", picture
        raise WrongError(HTTPStatus.NOT_FOUND, words.NO_PAGE)

    def post(self, target: str, body: bytes) -> None:
        """Do one handle: `{"do": CODE}` to `/devices/NAME`. Raises `WrongError`."""
        path = unquote(urlsplit(target).path)
        if not path.startswith("/devices/"):
            raise WrongError(HTTPStatus.NOT_FOUND, words.NO_PAGE)
        name = path.removeprefix("/devices/")
        emulator = self._emulators.get(name)
        if emulator is None:
            raise WrongError(HTTPStatus.NOT_FOUND, words.NO_DEVICE, name=name[:40])
        code = _code(body)
        with self._lock:
            if all(handle.code != code for handle in emulator.list_handles()):
                raise WrongError(HTTPStatus.CONFLICT, words.NO_HANDLE, name=name, code=code)
            try:
                emulator.do(code)
            except (ValueError, OSError, DeviceError) as error:
                raise WrongError(HTTPStatus.CONFLICT, words.FAILED, name=name, problem=error) from error
        self._on_action(name, code)

    def answer_error(self, wrong: WrongError, target: str, accepts: str) -> bytes:
        """Return a refusal as JSON, in the page's language."""
        sentence = self._translate(_language(urlsplit(target).query, accepts), wrong.message)
        return json.dumps(
            {"detail": sentence % wrong.params if wrong.params else sentence}, ensure_ascii=False
        ).encode()

    # --- what is shown ------------------------------------------------------------------------------------------------

    def _page(self, language: str) -> str:
        texts = {name: self._translate(language, message) for name, message in words.WORDS.items()}
        other = LANGUAGES[1 - LANGUAGES.index(language)]
        page = json.dumps({"lang": language, "words": texts}, ensure_ascii=False).replace("<", "\\u003c")
        escaped = {name: text.replace("&", "&amp;").replace("<", "&lt;") for name, text in texts.items()}
        source = (_PAGE / "page.html").read_text(encoding="utf-8")
        return Template(source).substitute(
            escaped, lang=language, other=other, other_name={"vi": "Tiếng Việt", "en": "English"}[other], page=page
        )

    def _describe(self, emulator: Emulator, language: str) -> dict[str, Any]:
        """Return a device as the page needs it; `picture` is a number that changes with the picture, null where
        there is none.
        """
        state, settings = emulator.get_state(), emulator.describe_entry()
        self._handle_labels |= {(emulator.name, handle.code): handle.label for handle in emulator.list_handles()}
        handles = [
            {"do": item.code, "label": self._translate(language, item.label), "group": words.choose_group(item.code)}
            for item in emulator.list_handles()
        ]
        kind = find_kind(emulator.kind)
        fault = self._handle_labels.get((emulator.name, str(state.get("fault"))))
        return {
            "name": emulator.name,
            "kind": emulator.kind,
            "what": self._translate(language, kind.label) if kind is not None else emulator.kind,
            "shows": kind.emulation.shows if kind is not None and kind.emulation is not None else "text",
            "port": settings.get("port"),
            "counters": list_counters(settings),
            "state": state,
            "fault": self._translate(language, fault) if fault else None,
            "handles": handles,
            "picture": self._picture(emulator, state),
        }

    def _picture(self, emulator: Emulator, state: Mapping[str, Any]) -> int | None:
        """Draw it again only when the state has changed."""
        mark = zlib.crc32(json.dumps(state, sort_keys=True, default=str).encode())
        picture = self._pictures.get(emulator.name)
        if picture is None or picture[0] != mark:
            picture = self._pictures[emulator.name] = (mark, emulator.draw_picture())
        return mark if picture[1] is not None else None

    def _of_the_look(self, name: str) -> tuple[str, bytes]:
        parts = name.split("/")
        content = next((content for suffix, content in LOOK.items() if name.endswith(suffix)), None)
        if content is None or not all(
            part and not part.startswith(".") and "\\" not in part and "\0" not in part for part in parts
        ):
            raise WrongError(HTTPStatus.NOT_FOUND, words.NO_PAGE)
        try:
            return content, self._look.joinpath(*parts).read_bytes()
        except OSError:
            raise WrongError(HTTPStatus.NOT_FOUND, words.NO_PAGE) from None


def _language(query: str, accepts: str) -> str:
    chosen = parse_qs(query).get("lang", [""])[0]
    if chosen in LANGUAGES:
        return chosen
    return "en" if accepts.strip().lower().startswith("en") else "vi"


def _code(body: bytes) -> str:
    try:
        body_json = json.loads(body)
    except (ValueError, RecursionError):
        body_json = None
    code = body_json.get("do") if isinstance(body_json, dict) and len(body_json) == 1 else None
    if not isinstance(code, str):
        raise WrongError(HTTPStatus.UNPROCESSABLE_ENTITY, words.SHAPE_WRONG)
    return code


class _WorkbenchServer(OwnServer):
    daemon_threads = False

    def __init__(self, address: tuple[str, int], workbench: Workbench) -> None:
        if ":" in address[0]:
            self.address_family = socket.AF_INET6
        super().__init__(address, _Visit)
        self.workbench = workbench

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that went away in the middle is no news."""


class _Visit(BaseHTTPRequestHandler):
    """One request; the connection ends with it."""

    server: _WorkbenchServer
    timeout = SLOW_CLIENT_S
    server_version, sys_version = "motcua", ""

    def do_GET(self) -> None:
        self._answer(self._get)

    def do_POST(self) -> None:
        self._answer(self._post)

    def _answer(self, work: Callable[[], tuple[HTTPStatus, str, bytes]]) -> None:
        try:
            self._require_local_host()
            status, content, body = work()
        except WrongError as wrong:
            status, content = wrong.status, "application/json"
            body = self.server.workbench.answer_error(wrong, self.path, self.headers.get("Accept-Language", ""))
        self.send_response(status)
        headers = {
            "Content-Type": content,
            "Content-Length": str(len(body)),
            "Cache-Control": "no-store" if not self.path.startswith("/look/vendor/") else "max-age=3600",
            "Content-Security-Policy": POLICY,
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Cross-Origin-Resource-Policy": "same-origin",
        }
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _require_local_host(self) -> None:
        """Refuse a name that somebody else's domain made of this address: only numbers and this computer's own names
        are asked for.
        """
        host = urlsplit(f"//{self.headers.get('Host', '')}")
        try:
            name = host.hostname or ""
            is_local = name in {"localhost", socket.gethostname().lower()} or bool(ip_address(name))
        except ValueError:
            is_local = False
        if not is_local:
            raise WrongError(HTTPStatus.FORBIDDEN, words.HOST_WRONG)

    def _get(self) -> tuple[HTTPStatus, str, bytes]:
        content, body = self.server.workbench.get(self.path, self.headers.get("Accept-Language", ""))
        return HTTPStatus.OK, content, body

    def _post(self) -> tuple[HTTPStatus, str, bytes]:
        origin, site = self.headers.get("Origin"), self.headers.get("Sec-Fetch-Site", "none")
        if (origin is not None and origin != f"http://{self.headers.get('Host')}") or site not in {
            "same-origin",
            "none",
        }:
            raise WrongError(HTTPStatus.FORBIDDEN, words.NOT_OURS)
        kind = self.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        length = self.headers.get("Content-Length", "")
        if kind != "application/json" or not (length.isascii() and length.isdecimal()) or int(length) > BODY_MAX:
            raise WrongError(HTTPStatus.UNPROCESSABLE_ENTITY, words.SHAPE_WRONG)
        self.server.workbench.post(self.path, self.rfile.read(int(length)))
        return HTTPStatus.OK, "application/json", b"{}"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the name of the base class
        """Log nothing: `on_action` is called with what was done."""
