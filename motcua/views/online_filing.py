"""What people read of filing a procedure online: how much of it, on which page, where they are helped."""

from motcua.desk.messages import mark
from motcua.procedures.model import OnlineLevel, Procedure
from motcua.settings.model import OnlineFiling
from motcua.views.shapes import View, both

ONLINE_LABELS = {
    OnlineLevel.NONE: mark("No, or not known"),
    OnlineLevel.PARTIAL: mark("A part of it"),
    OnlineLevel.WHOLE: mark("All of it"),
}


def describe_online(procedure: Procedure, rules: OnlineFiling) -> View:
    """Return where a procedure is filed online and where people are helped; nothing where it is not."""
    if procedure.online is OnlineLevel.NONE:
        return {"online_page": "", "online_help": None}
    place, english = rules.help_place, rules.help_place_en or rules.help_place
    return {
        "online_page": procedure.online_page or rules.portal,
        "online_help": both((place, english)) if place else None,
    }
