"""Whoever is to know of an alert or a call for help is told outside the hall too: planned with the event, written
when it is sent.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from motcua.alerts import rules
from motcua.alerts import store as alert_store
from motcua.alerts.events import AlertRaised, HelpCalled
from motcua.alerts.kinds import HELP, find_kind
from motcua.alerts.model import Alert
from motcua.desk import Desk, DeviceJob, Json, Planned, Reader, get_zone, outbox, parse, stamp
from motcua.notify.message import NoticeError, NoticeMessage
from motcua.settings import store as settings_store
from motcua.settings.model import Settings
from motcua.wiring import letters
from motcua.wiring.ways import APPRISE, EMAIL, PUSH

HELP_TTL_MS = 15 * 60 * 1000
"""A call for help that is older reaches nobody in time."""
ALERT, TO = "alert", "to"


class HeldBackError(NoticeError):
    """A message waits for the end of the quiet hours: `until` is that moment."""

    def __init__(self, until: str) -> None:
        super().__init__("notices.quiet")
        self.until = until


def plan_alert(event: AlertRaised, db: Reader) -> list[Planned]:
    """Return the messages about an alert, none once the hour has had its share of alerts."""
    settings = settings_store.get_settings(db)
    alert = alert_store.find_alert(db, event.alert)
    if alert is None:
        return []
    since = stamp(parse(alert.raised_at) - timedelta(hours=1))
    if alert_store.count_raised_since(db, since) > settings.alerts.hourly_max:
        return []
    return list(_plan(db, settings, event.alert_kind, {"about": event.kind, ALERT: event.alert}, outbox.TTL_MS))


def plan_help(event: HelpCalled, db: Reader) -> list[Planned]:
    """Return the messages about a call for help."""
    settings = settings_store.get_settings(db)
    return list(_plan(db, settings, HELP, {"about": event.kind, HELP: event.help}, HELP_TTL_MS))


def _plan(db: Reader, settings: Settings, kind: str, payload: dict[str, Json], ttl_ms: int) -> Iterator[Planned]:
    for receiver in settings.receivers:
        if not rules.is_receiver(receiver, kind):
            continue
        if receiver.way == "email" and settings.notices.smtp_host:
            yield Planned(EMAIL, outbox.NOTIFY, {**payload, TO: receiver.name}, ttl_ms)
        elif receiver.way == "apprise":
            yield Planned(APPRISE, outbox.NOTIFY, dict(payload), ttl_ms)
        elif receiver.way == "push":
            for subscription in alert_store.list_subscriptions(db):
                yield Planned(PUSH, outbox.NOTIFY, {**payload, TO: subscription.id}, ttl_ms)


def install(desk: Desk) -> None:
    """Plan messages about alerts and calls for help."""
    desk.plan(AlertRaised, plan_alert)
    desk.plan(HelpCalled, plan_help)


def write_message(db: Reader, settings: Settings, job: DeviceJob, key: str, now: datetime) -> NoticeMessage:
    """Return the message about an alert or a call for help.

    Raises `NoticeError("notices.past")` for what is over, `HeldBackError` in the quiet hours.
    """
    alert_number, help_number = job.payload.get(ALERT), job.payload.get(HELP)
    alert, params = None, dict[str, object]()
    if isinstance(help_number, int):
        call = alert_store.find_help(db, help_number)
        if call is None or call.ended_at is not None or call.answered_at is not None:
            raise NoticeError("notices.past", permanent=True)
        kind, params, at = HELP, {"counter": call.counter}, call.called_at
    else:
        alert = alert_store.find_alert(db, alert_number) if isinstance(alert_number, int) else None
        if alert is None or alert.cleared_at is not None:
            raise NoticeError("notices.past", permanent=True)
        _require_loud(settings, alert, now)
        kind, at = alert.kind, alert.raised_at
    alert_kind = find_kind(kind)
    if alert_kind is None:
        raise NoticeError("notices.erased", permanent=True)
    language, email = _find_reader(db, settings, job)
    if alert is not None:
        params = alert.list_params(language)
    letter = letters.write_alert(
        alert_kind, params, settings, language, parse(at).astimezone(get_zone(settings.timezone))
    )
    return NoticeMessage(
        key=key,
        kind=str(job.payload.get("about")),
        at=int(now.timestamp()),
        language=language,
        subject=letter.subject,
        text=letter.text,
        email=email,
        is_urgent=alert_kind.is_urgent,
    )


def _require_loud(settings: Settings, alert: Alert, now: datetime) -> None:
    """Raise `HeldBackError` if the message has to wait for the morning."""
    local = now.astimezone(get_zone(settings.timezone))
    minute = local.hour * 60 + local.minute
    quiet_from, quiet_to = settings.alerts.quiet_from, settings.alerts.quiet_to
    if rules.is_held_back(alert.kind, quiet_from, quiet_to, minute):
        raise HeldBackError(stamp(now + timedelta(minutes=rules.count_minutes_until(quiet_to, minute))))


def _find_reader(db: Reader, settings: Settings, job: DeviceJob) -> tuple[str, str]:
    """Return the language and, for e-mail, the address of who is told.

    Raises `NoticeError("notices.erased")` for one who is on the list no more.
    """
    to = job.payload.get(TO)
    if job.device == EMAIL:
        address = next((item.address for item in settings.receivers if item.way == "email" and item.name == to), "")
        if not address:
            raise NoticeError("notices.erased", permanent=True)
        return "vi", address
    if job.device == PUSH:
        subscription = alert_store.find_subscription(db, to) if isinstance(to, int) else None
        if subscription is None:
            raise NoticeError("push.gone", permanent=True)
        return subscription.language, ""
    return "vi", ""
