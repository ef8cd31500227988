"""How pages and answers become JSON: Vietnamese letters as they are, plain values by their fields."""

from typing import Any

from flask.json.provider import DefaultJSONProvider
from msgspec import Struct, structs


def describe_value(value: Any) -> Any:
    """Return what stands for `value`, which JSON does not know. Raises `TypeError` for what is no plain value."""
    return structs.asdict(value) if isinstance(value, Struct) else DefaultJSONProvider.default(value)


class PlainJson(DefaultJSONProvider):
    """What an app of the desk writes JSON with."""

    ensure_ascii = False
    default = staticmethod(describe_value)
