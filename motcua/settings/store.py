"""The settings' one row: a JSON document and its version."""

import json
from collections.abc import Mapping
from dataclasses import is_dataclass
from functools import cache, lru_cache
from typing import Any, get_args, get_origin, get_type_hints
from urllib.parse import urlsplit

from msgspec import to_builtins

from motcua.desk import Reader, Room, count_changes, forget, read_once
from motcua.settings.model import Settings
from motcua.settings.values import WEEKDAYS

_FLAT = {
    "timezone": ("day", "timezone"),
    "close_after_min": ("day", "close_after_min"),
    "latest_min": ("day", "latest_min"),
    "paper": ("printing", "paper"),
    "priority_days": ("retention", "priority_days"),
    "text_days": ("retention", "text_days"),
    "booking_days": ("retention", "booking_days"),
    "seats": ("seats", "labels"),
    "ticket_layout": ("printing", "layout"),
    "paper_mm": ("printing", "paper_mm"),
}
"""The first settings stand beside the sections in the stored document: the journal has its seals, so its form stays."""
_ORDER = (
    "unit", "timezone", "close_after_min", "latest_min", "week", "days_off", "working_days", "queue", "priorities",
    "rating",
    "paper", "texts", "priority_days", "text_days", "booking_days", "seats", "appointments", "web", "notices", "staff",
    "waits", "voice", "ticket_layout", "paper_mm",
    "guard_calls", "guard_wait_min", "absent_grace_min", "undo_s", "hold_reasons", "pause_reasons", "call_reasons",
)  # fmt: skip
"""The order in which they came about, and so did those of the queue. What came later follows in the order of the
file."""
_MORE = "more"
"""Holds what is newer in the sections of `_FLAT`."""


def _first(db: Reader) -> None:
    db.execute(
        "CREATE TABLE settings (id INTEGER PRIMARY KEY CHECK (id = 1), version INTEGER NOT NULL, document "
        "TEXT NOT NULL) STRICT"
    )


def _facts(db: Reader) -> None:
    count_changes(db, "settings")


ROOM = Room("settings", [("first", _first), ("facts", _facts)])


def get_settings(db: Reader) -> Settings:
    """Return the settings in force; the defaults while the desk is not set up."""
    return read_once(db, "settings", _read)


def _read(db: Reader) -> Settings:
    row = db.execute("SELECT document FROM settings WHERE id = 1").fetchone()
    return load(row[0]) if row else Settings()


def get_stored(db: Reader) -> str:
    """Return the document as it is stored, empty while the desk is not set up."""
    row = db.execute("SELECT document FROM settings WHERE id = 1").fetchone()
    return str(row[0]) if row else ""


def get_version(db: Reader) -> int:
    """Return how often the settings were saved; 0 while the desk is not set up."""
    row = db.execute("SELECT version FROM settings WHERE id = 1").fetchone()
    return int(row[0]) if row else 0


def save(db: Reader, settings: Settings) -> None:
    """Put `settings` in force."""
    forget(db)
    db.execute(
        "INSERT INTO settings (id, version, document) VALUES (1, 1, ?)"
        " ON CONFLICT (id) DO UPDATE SET version = version + 1, document = excluded.document",
        (dump(settings),),
    )


def get_timezone(db: Reader) -> str:
    """Return the desk's time zone."""
    return get_settings(db).timezone


def dump(settings: Settings) -> str:
    """Return `settings` as they are stored."""
    document: dict[str, Any] = to_builtins(settings)
    document["week"] = list(document.pop("hours").values())
    document["queue"] = _in_order(document["queue"])
    flat = {name: document[section].pop(key) for name, (section, key) in _FLAT.items()}
    more = {
        section: left for section in {section for section, _key in _FLAT.values()} if (left := document.pop(section))
    }
    return json.dumps(_in_order(document | flat | ({_MORE: more} if more else {})), ensure_ascii=False)


def _in_order(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: values[name]
        for name in sorted(values, key=lambda name: _ORDER.index(name) if name in _ORDER else len(_ORDER))
    }


@lru_cache(maxsize=8)
def load(document: str) -> Settings:
    """Return the settings of a stored document; what an older motcua did not know yet has its default.

    They are not checked again.
    """
    raw = json.loads(document)
    notices = raw.get("notices", {})
    former = notices.pop("public_url", "")
    if "allow_local" not in notices:  # set up before that was asked for: what works goes on working
        hosts = (notices.get("smtp_host", ""), urlsplit(notices.get("webhook_url", "")).hostname or "")
        notices["allow_local"] = any(host in {"localhost", "::1"} or host.startswith("127.") for host in hosts)
    sections = {
        "notices": notices,
        "web": {"base_url": former.rstrip("/")},
        "hours": dict(zip(WEEKDAYS, raw.pop("week"), strict=True)),
    }
    sections |= raw.pop(_MORE, {})
    for name, (section, key) in _FLAT.items():
        if name in raw:
            sections.setdefault(section, {})[key] = raw.pop(name)
    settings: Settings = _value(Settings, sections | raw)
    return settings


def _value(kind: Any, stored: Any) -> Any:
    """Return what was stored of a value of the type `kind`."""
    if isinstance(kind, type) and is_dataclass(kind):
        types = _types(kind)
        return kind(**{name: _value(types.get(name), value) for name, value in stored.items()})
    if get_origin(kind) is tuple:
        return tuple(_value(get_args(kind)[0], item) for item in stored)
    return stored


@cache
def _types(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)
