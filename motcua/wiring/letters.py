"""What people who booked are told outside the hall, in their language."""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from motcua.alerts.kinds import AlertKind
from motcua.bookings.model import Booking
from motcua.catalogue.model import Service
from motcua.desk import get_zone, parse
from motcua.desk.messages import get_translations, mark
from motcua.notify.message import NoticeMessage
from motcua.settings.base_address import is_hall_only
from motcua.settings.model import Settings

TEST = "notices.test"
SUBJECTS = {
    "booking.made": mark("Your booking: %(time)s on %(date)s"),
    "booking.cancelled": mark("Your booking at %(time)s on %(date)s is cancelled"),
    "booking.released": mark("The desk cannot keep your booking at %(time)s on %(date)s"),
}
BEGINNINGS = {
    "booking.made": mark("You have booked %(time)s on %(date)s for: %(service)s."),
    "booking.cancelled": mark(
        "Your booking for %(time)s on %(date)s (%(service)s) is cancelled. You need do nothing more."
    ),
    "booking.released": mark(
        "The desk ended its day before %(time)s on %(date)s, so it cannot keep your booking (%(service)s). We "
        "are sorry."
        " Please book another time, or come on a working day and take a number."
    ),
}
CODE = mark("Your code: %(code)s")
HOW = mark(
    "When you come, show or type this code at the kiosk; you get a number and are called from the booked time on."
)
LATE = mark("People who check in more than %(minutes)s minutes late get an ordinary number.")
LINK = mark("To look at it or to cancel it: %(url)s")
NO_LINK = mark("If you cannot come, please cancel it on the page on which you booked, so that somebody else may come.")
ALERT_SUBJECT = mark("%(label)s: %(unit)s")
ALERT_TIME = mark("At %(time)s on %(date)s.")
ALERT_MORE = mark("More: %(url)s")
TEST_SUBJECT = mark("Test message from %(unit)s")
TEST_TEXT = mark("Messages of this desk arrive here. Nothing needs to be done.")


class Letter(Struct, frozen=True):
    """What somebody reads: a subject and a text."""

    subject: str
    text: str


def _translate(language: str, message: str, /, **params: object) -> str:
    sentence = get_translations(language).gettext(message)
    return sentence % params if params else sentence


def write_letter(
    kind: str, booking: Booking, service: Service | None, settings: Settings, key: str, at: int
) -> NoticeMessage:
    """Return what to tell the citizen who made `booking`; `kind` is one of `SUBJECTS`."""
    language = booking.language
    name = service.name[0 if language == "vi" else 1] or service.name[0] if service else booking.service
    local = parse(booking.slot_at).astimezone(get_zone(settings.timezone))
    when = {"time": f"{local:%H:%M}", "date": f"{local:%d/%m/%Y}"}
    lines = [_translate(language, BEGINNINGS[kind], service=name, **when)]
    if kind == "booking.made":
        base = "" if is_hall_only(settings.web.base_url) else settings.web.base_url
        last = _translate(language, LINK, url=f"{base}/b/{booking.code}") if base else _translate(language, NO_LINK)
        late = _translate(language, LATE, minutes=settings.appointments.grace_min)
        lines += [_translate(language, CODE, code=booking.code), f"{_translate(language, HOW)} {late}", last]
    return NoticeMessage(
        key=key,
        kind=kind,
        at=at,
        language=language,
        subject=_translate(language, SUBJECTS[kind], **when),
        text="\n\n".join([*lines, write_sign_off(settings)]) + "\n",
        email=booking.email,
        phone=booking.phone,
        about={
            "booking": booking.id,
            "code": booking.code,
            "service": booking.service,
            "service_name": name,
            "slot_at": local.isoformat(timespec="seconds"),
        },
    )


def write_alert(
    kind: AlertKind, params: Mapping[str, object], settings: Settings, language: str, local: datetime
) -> Letter:
    """Return what those are told who are to know of an alert that was raised at the local time `local`."""
    base = "" if is_hall_only(settings.web.base_url) else settings.web.base_url
    sentence = get_translations(language).gettext(kind.message) % dict(params)
    lines = [sentence, _translate(language, ALERT_TIME, time=f"{local:%H:%M}", date=f"{local:%d/%m/%Y}")]
    if base:
        lines.append(_translate(language, ALERT_MORE, url=f"{base}/leaders/alerts"))
    label = get_translations(language).gettext(kind.label)
    subject = _translate(language, ALERT_SUBJECT, label=label, unit=settings.unit.name)
    return Letter(subject, "\n".join(lines) + "\n")


def write_trial(settings: Settings, language: str, email: str, key: str, at: int) -> NoticeMessage:
    """Return a message that only shows that messages arrive."""
    text = "\n\n".join([_translate(language, TEST_TEXT), write_sign_off(settings)]) + "\n"
    subject = _translate(language, TEST_SUBJECT, unit=settings.unit.name)
    return NoticeMessage(key=key, kind=TEST, at=at, language=language, subject=subject, text=text, email=email)


def write_sign_off(settings: Settings) -> str:
    """Return the last lines of a letter: who writes, and where they are."""
    unit = settings.unit
    return "\n".join(line for line in (unit.centre, unit.name, unit.address, unit.phone) if line)
