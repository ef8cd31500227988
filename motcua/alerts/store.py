"""Alerts, calls for help and push subscriptions in the store."""

import json
from typing import Any, cast

from motcua.alerts.model import Alert, AlertReading, HelpCall, PushSubscription
from motcua.desk import Reader, Room, Stamps


def _first(db: Reader) -> None:
    db.execute(
        "CREATE TABLE alerts (id INTEGER PRIMARY KEY AUTOINCREMENT, day TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT"
        " NULL, value INTEGER NOT NULL, threshold INTEGER NOT NULL, details TEXT NOT NULL, raised_at TEXT NOT NULL,"
        " cleared_at TEXT, seen_at TEXT, seen_by INTEGER) STRICT"
    )
    db.execute("CREATE UNIQUE INDEX alerts_open ON alerts (kind, key) WHERE cleared_at IS NULL")
    db.execute("CREATE INDEX alerts_cleared ON alerts (cleared_at) WHERE cleared_at IS NOT NULL")
    db.execute("CREATE INDEX alerts_raised ON alerts (raised_at)")
    db.execute("CREATE INDEX alerts_day ON alerts (day)")
    db.execute(
        "CREATE TABLE help_calls (id INTEGER PRIMARY KEY AUTOINCREMENT, day TEXT NOT NULL, counter INTEGER NOT NULL,"
        " officer INTEGER, called_at TEXT NOT NULL, answered_at TEXT, answered_by INTEGER, answered_counter INTEGER,"
        " ended_at TEXT, how TEXT) STRICT"
    )
    db.execute("CREATE UNIQUE INDEX help_calls_open ON help_calls (counter) WHERE ended_at IS NULL")
    db.execute("CREATE INDEX help_calls_day ON help_calls (day)")
    db.execute(
        "CREATE TABLE push_subscriptions (id INTEGER PRIMARY KEY AUTOINCREMENT, account INTEGER NOT NULL, endpoint TEXT"
        " NOT NULL UNIQUE, p256dh TEXT NOT NULL, auth TEXT NOT NULL, language TEXT NOT NULL, confirmed_at TEXT NOT"
        " NULL) STRICT"
    )
    db.execute("CREATE INDEX push_subscriptions_account ON push_subscriptions (account)")


_STAMPS = [
    Stamps("alerts", ["raised_at", "cleared_at", "seen_at"], where="raised_at >= :since OR cleared_at IS NULL"),
    Stamps("help_calls", ["called_at", "answered_at", "ended_at"], where="called_at >= :since OR ended_at IS NULL"),
    Stamps("push_subscriptions", ["confirmed_at"], where="confirmed_at >= :since"),
]
ROOM = Room("alerts", [("first", _first)], _STAMPS)
_ALERT = "SELECT id, day, kind, key, value, threshold, details, raised_at, cleared_at, seen_at, seen_by FROM alerts"
_HELP = (
    "SELECT id, day, counter, officer, called_at, answered_at, answered_by, answered_counter, ended_at, how FROM"
    " help_calls"
)
_PUSH = "SELECT id, account, endpoint, p256dh, auth, language, confirmed_at FROM push_subscriptions"


def _alert(row: Any) -> Alert:
    number, day, kind, key, value, threshold, details, *times = row
    return Alert(number, day, kind, key, value, threshold, json.loads(details), *times)


def find_alert(db: Reader, number: int) -> Alert | None:
    """Return the alert with this number."""
    row = db.execute(f"{_ALERT} WHERE id = ?", (number,)).fetchone()
    return _alert(row) if row else None


def find_open_alert(db: Reader, kind: str, key: str) -> Alert | None:
    """Return the open alert of this kind and key."""
    row = db.execute(f"{_ALERT} WHERE kind = ? AND key = ? AND cleared_at IS NULL", (kind, key)).fetchone()
    return _alert(row) if row else None


def list_open_alerts(db: Reader) -> list[Alert]:
    """Return the open alerts, the newest first."""
    return [
        _alert(row) for row in db.execute(f"{_ALERT} INDEXED BY alerts_open WHERE cleared_at IS NULL ORDER BY id DESC")
    ]


def list_cleared_since(db: Reader, since: str) -> list[Alert]:
    """Return the alerts that were cleared after `since`."""
    return [_alert(row) for row in db.execute(f"{_ALERT} WHERE cleared_at > ?", (since,))]


def list_alerts(db: Reader, first: str, last: str, most: int) -> list[Alert]:
    """Return the alerts raised on the days from `first` to `last`, the newest first."""
    rows = db.execute(f"{_ALERT} WHERE day BETWEEN ? AND ? ORDER BY id DESC LIMIT ?", (first, last, most))
    return [_alert(row) for row in rows]


def count_raised_since(db: Reader, since: str) -> int:
    """Return how many alerts were raised after `since`."""
    return int(db.execute("SELECT count(*) FROM alerts WHERE raised_at > ?", (since,)).fetchone()[0])


def add_alert(db: Reader, day: str, at: str, reading: AlertReading) -> int:
    """Write a new alert and return its number."""
    query = "INSERT INTO alerts (day, kind, key, value, threshold, details, raised_at) VALUES (?,?,?,?,?,?,?)"
    details = json.dumps(dict(reading.details), ensure_ascii=False, sort_keys=True)
    values = (day, reading.kind, reading.key, reading.stated_value, reading.stated_limit, details, at)
    return cast(int, db.execute(query, values).lastrowid)


