"""Flows as JSON: an object for each, with a list of its steps, null where it is withdrawn. Pure."""

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from typing import Any

from motcua.desk.messages import mark
from motcua.dossiers.model.flow import FlowVersion
from motcua.dossiers.rules.flow_files.columns import COLUMNS
from motcua.typed.files import NotTextError, decode_input
from motcua.typed.sheets import SheetBounds, SheetError, SheetRow, make_size_error

FORMAT, VERSION = "motcua-flows", 1
_FLOW_NAMES = frozenset({"scope", "key", "since", "steps"})
_STEP_NAMES = frozenset({"code", "name", "name_en", "share_percent", "role", "account"})


def is_json(content: bytes) -> bool:
    """Say whether a file is meant as JSON: no CSV or XLSX file begins with a brace."""
    return content[:64].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")


def read_json_rows(content: bytes, bounds: SheetBounds) -> tuple[list[SheetRow], dict[int, str]]:
    """Return the steps of a JSON file as rows in the order of the columns, and where in it each is.

    Raises `SheetError("large" | "json" | "encoding")`.
    """
    if len(content) > bounds.bytes:
        raise make_size_error(bounds.bytes)
    rows: list[SheetRow] = []
    places: dict[int, str] = {}
    numbers = count(1)
    for place, flow in enumerate(_read_flows(content)):
        for (where, cells), number in zip(_list_steps(f"flows[{place}]", flow), numbers, strict=False):
            if number > bounds.rows:
                raise SheetError(
                    "large",
                    mark("The file has more than %(count)s rows. Divide it into smaller files."),
                    count=bounds.rows,
                )
            texts = (_read_cell(where, cells.get(column.name), bounds) for column in COLUMNS)
            rows.append(SheetRow(number, tuple(texts)))
            places[number] = where
    return rows, places


def _read_flows(content: bytes) -> Sequence[Any]:
    try:
        data = json.loads(decode_input(content))
    except NotTextError:
        raise SheetError("encoding", mark("This JSON file is not UTF-8 text.")) from None
    except (ValueError, RecursionError):
        raise SheetError("json", mark("This JSON file is broken. Make it again from an export of this page.")) from None
    if data.get("format") != FORMAT or data.get("version") != VERSION or not isinstance(data.get("flows"), list):
        raise SheetError(
            "json",
            mark("This is not a file of flows: `format` must be %(format)s, `version` %(version)s, `flows` a list."),
            format=FORMAT,
            version=VERSION,
        )
    return data["flows"]  # type: ignore[no-any-return]


def _list_steps(where: str, flow: Any) -> Iterable[tuple[str, Mapping[str, Any]]]:
    """Yield where each step of a flow is, with its cells by column."""
    fields = _read_object(where, flow, _FLOW_NAMES)
    start = {name: fields.get(name) for name in ("scope", "key", "since")}
    steps = fields.get("steps")
    if steps is None:
        yield where, {**start, "is_withdrawn": True}
        return
    if not isinstance(steps, list) or not steps:
        raise _make_error(f"{where}.steps")
    for place, step in enumerate(steps):
        at = f"{where}.steps[{place}]"
        yield at, {**start, "step": place + 1, **_read_object(at, step, _STEP_NAMES)}


def _read_object(where: str, value: Any, names: frozenset[str]) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise _make_error(where)
    for name in value:
        if name not in names:
            raise _make_error(f"{where}.{name[:60]}")
    return value


def _read_cell(where: str, value: Any, bounds: SheetBounds) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    if not isinstance(value, str | int):
        raise _make_error(where)
    return str(value).strip()[: bounds.cell]


def _make_error(where: str) -> SheetError:
    return SheetError(
        "json", mark("`%(place)s` in the JSON file is not as in an export of this page. Correct it."), place=where
    )


def describe_flow_file(versions: Iterable[FlowVersion], names: Mapping[int, str]) -> list[dict[str, Any]]:
    """Return versions as the objects of a JSON file; `names` are sign-in names by account."""
    return [
        {
            "scope": version.target.scope.value,
            "key": version.target.key,
            "since": version.since,
            "steps": None
            if version.flow is None
            else [
                {
                    "code": step.code,
                    "name": step.name[0],
                    "name_en": step.name[1],
                    "share_percent": step.share_percent,
                    "role": step.role.value,
                    "account": names.get(step.account) if step.account is not None else None,
                }
                for step in version.flow
            ],
        }
        for version in versions
    ]
