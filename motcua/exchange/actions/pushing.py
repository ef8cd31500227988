"""What waits to be told to the provincial system: jobs that are planned with the change itself, and how they end."""

from motcua.desk import Refused, Tx, outbox
from motcua.desk import jobs as job_table
from motcua.desk.jobs import Planned
from motcua.dossiers.model.dossier import Dossier
from motcua.dossiers.store import dossiers
from motcua.exchange.actions.switched import require_dossiers
from motcua.exchange.store import refusals
from motcua.exchange.store.refusals import PushRefusal
from motcua.settings import store as settings_store

PUSH, KIND = "province:push", "province"
TTL_MS = 30 * 24 * 3600 * 1000
"""After so long a state that could not be sent is stale, and a person has to look."""


def make_push(dossier: Dossier) -> Planned:
    """Return the job that tells the province of a dossier's present state. It holds no personal data."""
    return Planned(PUSH, KIND, {"dossier": dossier.code, "state": dossier.state.value}, TTL_MS)


def end_push(tx: Tx, number: int, refused: str | None) -> None:
    """Record that the province was told, or why it never will be; a person has to look at that."""
    job = job_table.finish_job(tx, number, PUSH, "failed" if refused else "done", refused)
    code = str(job.payload.get("dossier"))
    if refused:
        refusals.note_refusal(tx.db, PushRefusal(code, refused, tx.at))
    else:
        refusals.forget_refusal(tx.db, code)


def put_back_push(tx: Tx, number: int, due_at: str, detail: str) -> None:
    """Let a state wait, because it could not be sent now."""
    outbox.put_back_planned(tx, number, due_at, detail)


def push_again(tx: Tx, code: str) -> None:
    """Let the province be told of the present state of a dossier that it refused.

    Raises `Unknown("dossiers.off" | "dossier.unknown")`, `Refused("province.off" | "province.no_code")`.
    """
    require_dossiers(tx)
    dossier = dossiers.get_dossier(tx.db, code)
    rules = settings_store.get_settings(tx.db).province
    if not (rules.is_on and rules.status_url):
        raise Refused("province.off", "Nothing is sent to the provincial system: the settings say so.")
    if dossier.provincial_code is None:
        raise Refused("province.no_code", "The code of the provincial system must be entered first.")
    refusals.forget_refusal(tx.db, dossier.code)
    outbox.plan_now(tx, make_push(dossier), f"dossier:{dossier.code}")
