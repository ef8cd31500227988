"""Changed copies of plain values, be they msgspec's or dataclasses: `copy.replace`, which Python has from 3.13 on."""

from dataclasses import replace as _replace_dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import replace as replace  # noqa: PLC0414 -- checked by name and type for either kind
else:
    from msgspec import Struct, structs

    def replace(value, /, **changes):
        """Return a copy of `value` that differs in the fields of `changes`. Raises `TypeError` for an unknown field."""
        return (structs.replace if isinstance(value, Struct) else _replace_dataclass)(value, **changes)
