"""Jobs that leave the building: put back after a failed try, ended without a row in the journal, listed, sent once
more.

A job of the kind `notify` ends in the journal. One of the kind `event` repeats a journal row to a program outside;
its end is in the job table only, for else each row would bring another one.
"""

import json

from msgspec import Struct
from sqlite_utils import Database

from motcua.desk.errors import Refused, Unknown
from motcua.desk.event import Json
from motcua.desk.jobs import OPEN, DeviceJob, Planned, add_job, finish_job, get_job
from motcua.desk.tx import Tx

NOTIFY, EVENT = "notify", "event"
"""The kinds of jobs that leave the building."""
AGAIN = "again"
"""The field of a payload that names the job which is sent once more."""
TTL_MS = 24 * 3600 * 1000
"""How long a message can wait for a server that is off."""
ENDED = frozenset({"done", "failed", "unknown", "expired"})


class OutboxLine(Struct, frozen=True):
    """One line of the delivery log. `due_at` is when it is tried again, `detail` the code of the last problem."""

    id: int
    way: str
    kind: str
    payload: dict[str, Json]
    state: str
    detail: str | None
    tries: int
    planned_at: str
    sent_at: str | None
    due_at: str | None


def put_back(tx: Tx, job_number: int, due_at: str, detail: str | None, *, counts: bool = True) -> None:
    """Let a handed out job wait until `due_at`: a try failed with `detail`; with `counts` false nothing was tried."""
    tx.db.execute(
        "UPDATE jobs SET state = 'planned', due_at = ?, detail = ?, tries = tries + ? WHERE id = ? AND state = 'sent'",
        (due_at, detail, int(counts), job_number),
    )


def end_job(tx: Tx, job: DeviceJob, state: str, detail: str | None) -> None:
    """Record how a job ended: in the journal, or only in the job table for the kind `event`."""
    if job.kind != EVENT:
        finish_job(tx, job.id, job.device, state, detail)
        return
    tx.db.execute("UPDATE jobs SET state = ?, detail = ? WHERE id = ?", (state, detail, job.id))


def plan_now(tx: Tx, planned: Planned, about: str) -> None:
    """Plan a job that follows from no event, such as one about the desk's health."""
    add_job(tx.db, planned, tx.at, about)


def send_again(tx: Tx, job_number: int) -> int:
    """Plan a message that ended once more, as the same message for its receiver. Return the new job's number.

    Raises `Unknown("notice.unknown")`, `Refused("notice.waits")` while it is still under way.
    """
    job = get_job(tx.db, job_number)
    if job.kind not in {NOTIFY, EVENT}:
        raise Unknown("notice.unknown", "There is no such message.")
    if job.state not in ENDED:
        raise Refused("notice.waits", "This message is still being sent. Please wait until it has ended.")
    about = str(tx.db.execute("SELECT about FROM jobs WHERE id = ?", (job_number,)).fetchone()[0])
    payload: dict[str, Json] = {**job.payload, AGAIN: job.payload.get(AGAIN, job.id)}
    add_job(tx.db, Planned(job.device, job.kind, payload, TTL_MS), tx.at, about)
    return int(tx.db.execute("SELECT max(id) FROM jobs").fetchone()[0])


def list_deliveries(db: Database, most: int) -> list[OutboxLine]:
    """Return the newest messages, the newest first."""
    rows = db.execute(
        "SELECT id, device, kind, payload, state, detail, tries, planned_at, sent_at, due_at FROM jobs"
        " WHERE kind IN ('notify', 'event') ORDER BY id DESC LIMIT ?",
        (most,),
    )
    return [OutboxLine(number, way, kind, _read(payload), *rest) for number, way, kind, payload, *rest in rows]


def count_states(db: Database, kind: str) -> dict[str, dict[str, int]]:
    """Return for each subject of a kind, such as `filing`, how many messages about it are in each state."""
    counts: dict[str, dict[str, int]] = {}
    query = (
        "SELECT about, state, count(*) FROM jobs WHERE kind IN ('notify', 'event') AND kind = 'notify'"
        " AND about GLOB ? GROUP BY about, state"
    )
    for about, state, count in db.execute(query, (f"{kind}:*",)):
        counts.setdefault(about, {})[state] = count
    return counts


class OutboxJob(Struct, frozen=True):
    """A job whose turn it is among those about one subject, such as `dossier:<code>`, and when it was planned."""

    job: DeviceJob
    about: str
    planned_at: str


_HEADS = (
    f"SELECT id, planned_at, about FROM jobs WHERE id IN (SELECT min(id) FROM jobs INDEXED BY jobs_open WHERE {OPEN}"
    " AND device = :device GROUP BY about) AND (due_at IS NULL OR due_at <= :at) ORDER BY id"
    " LIMIT :most"
)


def list_heads(db: Database, device: str, at: str, most: int) -> list[OutboxJob]:
    """Return of each subject the job that was planned first, where it is due: those about one subject keep their order.

    They stay `planned` until they end, so that a crash loses none.
    """
    rows = db.execute(_HEADS, {"device": device, "at": at, "most": most}).fetchall()
    return [OutboxJob(get_job(db, number), about, planned_at) for number, planned_at, about in rows]


def put_back_planned(tx: Tx, job_number: int, due_at: str, detail: str) -> None:
    """Let a planned job wait until `due_at`, because a try failed with `detail`."""
    query = "UPDATE jobs SET due_at = ?, detail = ?, tries = tries + 1 WHERE id = ? AND state = 'planned'"
    tx.db.execute(query, (due_at, detail, job_number))


def count_waiting(db: Database, device: str, tries: int = 0) -> int:
    """Return how many jobs wait for `device` that failed at least `tries` times."""
    query = f"SELECT count(*) FROM jobs INDEXED BY jobs_open WHERE device = ? AND {OPEN} AND tries >= ?"
    return int(db.execute(query, (device, tries)).fetchone()[0])


def find_planned_at(db: Database, job_number: int) -> str:
    """Return when a job was planned: the moment of its event."""
    row = db.execute("SELECT planned_at FROM jobs WHERE id = ?", (job_number,)).fetchone()
    return str(row[0]) if row else ""


def count_failing(db: Database, tries: int) -> int:
    """Return how many messages wait that failed at least `tries` times."""
    query = (
        f"SELECT count(*) FROM jobs INDEXED BY jobs_open WHERE {OPEN} AND kind IN ('notify', 'event') AND tries >= ?"
    )
    return int(db.execute(query, (tries,)).fetchone()[0])


def _read(text: str) -> dict[str, Json]:
    try:
        payload = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return payload if isinstance(payload, dict) else {}
