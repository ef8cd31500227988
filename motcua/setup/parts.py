"""The parts of the settings file in their order: the sections of the settings, and the hall's groups, services and
counters.
"""

from dataclasses import fields
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from motcua.settings.fields import SectionPart
from motcua.settings.model import Settings
from motcua.settings.values import Choices

HALL = {
    "groups": SectionPart("Nhóm dịch vụ: ô trên ki-ốt và chữ cái của số thứ tự"),
    "services": SectionPart("Dịch vụ và mã thủ tục hành chính"),
    "counters": SectionPart(
        "Quầy và dịch vụ quầy đó nhận; prefer: gọi trước, must: chỉ gọi ở đây, hours: giờ có người (để "
        "trống: theo giờ mở cửa)"
    ),
}
"""What a ward sets up beside the settings. They stand in the middle of the file, after `priorities`."""


def list_declared(section: type) -> dict[str, tuple[Any, tuple[Any, ...]]]:
    """Return for each field of a section its plain type and all that is declared beside it, in the file's order."""
    hints = get_type_hints(section, include_extras=True)
    return {field.name: _split(hints[field.name]) for field in fields(section)}


def _split(hint: Any) -> tuple[Any, tuple[Any, ...]]:
    kind, *more = get_args(hint) if get_origin(hint) is Annotated else (hint,)
    return kind, tuple(more)


def _section(kind: Any) -> type[Any]:
    """Return the class of a section; a list of tables is one too."""
    section: type[Any] = get_args(kind)[0] if get_origin(kind) is tuple else kind
    return section


CLASSES = {name: _section(kind) for name, (kind, _more) in list_declared(Settings).items()}
"""The class of each section, by its name in the file."""
SECTIONS: dict[str, SectionPart] = {name: section.part for name, section in CLASSES.items()}
"""The sections of the settings, by their names in the file."""


CHOICE_LISTS = tuple(
    (part, name)
    for part, section in CLASSES.items()
    for name, (kind, _more) in list_declared(section).items()
    if kind == get_args(Choices)[0]
)
"""The settings that are lists of choices, by section and name: in each, a code stands once."""


def _in_order() -> dict[str, SectionPart]:
    names = list(SECTIONS)
    after = names.index("priorities") + 1
    return {name: {**SECTIONS, **HALL}[name] for name in (*names[:after], *HALL, *names[after:])}


PARTS = _in_order()
"""Every part of the file but its version, in the file's order."""
