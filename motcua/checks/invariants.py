"""What must hold at a desk before a day begins, looked at one by one: journal, clock, disk, copies, signed digests,
voice.
"""

import shlex
import shutil
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

from msgspec import Struct, field

from motcua.calls import sounds
from motcua.checks.clock import describe_step, find_last_step
from motcua.checks.named_codes import list_gone_names
from motcua.desk import Reader, StoreError, digests, get_local_day, get_zone, journal, parse, schema, signing
from motcua.desk.backup import BY_DAY, find_newest_copy
from motcua.desk.database import list_steps
from motcua.desk.messages import mark
from motcua.desk.packing import STORE
from motcua.desk.private import find_open, get_account_name
from motcua.desk.steps import LEAST_MS
from motcua.desk.tables import DESK
from motcua.dossiers.store.vaults import KEY_LOST, is_key_lost
from motcua.equipment import store as equipment_store
from motcua.equipment.model import Binding
from motcua.queue import store as queue_store
from motcua.settings import store as settings_store
from motcua.setup import actions
from motcua.setup.rooms import ROOMS
from motcua.setup.ticket_letters import find_unprintable, sum_up
from motcua.staff import store as staff_store
from motcua.voice.library import Library

FREE_LEAST = 1_000_000_000
BACKUP_DAYS = 2
NEWEST = 7
JOURNAL, CLOCK, DISK, FOLDER, BACKUP, DIGESTS, VOICE = (
    "journal",
    "clock",
    "disk",
    "folder",
    "backup",
    "digests",
    "voice",
)
TICKETS, STORE_LINE, SMILE, SETTINGS = "tickets", "store", "smile", "settings"


class CheckLine(Struct, frozen=True):
    """One line of a check: what was looked at, how it is (`ok`, `degraded`, `down`, `unknown`), and a detail with
    its numbers.

    `device` names a device and the agent it belongs to where the line is about one.
    """

    what: str
    state: str
    detail: str | None = None
    params: dict[str, object] = field(default_factory=dict)
    device: tuple[int, str] | None = None
    counters: tuple[int, ...] = ()
    fault: str | None = None
    """The detail as a whole sentence, where it is told without the line's title."""


def check_voice(db: Reader, library: Library) -> CheckLine:
    """Return whether every word that calls need can be spoken, and every recording of the ward be used."""
    if not settings_store.get_settings(db).voice.is_on:
        return CheckLine(VOICE, "ok", mark("switched off in the settings"))
    if sounds.is_mute(db, library):
        fault = mark("Words are missing: calls ring, but are not spoken.")
        return CheckLine(VOICE, "degraded", mark("words are missing: calls ring, but are not spoken"), fault=fault)
    if refused := library.list_refused():
        files = ", ".join(name for name, _message, _params in refused)
        return CheckLine(VOICE, "degraded", mark("recordings that cannot be used: %(files)s"), {"files": files})
    return CheckLine(VOICE, "ok", mark("every word is there"))


def check_cameras(db: Reader) -> CheckLine:
    """Return whether cameras may score smiles, and at which counters there is one."""
    if not settings_store.get_settings(db).camera.is_on:
        return CheckLine(SMILE, "ok", mark("cameras are switched off in the settings"))
    agents, bindings = staff_store.list_agents(db), equipment_store.load_bindings(db)
    cameras = [device for device in equipment_store.list_devices(db, "camera") if device.agent in agents]
    bound = {camera: bindings.get(camera.agent, Binding(camera.agent)).counters for camera in cameras}
    numbers = sorted({number for camera in cameras for number in camera.counters if number in bound[camera]})
    if not numbers:
        return CheckLine(SMILE, "degraded", mark("cameras are switched on, but none is assigned to a counter"))
    words: dict[str, object] = {"count": len(numbers), "counters": ", ".join(map(str, numbers))}
    return CheckLine(SMILE, "ok", mark("cameras are switched on: %(count)s, at counter %(counters)s"), words)


def check_dossier_key(db: Reader, folder: Path) -> list[CheckLine]:
    """Return a line where the key of the applicants' data is lost."""
    return [CheckLine(STORE_LINE, "down", KEY_LOST, fault=KEY_LOST)] if is_key_lost(db, folder) else []


CANNOT_PRINT = mark(
    "“%(letters)s” cannot be printed: the tickets' font lacks it, and “�” is printed instead. It is used in %(texts)s."
)


