"""A desk being served by a process of its own on a fresh folder, and the clients that ask it: HTTP and Socket.IO."""

import json
import re
import shutil
import signal
import ssl
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from time import perf_counter

from motcua.calls import sounds
from motcua.catalogue.model import Service
from motcua.copies import replace
from motcua.counters.model import Counter
from motcua.desk import Desk, ManualClock, system_clock, system_entropy
from motcua.desk.loss import find_loss
from motcua.desk.signing import make_key
from motcua.settings.model import CallbackRules, Day, DossierRules, Web
from motcua.setup import actions, template
from motcua.setup.document import Document
from motcua.setup.passwords import hash_password
from motcua.setup.rooms import open_desk
from motcua.staff.model import Account, Role
from motcua.voice.library import make_clips
from motcua.voice.words import Piece
from tests import waiting
from tests.forked import PATIENT, Forked, started
from tests.passwords import PASSWORD
from tests.ports import free_port
from tests.run_folder import MEMORY, once
from tests.server.client import API, Answer, Client, Json, named
from tests.server.contract import read_contract
from tests.told import require_told
from tests.waiting import PATIENCE_S
from tests.zone import ZONE, before_setup

__all__ = [
    "API",
    "PASSWORD",
    "PHONES",
    "SHARED",
    "Answer",
    "Client",
    "Json",
    "Place",
    "Served",
    "fresh_folder",
    "one_each",
    "opened",
    "prepare",
    "served",
    "services",
    "set_up",
    "wait_until",
    "ward",
]  # fmt: skip
PHONES = "http://192.168.1.10:8080"
"""Where phones reach a desk of these tests, says its setting; the desk itself answers this computer only."""
_READY = re.compile(r"\Aready https?://127\.0\.0\.1:\d+\n")
wait_until = waiting.wait_until


def ward() -> Document:
    """Return the ward's settings, always open, where the day lasts for hours yet."""
    document = template.open_always(template.load("ward"))
    rules, calls = DossierRules(is_on=True, unit_code="000.25.01.H17"), CallbackRules(is_on=True)
    settings = replace(document.settings, day=Day(ZONE), web=Web(PHONES), dossiers=rules, callbacks=calls)
    return replace(document, settings=settings)


def one_each() -> Document:
    """Return the ward's settings, always open, but with counter n serving the n-th service alone: tests do not meet
    each other.

    The ward's own services come first, then copies of them.
    """
    document = ward()
    copies = [
        replace(service, code=f"{service.code}-{number}", procedures=())
        for number in (2, 3)
        for service in document.services
    ]
    every = [*document.services, *copies]
    counters = [Counter(number, f"Quầy {number}", (service.code,)) for number, service in enumerate(every, start=1)]
    return replace(document, services=every, counters=counters)


def prepare(folder: Path, document: Document, full_name: str = "Nguyễn Thị Quản") -> None:
    """Set up the store that desks start as copies of."""
    make_key(folder, system_entropy)
    desk = open_desk(folder, ManualClock(before_setup()))
    admin = Account(0, "admin", full_name, "", Role.ADMIN, None, hash_password(PASSWORD), False)
    desk.by("command").do(actions.set_up, document, admin, [])
    # the words of calls, made once: else every desk makes them at its start, beside what is tested
    with desk.read() as db:
        given = sounds.build_task_input(db, library := sounds.get_library(desk))
    make_clips(library.folder, [Piece(name, said) for name, said in given["pieces"]], given["region"], given["speed"])
    desk.stop()


def set_up(folder: Path) -> Path:
    """Put a desk into the empty `folder`."""
    shutil.copytree(once("served", lambda draft: prepare(draft, one_each())), folder, dirs_exist_ok=True)
    return folder


@contextmanager
def fresh_folder() -> Iterator[Path]:
    """Lend a data folder that is set up."""
    with tempfile.TemporaryDirectory(dir=MEMORY, ignore_cleanup_errors=True) as name:
        yield set_up(Path(name))


