"""The kiosk's document scanner: what it wrote while a citizen hands papers in comes to that citizen's session alone."""

import base64
import binascii
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from flask import Response
from flask_openapi3.blueprint import APIBlueprint
from socketio.exceptions import TimeoutError as NoAnswerError

from motcua.api.agent_payloads import ScannerWatchMessage
from motcua.api.agents import NAMESPACE as AGENTS
from motcua.api.agents import Agents
from motcua.api.answers import respond
from motcua.api.shapes.base import Done
from motcua.api.shapes.dropoffs import ScannerFile
from motcua.desk import Forbidden, Invalid, Reader, Refused, Unavailable, Unknown
from motcua.desk.messages import translate_into_each
from motcua.dossiers.dropoffs import rules
from motcua.dossiers.dropoffs.model import ScannedPage
from motcua.equipment import store as equipment_store
from motcua.equipment.model import Binding, DeclaredDevice
from motcua.photos import cleaning, sheets
from motcua.settings import store as settings_store
from motcua.staff import store as staff_store
from motcua.views.procedures import get_procedure
from motcua.views.shapes import View
from motcua.web.local_time import get_local_now
from motcua.web.scan_sessions import OVER, ScanSession, ScanSessions
from motcua.web.site import Site
from motcua.web.socket_events import sends
from motcua.wiring import bindings

KIND = "document_scanner"
ANSWER_S = 3
WORKING = frozenset({"ok", "degraded"})
LATE = frozenset({"compute.late", "compute.failed"})
"""A file that needs too much time or memory needs it again at the next try."""


class DocumentScanners:
    """Which scanner belongs to which kiosk, and what its program is told."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._orders = sends(site, AGENTS, "watch", ScannerWatchMessage, is_acknowledged=True)

    def describe(self, session: ScanSession) -> View:
        """Return what the kiosk's page has to know of its scanner."""
        with self._site.desk.read() as db:
            scanner = find_scanner(db, session.kiosk)
        return {
            "is_there": scanner is not None,
            "is_working": scanner is not None and self._is_working(scanner),
            "is_ready": session.is_watched,
            "receiving": bool(session.receiving),
            "refusals": [translate_into_each(item.message, item.params) for item in session.refusals],
        }

    def watch(self, session: ScanSession) -> None:
        """Tell the scanner's program that somebody scans for the next seconds, and note whether it watches already."""
        scanner = self._find_connected(session)
        session.is_watched = False
        if scanner is None:
            return
        agents = self._get_agents()
        message = ScannerWatchMessage(device=scanner.name, watch=session.watch, on=True)
        with suppress(NoAnswerError, Unavailable):  # asked again two seconds later
            answer = self._orders.ask(message, to=agents.get_newest(str(scanner.agent)), timeout_s=ANSWER_S)
            session.is_watched = isinstance(answer, dict) and answer.get("ok") is True

    def end(self, session: ScanSession) -> None:
        """Tell the scanner's program that nobody scans any more."""
        if (scanner := self._find_connected(session)) is not None:
            message = ScannerWatchMessage(device=scanner.name, watch=session.watch, on=False)
            self._orders.emit(message, to=self._get_agents().get_newest(str(scanner.agent)))

    def _find_connected(self, session: ScanSession) -> DeclaredDevice | None:
        with self._site.desk.read() as db:
            scanner = find_scanner(db, session.kiosk)
        return scanner if scanner is not None and self._site.fleet.is_connected(scanner.agent) else None

    def _get_agents(self) -> Agents:
        agents: Agents = self._site.app.extensions["motcua.agents"]
        return agents

    def _is_working(self, scanner: DeclaredDevice) -> bool:
        condition = self._site.fleet.find_condition(scanner.agent, scanner.name)
        return self._site.fleet.is_connected(scanner.agent) and condition is not None and condition.state in WORKING


