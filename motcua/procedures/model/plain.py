"""A procedure as plain values (JSON of text, whole numbers, flags, lists and objects), and back."""

import json
from collections.abc import Mapping
from typing import Any, cast

from pydantic import TypeAdapter

from motcua.procedures.model.procedure import Checklist, Procedure

_PROCEDURE: TypeAdapter[Procedure] = TypeAdapter(Procedure)
_CHECKLIST: TypeAdapter[Checklist] = TypeAdapter(Checklist)


def to_plain(procedure: Procedure) -> dict[str, Any]:
    """Return a procedure as plain values."""
    return cast(dict[str, Any], _PROCEDURE.dump_python(procedure, mode="json"))


def write_procedure(procedure: Procedure) -> str:
    """Return a procedure as JSON."""
    return json.dumps(to_plain(procedure), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def parse_procedure(text: str) -> Procedure:
    """Return the procedure of a JSON text. Raises pydantic's `ValidationError`."""
    return _PROCEDURE.validate_json(text, strict=True)


def from_plain(values: Mapping[str, Any]) -> Procedure:
    """Return the procedure of plain values. Raises pydantic's `ValidationError`."""
    return parse_procedure(json.dumps(values))


def make_checklist(values: Mapping[str, Any]) -> Checklist:
    """Return the checklist of plain values. Raises pydantic's `ValidationError`."""
    return _CHECKLIST.validate_json(json.dumps(values), strict=True)
