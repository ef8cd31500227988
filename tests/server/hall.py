"""A desk being served by a process of its own on a fresh folder, and the clients that ask it: HTTP and Socket.IO."""

import http.client
import json
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from time import perf_counter, sleep
from typing import Any, NamedTuple

from motcua.catalogue.model import Service
from motcua.counters.model import Counter
from motcua.desk import Desk, system_clock, system_entropy
from motcua.settings.model import Web
from motcua.setup import actions, template
from motcua.setup.document import Document
from motcua.setup.passwords import hash_password
from motcua.staff.model import Account, Role
from motcua.voice.library import make
from motcua.voice.words import Piece
from motcua.wiring import voice
from motcua.wiring.digests import make_key
from motcua.wiring.rooms import open_desk
from tests.conftest import MEMORY
from tests.server.contract import Contract

API = "/api/v1"
PHONES = "http://192.168.1.10:8080"
"""Where phones reach a desk of these tests, says its setting; the desk itself answers this computer only."""
READY_S = 20
STOP_S = 10
PASSWORD = "mat-khau-1234"  # noqa: S105 -- of desks that live for seconds
_READY = re.compile(r"\Aready http://(127\.0\.0\.1):(\d+)\n")
Json = Any


def one_each() -> Document:
    """Return the ward's settings, always open, but with counter n serving the n-th service alone: tests do not meet each other.

    The ward's own services come first, then copies of them.
    """
    document = template.always_open(template.load("ward"))
    document = replace(document, settings=replace(document.settings, web=Web(PHONES)))
    copies = [replace(service, code=f"{service.code}-{number}", procedures=()) for number in (2, 3) for service in document.services]
    every = [*document.services, *copies]
    counters = [Counter(number, f"Quầy {number}", (service.code,)) for number, service in enumerate(every, start=1)]
    return replace(document, services=every, counters=counters)


@cache
def _prepared() -> Path:
    """Return a store, set up once, that every desk starts as a copy of."""
    folder = Path(tempfile.mkdtemp(dir=MEMORY))
    make_key(folder, system_entropy)
    desk = open_desk(folder)
    admin = Account(0, "admin", "Nguyễn Thị Quản", "", Role.ADMIN, None, hash_password(PASSWORD), False)
    desk.by("command").do(actions.first_setup, one_each(), admin, [])
    with desk.read() as db:  # the words of calls, made once: else every desk makes them at its start, beside what is tested
        given = voice.to_make(db, library := voice.library_of(desk))
    make(library.folder, [Piece(name, said) for name, said in given["pieces"]], given["region"], given["speed"])
    desk.stop()
    return folder


def forget_prepared() -> None:
    """Remove the store that desks are copied from."""
    if _prepared.cache_info().currsize:
        shutil.rmtree(_prepared())
        _prepared.cache_clear()


def set_up(folder: Path) -> Path:
    """Put a desk into the empty `folder`."""
    shutil.copytree(_prepared(), folder, dirs_exist_ok=True)
    return folder


@contextmanager
def fresh_folder() -> Iterator[Path]:
    """Lend a data folder that is set up."""
    with tempfile.TemporaryDirectory(dir=MEMORY, ignore_cleanup_errors=True) as name:
        yield set_up(Path(name))


def opened(folder: Path) -> Desk:
    """Return the desk of a folder that nobody serves."""
    return open_desk(folder, system_clock)


class Answer(NamedTuple):
    """What came back. `json` of an empty body is None."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Json:
        """Return the parsed body."""
        return json.loads(self.body) if self.body else None

    @property
    def code(self) -> tuple[int, str]:
        """Return status and stable code of a refusal."""
        return self.status, self.json["code"]


class Client:
    """One kept-alive connection of one caller; not for several threads. Answers of the API are held against its own description."""

    def __init__(self, port: int, headers: Mapping[str, str], contract: Contract | None) -> None:
        self._port, self._headers, self._contract = port, dict(headers), contract
        self._http = http.client.HTTPConnection("127.0.0.1", port, timeout=10)

    def send(self, method: str, path: str, data: bytes | None = None, headers: Mapping[str, str] | None = None) -> Answer:
        """Return the answer to one request; a `path` without a leading slash belongs to the API."""
        target = path if path.startswith("/") else f"{API}/{path}"
        try:
            self._http.request(method, target, data, {**self._headers, **(headers or {})})
            found = self._http.getresponse()
            answer = Answer(found.status, {name.lower(): value for name, value in found.getheaders()}, found.read())
        except (OSError, http.client.HTTPException):
            self._http.close()
            raise
        if self._contract is not None and target.startswith(API):
            self._contract.check(method, target.split("?")[0], answer.status, answer.headers, answer.body)
        return answer

    def get(self, path: str, **headers: str) -> Answer:
        """Return the answer to GET `path`; header names are written with underscores."""
        return self.send("GET", path, None, _named(headers))

    def post(self, path: str, body: Json = None, key: str | None = None, **headers: str) -> Answer:
        """Return the answer to POST `path` with `body` as JSON, perhaps under an idempotency key."""
        more = {"Idempotency-Key": key} if key is not None else {}
        data = json.dumps(body).encode() if body is not None else b""
        return self.send("POST", path, data, {"Content-Type": "application/json", **more, **_named(headers)})

    def close(self) -> None:
        """Hang up."""
        self._http.close()


def _named(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


@dataclass(frozen=True)
class Place:
    """An open counter with a service of its own, the counter's client and the kiosk's."""

    number: int
    service: str
    client: Client
    kiosk: Client

    def issue(self, **more: Json) -> Json:
        """Take a number for this counter's service."""
        answer = self.kiosk.post("tickets", {"service": self.service, **more})
        assert answer.status == 201, answer
        return answer.json

    def do(self, step: str, body: Json = None, key: str | None = None, **headers: str) -> Answer:
        """Do `step` at this counter."""
        return self.client.post(f"counters/{self.number}/{step}", body, key, **headers)


