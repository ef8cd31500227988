"""Who handed papers in at a kiosk is told by e-mail or in a browser when they were taken in, or not.

Planned with the event, as for dossiers: whether there is an address is seen when the message is sent.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from motcua.desk import Desk, DeviceJob, Json, Planned, Reader, outbox
from motcua.desk.messages import LANGUAGES, mark, translate_into_each
from motcua.desk.vault import Vault
from motcua.dossiers.dropoffs import store
from motcua.dossiers.dropoffs.content import read_content
from motcua.dossiers.dropoffs.events import DropOffSentBack
from motcua.dossiers.dropoffs.model import DropOff, DropOffState
from motcua.dossiers.dropoffs.rules import write_dropoff_code
from motcua.dossiers.events import DossierLodged
from motcua.dossiers.model.applicant import Applicant
from motcua.dossiers.model.dossier import Dossier, DossierState
from motcua.dossiers.rules.lookup import has_factor
from motcua.dossiers.store import dossiers, lookups, pushes, secrets, vaults
from motcua.notify.message import NoticeError, NoticeMessage
from motcua.settings import store as settings_store
from motcua.settings.base_address import is_hall_only
from motcua.settings.model import Settings
from motcua.wiring.dossier_notices import LINK, WRONG, NoReceiverError
from motcua.wiring.letters import write_sign_off
from motcua.wiring.ways import BROWSER, EMAIL, PUSH

DROPOFF = "dropoff"
SENT_BACK, TAKEN_IN = DropOffSentBack.kind, "dropoff.taken_in"
LACKING, REFUSED = "lacking", "refused"
"""How a drop-off can have been taken in besides: papers are missing, or it is refused at once."""
SUBJECTS = {
    SENT_BACK: mark("What you handed in at the kiosk (%(dropoff)s) was not taken in"),
    TAKEN_IN: mark("What you handed in at the kiosk (%(dropoff)s) was taken in"),
    LACKING: mark("Papers are missing in what you handed in at the kiosk (%(dropoff)s)"),
    REFUSED: mark("What you handed in at the kiosk (%(dropoff)s) was refused"),
}
BEGINNINGS = {
    SENT_BACK: mark(
        "What you handed in at the kiosk under the code %(dropoff)s was not taken in. Please bring the papers"
        " themselves and your ID card to %(place)s while the hall is open."
    ),
    TAKEN_IN: mark(
        "What you handed in at the kiosk under the code %(dropoff)s was taken in. It is dossier %(code)s now. When you"
        " fetch the result, bring your ID card, and the papers themselves if they are not with us yet."
    ),
    LACKING: mark(
        "What you handed in at the kiosk under the code %(dropoff)s is dossier %(code)s now, but papers are missing."
        " Please bring what is missing, and your ID card, to %(place)s while the hall is open. The time for settling it"
        " begins when everything is there."
    ),
    REFUSED: mark(
        "What you handed in at the kiosk under the code %(dropoff)s is dossier %(code)s now and was refused. The letter"
        " that you get from us says why."
    ),
}
DAY = mark("The result is promised by %(hour)s on %(day)s.")
ASK = mark("Ask us by telephone: %(phone)s.")


@dataclass(frozen=True)
class DropOffNews:
    """What there is to tell: which message, of which drop-off, and the dossier that it became."""

    kind: str
    dropoff: DropOff
    dossier: Dossier | None
    applicant: Applicant | None = field(repr=False)


def _plan(db: Reader, about: dict[str, Json], code: str) -> list[Planned]:
    """Return the messages: an e-mail, and one to each browser of the drop-off or dossier `code`."""
    planned = [
        Planned(PUSH, outbox.NOTIFY, {**about, BROWSER: number}, outbox.TTL_MS)
        for number in pushes.list_push_numbers(db, code)
    ]
    if settings_store.get_settings(db).notices.smtp_host:
        planned.insert(0, Planned(EMAIL, outbox.NOTIFY, about, outbox.TTL_MS))
    return planned


def plan_sent_back(event: DropOffSentBack, db: Reader) -> list[Planned]:
    """Return the messages that it was not taken in."""
    return _plan(db, {"about": SENT_BACK, DROPOFF: event.dropoff}, event.dropoff)


def plan_taken_in(event: DossierLodged, db: Reader) -> list[Planned]:
    """Return the messages that it became a dossier; nothing for a dossier that came otherwise."""
    if event.dropoff is None:
        return []
    return _plan(db, {"about": TAKEN_IN, DROPOFF: event.dropoff}, event.dossier)


def install(desk: Desk) -> None:
    """Plan the messages."""
    desk.plan(DropOffSentBack, plan_sent_back)
    desk.plan(DossierLodged, plan_taken_in)


def write_message(
    db: Reader, folder: Path, settings: Settings, job: DeviceJob, key: str, now: datetime
) -> NoticeMessage:
    """Return the message, an e-mail in both languages or one to a browser in its own.

    Raises `NoticeError` with the codes of a message about a dossier.
    """
    dropoff = store.find_dropoff(db, str(job.payload.get(DROPOFF)))
    if not settings.dossiers.is_on:
        raise NoticeError("notices.off", permanent=True)
    if dropoff is None:
        raise NoticeError("notices.past", permanent=True)
    vault = vaults.find_vault(db, folder)
    if vault is None:
        raise NoticeError("dossiers.key")
    news = _read_news(db, vault, dropoff, str(job.payload.get("about")))
    at = int(now.timestamp())
    if isinstance(number := job.payload.get(BROWSER), int):
        push = pushes.find_push(db, vault, number)
        if push is None:
            raise NoticeError("push.gone", permanent=True)
        language = push.language if push.language in LANGUAGES else "vi"
        subject, text = _write_subject(news, language), _list_lines(db, settings, news, language)[0]
        return NoticeMessage(key, news.kind, at, language, subject, text, path=f"/d/{_find_token(db, news)}")
    if news.applicant is None or not news.applicant.email:
        raise NoReceiverError
    texts = ["\n\n".join(_list_lines(db, settings, news, language)) for language in ("vi", "en")]
    text = "\n\n".join([texts[0], "* * *", texts[1], write_sign_off(settings)]) + "\n"
    subject = _write_subject(news, "vi")
    return NoticeMessage(key, news.kind, at, "vi", subject, text, email=news.applicant.email)


def _read_news(db: Reader, vault: Vault, dropoff: DropOff, about: str) -> DropOffNews:
    """Return what is still true of `about`. Raises `NoticeError("notices.past")` where nothing is."""
    if about == SENT_BACK and dropoff.state is DropOffState.SENT_BACK:
        return DropOffNews(SENT_BACK, dropoff, None, read_content(db, vault, dropoff).applicant)
    dossier = dossiers.find_dossier(db, dropoff.dossier) if dropoff.dossier else None
    is_past = dossier is None or (dossier.state.is_over and dossier.state is not DossierState.REFUSED)
    if about != TAKEN_IN or dossier is None or is_past:
        raise NoticeError("notices.past", permanent=True)
    kinds = {DossierState.SUPPLEMENT: LACKING, DossierState.REFUSED: REFUSED}
    applicant = secrets.find_applicant(db, vault, dossier.code)
    return DropOffNews(kinds.get(dossier.state, TAKEN_IN), dropoff, dossier, applicant)


def _find_token(db: Reader, news: DropOffNews) -> str:
    """Return the end of the address that shows it: the dossier's own, once it is one."""
    token = lookups.find_token(db, news.dossier.code) if news.dossier else None
    return token or news.dropoff.token


