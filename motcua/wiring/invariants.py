"""What must hold at a desk before a day begins, looked at one by one: journal, clock, disk, copies, signed digests, voice."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from motcua.desk import Reader, StoreError, journal, local_day
from motcua.queue import store as queue_store
from motcua.settings import store as settings_store
from motcua.setup import actions
from motcua.setup.ticket_letters import summed_up, unprintable
from motcua.voice.library import Library
from motcua.wiring import voice

FREE_LEAST = 1_000_000_000
BACKUP_DAYS = 2
JOURNAL, CLOCK, DISK, BACKUP, DIGESTS, VOICE = "journal", "clock", "disk", "backup", "digests", "voice"
TICKETS = "tickets"


@dataclass(frozen=True)
class Line:
    """One line of a check: what was looked at, how it is (`ok`, `degraded`, `down`, `unknown`), and a detail with its numbers.

    `device` names a device and the agent it belongs to where the line is about one.
    """

    what: str
    state: str
    detail: str | None = None
    params: dict[str, object] = field(default_factory=dict)
    device: tuple[int, str] | None = None
    counters: tuple[int, ...] = ()

    @property
    def is_down(self) -> bool:
        """Say whether somebody has to do something before the hall can rely on it."""
        return self.state == "down"


def mark(message: str) -> str:
    """Mark `message` for translation where it is not yet said."""
    return message


def spoken(db: Reader, folder: Path) -> Line:
    """Return whether every word that calls need can be spoken."""
    if not settings_store.current(db).voice.is_on:
        return Line(VOICE, "ok", mark("switched off in the settings"))
    if voice.is_mute(db, Library(folder / "voice")):
        return Line(VOICE, "degraded", mark("words are missing: calls ring, but are not spoken"))
    return Line(VOICE, "ok", mark("every word is there"))


CANNOT_PRINT = mark("“%(letters)s” cannot be printed: the tickets' font lacks it, and “�” is printed instead. It stands in %(texts)s.")


def printed(db: Reader) -> list[Line]:
    """Return a line where the tickets' font lacks letters of the hall's own texts, nothing where it has them all."""
    if settings_store.current(db).paper == "none":
        return []
    found = unprintable(actions.current(db))
    return [Line(TICKETS, "degraded", CANNOT_PRINT, summed_up(found))] if found else []


def look(db: Reader, folder: Path, now: datetime) -> list[Line]:
    """Return a line for each invariant of the desk in `folder`. Reads the whole journal: seconds for years of rows."""
    checks: list[tuple[str, Callable[[], Line]]] = [
        (JOURNAL, lambda: _journal(db)),
        (CLOCK, lambda: _clock(db, now)),
        (DISK, lambda: _disk(folder)),
        (BACKUP, lambda: _backup(db, folder, now)),
        (DIGESTS, lambda: _digests(db, folder)),
        (VOICE, lambda: spoken(db, folder)),
    ]
    found = []
    for what, check in checks:
        try:
            found.append(check())
        except (OSError, StoreError) as error:
            found.append(Line(what, "down", "%(problem)s", {"problem": error}))
    return [*found, *printed(db)]


def _journal(db: Reader) -> Line:
    try:
        broken = journal.first_broken_link(journal.rows(db))
    except (ValueError, RecursionError):
        return Line(JOURNAL, "down", mark("a row cannot be read"))
    if broken is not None:
        return Line(JOURNAL, "down", mark("row %(seq)s does not fit the chain"), {"seq": broken.seq})
    return Line(JOURNAL, "ok", mark("%(count)s rows, the chain is whole"), {"count": journal.head(db).seq})


def _clock(db: Reader, now: datetime) -> Line:
    last = journal.head(db).day
    day = local_day(now, settings_store.timezone(db))
    if last and day < last:
        return Line(CLOCK, "down", mark("the computer says %(day)s, the journal's last day is %(last)s"), {"day": day, "last": last})
    return Line(CLOCK, "ok", "%(day)s", {"day": day})


def _disk(folder: Path) -> Line:
    free = shutil.disk_usage(folder).free
    return Line(DISK, "ok" if free >= FREE_LEAST else "down", mark("%(free)s GB free"), {"free": f"{free / 1e9:.1f}"})


def _backup(db: Reader, folder: Path, now: datetime) -> Line:
    copies = sorted((folder / "backups").glob("????-??-??.zip"))
    closed = queue_store.closings(db)
    if not closed:
        return Line(BACKUP, "ok", mark("the first copy is made when the first day ends"))
    last_day = max(str(row["closed"]) for row in closed)
    if not copies:
        return Line(BACKUP, "down", mark("there is no copy"))
    newest = copies[-1].stem
    days = (date.fromisoformat(last_day) - date.fromisoformat(newest)).days
    state = "ok" if days <= 0 else "degraded" if days <= BACKUP_DAYS else "down"
    return Line(BACKUP, state, mark("the newest copy is of %(day)s"), {"day": newest})


def _digests(db: Reader, folder: Path) -> Line:
    missing = [str(row["closed"]) for row in queue_store.closings(db) if not (folder / "digests" / f"{row['closed']}.json").exists()]
    if missing:
        return Line(DIGESTS, "down", mark("not signed: %(days)s"), {"days": ", ".join(missing[-3:])})
    return Line(DIGESTS, "ok", mark("every closed day is signed"))
