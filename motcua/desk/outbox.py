"""Jobs that leave the building: put back after a failed try, ended without a row in the journal, listed, sent once
more.

A job of the kind `notify` ends in the journal. One of the kind `event` repeats a journal row to a program outside;
its end is in the job table only, for else each row would bring another one.
"""

import json
from dataclasses import dataclass

from sqlite_utils import Database

from motcua.desk.errors import Refused, Unknown
from motcua.desk.event import Json
from motcua.desk.jobs import DeviceJob, Planned, add_job, finish_job, get_job
from motcua.desk.tx import Tx

NOTIFY, EVENT = "notify", "event"
"""The kinds of jobs that leave the building."""
AGAIN = "again"
"""The field of a payload that names the job which is sent once more."""
TTL_MS = 24 * 3600 * 1000
"""How long a message can wait for a server that is off."""
ENDED = frozenset({"done", "failed", "unknown", "expired"})


@dataclass(frozen=True)
class OutboxLine:
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


def find_planned_at(db: Database, job_number: int) -> str:
    """Return when a job was planned: the moment of its event."""
    row = db.execute("SELECT planned_at FROM jobs WHERE id = ?", (job_number,)).fetchone()
    return str(row[0]) if row else ""


def count_failing(db: Database, tries: int) -> int:
    """Return how many messages wait that failed at least `tries` times."""
    query = "SELECT count(*) FROM jobs WHERE state IN ('planned', 'sent') AND tries >= ?"
    return int(db.execute(query, (tries,)).fetchone()[0])


def _read(text: str) -> dict[str, Json]:
    try:
        payload = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return payload if isinstance(payload, dict) else {}
