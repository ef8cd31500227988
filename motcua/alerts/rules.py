"""When an alert is raised and cleared, and whom it reaches. Times are stamps; minutes of the day are local."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from msgspec import Struct

from motcua.alerts.kinds import find_kind
from motcua.alerts.model import Alert, AlertReading, HelpAnswerer, HelpCall
from motcua.desk.errors import Invalid, Refused
from motcua.desk.moment import parse, stamp
from motcua.settings.model import AlertReceiver
from motcua.typed.push_subscription import is_subscription


class AlertChanges(Struct, frozen=True):
    """What has to be raised, and which alerts have to be cleared, each with its last figure (None: it is gone)."""

    raised: tuple[AlertReading, ...]
    cleared: tuple[tuple[int, int | None], ...]


def decide_changes(
    kinds: Iterable[str],
    readings: Sequence[AlertReading],
    alerts: Iterable[Alert],
    at: str,
    again_min: int,
) -> AlertChanges:
    """Return what changes at `at`. `kinds` are those that were measured; the alerts of any other stay.

    `alerts` are the open ones, and those that were cleared within the last `again_min` minutes: such a one is not
    raised again yet, so that a figure which jumps up and down is no flood.
    """
    measured = frozenset(kinds)
    by_key = {(reading.kind, reading.key): reading for reading in readings}
    again_since = stamp(parse(at) - timedelta(minutes=again_min))
    busy: set[tuple[str, str]] = set()
    cleared: list[tuple[int, int | None]] = []
    for alert in alerts:
        name = (alert.kind, alert.key)
        if alert.cleared_at is not None:
            if alert.cleared_at > again_since:
                busy.add(name)
            continue
        busy.add(name)
        reading = by_key.get(name)
        if alert.kind in measured and (reading is None or reading.value < reading.clears_below):
            cleared.append((alert.id, None if reading is None else reading.stated_value))
    raised = [reading for reading in by_key.values() if reading.value >= reading.limit]
    return AlertChanges(
        tuple(reading for reading in raised if (reading.kind, reading.key) not in busy),
        tuple(cleared),
    )


def is_receiver(receiver: AlertReceiver, kind: str) -> bool:
    """Say whether `receiver` hears of alerts of `kind`. One that names no kind hears of all."""
    return not receiver.kinds or kind in receiver.kinds


def is_quiet(quiet_from: int, quiet_to: int, minute: int) -> bool:
    """Say whether `minute` of the day lies in the quiet hours, which may pass midnight. Equal ends: there are none."""
    if quiet_from <= quiet_to:
        return quiet_from <= minute < quiet_to
    return minute >= quiet_from or minute < quiet_to


def is_held_back(kind: str, quiet_from: int, quiet_to: int, minute: int) -> bool:
    """Say whether a message about `kind` has to wait for the end of the quiet hours."""
    alert_kind = find_kind(kind)
    return not (alert_kind is not None and alert_kind.is_urgent) and is_quiet(quiet_from, quiet_to, minute)


def count_minutes_until(quiet_to: int, minute: int) -> int:
    """Return how many minutes after `minute` of the day the quiet hours end."""
    return (quiet_to - minute) % (24 * 60) or 24 * 60


def require_answerable(call: HelpCall, answerer: HelpAnswerer) -> None:
    """Raise `Refused` unless `answerer` can answer `call`: open, unanswered, and somebody else's."""
    if call.ended_at is not None:
        raise Refused("help.ended", "This call for help has ended.")
    if call.answered_at is not None:
        raise Refused("help.answered", "Somebody has answered this call already.")
    is_own = answerer.counter == call.counter or (answerer.account is not None and answerer.account == call.officer)
    if is_own:
        raise Refused("help.own", "This is your own call for help. Somebody else must answer it.")


def require_subscription(endpoint: str, p256dh: str, auth: str, *, allow_local: bool) -> None:
    """Raise `Invalid("push.subscription")` unless a browser's push service can be written to like this."""
    if not is_subscription(endpoint, p256dh, auth, allow_local=allow_local):
        raise Invalid("push.subscription", "This browser's subscription cannot be used. Switch messages on again.")
