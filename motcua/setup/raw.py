"""The settings file as plain values of any type: tables, lists and texts where they are such."""

from collections.abc import Iterable, Iterator
from typing import Any

from motcua.setup.mistakes import Mistake, make_mistake, shorten_value, write_place

Plain = dict[str, Any]
"""The file as plain values: what TOML and JSON have in common."""


def get_table(raw: Plain, key: str) -> Plain:
    """Return the table under `key`, an empty one where there is none."""
    table = raw.get(key)
    return table if isinstance(table, dict) else {}


def list_tables(raw: Plain, key: str) -> list[tuple[int, Plain]]:
    """Return the tables listed under `key`, each with its index."""
    tables = raw.get(key)
    return (
        [(index, item) for index, item in enumerate(tables) if isinstance(item, dict)]
        if isinstance(tables, list)
        else []
    )


def list_texts(value: object) -> list[tuple[int, str]]:
    """Return the texts of a list, each with its index."""
    return (
        [(index, item) for index, item in enumerate(value) if isinstance(item, str)] if isinstance(value, list) else []
    )


def list_twice(placed: Iterable[tuple[str, object]]) -> Iterator[Mistake]:
    """Yield a mistake for each value that an earlier place has already. Wrong types are the schema's matter."""
    seen: dict[object, str] = {}
    for where, value in placed:
        if isinstance(value, bool) or not isinstance(value, (str, int)):
            continue
        if value in seen:
            yield make_mistake(
                where,
                "value.twice",
                "“%(value)s” is already at %(first)s.",
                value=shorten_value(value),
                first=seen[value],
            )
        seen.setdefault(value, where)


def list_column(raw: Plain, key: str, field: str) -> list[tuple[str, object]]:
    """Return one field of the tables under `key`, each value with its place."""
    return [(write_place(key, index, field), item[field]) for index, item in list_tables(raw, key) if field in item]
