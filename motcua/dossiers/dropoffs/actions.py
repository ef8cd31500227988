"""Handing papers in at a kiosk; looking at them, sending them back, looking them up, erasing them in time."""

import base64
import json
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from motcua.copies import replace
from motcua.desk import Json, Reader, Tx, Unknown, parse, stamp
from motcua.desk.vault import Vault
from motcua.dossiers.actions import common
from motcua.dossiers.dropoffs import rules, store
from motcua.dossiers.dropoffs.content import read_content
from motcua.dossiers.dropoffs.events import (
    DropOffErased,
    DropOffLookedUp,
    DropOffLookupFailed,
    DropOffOpened,
    DropOffPageViewed,
    DropOffReceived,
    DropOffSentBack,
    DropOffsPurged,
)
from motcua.dossiers.dropoffs.model import DropOff, DropOffContent, DropOffRequest, DropOffState
from motcua.dossiers.dropoffs.store import SealedPlace
from motcua.dossiers.model.lookup import LookupGuard
from motcua.dossiers.rules import intake
from motcua.dossiers.rules.lookup import count_failure, is_factor, is_locked
from motcua.dossiers.store import pushes, secrets
from motcua.queue import store as queue_store
from motcua.settings.model import Settings

TOKEN_BYTES = 9
"""72 bits: twelve characters of an address."""


@dataclass(frozen=True)
class DropOffAttempt:
    """What a look-up gives: the drop-off, or nothing; `locked_until` while nobody may try."""

    content: DropOffContent | None = field(default=None, repr=False)
    locked_until: datetime | None = None


def receive(tx: Tx, vault: Vault, request: DropOffRequest) -> DropOff:
    """Take what a citizen hands in at a kiosk: everything in one transaction, or nothing.

    Raises `Unknown("dossiers.off")`, `Refused("dropoff.closed")`, `Invalid`.
    """
    settings = common.get_switched_on(tx)
    local = common.get_local_time(tx, settings)
    rules.require_open(settings, local, is_hall_opened=is_hall_opened(tx.db, tx.day))
    procedure = common.get_offered_procedure(tx, request.procedure, tx.day)
    applicant = rules.read_request(request, procedure, settings, local.date())
    dropoff = DropOff(
        code=_make_free_code(tx),
        token=base64.urlsafe_b64encode(tx.entropy(TOKEN_BYTES)).decode(),
        procedure=procedure.code,
        state=DropOffState.WAITING,
        language=request.language,
        dropped_at=tx.at,
        dropped_on=tx.day,
        counts_from=rules.find_counts_from(settings, local).isoformat(timespec="minutes"),
        choices=request.choices,
        papers=rules.count_papers(request.pages),
        erase_on=_compute_erase_on(tx, settings),
    )
    store.add_dropoff(tx.db, dropoff)
    person = json.dumps(secrets.describe_applicant(applicant), ensure_ascii=False).encode()
    sealed: list[Json] = [store.seal(tx, vault, SealedPlace(dropoff.code, store.CONTACT), person)]
    for page in request.pages:
        sealed.append(store.seal(tx, vault, SealedPlace(dropoff.code, store.PAGE, page.paper), page.jpeg))
    tx.emit(
        DropOffReceived(
            dropoff.code,
            procedure=dropoff.procedure,
            counts_from=dropoff.counts_from,
            language=dropoff.language,
            choices=dict(dropoff.choices),
            papers=store.describe_dropped(dropoff.papers),
            erase_on=dropoff.erase_on,
            sealed=sealed,
        )
    )
    return dropoff


def is_hall_opened(db: Reader, day: str) -> bool:
    """Say whether a leader opened the hall on `day`, which has not ended."""
    return queue_store.is_day_opened(db, day) and not queue_store.is_day_closed(db, day)


def _make_free_code(tx: Tx) -> str:
    while store.find_dropoff(tx.db, code := rules.make_dropoff_code(tx.entropy)) is not None:
        pass
    return code


