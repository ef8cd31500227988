"""The ward's catalogue as a list for those who keep it."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from motcua.desk import Reader
from motcua.desk.messages import mark, translate_into_each
from motcua.procedures import store
from motcua.procedures.model import OnlineLevel, Procedure, ProcedureVersion
from motcua.views.procedure_versions import PRODUCT, SOURCE_LABELS
from motcua.views.procedure_words import write_fees, write_limits
from motcua.views.procedures import find_procedures
from motcua.views.shapes import View

LISTED_MAX = 200
"""So many procedures are listed; their number is said."""


class CataloguePart(StrEnum):
    """Which procedures are listed."""

    WARD = "ward"
    CHANGED = "changed"
    UNLISTED = "unlisted"
    ONLINE = "online"
    ALL = "all"


PART_LABELS = {
    CataloguePart.WARD: mark("Procedures of this ward"),
    CataloguePart.CHANGED: mark("Changed or added here"),
    CataloguePart.UNLISTED: mark("Of this ward, without a checklist"),
    CataloguePart.ONLINE: mark("Can be filed online"),
    CataloguePart.ALL: mark("All procedures"),
}


def describe_catalogue(db: Reader, day: str, query: str, field: str, part: CataloguePart) -> View:
    """Return the procedures that match, the best first where something was searched, and all fields."""
    offered = store.list_procedures(db, day)
    versions: dict[str, list[ProcedureVersion]] = {}
    for item in store.list_versions(db):
        versions.setdefault(item.code, []).append(item)
    candidates = _search(db, day, query, offered) if query.strip() else _list_all(offered, versions)
    items = [item for item in candidates if _is_of(item, part, versions) and (not field or item.field == field)]
    return {
        "items": [_describe_row(item, versions.get(item.code, []), day) for item in items[:LISTED_MAX]],
        "count": len(items),
        "fields": sorted({item.field for item in offered.values() if item.field}),
    }


def _search(db: Reader, day: str, query: str, offered: Mapping[str, Procedure]) -> list[Procedure]:
    return [offered[str(item["code"])] for item in find_procedures(db, day, query, LISTED_MAX)]


def _list_all(offered: Mapping[str, Procedure], versions: Mapping[str, list[ProcedureVersion]]) -> list[Procedure]:
    """Return what is offered, and behind it what was offered or will be."""
    others = [
        next(item.procedure for item in of_code if item.procedure is not None)
        for code, of_code in versions.items()
        if code not in offered and any(item.procedure is not None for item in of_code)
    ]
    return [*offered.values(), *others]


def _is_of(item: Procedure, part: CataloguePart, versions: Mapping[str, object]) -> bool:
    if part is CataloguePart.ALL:
        return True
    if part is CataloguePart.CHANGED:
        return item.code in versions
    if part is CataloguePart.ONLINE:
        return item.online is not OnlineLevel.NONE
    return item.level == "ward" and (part is CataloguePart.WARD or item.checklist is None)


def _describe_row(item: Procedure, versions: Iterable[ProcedureVersion], day: str) -> View:
    ordered = list(versions)
    in_force = next((one for one in ordered if one.since <= day), None)
    later = [one for one in ordered if one.since > day]
    checklist = item.checklist
    return {
        "code": item.code,
        "name": item.name,
        "field": item.field,
        "limits": write_limits(item.limits) if item.limits else None,
        "fees": write_fees(item.fees) if item.fees else None,
        "papers": len(checklist.items) if checklist else 0,
        "questions": len(checklist.questions) if checklist else 0,
        "since": in_force.since if in_force else None,
        "source_label": translate_into_each(SOURCE_LABELS[in_force.source] if in_force else PRODUCT),
        "is_offered": not (in_force and in_force.procedure is None) and (in_force is not None or _is_product(item)),
        "next": later[-1].since if later else None,
    }


def _is_product(item: Procedure) -> bool:
    return item.code in store.load_procedures()
