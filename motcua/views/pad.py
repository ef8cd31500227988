"""The view of a counter's rating pad."""

from datetime import datetime

from motcua.counters import store as counter_store
from motcua.desk import Reader, stamp
from motcua.feedback import rules as feedback_rules
from motcua.feedback import store as feedback_store
from motcua.queue import store as queue_store
from motcua.settings import store as settings_store
from motcua.settings.model import Settings
from motcua.staff import store as staff_store
from motcua.views.camera import CameraConditions, ask_on_pad
from motcua.views.counter import find_officer
from motcua.views.fees import describe_shown_fee
from motcua.views.shapes import View, format_local, list_choices

PHOTO_NAME_LETTERS = 12


def pad_screen(db: Reader, number: int, now: datetime, day: str, cameras: CameraConditions) -> View:
    """Return the questions of the rating pad of counter `number`, if any. Raises `Unknown("counter.unknown")`."""
    counter = counter_store.get(db, number)
    seated = find_officer(db, counter.officer)
    settings = settings_store.get_settings(db)
    return {
        "unit": {"name": settings.unit.name, "centre": settings.unit.centre},
        "counter": number,
        "officer": _seated(db, seated) if seated else None,
        "field": counter.label,
        "ask": _ask(db, number, now, day, settings),
        "reasons": list_choices(settings.rating.reasons),
        "window_s": settings.rating.window_s,
        "fee": describe_shown_fee(db, counter, settings),
        "camera": ask_on_pad(db, counter, now, day, cameras),
    }


def _seated(db: Reader, officer: View) -> View:
    """Return the card of who sits here; `photo` changes with the picture."""
    photo = staff_store.find_photo_commitment(db, officer["id"])
    return {"name": officer["name"], "title": officer["title"], "photo": photo and photo[:PHOTO_NAME_LETTERS]}


def _ask(db: Reader, number: int, now: datetime, day: str, settings: Settings) -> View | None:
    visit = queue_store.find_last_served(db, day, number)
    if visit is None or visit.finished_at is None or visit.reason == "day_closed":
        return None
    prompt = feedback_store.find_prompt(db, visit.id)
    until = prompt.until if prompt else feedback_rules.end_of_window(settings.rating, visit.finished_at)
    if until < stamp(now) or (prompt and prompt.state != "asked") or feedback_store.is_rated(db, visit.id):
        return None
    served_by = queue_store.find_last_officer(db, visit.id)
    who = find_officer(db, served_by)
    return {
        "visit": visit.id,
        "number": visit.number,
        "officer": {"name": who["name"], "title": who["title"]} if who else None,
        "until": format_local(until, settings.timezone),
        "has_form": visit.service in settings.rating_form.services,
    }
