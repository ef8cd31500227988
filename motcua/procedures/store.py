"""Procedures from the product's own list."""

import csv
from functools import lru_cache
from importlib.resources import files

from motcua.procedures.model import Procedure


@lru_cache(maxsize=1)
def load_procedures() -> dict[str, Procedure]:
    """Return the procedures the product knows, by code."""
    text = (files("motcua.procedures") / "data" / "procedures.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {
        row["code"]: Procedure(
            code=row["code"],
            name=row["name"],
            official_name=row["official_name"],
            field=row["field"],
            level=row["level"],
            time_limit=row["time_limit"],
            fee=row["fee"],
            marks=tuple(filter(None, row["mark"].split("; "))),
        )
        for row in rows
    }
