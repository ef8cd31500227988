"""Papers that citizens hand in at a kiosk while the hall is closed: scanned page by page, stored all at once."""

import base64
import binascii

from flask import Response
from flask_openapi3.blueprint import APIBlueprint
from msgspec import Struct

from motcua.api import document_scanners
from motcua.api.answers import respond
from motcua.api.document_scanners import DocumentScanners
from motcua.api.shapes.base import Done, NoBody
from motcua.api.shapes.dropoffs import (
    CardScan,
    DropOffPath,
    HandInAnswer,
    NewHandIn,
    NewScan,
    NewScans,
    OpenedDropOff,
    ScannerPaper,
    ScanPath,
    ScansAnswer,
    ScansPath,
)
from motcua.copies import replace
from motcua.desk import Invalid, Reader, Refused
from motcua.desk.keys import Answer
from motcua.dossiers.dropoffs import actions, rules
from motcua.dossiers.dropoffs.model import DropOff, DropOffRequest, ScannedPage
from motcua.dossiers.model.applicant import Applicant
from motcua.dossiers.rules.applicants import mask_name
from motcua.dossiers.rules.cards import read_card
from motcua.dossiers.store import vaults
from motcua.photos import cleaning, scans
from motcua.procedures.model import Procedure
from motcua.settings import store as settings_store
from motcua.views.dropoffs import describe_hand_in, describe_opened, list_papers_to_scan
from motcua.views.procedures import get_procedure
from motcua.web.local_time import get_local_now
from motcua.web.scan_sessions import ScanSession, ScanSessions
from motcua.web.site import Site
from motcua.wiring.dossier_slips import find_slip_printer

SCANS = "/dropoffs/scans"


def install(api: APIBlueprint, site: Site) -> None:
    """Add the calls."""
    sessions, scanners = ScanSessions(site.desk.clock), DocumentScanners(site)
    kiosks = KioskScans(site, sessions, scanners)
    _add_sessions(api, kiosks)
    _add_pages(api, kiosks)
    _add_hand_in(api, kiosks)
    document_scanners.install(api, site, sessions)


def _get_kiosk(site: Site) -> int:
    credential = site.caller.credential
    return credential.id if credential is not None else 0


def _get_procedure(site: Site, code: str) -> Procedure:
    day, _behind = site.get_today()
    with site.desk.read() as db:
        return get_procedure(db, code, day)


def _require_open(site: Site) -> None:
    day, _behind = site.get_today()
    with site.desk.read() as db:
        settings, is_opened = settings_store.get_settings(db), actions.is_hall_opened(db, day)
    rules.require_open(settings, get_local_now(site), is_hall_opened=is_opened)


class KioskScans(Struct, frozen=True):
    """What the calls of kiosks share: the sessions, and the document scanners that belong to them."""

    site: Site
    sessions: ScanSessions
    scanners: DocumentScanners


def _answer_session(kiosks: KioskScans, session: ScanSession, status: int = 200) -> Response:
    site = kiosks.site
    procedure = _get_procedure(site, session.procedure)
    with site.desk.read() as db:
        most = settings_store.get_settings(db).dropoffs.pages_most
    return respond(
        (
            status,
            {
                "id": session.id,
                "papers": list_papers_to_scan(procedure, session.choices),
                "pages": [{"n": number, "paper": page.paper} for number, page in session.pages.items()],
                "pages_most": most,
                "name": mask_name(session.card.name) if session.card else "",
                "has_birth": bool(session.card and session.card.birth),
                "scanner": kiosks.scanners.describe(session),
            },
        )
    )


def _add_sessions(api: APIBlueprint, kiosks: KioskScans) -> None:
    site, sessions = kiosks.site, kiosks.sessions

    @api.post(
        SCANS,
        endpoint="begin_dropoff",
        summary="Begin to hand papers in at a kiosk while the hall is closed; ends what was begun there before",
        responses={201: ScansAnswer},
    )
    def begin(body: NewScans) -> Response:
        _require_open(site)
        if not body.agrees:
            raise Invalid("dropoff.consent", "Without your consent nothing can be handed in here.")
        procedure = _get_procedure(site, body.procedure)
        session = sessions.begin(_get_kiosk(site), procedure.code, body.choices, body.language)
        return _answer_session(kiosks, session, 201)

    @api.get(f"{SCANS}/<id>", endpoint="dropoff_scans", summary="What was scanned so far", responses={200: ScansAnswer})
    def read(path: ScansPath) -> Response:
        return _answer_session(kiosks, sessions.get(_get_kiosk(site), path.id))

    @api.post(
        f"{SCANS}/<id>/card",
        endpoint="scan_dropoff_card",
        summary="Read the code of an identity card in the place of a typed name; only the masked name is answered",
        responses={200: ScansAnswer},
    )
    def scan_card(path: ScansPath, body: CardScan) -> Response:
        session = sessions.get(_get_kiosk(site), path.id)
        session.card = read_card(body.scan, get_local_now(site).date())
        return _answer_session(kiosks, session)

    @api.post(
        f"{SCANS}/<id>/end",
        endpoint="end_dropoff",
        summary="Forget everything that was scanned and not handed in",
        responses={200: Done},
    )
    def end(path: ScansPath, body: NoBody) -> Response:
        if (session := sessions.end(_get_kiosk(site), path.id)) is not None:
            kiosks.scanners.end(session)
        return respond((200, {"ok": True}))