def check_printable(db: Reader) -> list[CheckLine]:
    """Return a line where the tickets' font lacks letters of the hall's own texts, nothing where it has them all."""
    if settings_store.get_settings(db).printing.paper == "none":
        return []
    unprintable_texts = find_unprintable(actions.get_document(db))
    return [CheckLine(TICKETS, "degraded", CANNOT_PRINT, sum_up(unprintable_texts))] if unprintable_texts else []


def check_names(db: Reader, now: datetime) -> list[CheckLine]:
    """Return a line for each setting that names what the desk has no more."""
    if schema.make_migrations(list_steps([DESK, *ROOMS])).pending(db):
        return []
    day = get_local_day(now, settings_store.get_timezone(db))
    return [CheckLine(SETTINGS, "degraded", item.message, item.params) for item in list_gone_names(db, day)]


def check_all(db: Reader, folder: Path, now: datetime) -> list[CheckLine]:
    """Return a line for each invariant of the desk in `folder`. Reads the whole journal: seconds for years of rows."""
    checks: list[tuple[str, Callable[[], CheckLine]]] = [
        (JOURNAL, lambda: _journal(db)),
        (CLOCK, lambda: _clock(db, now)),
        (DISK, lambda: _disk(folder)),
        (BACKUP, lambda: check_backup(db, folder)),
        (DIGESTS, lambda: check_digests(db, folder, whole=True)),
        (VOICE, lambda: check_voice(db, Library(folder / "voice"))),
        (SMILE, lambda: check_cameras(db)),
    ]
    lines = []
    for what, check in checks:
        try:
            lines.append(check())
        except (OSError, StoreError, ValueError, KeyError, TypeError) as error:
            lines.append(CheckLine(what, "down", "%(problem)s", {"problem": error}))
    return [
        *lines,
        *check_printable(db),
        *check_names(db, now),
        *check_schema(db),
        *check_opened_files(folder),
        *check_dossier_key(db, folder),
    ]


def check_schema(db: Reader) -> list[CheckLine]:
    """Return a line where the store's tables, indexes and triggers are not exactly those of this program."""
    names = schema.compare_schema(db, list_steps([DESK, *ROOMS])).names
    return [CheckLine(STORE_LINE, "down", SCHEMA, {"names": ", ".join(names)})] if names else []


def _journal(db: Reader) -> CheckLine:
    try:
        broken = journal.find_broken_link(journal.read_strict_rows(db))
    except (ValueError, RecursionError):
        return CheckLine(JOURNAL, "down", mark("a row cannot be read"))
    if broken is not None:
        return CheckLine(JOURNAL, "down", mark("row %(seq)s breaks the chain"), {"seq": broken.seq})
    if schema.make_migrations(list_steps([DESK, *ROOMS])).pending(db):  # of an older version, and the desk does not run
        return CheckLine(
            JOURNAL, "ok", mark("%(count)s rows, the chain is intact"), {"count": journal.read_head(db).seq}
        )
    from motcua.audit.compare import list_differences

    if (count := sum(1 for _difference in list_differences(db))) > 0:
        return CheckLine(JOURNAL, "down", UNLIKE, {"count": count})
    return CheckLine(JOURNAL, "ok", mark("%(count)s rows, the chain is intact"), {"count": journal.read_head(db).seq})


def _clock(db: Reader, now: datetime) -> CheckLine:
    """Look at `now`, which is what the computer's clock shows, beside the journal."""
    head, timezone = journal.read_head(db), settings_store.get_timezone(db)
    day = get_local_day(now, timezone)
    if head.day and day < head.day:
        return CheckLine(
            CLOCK,
            "down",
            mark("the computer says %(day)s, the journal's last day is %(last)s"),
            {"day": day, "last": head.day},
        )
    if head.seq and now < parse(head.at) - timedelta(milliseconds=LEAST_MS):
        words = {
            "shown": f"{now.astimezone(get_zone(timezone)):%H:%M}",
            "last": f"{parse(head.at).astimezone(get_zone(timezone)):%H:%M}",
        }
        return CheckLine(
            CLOCK,
            "degraded",
            mark("the computer says %(shown)s, the journal's last row was written at %(last)s"),
            dict(words),
        )
    if (step := find_last_step(db, day)) is not None:
        return CheckLine(CLOCK, "degraded", *describe_step(step, timezone))
    return CheckLine(CLOCK, "ok", "%(day)s", {"day": day})