class Served:
    """`python -m motcua serve` on `folder`. Its stderr is kept; an unexpected error in it is an error of the test (`complaints`)."""

    def __init__(self, folder: Path, *, contract: bool = True, options: tuple[str, ...] = ()) -> None:
        self.folder, self._options = folder, options
        self._tokens: dict[tuple[str, int | None], str] = {}
        self._clients: list[Client] = []
        self._places = 0
        self.start()
        self.contract = Contract(self.client().get("openapi.json").json) if contract else None

    def start(self) -> None:
        """Start the process; return when it says it is ready."""
        self._out, self._err = self.folder / "serve.out", self.folder / "serve.err"
        command = [sys.executable, "-m", "motcua", "serve", "--data", str(self.folder), "--port", "0", *self._options]
        began = perf_counter()
        with self._out.open("wb") as out, self._err.open("ab") as err:
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=err)  # noqa: S603
        while (ready := _READY.match(self._out.read_text())) is None:
            if self.process.poll() is not None or perf_counter() - began > READY_S:
                self.kill()
                raise RuntimeError(f"serve did not get ready: {self._err.read_text()[-2000:]}")
            sleep(0.005)
        self.port = int(ready[2])
        self.url = f"http://127.0.0.1:{self.port}"

    def stop(self) -> tuple[int, float]:
        """Ask the process to end; return its exit code and how many seconds it took."""
        began = perf_counter()
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(STOP_S)
            except subprocess.TimeoutExpired:
                self.kill()
        return self.process.returncode, perf_counter() - began

    def kill(self) -> None:
        """End the process at once (SIGKILL)."""
        self.process.kill()
        self.process.wait()

    def close(self) -> None:
        """Stop for good and hang up every client."""
        for client in self._clients:
            client.close()
        self.stop()

    def complaints(self) -> str:
        """Return what the process wrote to stderr."""
        return self._err.read_text()

    def local(self, command: str, **given: Json) -> Answer:
        """Run a command as the command line does, with the secret of the lock file."""
        secret = json.loads((self.folder / "desk.lock").read_text())["secret"]
        return self.client().post(f"/local/{command}", given, X_Desk_Secret=secret)

    def token(self, role: str, counter: int | None = None) -> str:
        """Return a token of `role`, made once."""
        if (role, counter) not in self._tokens:
            self._tokens[role, counter] = self.local("token.add", role=role, counter=counter).json["token"]
        return self._tokens[role, counter]

    def client(self, role: str | None = None, counter: int | None = None, **headers: str) -> Client:
        """Return a new client of `role` (None: the public)."""
        given = {"Authorization": f"Bearer {self.token(role, counter)}"} if role else {}
        made = Client(self.port, {**given, **_named(headers)}, getattr(self, "contract", None))
        self._clients.append(made)
        return made

    def place(self) -> Place:
        """Return the next counter that no test has used yet, open."""
        self._places += 1
        service = services()[self._places - 1]
        made = Place(self._places, service.code, self.client("counter", self._places), self.client("kiosk"))
        assert made.do("open").status == 200
        return made

    def tidy(self) -> None:
        """Let nobody stand or wait in the hall."""
        admin = self.client("admin")
        for item in admin.get("queue").json["items"]:
            if item["state"] == "absent":
                assert admin.post(f"tickets/{item['id']}/return").status == 200
            step = f"counters/{item['counter']}/finish" if item["counter"] else f"tickets/{item['id']}/cancel"
            assert admin.post(step).status == 200


@cache
def services() -> list[Service]:
    """Return the services in the order of their counters."""
    return one_each().services


@contextmanager
def served(*, contract: bool = True, options: tuple[str, ...] = ()) -> Iterator[Served]:
    """Lend a desk being served; whatever it complained of fails the test."""
    with fresh_folder() as folder:
        made = Served(folder, contract=contract, options=options)
        try:
            yield made
        finally:
            made.close()
        assert "Traceback" not in made.complaints(), made.complaints()


def wait_until(is_so: Any, within_s: float = 5) -> None:
    """Return as soon as `is_so()`. Raises `TimeoutError`."""
    until = perf_counter() + within_s
    while not is_so():
        if perf_counter() > until:
            raise TimeoutError("it did not come about")
        with suppress(InterruptedError):
            sleep(0.005)
