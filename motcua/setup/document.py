"""The settings as one value and as one plain document: read with every mistake named, written so that it reads back
the same.
"""

import re
from collections.abc import Callable, Collection, Sequence
from functools import cache

from msgspec import Struct
from pydantic import TypeAdapter, ValidationError

from motcua.catalogue.model import Group, Service
from motcua.counters.model import Counter
from motcua.settings.model import Bilingual, Session, Settings
from motcua.settings.values import write_session
from motcua.setup import checks, index_choices, receivers
from motcua.setup.mistakes import Mistake, Mistakes, get_part, make_mistake, shorten_value, translate_schema_mistake
from motcua.setup.parts import HALL, PARTS, SECTIONS
from motcua.setup.raw import Plain
from motcua.setup.reading import parse, rename_old
from motcua.setup.shape import HallShape

VERSION = 1
MIGRATIONS: dict[int, Callable[[Plain], Plain]] = {}
"""For each older version, what turns its plain document into one of the next version."""


class Document(Struct, frozen=True):
    """Everything a ward sets up. `counters` are by number and carry label and services only."""

    settings: Settings
    groups: list[Group]
    services: list[Service]
    counters: list[Counter]


def read(text: str, added: Collection[str] = ()) -> Document:
    """Return the document of a TOML file. `added` as in `checks.list_mistakes`.

    Raises `Mistakes` with all of them: `line 3, column 5` for what is no TOML.
    """
    return build(parse(text), added)


def build(raw: Plain, added: Collection[str] = (), standing: Sequence[Mistake] = ()) -> Document:
    """Return the document of plain values in the file's shape. Raises `Mistakes` with all of them but `standing`."""
    raw, wrong = _of_version(raw)
    body = rename_old({key: value for key, value in raw.items() if key != "version"})
    wrong += [
        make_mistake(name, "value.missing", "This is missing.")
        for name, part in SECTIONS.items()
        if part.is_required and name not in body
    ]
    settings, hall = _settings(body, wrong), _hall(body, wrong)
    wrong += [item for item in list_unfit(body, added) if item not in standing]
    if settings is not None and hall is not None and not wrong:
        from motcua.setup import starvation

        wrong += starvation.list_mistakes(settings, hall)
    if wrong or settings is None or hall is None:
        raise Mistakes(
            "settings.mistakes",
            "The settings have %(count)s mistakes, the first at %(first)s.",
            sorted(wrong, key=_order),
        )
    return _document(settings, hall)


def list_unfit(raw: Plain, added: Collection[str] = ()) -> list[Mistake]:
    """Return what does not fit together in plain values, whatever their types."""
    return [*checks.list_mistakes(raw, added), *receivers.list_mistakes(raw), *index_choices.list_mistakes(raw)]


def rebuild(raw: Plain) -> Document:
    """Return the document that `plain` made `raw` of. It is not checked again."""
    return _document(_make_adapter().validate_python(_sections(raw)), HallShape.model_validate(_hall_parts(raw)))


def _sections(body: Plain) -> Plain:
    return {key: value for key, value in body.items() if key not in HALL and key != "version"}


def _hall_parts(body: Plain) -> Plain:
    return {key: value for key, value in body.items() if key in HALL}


@cache
def _make_adapter() -> TypeAdapter[Settings]:
    return TypeAdapter(Settings)


def _settings(body: Plain, wrong: list[Mistake]) -> Settings | None:
    """Return the settings in `body`; what is wrong in them is added to `wrong`."""
    try:
        return _make_adapter().validate_python(_sections(body))
    except ValidationError as error:
        wrong += map(translate_schema_mistake, error.errors(include_url=False))
        return None


def _hall(body: Plain, wrong: list[Mistake]) -> HallShape | None:
    """Return groups, services and counters in `body`; what is wrong in them is added to `wrong`."""
    try:
        return HallShape.model_validate(_hall_parts(body))
    except ValidationError as error:
        wrong += map(translate_schema_mistake, error.errors(include_url=False))
        return None


def _order(wrong: Mistake) -> tuple[int, list[int]]:
    """Sort key: the part of the file, then the index in its lists."""
    part = get_part(wrong.place)
    parts = ["version", *PARTS]
    return parts.index(part) if part in parts else len(parts), [
        int(index) for index in re.findall(r"\[(\d+)\]", wrong.place)
    ]


def _of_version(raw: Plain) -> tuple[Plain, list[Mistake]]:
    version = raw.get("version")
    if version is None:
        return raw, [make_mistake("version", "value.missing", "This is missing.")]
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        return raw, [
            make_mistake(
                "version",
                "version.wrong",
                "%(version)s is not a version of the settings file.",
                version=shorten_value(version),
            )
        ]
    if version > VERSION:
        newer = make_mistake(
            "version",
            "version.newer",
            "This file was written by a newer motcua (version %(version)s of the file, this one knows "
            "%(known)s). Update motcua first.",
            version=version,
            known=VERSION,
        )
        raise Mistakes("settings.newer", "The settings file needs a newer motcua.", [newer])
    for older in range(version, VERSION):
        raw = MIGRATIONS[older](raw)
    return raw, []


def _document(settings: Settings, shape: HallShape) -> Document:
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
            hours=tuple((session.start_min, session.end_min) for session in item.hours),
        )
        for item in sorted(shape.counters, key=lambda item: item.number)
    ]
    return Document(settings, groups, services, counters)


def _both(pair: Bilingual) -> Plain:
    return {"vi": pair[0], "en": pair[1]}


def to_plain(document: Document) -> Plain:
    """Return the document as plain values in the file's shape and order; `build` gives the document back."""
    parts = _make_adapter().dump_python(document.settings, mode="json", by_alias=True) | _plain_hall(document)
    return {"version": VERSION, **{name: parts[name] for name in PARTS}}


def _plain_hall(document: Document) -> Plain:
    return {
        "groups": [
            {"letter": item.letter, "name": _both(item.name), "hint": _both(item.hint)} for item in document.groups
        ],
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
                "hours": [write_session(Session(*pair)) for pair in item.hours],
            }
            for item in document.counters
        ],
    }


def write(document: Document) -> str:
    """Return `document` as TOML in the template's shape, with short comments; `read` gives it back."""

    from motcua.setup.writing import write_toml

    return write_toml(to_plain(document))
