"""What must happen in the world because of an event: planned with it, handed to an agent, its result journalled.

States: `planned -> sent -> done | failed | unknown`, `planned -> expired | replaced`; a notice whose try failed goes
back from `sent` to `planned` (see `outbox`). A print job that was sent and
has no result is `unknown` and never sent again by itself: only a person may decide for a second paper.

A job's device is one name, or an address with a holder. Whoever is the holder (an enrolled agent) takes what waits
for any of its devices. Holder and place are columns: the text of an address is read once, when a job is written.
"""

import json
from datetime import timedelta
from typing import ClassVar, cast

from msgspec import Struct
from sqlite_utils import Database

from motcua.desk.errors import Invalid, Unknown
from motcua.desk.event import Event, Json
from motcua.desk.moment import parse, stamp
from motcua.desk.tx import Tx
from motcua.typed.device_address import DeviceAddress

RESULTS = ("done", "failed", "unknown")
OPEN = "state IN ('planned', 'sent')"
"""As the index `jobs_open` has it. A query that also says this goes through the few open jobs, never through all."""


class Planned(Struct, frozen=True):
    """A job to create: target device, payload, time to live. `newest_only` replaces older ones of the kind."""

    device: str
    kind: str
    payload: dict[str, Json]
    ttl_ms: int
    newest_only: bool = False


class DeviceJob(Struct, frozen=True):
    """A planned job with its number and state; `tries` failed so far."""

    id: int
    device: str
    kind: str
    payload: dict[str, Json]
    state: str
    expires_at: str
    detail: str | None
    tries: int = 0


class JobFinished(Event, frozen=True):
    """A device reported how a job ended, or nobody could."""

    job: int
    device: str
    job_kind: str
    state: str
    detail: str | None
    about: str | None
    kind: ClassVar[str] = "job.finished"

    @property
    def subject(self) -> str:
        """Return `job:<id>`."""
        return f"job:{self.job}"


def create(db: Database) -> None:
    """Make the job table."""
    db.execute(
        "CREATE TABLE jobs (id INTEGER PRIMARY KEY AUTOINCREMENT, device TEXT NOT NULL, kind TEXT NOT NULL, "
        "payload TEXT NOT NULL,"
        " state TEXT NOT NULL, planned_at TEXT NOT NULL, expires_at TEXT NOT NULL, sent_at TEXT, detail TEXT, "
        "about TEXT NOT NULL) STRICT"
    )
    db.execute("CREATE INDEX jobs_open ON jobs (device, id) WHERE state IN ('planned', 'sent')")


def add_holders(db: Database) -> None:
    """Give each job the columns by which its device's holder finds it; those that are there get them from their
    device.
    """
    db.execute("ALTER TABLE jobs ADD COLUMN holder TEXT NOT NULL DEFAULT ''")
    db.execute("ALTER TABLE jobs ADD COLUMN place INTEGER")
    for number, device in db.execute("SELECT id, device FROM jobs").fetchall():
        db.execute("UPDATE jobs SET holder = ?, place = ? WHERE id = ?", (*_holder_and_place(device), number))


def add_retries(db: Database) -> None:
    """Give each job the number of its failed tries, and the moment before which it is not tried again."""
    db.execute("ALTER TABLE jobs ADD COLUMN tries INTEGER NOT NULL DEFAULT 0")
    db.execute("ALTER TABLE jobs ADD COLUMN due_at TEXT")
    db.execute("CREATE INDEX jobs_outside ON jobs (id) WHERE kind IN ('notify', 'event')")


def _holder_and_place(device: str) -> tuple[str, int | None]:
    address = DeviceAddress.parse(device)
    return address.holder or device, address.counter


def add_job(db: Database, planned: Planned, at: str, about: str, speed: float = 1.0) -> None:
    """Write one planned job; `about` is the subject of the event it follows from.

    Devices keep real time, however fast the clock runs.
    """
    expires = stamp(parse(at) + timedelta(milliseconds=planned.ttl_ms * speed))
    if planned.newest_only:
        db.execute(
            f"UPDATE jobs SET state = 'replaced' WHERE device = ? AND kind = ? AND {_PLANNED}",
            (planned.device, planned.kind),
        )
    db.execute(
        "INSERT INTO jobs (device, holder, place, kind, payload, state, planned_at, expires_at, about) "
        "VALUES (?,?,?,?,?,'planned',?,?,?)",
        (
            planned.device,
            *_holder_and_place(planned.device),
            planned.kind,
            json.dumps(planned.payload, ensure_ascii=False),
            at,
            expires,
            about,
        ),
    )


def _job(row: tuple[object, ...]) -> DeviceJob:
    return DeviceJob(
        cast(int, row[0]),
        cast(str, row[1]),
        cast(str, row[2]),
        _payload(cast(str, row[3])),
        cast(str, row[4]),
        cast(str, row[5]),
        cast("str | None", row[6]),
        cast(int, row[7]),
    )


