"""What is promised for the same day on a no-appointment day, and whether it was kept."""

from motcua.desk import Reader
from motcua.dossiers.model.dossier import Dossier
from motcua.dossiers.rules.same_day import is_kept
from motcua.dossiers.store import promises
from motcua.settings.model import Settings
from motcua.views.shapes import View


def describe_promise(db: Reader, settings: Settings, dossier: Dossier) -> View | None:
    """Return what was promised of a dossier for the same day, None for nothing."""
    promise = promises.find_promise(db, dossier.code)
    if promise is None:
        return None
    reasons = settings.same_day.reasons
    return {
        "day": promise.day,
        "is_kept": is_kept(promise, dossier, promises.find_returned_on(db, dossier.code)),
        "reason": promise.reason,
        "reasons": {
            "vi": [(item.code, item.label[0]) for item in reasons],
            "en": [(item.code, item.label[1]) for item in reasons],
        },
    }