def require_paper(site: Site, session: ScanSession, paper: str) -> None:
    """Raise `Invalid("dropoff.paper")` unless the situation needs this paper."""
    procedure = _get_procedure(site, session.procedure)
    rules.require_pages((ScannedPage(paper, b""),), procedure, session.choices, 1)


def clean_page(site: Site, session: ScanSession, paper: str, photo: bytes) -> ScannedPage:
    """Return a page as it may be kept: small, without any other data, without a card.

    Raises `Invalid("dropoff.paper" | "dropoff.pages" | "photo.bad" | "photo.large" | "photo.card")`.
    """
    with site.desk.read() as db:
        most = settings_store.get_settings(db).dropoffs.pages_most
    procedure = _get_procedure(site, session.procedure)
    places = (*session.pages.values(), ScannedPage(paper, b""))
    rules.require_pages(places, procedure, session.choices, most)
    if len(photo) > cleaning.BYTES_MAX:
        raise cleaning.make_size_refusal()
    today = get_local_now(site).date().isoformat()
    answer = site.compute(scans.task, {"photo": base64.b64encode(photo).decode("ascii"), "today": today})
    return ScannedPage(paper, base64.b64decode(answer["jpeg"]))


def _add_pages(api: APIBlueprint, kiosks: KioskScans) -> None:
    site, sessions = kiosks.site, kiosks.sessions

    @api.post(
        f"{SCANS}/<id>/pages",
        endpoint="add_scan",
        summary="Add a page that was photographed",
        responses={201: ScansAnswer},
    )
    def add(path: ScansPath, body: NewScan) -> Response:
        session = sessions.get(_get_kiosk(site), path.id)
        try:
            photo = base64.b64decode(body.photo, validate=True)
        except binascii.Error as error:
            raise cleaning.make_bad_refusal() from error
        session.add(clean_page(site, session, body.paper, photo))
        return _answer_session(kiosks, session, 201)

    @api.post(
        f"{SCANS}/<id>/scanner",
        endpoint="watch_scanner",
        summary="Take the pages of the kiosk's document scanner for a paper in the next seconds",
        responses={200: ScansAnswer},
    )
    def watch_scanner(path: ScansPath, body: ScannerPaper) -> Response:
        session = sessions.get(_get_kiosk(site), path.id)
        require_paper(site, session, body.paper)
        session.paper = body.paper
        kiosks.scanners.watch(session)
        return _answer_session(kiosks, session)

    @api.post(
        f"{SCANS}/<id>/pages/<n>/remove",
        endpoint="remove_scan",
        summary="Take a page back",
        responses={200: ScansAnswer},
    )
    def remove(path: ScanPath, body: NoBody) -> Response:
        session = sessions.get(_get_kiosk(site), path.id)
        session.pages.pop(path.n, None)
        return _answer_session(kiosks, session)


def _add_hand_in(api: APIBlueprint, kiosks: KioskScans) -> None:
    site, sessions = kiosks.site, kiosks.sessions

    @api.post(
        f"{SCANS}/<id>/hand-in",
        endpoint="hand_in_scans",
        summary="Hand everything in at once; prints the slip where the hall has a printer",
        responses={201: HandInAnswer},
    )
    def hand_in(path: ScansPath, body: NewHandIn) -> Response:
        session = sessions.get(_get_kiosk(site), path.id)
        if session.receiving:
            raise Refused("dropoff.receiving", "A scanned page is still being read. Wait a moment, then hand in.")
        card = session.card or Applicant("")
        applicant = replace(
            card,
            name=body.name or card.name,
            birth=card.birth or body.birth or "",
            phone=body.phone or "",
            email=body.email or "",
        )
        pages, choices = tuple(session.pages.values()), tuple(session.choices.items())
        request = DropOffRequest(session.procedure, applicant, pages, choices, session.language)

        def view(db: Reader, dropoff: DropOff) -> Answer:
            return 201, describe_hand_in(db, dropoff, is_printed=find_slip_printer(db) is not None)

        return respond(site.request_door().do(actions.receive, vaults.get_vault(site.desk), request, answer=view))

    @api.post(
        "/dropoffs/<code>/open",
        endpoint="open_dropoff",
        summary="Read who handed something in at a kiosk, to take it in; this is journalled",
        responses={200: OpenedDropOff},
    )
    def open_dropoff(path: DropOffPath, body: NoBody) -> Response:
        code = rules.find_dropoff_code(path.code) or ""
        content = site.open_door().do(actions.open_dropoff, vaults.get_vault(site.desk), code)
        return respond((200, describe_opened(content)))
