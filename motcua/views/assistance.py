"""What the help team's page shows: whom it helped today, and what it can choose from."""

from collections.abc import Mapping

from motcua.assistance import store
from motcua.assistance.model import OUTCOME_LABELS, Assistance
from motcua.assistance.rules import MINUTES_MAX
from motcua.desk import Reader
from motcua.desk.messages import translate_into_each
from motcua.procedures.model import OnlineLevel, Procedure
from motcua.procedures.store import list_procedures
from motcua.settings import store as settings_store
from motcua.views.procedures import name_procedure
from motcua.views.shapes import View, format_local

LATEST = 12


def describe_team_day(db: Reader, day: str) -> View:
    """Return how many were helped on `day`, and the last entries, the newest first."""
    zone, procedures = settings_store.get_timezone(db), list_procedures(db, day)
    items = [describe_assistance(item, zone, procedures) for item in store.list_latest(db, day, LATEST)]
    return {"day": day, "count": store.count_of_day(db, day), "items": items}


def describe_assistance(item: Assistance, zone: str, procedures: Mapping[str, Procedure]) -> View:
    """Return one entry; `name` is the procedure's in both languages, None where none was named."""
    procedure = procedures.get(item.procedure or "")
    return {
        "id": item.id,
        "at": format_local(item.at, zone),
        "day": item.day,
        "number": item.visit.partition("-")[2] if item.visit else None,
        "procedure": item.procedure,
        "name": name_procedure(procedure) if procedure else None,
        "outcomes": [outcome.value for outcome in item.outcomes],
        "minutes": item.minutes,
    }


def describe_choices(db: Reader, day: str) -> View:
    """Return what a helper chooses from: outcomes, and the ward's procedures, those that are filed online first."""
    ward = [item for item in list_procedures(db, day).values() if item.level == "ward"]
    ward.sort(key=lambda item: (item.online is OnlineLevel.NONE, item.code))
    return {
        "outcomes": [
            {"code": code.value, "label": translate_into_each(label)} for code, label in OUTCOME_LABELS.items()
        ],
        "procedures": [{"code": item.code, "name": name_procedure(item), "online": item.online.value} for item in ward],
        "minutes_max": MINUTES_MAX,
    }