def mark_cleared(db: Reader, number: int, at: str) -> None:
    """Write that an alert is cleared."""
    db.execute("UPDATE alerts SET cleared_at = ? WHERE id = ?", (at, number))


def mark_seen(db: Reader, number: int, at: str, account: int | None) -> None:
    """Write who took note of an alert."""
    db.execute("UPDATE alerts SET seen_at = ?, seen_by = ? WHERE id = ?", (at, account, number))


def find_help(db: Reader, number: int) -> HelpCall | None:
    """Return the call for help with this number."""
    row = db.execute(f"{_HELP} WHERE id = ?", (number,)).fetchone()
    return HelpCall(*row) if row else None


def find_open_help(db: Reader, counter: int) -> HelpCall | None:
    """Return the open call of a counter."""
    row = db.execute(f"{_HELP} WHERE counter = ? AND ended_at IS NULL", (counter,)).fetchone()
    return HelpCall(*row) if row else None


def list_open_help(db: Reader) -> list[HelpCall]:
    """Return the open calls for help, the oldest first."""
    return [
        HelpCall(*row) for row in db.execute(f"{_HELP} INDEXED BY help_calls_open WHERE ended_at IS NULL ORDER BY id")
    ]


def list_help(db: Reader, first: str, last: str, most: int) -> list[HelpCall]:
    """Return the calls for help of the days from `first` to `last`, the newest first."""
    rows = db.execute(f"{_HELP} WHERE day BETWEEN ? AND ? ORDER BY id DESC LIMIT ?", (first, last, most))
    return [HelpCall(*row) for row in rows]


def add_help(db: Reader, call: HelpCall) -> int:
    """Write a new call for help and return its number."""
    query = "INSERT INTO help_calls (day, counter, officer, called_at) VALUES (?,?,?,?)"
    return cast(int, db.execute(query, (call.day, call.counter, call.officer, call.called_at)).lastrowid)


def save_help(db: Reader, call: HelpCall) -> None:
    """Write what became of a call for help."""
    db.execute(
        "UPDATE help_calls SET answered_at = ?, answered_by = ?, answered_counter = ?, ended_at = ?, how = ?"
        " WHERE id = ?",
        (call.answered_at, call.answered_by, call.answered_counter, call.ended_at, call.how, call.id),
    )


def save_subscription(db: Reader, subscription: PushSubscription) -> int:
    """Write a browser's subscription, in the place of an earlier one of its endpoint; return its number."""
    db.execute(
        "INSERT INTO push_subscriptions (account, endpoint, p256dh, auth, language, confirmed_at) VALUES (?,?,?,?,?,?)"
        " ON CONFLICT (endpoint) DO UPDATE SET account = excluded.account, p256dh = excluded.p256dh,"
        " auth = excluded.auth, language = excluded.language, confirmed_at = excluded.confirmed_at",
        (
            subscription.account,
            subscription.endpoint,
            subscription.p256dh,
            subscription.auth,
            subscription.language,
            subscription.confirmed_at,
        ),
    )
    row = db.execute("SELECT id FROM push_subscriptions WHERE endpoint = ?", (subscription.endpoint,)).fetchone()
    return int(row[0])


def find_subscription(db: Reader, number: int) -> PushSubscription | None:
    """Return the subscription with this number."""
    row = db.execute(f"{_PUSH} WHERE id = ?", (number,)).fetchone()
    return PushSubscription(*row) if row else None


def list_subscriptions(db: Reader) -> list[PushSubscription]:
    """Return every subscription, the oldest first."""
    return [PushSubscription(*row) for row in db.execute(f"{_PUSH} ORDER BY id")]


def count_subscriptions(db: Reader, account: int) -> int:
    """Return how many browsers of an account are told."""
    query = "SELECT count(*) FROM push_subscriptions WHERE account = ?"
    return int(db.execute(query, (account,)).fetchone()[0])


def remove_oldest_subscription(db: Reader, account: int) -> None:
    """Remove the subscription of an account that was confirmed longest ago."""
    db.execute(
        "DELETE FROM push_subscriptions WHERE id = (SELECT id FROM push_subscriptions WHERE account = ?"
        " ORDER BY confirmed_at, id LIMIT 1)",
        (account,),
    )


def remove_subscription(db: Reader, endpoint: str, account: int) -> int:
    """Remove an account's subscription by its endpoint; return how many there were."""
    query = "DELETE FROM push_subscriptions WHERE endpoint = ? AND account = ?"
    return int(db.execute(query, (endpoint, account)).rowcount)


def drop_subscription(db: Reader, number: int) -> None:
    """Remove a subscription that its push service does not know any more."""
    db.execute("DELETE FROM push_subscriptions WHERE id = ?", (number,))


def erase_subscriptions(db: Reader, before: str) -> int:
    """Erase subscriptions that were last confirmed before `before`; return how many there were."""
    return int(db.execute("DELETE FROM push_subscriptions WHERE confirmed_at < ?", (before,)).rowcount)