def _describe_codes(news: DropOffNews) -> dict[str, object]:
    dossier = news.dossier
    code = (dossier.provincial_code or dossier.code) if dossier else ""
    return {"dropoff": write_dropoff_code(news.dropoff.code), "code": code}


def _write_subject(news: DropOffNews, language: str) -> str:
    return translate_into_each(SUBJECTS[news.kind], _describe_codes(news))[language]


def _list_lines(db: Reader, settings: Settings, news: DropOffNews, language: str) -> list[str]:
    def say(message: str, **params: object) -> str:
        return translate_into_each(message, params)[language]

    lines = [
        say(BEGINNINGS[news.kind], place=settings.unit.centre or settings.unit.name, **_describe_codes(news)),
    ]
    dossier = news.dossier
    if news.kind == TAKEN_IN and dossier is not None and dossier.due_on:
        lines.append(say(DAY, hour=dossier.due_at, day=f"{date.fromisoformat(dossier.due_on):%d/%m/%Y}"))
    base = "" if is_hall_only(settings.web.base_url) else settings.web.base_url
    phone = settings.dossiers.phone or settings.unit.phone
    if base and news.applicant is not None and has_factor(news.applicant):
        lines.append(say(LINK, url=f"{base}/d/{_find_token(db, news)}"))
    elif phone:
        lines.append(say(ASK, phone=phone))
    return [*lines, say(WRONG)]
