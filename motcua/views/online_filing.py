"""What people read of ways that save them a visit: filing online, and results on the spot."""

from datetime import datetime

from motcua.desk.messages import mark
from motcua.dossiers.model.dossier import FilingChannel
from motcua.dossiers.rules.same_day import is_promised
from motcua.procedures.model import OnlineLevel, Procedure
from motcua.settings.model import OnlineFiling, Settings
from motcua.views.shapes import View, both

ONLINE_LABELS = {
    OnlineLevel.NONE: mark("No, or not known"),
    OnlineLevel.PARTIAL: mark("A part of it"),
    OnlineLevel.WHOLE: mark("All of it"),
}


def describe_ways(procedure: Procedure, settings: Settings, local: datetime) -> View:
    """Return where a procedure is filed online, and whether who hands it in now gets the result on the same day."""
    same_day = is_promised(settings, procedure.code, local, FilingChannel.IN_PERSON)
    return {**_describe_online(procedure, settings.online), "same_day": same_day}


def _describe_online(procedure: Procedure, rules: OnlineFiling) -> View:
    if procedure.online is OnlineLevel.NONE:
        return {"online_page": "", "online_help": None}
    place, english = rules.help_place, rules.help_place_en or rules.help_place
    return {
        "online_page": procedure.online_page or rules.portal,
        "online_help": both((place, english)) if place else None,
    }
