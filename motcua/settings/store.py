"""The settings' one row: a JSON document and its version."""

import json
from dataclasses import asdict
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from motcua.desk import Reader, Room
from motcua.settings.model import (
    Appointments,
    Choice,
    DayOff,
    Notices,
    Priority,
    QueueRules,
    RatingRules,
    Session,
    Settings,
    StaffRules,
    Unit,
    Voice,
    Waits,
    Web,
    WorkingDay,
)


def _first(db: Reader) -> None:
    db.execute("CREATE TABLE settings (id INTEGER PRIMARY KEY CHECK (id = 1), version INTEGER NOT NULL, document TEXT NOT NULL) STRICT")


ROOM = Room("settings", [("first", _first)])


def current(db: Reader) -> Settings:
    """Return the settings in force; the defaults while the desk is not set up."""
    row = db.execute("SELECT document FROM settings WHERE id = 1").fetchone()
    return load(row[0]) if row else Settings()


def stored(db: Reader) -> str:
    """Return the document as it is stored, empty while the desk is not set up."""
    row = db.execute("SELECT document FROM settings WHERE id = 1").fetchone()
    return str(row[0]) if row else ""


def version(db: Reader) -> int:
    """Return how often the settings were saved; 0 while the desk is not set up."""
    row = db.execute("SELECT version FROM settings WHERE id = 1").fetchone()
    return int(row[0]) if row else 0


def save(db: Reader, settings: Settings) -> None:
    """Put `settings` in force."""
    db.execute(
        "INSERT INTO settings (id, version, document) VALUES (1, 1, ?)"
        " ON CONFLICT (id) DO UPDATE SET version = version + 1, document = excluded.document",
        (json.dumps(asdict(settings), ensure_ascii=False),),
    )


def timezone(db: Reader) -> str:
    """Return the desk's time zone."""
    return current(db).timezone


def _choices(found: list[dict[str, Any]]) -> tuple[Choice, ...]:
    return tuple(Choice(item["code"], _both(item["label"])) for item in found)


def _both(pair: list[str]) -> tuple[str, str]:
    return (pair[0], pair[1])


def _sessions(found: list[dict[str, int]]) -> tuple[Session, ...]:
    return tuple(Session(**item) for item in found)


@lru_cache(maxsize=8)
def load(document: str) -> Settings:
    """Return the settings of a stored document; what an older motcua did not know yet has its default."""
    raw = json.loads(document)
    queue, rating, notices = raw["queue"], raw["rating"], raw.get("notices", {})
    former = notices.pop("public_url", "")
    if "allow_local" not in notices:  # set up before that was asked for: what works goes on working
        hosts = (notices.get("smtp_host", ""), urlsplit(notices.get("webhook_url", "")).hostname or "")
        notices["allow_local"] = any(host in {"localhost", "::1"} or host.startswith("127.") for host in hosts)
    for name in ("hold_reasons", "pause_reasons", "call_reasons"):
        queue[name] = _choices(queue[name])
    rating["reasons"] = _choices(rating["reasons"])
    return Settings(
        **{
            **raw,
            "unit": Unit(**raw["unit"]),
            "week": tuple(_sessions(day) for day in raw["week"]),
            "days_off": tuple(DayOff(**day) for day in raw["days_off"]),
            "working_days": tuple(WorkingDay(**{**day, "sessions": _sessions(day["sessions"])}) for day in raw["working_days"]),
            "queue": QueueRules(**queue),
            "rating": RatingRules(**rating),
            "priorities": tuple(Priority(**{**item, "label": _both(item["label"])}) for item in raw["priorities"]),
            "texts": {key: _both(pair) for key, pair in raw["texts"].items()},
            "seats": tuple(raw.get("seats", ())),
            "appointments": Appointments(**raw.get("appointments", {})),
            "notices": Notices(**notices),
            "staff": StaffRules(**raw.get("staff", {})),
            "web": Web(**raw.get("web", {"base_url": former.rstrip("/")})),
            "waits": Waits(**raw.get("waits", {})),
            "voice": Voice(**raw.get("voice", {})),
        }
    )
