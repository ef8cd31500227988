"""Those whom the settings name get each monthly report by e-mail: planned with the event, written when it is sent."""

import hashlib
from collections.abc import Iterator
from datetime import datetime

from motcua.desk import Desk, DeviceJob, Planned, Reader, get_zone, outbox, parse
from motcua.desk.messages import mark, translate_into_each
from motcua.filing import store
from motcua.filing.events import ReportFiled
from motcua.filing.model import FiledReport
from motcua.notify.message import Attachment, NoticeError, NoticeMessage
from motcua.reports.kinds import REPORTS
from motcua.settings import store as settings_store
from motcua.settings.base_address import is_hall_only
from motcua.settings.model import Settings
from motcua.wiring.letters import write_sign_off
from motcua.wiring.ways import EMAIL

FILING, TO = "filing", "to"
TTL_MS = 7 * 24 * 3600 * 1000
"""A report of a month may wait longer than other messages for a mail server that is off."""
SUBJECT = mark("%(title)s, month %(month)s: %(unit)s")
BEGINNING = mark("The report “%(title)s” of month %(month)s is attached as a PDF.")
NO_FIGURES = mark("It has no figures: there was nothing to count in this month.")
MADE = mark("It was made at %(time)s on %(date)s. The desk has the same file; its SHA-256 is %(digest)s.")
LINK = mark("All monthly reports: %(url)s")


def plan_mails(event: ReportFiled, db: Reader) -> list[Planned]:
    """Return a message to each receiver. A job holds no address: only by the settings can it be found."""
    settings = settings_store.get_settings(db)
    if not settings.notices.smtp_host:
        return []
    names = dict.fromkeys(_name_receiver(event.digest, address) for address in settings.monthly.receivers)
    return [
        Planned(EMAIL, outbox.NOTIFY, {"about": event.kind, FILING: event.filing, TO: name}, TTL_MS) for name in names
    ]


def install(desk: Desk) -> None:
    """Plan the messages about monthly reports."""
    desk.plan(ReportFiled, plan_mails)


def _name_receiver(salt: str, address: str) -> str:
    return hashlib.sha256(f"{salt}\n{address.lower()}".encode()).hexdigest()[:16]


def write_message(db: Reader, settings: Settings, job: DeviceJob, key: str, now: datetime) -> NoticeMessage:
    """Return the message with the report. Raises `NoticeError("notices.erased")` without its file or its receiver."""
    number = job.payload.get(FILING)
    filed = store.find(db, number) if isinstance(number, int) else None
    content = store.find_content(db, filed.id) if filed is not None else None
    if filed is None or content is None:
        raise NoticeError("notices.erased", permanent=True)
    to = job.payload.get(TO)
    address = next((item for item in settings.monthly.receivers if _name_receiver(filed.digest, item) == to), "")
    if not address:
        raise NoticeError("notices.erased", permanent=True)
    words = {"title": find_title(filed.report)[filed.language], "month": write_month(filed.month)}
    return NoticeMessage(
        key=key,
        kind=ReportFiled.kind,
        at=int(now.timestamp()),
        language=filed.language,
        subject=_say(filed, SUBJECT, **words, unit=settings.unit.name),
        text="\n\n".join([*_list_lines(settings, filed, words), write_sign_off(settings)]) + "\n",
        email=address,
        attachments=(Attachment(name_file(filed), "application/pdf", content),),
    )


def _list_lines(settings: Settings, filed: FiledReport, words: dict[str, str]) -> Iterator[str]:
    local = parse(filed.made_at).astimezone(get_zone(settings.timezone))
    yield _say(filed, BEGINNING, **words)
    if not filed.has_figures:
        yield _say(filed, NO_FIGURES)
    yield _say(filed, MADE, time=f"{local:%H:%M}", date=f"{local:%d/%m/%Y}", digest=filed.digest)
    base = "" if is_hall_only(settings.web.base_url) else settings.web.base_url
    if base:
        yield _say(filed, LINK, url=f"{base}/leaders/reports/monthly")


def _say(filed: FiledReport, message: str, **params: object) -> str:
    return translate_into_each(message, params)[filed.language]


def find_title(report_id: str) -> dict[str, str]:
    """Return a report's title in both languages; its id where the program has it no more."""
    title = next((report.title for report in REPORTS if report.id == report_id), report_id)
    return dict(translate_into_each(title))


def write_month(month: str) -> str:
    """Return a month like 2026-10 as people write it, 10/2026."""
    return f"{month[5:7]}/{month[:4]}"


def name_file(filed: FiledReport) -> str:
    """Return the name under which a stored report is sent and downloaded."""
    return f"{filed.report}-{filed.month}.pdf"