def _disk(folder: Path) -> CheckLine:
    free = shutil.disk_usage(folder).free
    return CheckLine(
        DISK, "ok" if free >= FREE_LEAST else "down", mark("%(free)s GB free"), {"free": f"{free / 1e9:.1f}"}
    )


OPEN = mark(
    "Other accounts of this computer can use %(path)s. Close it with: chmod -R go= %(folder)s (a disk without rights, "
    "such as FAT or exFAT, must be mounted with umask=077)"
)
FOREIGN = mark(
    "%(path)s belongs to another account, which can read and change it. Give it to the server's account with: chown -R "
    "%(account)s %(folder)s"
)


UNLIKE = mark("in %(count)s places the tables do not match the journal. To see where: motcua journal verify")
SCHEMA = mark(
    "parts of it were not made by this program: %(names)s. Somebody changed the store with another program. Stop the "
    "server, start it again, and run: motcua journal verify"
)


def check_permissions(folder: Path, *, whole: bool) -> CheckLine:
    """Return whether the data folder is the desk's alone; not `whole` looks at the folder itself only."""
    exposures = find_open(folder, folder / STORE, whole=whole)
    if not exposures:
        return CheckLine(FOLDER, "ok", mark("only the server's own account can use it"))
    first = exposures[0]
    state = "down" if first.is_foreign or first.path == folder else "degraded"
    words: dict[str, object] = {
        "path": first.path,
        "folder": shlex.quote(str(folder)),
        "account": get_account_name(folder / STORE),
    }
    message = FOREIGN if first.is_foreign else OPEN
    return CheckLine(FOLDER, state, message, words, fault=message)


def check_opened_files(folder: Path) -> list[CheckLine]:
    """Return a line where others can use the data folder, or what lies in it."""
    line = check_permissions(folder, whole=True)
    return [] if line.state == "ok" else [line]


def check_backup(db: Reader, folder: Path) -> CheckLine:
    """Return whether the last day that ended is in a copy. A copy that is empty or cut off is none."""
    last_day = max((str(row["closed"]) for row in queue_store.list_closings(db)), default=None)
    if last_day is None:
        return CheckLine(BACKUP, "ok", mark("the first copy is made when the first day ends"))
    newest = find_newest_copy(folder / "backups", BY_DAY)
    if newest is None:
        return CheckLine(BACKUP, "down", mark("there is no copy"), fault=mark("There is no copy of the desk."))
    days = (date.fromisoformat(last_day) - date.fromisoformat(newest.stem)).days
    state = "ok" if days <= 0 else "degraded" if days <= BACKUP_DAYS else "down"
    fault = mark("The newest copy of the desk is of %(day)s.")
    return CheckLine(BACKUP, state, mark("the newest copy is of %(day)s"), {"day": newest.stem}, fault=fault)


def check_digests(db: Reader, folder: Path, *, whole: bool) -> CheckLine:
    """Return whether every day that ended is signed; not `whole` looks into the newest digests only, which is quick."""
    days = [str(row["closed"]) for row in queue_store.list_closings(db)]
    older, newest = ([], days) if whole else (days[:-NEWEST], days[-NEWEST:])
    missing = [day for day in older if not _is_file(digests.get_digest_path(folder, day))]
    missing += [day for day in newest if not digests.is_there(digests.get_digest_path(folder, day))]
    if missing:
        listed: dict[str, object] = {"days": ", ".join(missing[-3:])}
        return CheckLine(
            DIGESTS, "down", mark("not signed: %(days)s"), listed, fault=mark("Days that are not signed: %(days)s")
        )
    if days and signing.read_key(folder) is None:
        return CheckLine(DIGESTS, "down", mark("the signing key is missing or broken"))
    return CheckLine(DIGESTS, "ok", mark("every closed day is signed"))


def check_new_key(db: Reader) -> list[CheckLine]:
    """Return a line while a new signing key waits to be confirmed."""
    waits = mark("a new signing key waits for an administrator to confirm it")
    return [] if signing.find_unconfirmed(db) is None else [CheckLine(DIGESTS, "down", waits)]


def _is_file(path: Path) -> bool:
    try:
        return path.stat().st_size > 0
    except OSError:
        return False