def open_dropoff(tx: Tx, vault: Vault, code: str) -> DropOffContent:
    """Return a drop-off with who handed it in, and journal that somebody read it. Raises `Unknown`."""
    common.get_switched_on(tx)
    dropoff = store.get_dropoff(tx.db, code)
    tx.emit(DropOffOpened(dropoff.code))
    return read_content(tx.db, vault, dropoff)


def open_page(tx: Tx, vault: Vault, code: str, page: int) -> bytes:
    """Return the scan of a page as a JPEG, and journal that somebody looked at it.

    Raises `Unknown("dossiers.off" | "dropoff.unknown" | "dropoff.page_unknown")`.
    """
    common.get_switched_on(tx)
    dropoff = store.get_dropoff(tx.db, code)
    jpeg = store.find_sealed(tx.db, vault, dropoff.code, store.PAGE, page)
    if jpeg is None:
        raise Unknown("dropoff.page_unknown", "This page is not there any more: scans are erased after the intake.")
    tx.emit(DropOffPageViewed(dropoff.code, page=page))
    return jpeg


def send_back(tx: Tx, vault: Vault, code: str, words: str) -> DropOff:
    """Do not take it in, and tell the citizen why. Its scans are erased at once.

    Raises `Unknown`, `Refused("dropoff.over")`, `Invalid("dossier.words" | "dossier.words_long")`.
    """
    settings = common.get_switched_on(tx)
    dropoff = store.get_dropoff(tx.db, code)
    rules.require_waiting(dropoff)
    text = intake.read_words(words, is_needed=True)
    erase_on = _compute_erase_on(tx, settings)
    ended = replace(dropoff, state=DropOffState.SENT_BACK, decided_at=tx.at, erase_on=erase_on)
    store.save_dropoff(tx.db, ended)
    store.erase_pages(tx.db, dropoff.code)
    sealed = store.seal(tx, vault, SealedPlace(dropoff.code, store.WORDS), text.encode())
    tx.emit(DropOffSentBack(dropoff.code, erase_on=erase_on, sealed=[sealed]))
    return ended


def erase_dropoff(tx: Tx, code: str) -> DropOff:
    """Erase everything that was handed in, because the citizen asks for it.

    Raises `Unknown`, `Refused("dropoff.over")`.
    """
    common.get_switched_on(tx)
    dropoff = store.get_dropoff(tx.db, code)
    rules.require_waiting(dropoff)
    erased = replace(dropoff, state=DropOffState.LAPSED, decided_at=tx.at)
    store.save_dropoff(tx.db, erased)
    store.erase_all(tx.db, code)
    pushes.erase_pushes(tx.db, code)
    tx.emit(DropOffErased(code))
    return erased


def look_up_dropoff(tx: Tx, vault: Vault, code: str, factor: str) -> DropOffAttempt:
    """Return the drop-off with this code for whoever has its second factor; a wrong one is counted.

    Raises `Unknown("dossiers.off" | "dropoff.unknown")`.
    """
    common.get_switched_on(tx)
    dropoff = store.get_dropoff(tx.db, code)
    guard, now = store.get_guard(tx.db, code), parse(tx.at)
    if is_locked(guard, now):
        return DropOffAttempt(locked_until=guard.locked_until)
    content = read_content(tx.db, vault, dropoff)
    if not is_factor(content.applicant, factor):
        guard = count_failure(guard, now)
        store.save_guard(tx.db, code, guard)
        until = stamp(guard.locked_until) if guard.locked_until else None
        tx.emit(DropOffLookupFailed(code, guard.failures, until))
        return DropOffAttempt(locked_until=guard.locked_until)
    store.save_guard(tx.db, code, LookupGuard())
    tx.emit(DropOffLookedUp(code))
    return DropOffAttempt(replace(content, applicant=None))


def purge_dropoffs(tx: Tx) -> int:
    """Erase what citizens handed in at kiosks and whose time is over; return how many encrypted rows."""
    if rows := store.purge(tx.db, tx.day):
        tx.emit(DropOffsPurged(tx.day, rows=rows))
    return rows


def _compute_erase_on(tx: Tx, settings: Settings) -> str:
    return (date.fromisoformat(tx.day) + timedelta(days=settings.dropoffs.keep_days)).isoformat()