def find_scanner(db: Reader, kiosk: int) -> DeclaredDevice | None:
    """Return the document scanner of a kiosk, None where none belongs to it and to no other one."""
    kiosks = {credential.id for credential in staff_store.list_kiosks(db)}
    for device in bindings.list_devices(db, KIND):
        if find_kiosk(equipment_store.get_binding(db, device.agent), kiosks) == kiosk:
            return device
    return None


def find_kiosk(binding: Binding, kiosks: set[int]) -> int | None:
    """Return the only one of the paired `kiosks` for which an agent acts, None where it is none or several."""
    served = kiosks if binding.kiosks is None else kiosks & set(binding.kiosks)
    return next(iter(served)) if len(served) == 1 else None


def install(api: APIBlueprint, site: Site, sessions: ScanSessions) -> None:
    """Add the call by which the scanner's program brings a file."""

    @api.post(
        "/dropoffs/scanner-files",
        endpoint="add_scanner_file",
        summary="Bring what a document scanner wrote while somebody hands papers in at its kiosk",
        responses={201: Done},
    )
    def add_file(body: ScannerFile) -> Response:
        session = _get_session(site, sessions, body)
        if body.key in session.received:  # the answer to an earlier try was lost
            return respond((201, {"ok": True}))
        with _noting(session, body.key):
            pages = _read_pages(site, session, body)
            if sessions.find_watched(session.kiosk, session.watch) is not session:
                raise _make_over()  # whoever scanned has left while it was read
            for page in pages:
                session.add(page)
            session.received.add(body.key)
        return respond((201, {"ok": True}))


def _get_session(site: Site, sessions: ScanSessions, body: ScannerFile) -> ScanSession:
    """Return the session that waits for the scanner. Raises `Forbidden`, `Unknown("dropoff.session_over")`."""
    credential = site.caller.credential
    agent = credential.id if credential is not None else 0
    with site.desk.read() as db:
        bindings.require_device(db, agent, KIND, None, body.device)
        kiosks = {item.id for item in staff_store.list_kiosks(db)}
        kiosk = find_kiosk(equipment_store.get_binding(db, agent), kiosks)
    if kiosk is None:
        raise Forbidden(
            "scanner.kiosks", "A document scanner must belong to exactly one kiosk. Assign it in the settings."
        )
    session = sessions.find_watched(kiosk, body.watch)
    if session is None:
        raise _make_over()
    return session


def _make_over() -> Unknown:
    return Unknown(OVER, "This took too long and was erased. Please begin again.")


@contextmanager
def _noting(session: ScanSession, key: str) -> Iterator[None]:
    """Say at the kiosk that a file is read, and what is wrong with one that is not taken.

    Raises `Unavailable("scan.reading")` while an earlier try with the same file goes on.
    """
    if key in session.receiving:
        raise Unavailable("scan.reading", "This file is being read. Ask again in a moment.")
    session.receiving.add(key)
    try:
        yield
    except Unavailable as refusal:
        if refusal.code not in LATE:
            raise  # the scanner's program tries again
        session.refusals.append(refusal)
        raise Invalid("scan.late", refusal.message) from refusal
    except Refused as refusal:
        session.refusals.append(refusal)
        raise
    finally:
        session.receiving.discard(key)


def _read_pages(site: Site, session: ScanSession, body: ScannerFile) -> list[ScannedPage]:
    """Return the pages of a file as they can be stored, for the paper that is scanned now."""
    if body.is_large:
        raise sheets.make_size_refusal()
    try:
        content = base64.b64decode(body.file, validate=True)
    except binascii.Error as error:
        raise cleaning.make_bad_refusal() from error
    paper, day = session.paper, site.get_today()[0]
    with site.desk.read() as db:
        most = settings_store.get_settings(db).dropoffs.pages_most
        procedure = get_procedure(db, session.procedure, day)
    left = most - len(session.pages)
    today = get_local_now(site).date().isoformat()
    job = {"file": base64.b64encode(content).decode("ascii"), "today": today, "most": left}
    pages = [ScannedPage(paper, base64.b64decode(page)) for page in site.compute(sheets.task, job)["pages"]]
    rules.require_pages((*session.pages.values(), *pages), procedure, session.choices, most)
    return pages
