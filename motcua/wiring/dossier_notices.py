"""Applicants are told by e-mail or in a browser when a result is ready, papers are missing or it comes later.

Planned with the event. Whether there is an address is seen when the message is sent: it is encrypted until then.
"""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from motcua.desk import Desk, DeviceJob, Json, Planned, Reader, outbox
from motcua.desk.messages import LANGUAGES, mark, translate_into_each
from motcua.dossiers.events import DossierExtended, DossierReady, DossierSupplementAsked
from motcua.dossiers.model.dossier import Dossier, DossierState
from motcua.dossiers.model.push import DossierPush
from motcua.dossiers.store import dossiers, lookups, pushes, secrets, vaults
from motcua.notify.message import NoticeError, NoticeMessage
from motcua.settings import store as settings_store
from motcua.settings.base_address import is_hall_only
from motcua.settings.model import Settings
from motcua.wiring.letters import write_sign_off
from motcua.wiring.ways import BROWSER, EMAIL, PUSH

DOSSIER = "dossier"
NO_ADDRESS = "notices.no_address"
READY, SUPPLEMENT, EXTENDED = DossierReady.kind, DossierSupplementAsked.kind, DossierExtended.kind
SUBJECTS = {
    READY: mark("The result of your dossier %(code)s is ready"),
    SUPPLEMENT: mark("Papers are missing in your dossier %(code)s"),
    EXTENDED: mark("The result of your dossier %(code)s comes later"),
}
BEGINNINGS = {
    READY: mark(
        "The result of dossier %(code)s is ready. Fetch it at %(place)s until %(hour)s on a working day."
        " Bring the receipt and your ID card."
    ),
    SUPPLEMENT: mark(
        "Dossier %(code)s cannot be settled yet because papers are missing. The letter that you get from us says which"
        " ones. The time for settling it stands still until you bring them."
    ),
    EXTENDED: mark("We are sorry: the result of dossier %(code)s comes later than we promised. The new day: %(day)s."),
}
LINK = mark("Look it up here: %(url)s. The last four digits of your phone number or your year of birth are asked for.")
WRONG = mark("If you handed in no dossier here, somebody wrote your address by mistake. Please tell us.")


class NoReceiverError(NoticeError):
    """Nobody is to get this message, and nothing is wrong."""

    def __init__(self) -> None:
        super().__init__(NO_ADDRESS, permanent=True)


def _plan(db: Reader, kind: str, code: str) -> list[Planned]:
    """Return the messages about a dossier: an e-mail, and one to each browser. A job holds no personal data."""
    about: dict[str, Json] = {"about": kind, DOSSIER: code}
    planned = [
        Planned(PUSH, outbox.NOTIFY, {**about, BROWSER: number}, outbox.TTL_MS)
        for number in pushes.list_push_numbers(db, code)
    ]
    if settings_store.get_settings(db).notices.smtp_host:
        planned.insert(0, Planned(EMAIL, outbox.NOTIFY, about, outbox.TTL_MS))
    return planned


def plan_ready(event: DossierReady, db: Reader) -> list[Planned]:
    """Return the message that the result is ready."""
    return _plan(db, READY, event.dossier)


def plan_supplement(event: DossierSupplementAsked, db: Reader) -> list[Planned]:
    """Return the message that papers are missing."""
    return _plan(db, SUPPLEMENT, event.dossier)


def plan_extension(event: DossierExtended, db: Reader) -> list[Planned]:
    """Return the message that a new day is promised."""
    return _plan(db, EXTENDED, event.dossier)


def install(desk: Desk) -> None:
    """Plan messages to applicants."""
    desk.plan(DossierReady, plan_ready)
    desk.plan(DossierSupplementAsked, plan_supplement)
    desk.plan(DossierExtended, plan_extension)


def write_message(
    db: Reader, folder: Path, settings: Settings, job: DeviceJob, key: str, now: datetime
) -> NoticeMessage:
    """Return the message about a dossier, an e-mail in both languages or one to a browser in its own.

    Raises `NoticeError`.

    Its code is `notices.off` while dossiers are off and `notices.past` where it is true no more.
    It is `dossiers.key` without the key, and `notices.no_address` where no address was left or it is erased.
    """
    kind = str(job.payload.get("about"))
    dossier = dossiers.find_dossier(db, str(job.payload.get(DOSSIER)))
    if not settings.dossiers.is_on:
        raise NoticeError("notices.off", permanent=True)
    if dossier is None or kind not in SUBJECTS or not _is_true(kind, dossier):
        raise NoticeError("notices.past", permanent=True)
    vault = vaults.find_vault(db, folder)
    if vault is None:
        raise NoticeError("dossiers.key")
    if isinstance(number := job.payload.get(BROWSER), int):
        return _write_push(db, settings, dossier, pushes.find_push(db, vault, number), (kind, key, now))
    applicant = secrets.find_applicant(db, vault, dossier.code)
    if applicant is None or not applicant.email:
        raise NoReceiverError
    code = dossier.provincial_code or dossier.code
    texts = ["\n\n".join(_list_lines(db, settings, dossier, kind, language)) for language in ("vi", "en")]
    return NoticeMessage(
        key=key,
        kind=kind,
        at=int(now.timestamp()),
        language="vi",
        subject=translate_into_each(SUBJECTS[kind], {"code": code})["vi"],
        text="\n\n".join([texts[0], "* * *", texts[1], write_sign_off(settings)]) + "\n",
        email=applicant.email,
    )


def _write_push(
    db: Reader, settings: Settings, dossier: Dossier, push: DossierPush | None, about: tuple[str, str, datetime]
) -> NoticeMessage:
    """Return the message to a browser. Raises `NoticeError("push.gone")` where it is told no more."""
    if push is None:
        raise NoticeError("push.gone", permanent=True)
    kind, key, now = about
    language = push.language if push.language in LANGUAGES else "vi"
    token = lookups.find_token(db, dossier.code)
    return NoticeMessage(
        key=key,
        kind=kind,
        at=int(now.timestamp()),
        language=language,
        subject=translate_into_each(SUBJECTS[kind], {"code": dossier.provincial_code or dossier.code})[language],
        text=next(_list_lines(db, settings, dossier, kind, language)),
        path=f"/d/{token}" if token else "/d",
    )


def _is_true(kind: str, dossier: Dossier) -> bool:
    if kind == READY:
        return dossier.state is DossierState.READY
    if kind == SUPPLEMENT:
        return dossier.state is DossierState.SUPPLEMENT
    return dossier.due_on is not None and dossier.state is not DossierState.READY and not dossier.state.is_over


def _list_lines(db: Reader, settings: Settings, dossier: Dossier, kind: str, language: str) -> Iterator[str]:
    def say(message: str, **params: object) -> str:
        return translate_into_each(message, params)[language]

    yield say(
        BEGINNINGS[kind],
        code=dossier.provincial_code or dossier.code,
        place=settings.unit.centre or settings.unit.name,
        hour=settings.dossiers.results_until,
        day=f"{date.fromisoformat(dossier.due_on):%d/%m/%Y}" if dossier.due_on else "",
    )
    base = "" if is_hall_only(settings.web.base_url) else settings.web.base_url
    if base:
        token = lookups.find_token(db, dossier.code)
        yield say(LINK, url=f"{base}/d/{token}" if token else f"{base}/d")
    yield say(WRONG)
