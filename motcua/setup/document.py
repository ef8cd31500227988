"""The settings as one value and as one plain document: read with every mistake named, written so that it reads back the same."""

import re
from collections.abc import Callable
from dataclasses import asdict, dataclass

from pydantic import ValidationError

from motcua.catalogue.model import Group, Service
from motcua.counters.model import Counter
from motcua.settings import rules
from motcua.settings.model import (
    CALL_PRIORITY,
    CALL_RECALL,
    CALL_SEAT,
    CALL_TRANSFER,
    Appointments,
    Bilingual,
    Choice,
    DayOff,
    Notices,
    Priority,
    QueueRules,
    RatingRules,
    Session,
    Settings,
    StaffRules,
    Unit,
    Voice,
    Waits,
    Web,
    WorkingDay,
)
from motcua.setup import checks, starvation
from motcua.setup.checks import Plain
from motcua.setup.mistakes import Mistake, Mistakes, mistake, of_schema, shown
from motcua.setup.reading import parse, renamed
from motcua.setup.shape import ChoiceShape, FileShape
from motcua.setup.values import WEEKDAYS, clock, minutes, session
from motcua.setup.writing import toml

VERSION = 1
MIGRATIONS: dict[int, Callable[[Plain], Plain]] = {}
"""For each older version, what turns its plain document into one of the next version."""

TEXTS: dict[str, Bilingual] = {
    "call": ("", ""),
    "call_priority": CALL_PRIORITY,
    "call_recall": CALL_RECALL,
    "call_transfer": CALL_TRANSFER,
    "call_seat": CALL_SEAT,
    "ticket_footer": ("", ""),
}
"""The texts of a ward in the file's order; a desk set up before one was known has its default."""


@dataclass(frozen=True)
class Document:
    """Everything a ward sets up. `counters` are by number and carry label and services only."""

    settings: Settings
    groups: list[Group]
    services: list[Service]
    counters: list[Counter]


def read(text: str) -> Document:
    """Return the document of a TOML file. Raises `Mistakes` with all of them: `line 3, column 5` for what is no TOML."""
    return build(parse(text))


def build(raw: Plain) -> Document:
    """Return the document of plain values in the file's shape. Raises `Mistakes` with all of them."""
    raw, wrong = _of_version(raw)
    body = renamed({key: value for key, value in raw.items() if key != "version"})
    try:
        shape = FileShape.model_validate(body)
    except ValidationError as error:
        shape = None
        wrong += [of_schema(item) for item in error.errors(include_url=False)]
    wrong += checks.every(body)
    if shape is not None and not wrong:
        wrong += starvation.mistakes(shape)
    if wrong or shape is None:
        raise Mistakes("settings.mistakes", "The settings have %(count)s mistakes, the first at %(first)s.", sorted(wrong, key=_order))
    return _document(shape)


def restored(raw: Plain) -> Document:
    """Return the document that `plain` made `raw` of. It is not checked again."""
    return _document(FileShape.model_validate({key: value for key, value in raw.items() if key != "version"}))


def _order(wrong: Mistake) -> tuple[int, list[int]]:
    """Sort key: the part of the file, then the index in its lists."""
    part = re.split(r"[.\[]", wrong.place, maxsplit=1)[0]
    parts = ["version", *FileShape.model_fields]
    return parts.index(part) if part in parts else len(parts), [int(index) for index in re.findall(r"\[(\d+)\]", wrong.place)]


def _of_version(raw: Plain) -> tuple[Plain, list[Mistake]]:
    version = raw.get("version")
    if version is None:
        return raw, [mistake("version", "value.missing", "This is missing.")]
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        return raw, [mistake("version", "version.wrong", "%(version)s is not a version of the settings file.", version=shown(version))]
    if version > VERSION:
        newer = mistake(
            "version",
            "version.newer",
            "This file was written by a newer motcua (version %(version)s of the file, this one knows %(known)s). Update motcua first.",
            version=version,
            known=VERSION,
        )
        raise Mistakes("settings.newer", "The settings file needs a newer motcua.", [newer])
    for older in range(version, VERSION):
        raw = MIGRATIONS[older](raw)
    return raw, []


def _sessions(texts: list[str]) -> tuple[Session, ...]:
    return tuple(Session(*found) for text in texts if (found := session(text)))


def _choices(found: list[ChoiceShape]) -> tuple[Choice, ...]:
    return tuple(Choice(item.code, (item.vi, item.en)) for item in found)


