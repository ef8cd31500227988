"""What leaders see of ratings: those that were set aside, the figures with and without them, who types in slips."""

from datetime import date, timedelta

from motcua.desk import Reader
from motcua.desk.messages import translate_into_each
from motcua.desk.texts import find_text
from motcua.feedback import store as feedback_store
from motcua.feedback.channels import get_channel
from motcua.feedback.model import QuarantinedRating
from motcua.feedback.rules import find_label
from motcua.reports.measures import measure_satisfaction
from motcua.reports.model import Rate
from motcua.settings import store as settings_store
from motcua.settings.model import Settings
from motcua.staff import store as staff_store
from motcua.staff.model import Role
from motcua.views.shapes import View, format_local

DAYS = 30
WAITING_MAX, DECIDED_MAX = 100, 30


def show_ratings(db: Reader, today: str) -> View:
    """Return the leaders' page of ratings; the figures are of the last 30 days."""
    settings = settings_store.get_settings(db)
    since = (date.fromisoformat(today) - timedelta(days=DAYS - 1)).isoformat()
    names = staff_store.list_full_names(db)
    return {
        "since": since,
        "waiting": [
            describe_quarantined(db, item, settings, names)
            for item in feedback_store.list_quarantined(db, WAITING_MAX, decided=False)
        ],
        "waiting_count": feedback_store.count_waiting(db),
        "decided": [
            describe_quarantined(db, item, settings, names)
            for item in feedback_store.list_quarantined(db, DECIDED_MAX, decided=True)
        ],
        "satisfaction": {
            "without": _rate(measure_satisfaction(feedback_store.count_levels(db, since, with_quarantined=False))),
            "with": _rate(measure_satisfaction(feedback_store.count_levels(db, since, with_quarantined=True))),
        },
        "visits": feedback_store.count_visits(db, since),
        "channels": _channels(db, since),
        "typists": [
            {"account": account, "name": names.get(account, str(account))}
            for account in feedback_store.list_typists(db)
        ],
        "officers": [
            {"account": account.id, "name": account.full_name}
            for account in staff_store.list_accounts(db)
            if account.role is Role.OFFICER and not account.disabled
        ],
    }


def describe_quarantined(db: Reader, item: QuarantinedRating, settings: Settings, names: dict[int, str]) -> View:
    """Return a rating that was set aside: by which rule, what it would be, and what a leader decided."""
    rating = item.rating
    return {
        "id": rating.id,
        "at": format_local(rating.at, settings.timezone),
        "counter": rating.counter,
        "number": rating.visit[9:] if rating.visit else None,
        "channel": rating.channel.label,
        "level": int(rating.level),
        "rule": find_label(item.rule),
        "counts": item.would_be.value == "counted",
        "comment": find_text(db, rating.text),
        "status": rating.status.value,
        "decision": item.decision,
        "decided_at": format_local(item.decided_at, settings.timezone),
        "decided_by": _name(item.decided_by, names),
        "reason": find_text(db, item.text),
    }


def list_quarantined(db: Reader, limit: int, before: int | None = None, *, decided: bool) -> list[View]:
    """Return ratings that were set aside as programs read them, newest first, those with a number below `before`."""
    items = feedback_store.list_quarantined(db, limit, before, decided=decided)
    settings, names = settings_store.get_settings(db), staff_store.list_full_names(db)
    return [_as_codes(db, item, settings, names) for item in items]


def show_quarantined(db: Reader, rating: int) -> View:
    """Return the rating with this number, which was set aside, as programs read it."""
    item = feedback_store.find_quarantined(db, rating)
    assert item is not None  # noqa: S101 -- only for a rating that was just decided on
    return _as_codes(db, item, settings_store.get_settings(db), staff_store.list_full_names(db))


def _as_codes(db: Reader, item: QuarantinedRating, settings: Settings, names: dict[int, str]) -> View:
    view = describe_quarantined(db, item, settings, names)
    names_of_page = ("id", "at", "counter", "level", "status", "comment", "decision", "decided_at", "decided_by")
    return {name: view[name] for name in (*names_of_page, "reason")} | {
        "visit": item.rating.visit,
        "channel": item.rating.channel.value,
        "rule": item.rule,
        "rule_label": translate_into_each(find_label(item.rule)),
        "would_be": item.would_be.value,
    }


def _name(actor: str | None, names: dict[int, str]) -> str | None:
    """Return the name of whom the journal calls `leader:5`."""
    number = (actor or "").rpartition(":")[2]
    return names.get(int(number), actor) if number.isdecimal() else actor


def _rate(rate: Rate | None) -> View | None:
    if rate is None:
        return None
    return {
        "percent": rate.percent_tenths / 10,
        "low": rate.low_tenths / 10,
        "high": rate.high_tenths / 10,
        "n": rate.n,
    }


def _channels(db: Reader, since: str) -> list[View]:
    counts: dict[str, dict[str, int]] = {}
    for channel, status, count in feedback_store.list_channels(db, since):
        counts.setdefault(channel, {})[status] = count
    return [{"label": get_channel(channel).label, **statuses} for channel, statuses in sorted(counts.items())]