def opened(folder: Path) -> Desk:
    """Return the desk of a folder that nobody serves."""
    return open_desk(folder, system_clock)


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
    """`python -m motcua serve` on `folder`.

    Its stderr is kept; an unexpected error in it is an error of the test (`complaints`).
    """

    process: "Forked | subprocess.Popen[bytes]"
    context: ssl.SSLContext | None = None
    is_told = True
    """The tables must be what the journal says when the desk has stopped; a test that harms the store says
    otherwise."""

    def __init__(
        self,
        folder: Path,
        *,
        contract: bool = True,
        options: tuple[str, ...] = (),
        is_forked: bool = True,
        limits: Mapping[str, object] = PATIENT,
        trusts: Path | None = None,
    ) -> None:
        """Start it.

        `limits` replace those of the product in a forked desk. Clients hold its TLS against the authority in
        `trusts`.
        """
        if trusts is not None:
            self.context = ssl.create_default_context(cafile=trusts)
        self.folder, self._options, self._is_forked, self._limits = folder, options, is_forked, limits
        self.port = free_port()
        self._tokens: dict[tuple[str, int | None], str] = {}
        self._clients: list[Client] = []
        self._places = 0
        self.start()
        self.contract = read_contract(lambda: self.client().get("openapi.json").json) if contract else None

    def start(self) -> None:
        """Start the process, always on the same port; return when it says it is ready."""
        self._out, self._err = self.folder / "serve.out", self.folder / "serve.err"
        words = ["serve", "--data", str(self.folder), "--port", str(self.port), *self._options]
        with self._out.open("wb") as out, self._err.open("ab") as err:
            self.process = (
                Forked(words, out, err, constants=self._limits) if self._is_forked else started(words, out, err)
            )
        wait_until(lambda: self.process.poll() is not None or _READY.match(self._out.read_text()))
        self.require_running()

    @property
    def url(self) -> str:
        """Return the desk's address."""
        return f"{'http' if self.context is None else 'https'}://127.0.0.1:{self.port}"

    def require_running(self) -> None:
        """Raise `RuntimeError` with its last words when the process has ended: it is not the fault of whoever asks
        next.
        """
        if (code := self.process.poll()) is not None:
            raise RuntimeError(f"the desk in {self.folder} has ended ({code}): {self._err.read_text()[-2000:]}")

    def stop(self) -> tuple[int, float]:
        """Ask the process to end; return its exit code and how many seconds it took, which proves nothing on a busy
        computer.
        """
        began = perf_counter()
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(PATIENCE_S)
            except subprocess.TimeoutExpired:
                self.kill()
        return self.process.wait(), perf_counter() - began

    def kill(self) -> None:
        """End the process at once (SIGKILL)."""
        self.process.kill()
        self.process.wait()

    def close(self) -> None:
        """Stop for good and hang up every client."""
        for client in self._clients:
            client.close()
        self.stop()
        if self.is_told and find_loss(self.folder) is None:
            require_told(self.folder)

    def complaints(self) -> str:
        """Return what the process wrote to stderr."""
        return self._err.read_text()

    def local(self, command: str, **given: Json) -> Answer:
        """Run a command as the command line does, with the secret of the lock file."""
        self.require_running()
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
        made = Client(self.port, {**given, **named(headers)}, getattr(self, "contract", None), self.context)
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


SHARED: list[Served] = []
"""Desks that several tests use: none may end them."""


@contextmanager
def served(
    *,
    contract: bool = True,
    options: tuple[str, ...] = (),
    shared: bool = False,
    limits: Mapping[str, object] = PATIENT,
) -> Iterator[Served]:
    """Lend a desk being served; whatever it complained of fails the test. A `shared` one has to outlive each test."""
    with fresh_folder() as folder:
        made = Served(folder, contract=contract, options=options, limits=limits)
        try:
            SHARED.extend([made] * shared)
            yield made
        finally:
            SHARED[:] = [one for one in SHARED if one is not made]
            made.close()
        assert "Traceback" not in made.complaints(), made.complaints()