def _document(shape: FileShape) -> Document:
    queue, texts = shape.queue, shape.texts
    settings = Settings(
        unit=Unit(**shape.unit.model_dump()),
        timezone=shape.day.timezone,
        close_after_min=shape.day.close_after_min,
        latest_min=minutes(shape.day.latest),
        week=tuple(_sessions(getattr(shape.hours, day)) for day in WEEKDAYS),
        days_off=tuple(DayOff(item.date, item.name, item.source) for item in shape.days_off),
        working_days=tuple(WorkingDay(item.date, _sessions(item.hours), item.name, item.source) for item in shape.working_days),
        queue=QueueRules(
            queue.guard_calls,
            queue.guard_wait_min,
            queue.absent_grace_min,
            queue.undo_s,
            _choices(queue.hold_reasons),
            _choices(queue.pause_reasons),
            _choices(queue.call_reasons),
            queue.absent_recalls,
            queue.absent_returns,
            queue.returned_first,
            queue.transfer_keeps_place,
            queue.transfer_binds,
        ),
        priorities=tuple(
            Priority(item.code, item.rank, (item.label.vi, item.label.en), item.basis, item.valid_from) for item in shape.priorities
        ),
        rating=RatingRules(shape.rating.window_s, shape.rating.qr_days, _choices(shape.rating.reasons)),
        paper=shape.printing.paper,
        texts={name: (getattr(texts, name).vi, getattr(texts, name).en) for name in type(texts).model_fields},
        priority_days=shape.retention.priority_days,
        text_days=shape.retention.text_days,
        booking_days=shape.retention.booking_days,
        seats=tuple(shape.seats.labels),
        appointments=Appointments(**shape.appointments.model_dump()),
        web=Web(shape.web.base_url, shape.web.connections),
        notices=Notices(**shape.notices.model_dump()),
        staff=StaffRules(**shape.staff.model_dump()),
        waits=Waits(**shape.waits.model_dump()),
        voice=Voice(**shape.voice.model_dump()),
        ticket_layout=shape.printing.layout,
        paper_mm=shape.printing.paper_mm,
    )
    groups = [Group(item.letter, (item.name.vi, item.name.en), (item.hint.vi, item.hint.en)) for item in shape.groups]
    services = [
        Service(
            item.code,
            item.group,
            (item.name.vi, item.name.en),
            tuple(item.procedures),
            (item.quota.morning, item.quota.afternoon),
            item.at_seat,
            item.bookable,
        )
        for item in shape.services
    ]
    counters = [
        Counter(
            item.number,
            item.label,
            tuple(item.services),
            prefer=tuple(item.prefer),
            must=tuple(item.must),
            hours=tuple((found.start_min, found.end_min) for found in _sessions(item.hours)),
        )
        for item in sorted(shape.counters, key=lambda item: item.number)
    ]
    return Document(settings, groups, services, counters)


def _both(pair: Bilingual) -> Plain:
    return {"vi": pair[0], "en": pair[1]}


def _listed(found: tuple[Choice, ...]) -> list[Plain]:
    return [{"code": item.code, **_both(item.label)} for item in found]


def _hours(found: tuple[Session, ...]) -> list[str]:
    return [f"{clock(item.start_min)}-{clock(item.end_min)}" for item in found]


def plain(document: Document) -> Plain:
    """Return the document as plain values in the file's shape and order; `build` gives the document back."""
    settings = document.settings
    unit, queue, rating = settings.unit, settings.queue, settings.rating
    return {
        "version": VERSION,
        "unit": {"name": unit.name, "centre": unit.centre, "address": unit.address, "phone": unit.phone},
        "day": {"timezone": settings.timezone, "close_after_min": settings.close_after_min, "latest": clock(settings.latest_min)},
        "hours": {day: _hours(found) for day, found in zip(WEEKDAYS, settings.week, strict=True)},
        "days_off": [{"date": item.date, "name": item.name, "source": item.source} for item in settings.days_off],
        "working_days": [
            {"date": item.date, "hours": _hours(item.sessions), "name": item.name, "source": item.source} for item in settings.working_days
        ],
        "queue": {
            "guard_calls": queue.guard_calls,
            "guard_wait_min": queue.guard_wait_min,
            "absent_grace_min": queue.absent_grace_min,
            "absent_recalls": queue.absent_recalls,
            "absent_returns": queue.absent_returns,
            "returned_first": queue.returned_first,
            "transfer_keeps_place": queue.transfer_keeps_place,
            "transfer_binds": queue.transfer_binds,
            "undo_s": queue.undo_s,
            "hold_reasons": _listed(queue.hold_reasons),
            "pause_reasons": _listed(queue.pause_reasons),
            "call_reasons": _listed(queue.call_reasons),
        },
        "priorities": [
            {"code": item.code, "rank": item.rank, "label": _both(item.label), "basis": item.basis, "valid_from": item.valid_from}
            for item in settings.priorities
        ],
        "groups": [{"letter": item.letter, "name": _both(item.name), "hint": _both(item.hint)} for item in document.groups],
        "services": [
            {
                "code": item.code,
                "group": item.group,
                "name": _both(item.name),
                "procedures": list(item.procedures),
                "quota": {"morning": item.quota[0], "afternoon": item.quota[1]},
                "at_seat": item.at_seat,
                "bookable": item.bookable,
            }
            for item in document.services
        ],
        "counters": [
            {
                "number": item.number,
                "label": item.label,
                "services": list(item.services),
                "prefer": list(item.prefer),
                "must": list(item.must),
                "hours": _hours(tuple(Session(*pair) for pair in item.hours)),
            }
            for item in document.counters
        ],
        "seats": {"labels": list(settings.seats)},
        "appointments": asdict(settings.appointments),
        "web": {"base_url": rules.find_base(settings.web.base_url), "connections": settings.web.connections},
        "notices": asdict(settings.notices),
        "staff": asdict(settings.staff),
        "waits": asdict(settings.waits),
        "rating": {"window_s": rating.window_s, "qr_days": rating.qr_days, "reasons": _listed(rating.reasons)},
        "voice": asdict(settings.voice),
        "printing": {"paper": settings.paper, "paper_mm": settings.paper_mm, "layout": settings.ticket_layout},
        "texts": {key: _both(settings.texts.get(key, default)) for key, default in TEXTS.items()},
        "retention": {"priority_days": settings.priority_days, "text_days": settings.text_days, "booking_days": settings.booking_days},
    }


def write(document: Document) -> str:
    """Return `document` as TOML in the template's shape, with short comments; `read` gives it back."""
    return toml(plain(document))
