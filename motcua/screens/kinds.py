"""The table of device kinds as a page needs it: words in the reader's language, icons, what can be learnt or tested."""

from typing import Any

from motcua.devices.kinds import KINDS, Kind
from motcua.web.language import translate


def list_kinds() -> list[dict[str, Any]]:
    """Return the kinds that agents drive, in the order of the table."""
    return [_shape(kind) for kind in KINDS if kind.connections]


def _shape(kind: Kind) -> dict[str, Any]:
    return {
        "name": kind.name,
        "label": translate(kind.label),
        "icon": kind.icon,
        "default_name": kind.default_name,
        "place": kind.place,
        "tested": translate(kind.tested),
        "test_payload": dict(kind.test_payload),
        "profile_name": kind.profile_name,
        "has_region": kind.has_region,
        "connections": [{"name": item.name, "label": translate(item.label)} for item in kind.connections],
    }