def _payload(text: str) -> dict[str, Json]:
    """Return what a job says; one that cannot be read says nothing, and holds up none of the others."""
    try:
        payload = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return payload if isinstance(payload, dict) else {}


_COLUMNS = "id, device, kind, payload, state, expires_at, detail, tries"


def get_job(db: Database, job_number: int) -> DeviceJob:
    """Return the job. Raises `Unknown("job.unknown")`."""
    row = db.execute(f"SELECT {_COLUMNS} FROM jobs WHERE id = ?", (job_number,)).fetchone()
    if row is None:
        raise Unknown("job.unknown", "There is no such job.")
    return _job(row)


_HELD = "(holder = :holder OR device = :holder)"
_PLANNED = f"{OPEN} AND state = 'planned'"
_DUE = f"{_PLANNED} AND expires_at > :at AND (due_at IS NULL OR due_at <= :at)"
NO_LIMIT = -1


def list_waiting(db: Database, holder: str, at: str, most: int = NO_LIMIT) -> list[DeviceJob]:
    """Return what is planned for the devices of `holder`, due and still of use, oldest first, at most `most`."""
    query = f"SELECT {_COLUMNS} FROM jobs INDEXED BY jobs_open WHERE {_HELD} AND {_DUE} ORDER BY id LIMIT :most"
    return [_job(row) for row in db.execute(query, {"holder": holder, "at": at, "most": most})]


def find_newest(db: Database) -> int:
    """Return the number of the last planned job, 0 before the first: what is known of a sign now is newer than that
    job.
    """
    number = db.execute("SELECT max(id) FROM jobs").fetchone()[0]
    return int(number or 0)


def hand_out(tx: Tx, holder: str, most: int = NO_LIMIT) -> list[DeviceJob]:
    """Mark what waits for the devices of `holder` as sent and return it, oldest first, at most `most`."""
    expire = f"UPDATE jobs SET state = 'expired' WHERE {_HELD} AND {_PLANNED} AND expires_at <= :at"
    tx.db.execute(expire, {"holder": holder, "at": tx.at})
    jobs = list_waiting(tx.db, holder, tx.at, most)
    tx.db.conn.executemany(
        "UPDATE jobs SET state = 'sent', sent_at = ? WHERE id = ?", [(tx.at, job.id) for job in jobs]
    )
    return jobs


def withdraw(db: Database, holder: str, place: int) -> None:
    """Drop what is planned for the devices of `holder` at `place`: they do not serve it any more."""
    drop = f"UPDATE jobs SET state = 'expired' WHERE {_HELD} AND {_PLANNED} AND place = :place"
    db.execute(drop, {"holder": holder, "place": place})


def finish_job(tx: Tx, job_number: int, holder: str, state: str, detail: str | None) -> DeviceJob:
    """Record how a job ended. The first result counts; one that comes after `unknown` completes it.

    Raises `Unknown("job.unknown")` for a job of somebody else's device, `Invalid("job.result")` for a state that is
    no result.
    """
    if state not in RESULTS:
        raise Invalid("job.result", "A job must end as done, failed or unknown.")
    job = get_job(tx.db, job_number)
    if not _is_held(tx.db, job_number, holder):
        raise Unknown("job.unknown", "There is no such job.")
    if job.state in {"done", "failed"} or job.state == state:
        return job
    return _end(tx, job, state, detail)


def _is_held(db: Database, job: int, holder: str) -> bool:
    query = f"SELECT 1 FROM jobs WHERE id = :job AND {_HELD}"
    return db.execute(query, {"job": job, "holder": holder}).fetchone() is not None


def _end(tx: Tx, job: DeviceJob, state: str, detail: str | None) -> DeviceJob:
    about = tx.db.execute("SELECT about FROM jobs WHERE id = ?", (job.id,)).fetchone()[0]
    tx.db.execute("UPDATE jobs SET state = ?, detail = ? WHERE id = ?", (state, detail, job.id))
    tx.emit(JobFinished(job=job.id, device=job.device, job_kind=job.kind, state=state, detail=detail, about=about))
    return DeviceJob(job.id, job.device, job.kind, job.payload, state, job.expires_at, detail)


def list_overdue(db: Database, at: str, grace_ms: int = 30_000) -> list[int]:
    """Return the jobs that were sent, have no result and expired more than `grace_ms` ago."""
    limit = stamp(parse(at) - timedelta(milliseconds=grace_ms))
    query = f"SELECT id FROM jobs INDEXED BY jobs_open WHERE {OPEN} AND state = 'sent' AND expires_at <= ? ORDER BY id"
    return [row[0] for row in db.execute(query, (limit,))]


def mark_unknown(tx: Tx, job_number: int) -> DeviceJob:
    """End a job that was sent and never answered as `unknown`."""
    job = get_job(tx.db, job_number)
    return job if job.state != "sent" else _end(tx, job, "unknown", "no result")


def purge(db: Database, before: str) -> None:
    """Remove jobs that ended and were planned before `before`."""
    db.execute(f"DELETE FROM jobs WHERE planned_at < ? AND NOT ({OPEN})", (before,))
