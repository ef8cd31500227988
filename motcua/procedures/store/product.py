"""Procedures from the product's own list, with their limits, fees and checklists."""

import csv
import tomllib
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import TypeVar

from motcua.procedures.model import Checklist, Fee, FeeTier, LimitUnit, Procedure, TimeLimit
from motcua.procedures.model.plain import make_checklist

T = TypeVar("T")
_DATA = files("motcua.procedures") / "data"


@lru_cache(maxsize=1)
def load_procedures() -> dict[str, Procedure]:
    """Return the procedures the product knows, by code: those of a ward first, both parts by code."""
    limits, fees, checklists = (
        _read_parts("limits.csv", _read_limit),
        _read_parts("fees.csv", _read_fee),
        _load_checklists(),
    )
    return {
        row["code"]: Procedure(
            code=row["code"],
            name=row["name"],
            official_name=row["official_name"],
            field=row["field"],
            level="ward" if row["level"] else "",
            time_limit=row["time_limit"],
            fee=row["fee"],
            limits=limits.get(row["code"], ()),
            fees=fees.get(row["code"], ()),
            is_immediate=any(limit.unit is LimitUnit.SAME_DAY for limit in limits.get(row["code"], ())),
            checklist=checklists.get(row["code"]),
            marks=tuple(filter(None, row["mark"].split("; "))),
        )
        for row in _read_rows("procedures.csv")
    }


def _read_rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((_DATA / name).read_text(encoding="utf-8").splitlines()))


def _read_parts(name: str, read: Callable[[Mapping[str, str]], T]) -> Mapping[str, tuple[T, ...]]:
    parts: dict[str, tuple[T, ...]] = defaultdict(tuple)
    for row in _read_rows(name):
        parts[row["code"]] += (read(row),)
    return parts


def _read_limit(row: Mapping[str, str]) -> TimeLimit:
    return TimeLimit(
        LimitUnit(row["unit"]),
        int(row["count"]),
        (row["case_vi"], row["case_en"]),
        is_added=_read_flag(row["is_added"]),
        is_verified=_read_flag(row["is_verified"]),
        source=row["source"],
    )


def _read_fee(row: Mapping[str, str]) -> Fee:
    tiers = [tier.split(":") for tier in row["tiers"].split()]
    return Fee(
        int(row["amount"]),
        (row["per_vi"], row["per_en"]),
        (row["case_vi"], row["case_en"]),
        tuple(FeeTier(int(first), int(amount)) for first, amount in tiers),
        int(row["maximum"]) if row["maximum"] else None,
        (row["maximum_per_vi"], row["maximum_per_en"]),
        is_verified=_read_flag(row["is_verified"]),
        source=row["source"],
    )


def _read_flag(text: str) -> bool:
    return {"yes": True, "no": False}[text]


def _load_checklists() -> dict[str, Checklist]:
    return {
        file.name.removesuffix(".toml"): make_checklist(tomllib.loads(file.read_text(encoding="utf-8")))
        for file in (_DATA / "checklists").iterdir()
        if file.name.endswith(".toml")
    }
