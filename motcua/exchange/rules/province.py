"""What the provincial system answers, and what it is sent, by a mapping. Pure.

Nobody here knows its real interface: addresses, keys and names are configuration, what is fixed is JSON over HTTP.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

from msgspec import Struct

from motcua.desk.errors import Invalid
from motcua.desk.messages import mark
from motcua.dossiers.model.dossier import Dossier, DossierState
from motcua.exchange.model.mappings import DateOrder, ExchangeMapping
from motcua.exchange.model.records import RecordRow
from motcua.exchange.rules.reading import BOUNDS, ROWS_MAX, read_each
from motcua.typed.sheet_columns import SheetMistake
from motcua.typed.sheets import SheetRow

CODE_PLACE = "{code}"
_DAYS = {DateOrder.DAY_FIRST: "%d/%m/%Y", DateOrder.MONTH_FIRST: "%m/%d/%Y", DateOrder.YEAR_FIRST: "%Y-%m-%d"}


class StateReport(Struct, frozen=True):
    """What the province is told of a dossier: its state at a moment on the desk's wall clock."""

    dossier: Dossier
    state: DossierState
    at: datetime


def list_items(content: bytes, path: str) -> list[Any]:
    """Return the list in an answer, under the key `path` (`data.items`), or the answer itself for an empty one.

    Raises `Invalid("province.json" | "province.items" | "province.many")`.
    """
    try:
        answer = json.loads(content)
    except (ValueError, RecursionError):
        raise Invalid("province.json", "The provincial system did not answer with JSON.") from None
    for key in filter(None, path.split(".")):
        answer = answer.get(key) if isinstance(answer, dict) else None
    if not isinstance(answer, list):
        raise Invalid("province.items", "The provincial system's answer has no list under “%(key)s”.", key=path or "-")
    if len(answer) > ROWS_MAX:
        raise Invalid(
            "province.many", "The provincial system sent more than %(count)s dossiers at once.", count=ROWS_MAX
        )
    return answer


def read_items(items: Sequence[Any], mapping: ExchangeMapping) -> tuple[list[RecordRow], list[SheetMistake]]:
    """Return the records of the items that can be read, by their place from 1, and each mistake of the others."""
    places = {name: place for place, name in enumerate(mapping.columns)}
    rows = []
    mistakes = []
    for number, item in enumerate(items, start=1):
        if isinstance(item, dict):
            cells = tuple(_find_text(item, key) for key in mapping.columns.values())
            rows.append(SheetRow(number, cells))
        else:
            mistakes.append(SheetMistake(number, "", mark("This is not an object.")))
    records, wrong = read_each(rows, places, mapping)
    return records, sorted([*mistakes, *wrong], key=lambda mistake: mistake.row)


def _find_text(item: Mapping[str, Any], key: str) -> str:
    """Return what stands under a key, or under a path of keys with dots, as a text."""
    value: Any = item.get(key)
    if value is None and "." in key:
        value = item
        for part in key.split("."):
            value = value.get(part) if isinstance(value, dict) else None
    if isinstance(value, str):
        return value.strip()[: BOUNDS.cell]
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return str(value)[: BOUNDS.cell] if is_number else ""


def make_list_address(url: str, parameter: str, since: datetime | None) -> str:
    """Return the address of the list, with the moment since which it may have changed."""
    if not parameter or since is None:
        return url
    place = urlsplit(url)
    query = "&".join(filter(None, (place.query, urlencode({parameter: since.isoformat(timespec="seconds")}))))
    return urlunsplit(place._replace(query=query))


def make_state_address(url: str, code: str) -> str:
    """Return the address at which the province is told of a dossier."""
    return url.replace(CODE_PLACE, quote(code, safe=""))


def write_state(report: StateReport, mapping: ExchangeMapping, *, sends_days: bool) -> bytes | None:
    """Return what the province is told; None where the mapping has no name for the state.

    Code, state, when it changed, and with `sends_days` the days, under the keys of the mapping. Nothing of anybody.
    """
    name = next((word for word, state in mapping.states.items() if state is report.state), None)
    if name is None:
        return None
    dossier = report.dossier
    values: dict[str, str | None] = {
        "code": dossier.provincial_code,
        "state": name,
        "changed_there": _write_moment(report.at, mapping.date_order),
    }
    if sends_days:
        values |= {
            "due_on": _write_day(dossier.due_on, mapping.date_order),
            "settled_on": _write_day(dossier.settled_at, mapping.date_order),
            "returned_on": _write_day(dossier.returned_at, mapping.date_order),
        }
    body: dict[str, Any] = {}
    for column, value in values.items():
        if column in mapping.columns:
            _put(body, mapping.columns[column], value)
    return json.dumps(body, ensure_ascii=False).encode()


def _put(body: dict[str, Any], key: str, value: str | None) -> None:
    *parents, last = key.split(".")
    for part in parents:
        body = body.setdefault(part, {})
    body[last] = value


def _write_day(day: str | None, order: DateOrder) -> str | None:
    return datetime.fromisoformat(day[:10]).strftime(_DAYS[order]) if day else None


def _write_moment(at: datetime, order: DateOrder) -> str:
    if order is DateOrder.YEAR_FIRST:
        return at.isoformat(timespec="seconds")
    return at.strftime(f"{_DAYS[order]} %H:%M:%S")
