"""What need not be kept is erased, each kind by itself, and afterwards from every byte of the disk's files."""

from datetime import datetime, timedelta

from motcua.alerts import store as alert_store
from motcua.bookings import store as booking_store
from motcua.callbacks import actions as callback_actions
from motcua.desk import Reader, Tx, get_zone, parse, scrubbing, stamp
from motcua.desk import jobs as job_table
from motcua.desk import keys as key_table
from motcua.desk import texts as text_table
from motcua.dossiers import actions as dossier_actions
from motcua.dossiers.dropoffs import actions as dropoff_actions
from motcua.dossiers.store import secrets as dossier_secrets
from motcua.feedback import actions as feedback_actions
from motcua.feedback import store as feedback_store
from motcua.feedback.model import CameraData
from motcua.filing import actions as filing_actions
from motcua.filing.rules import shift_month
from motcua.posters import store as poster_store
from motcua.queue import store as queue_store
from motcua.settings import rules as hours
from motcua.settings import store as settings_store
from motcua.staff import store as staff_store
from motcua.suggestions import store as suggestion_store

JOBS_KEPT_DAYS = 30
BROWSERS_KEPT_DAYS = 400
SUBSCRIPTIONS_KEPT_DAYS = 90
"""A browser that opens the alerts page is confirmed anew each time."""
SOURCES_KEPT_DAYS = 7
"""The rule about one browser looks at a day; leaders look at what it set aside within a week."""

USES_KEPT_DAYS = 800
"""Counts of posters: two years can be compared."""


def purge_texts(tx: Tx) -> None:
    """Erase texts whose time is over."""
    _note(tx, text_table.purge(tx.db, tx.day))


def purge_priorities(tx: Tx) -> None:
    """Forget which priority class people belonged to."""
    _note(
        tx,
        queue_store.forget_priorities(
            tx.db, _days_ago(tx.day, settings_store.get_settings(tx.db).retention.priority_days)
        ),
    )


def purge_bookings(tx: Tx) -> None:
    """Erase phone numbers and addresses of past bookings."""
    _note(tx, booking_store.erase(tx.db, _days_ago(tx.day, settings_store.get_settings(tx.db).retention.booking_days)))


def purge_photos(tx: Tx) -> None:
    """Erase the photos of suggestions whose time is over."""
    _note(tx, suggestion_store.purge_photos(tx.db, tx.day))


def purge_rating_sources(tx: Tx) -> None:
    """Forget which ratings came from one browser."""
    _note(tx, feedback_store.purge_sources(tx.db, _days_ago(tx.day, SOURCES_KEPT_DAYS)))


def purge_expressions(tx: Tx) -> None:
    """Erase what cameras said of visits."""
    days = settings_store.get_settings(tx.db).camera.retention_days
    feedback_actions.erase_camera_data(tx, CameraData.SCORES, _days_ago(tx.day, days))


def purge_consents(tx: Tx) -> None:
    """Erase answers to the camera question."""
    days = settings_store.get_settings(tx.db).camera.consent_retention_days
    feedback_actions.erase_camera_data(tx, CameraData.ANSWERS, _days_ago(tx.day, days))


def purge_keys(tx: Tx) -> None:
    """Forget stored answers."""
    key_table.purge(tx.db, tx.at)


def purge_jobs(tx: Tx) -> None:
    """Remove old jobs."""
    job_table.purge(tx.db, stamp(parse(tx.at) - timedelta(days=JOBS_KEPT_DAYS)))


def purge_sign_ins(tx: Tx) -> None:
    """Remove sign-ins that ended, and browsers in which nobody signed in for long."""
    staff_store.purge(tx.db, tx.at, stamp(parse(tx.at) - timedelta(days=BROWSERS_KEPT_DAYS)))


def purge_subscriptions(tx: Tx) -> None:
    """Erase the browsers that were told of alerts and have not opened the page for long."""
    before = stamp(parse(tx.at) - timedelta(days=SUBSCRIPTIONS_KEPT_DAYS))
    _note(tx, alert_store.erase_subscriptions(tx.db, before))


def purge_reports(tx: Tx) -> None:
    """Erase stored monthly reports: officers may be named in them."""
    months = settings_store.get_settings(tx.db).monthly.keep_months
    _note(tx, filing_actions.erase_reports(tx, shift_month(tx.day[:7], -months)))


def purge_applicants(tx: Tx) -> None:
    """Erase who handed in dossiers that ended, and what was written to them, when their time is over."""
    _note(tx, dossier_secrets.purge_sealed(tx.db, tx.day))


def purge_kept(tx: Tx) -> None:
    """Erase what citizens let the unit keep for their next visit, when its time is over."""
    dossier_actions.purge_kept(tx)


def purge_callbacks(tx: Tx) -> None:
    """Erase the numbers of people whom nobody reached, when their time is over."""
    _note(tx, callback_actions.purge_callbacks(tx))


def purge_dropoffs(tx: Tx) -> None:
    """Erase what citizens handed in at kiosks, when its time is over."""
    dropoff_actions.purge_dropoffs(tx)


def purge_poster_uses(tx: Tx) -> None:
    """Remove old counts of posters."""
    poster_store.purge_uses(tx.db, _days_ago(tx.day, USES_KEPT_DAYS))


def purge_dossier_pushes(tx: Tx) -> None:
    """Erase the browsers that were told of dossiers which have ended."""
    dossier_actions.purge_pushes(tx)


PURGES = (
    purge_texts,
    purge_priorities,
    purge_bookings,
    purge_photos,
    purge_rating_sources,
    purge_expressions,
    purge_consents,
    purge_keys,
    purge_jobs,
    purge_sign_ins,
    purge_subscriptions,
    purge_reports,
    purge_applicants,
    purge_kept,
    purge_callbacks,
    purge_dropoffs,
    purge_dossier_pushes,
    purge_poster_uses,
)
"""Each by itself, so that one that fails holds up none of the others. Basis: LEGAL.md#retention."""


def _note(tx: Tx, count: int) -> None:
    """Let the store be scrubbed if anything was erased."""
    if count:
        scrubbing.soil(tx.db)


def _days_ago(day: str, days: int) -> str:
    return (parse(f"{day}T00:00:00Z") - timedelta(days=days)).date().isoformat()


def is_time_to_scrub(db: Reader, now: datetime) -> bool:
    """Say whether something was erased since the store was last written anew, and nobody is in the hall whom that
    would hold up.
    """
    return not scrubbing.is_scrubbed(db) and is_quiet(db, now)


def is_quiet(db: Reader, now: datetime) -> bool:
    """Say whether nobody is in the hall, and nobody will be before its next opening: the day has ended, or has not
    begun.
    """
    settings = settings_store.get_settings(db)
    local = now.astimezone(get_zone(settings.timezone)).replace(tzinfo=None)
    day = local.date().isoformat()
    if queue_store.is_day_closed(db, day):
        return True
    return not (hours.is_open(settings, local) or hours.is_break(settings, local) or queue_store.is_day_used(db, day))
