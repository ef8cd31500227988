"""No-appointment days: what is promised on the spot, and why it was not kept. Pure; times are the desk's own."""

from datetime import date, datetime

from motcua.desk.errors import Invalid, Refused
from motcua.dossiers.model.dossier import Dossier, DossierState, FilingChannel
from motcua.dossiers.model.promise import SameDayPromise
from motcua.dossiers.rules.due import Due, DueStep, DueStepKind, get_hour
from motcua.settings.model import Settings
from motcua.settings.rules import list_sessions
from motcua.settings.values import WEEKDAYS, parse_minutes


def is_on_the_spot_day(settings: Settings, day: date) -> bool:
    """Say whether the desk is open on `day`, takes in dossiers, and settles some procedures on the spot."""
    rules = settings.same_day
    is_named = getattr(rules, WEEKDAYS[day.weekday()]) or day.isoformat() in rules.dates
    return settings.dossiers.is_on and bool(rules.procedures and is_named and list_sessions(settings, day))


def is_promised(settings: Settings, procedure: str, local: datetime, channel: FilingChannel) -> bool:
    """Say whether who hands in `procedure` at `local` gets the result on the same day."""
    return (
        channel is FilingChannel.IN_PERSON
        and procedure in settings.same_day.procedures
        and is_on_the_spot_day(settings, local.date())
        and local.hour * 60 + local.minute <= parse_minutes(settings.same_day.until)
    )


def compute_same_day_due(settings: Settings, day: date) -> Due:
    """Return the end of `day`, because it is a no-appointment day."""
    return Due(day, day, get_hour(settings, day), (DueStep(DueStepKind.NO_APPOINTMENT, day),))


def is_kept(promise: SameDayPromise, dossier: Dossier, returned_on: str | None) -> bool:
    """Say whether the result was handed out on the promised day."""
    return dossier.state is DossierState.RETURNED and returned_on == promise.day


def read_reason(settings: Settings, code: str) -> str:
    """Return why a promise was not kept. Raises `Invalid("dossier.same_day_reason")`."""
    if code not in {item.code for item in settings.same_day.reasons}:
        raise Invalid("dossier.same_day_reason", "Choose why the result was not handed out on the same day.")
    return code


def require_unkept(promise: SameDayPromise | None, *, is_promise_kept: bool) -> None:
    """Raise `Refused("dossier.same_day_none" | "dossier.same_day_kept")` unless a promise was not kept."""
    if promise is None:
        raise Refused("dossier.same_day_none", "Nothing was promised for the same day.")
    if is_promise_kept:
        raise Refused("dossier.same_day_kept", "The result was handed out on the same day, as promised.")
