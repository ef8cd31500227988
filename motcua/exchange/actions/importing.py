"""Taking in what another system says of dossiers, all of it or nothing."""

from motcua.desk import Refused, Tx
from motcua.exchange.actions.switched import require_dossiers
from motcua.exchange.events import DifferenceSettled, ProvincialDossiersImported
from motcua.exchange.model.records import MergePlan, RecordBatch, RecordOutcome
from motcua.exchange.store import records


def import_plan(tx: Tx, plan: MergePlan, way: str, account: int | None) -> int | None:
    """Write what a plan says; return the number of the import, None where nothing was new.

    Raises `Unknown("dossiers.off")`, `Refused("exchange.moved")` where something was imported since it was made.
    """
    require_dossiers(tx)
    if records.find_last_batch(tx.db) != plan.basis:
        raise Refused("exchange.moved", "Something else was imported in the meantime. Look at the file once more.")
    records.note_differences(tx.db, plan.differences, tx.at)
    records.forget_differences(tx.db, plan.agreed)
    if not plan.written:
        return None
    counts = {outcome.value: plan.counts[outcome] for outcome in RecordOutcome}
    draft = RecordBatch(
        0, way, plan.system, plan.mapping, plan.digest, plan.rows, **counts, imported_at=tx.at, account=account
    )
    number = records.add_batch(tx.db, draft)
    records.save_records(tx.db, plan.written, plan.system, number, tx.at)
    tx.emit(
        ProvincialDossiersImported(
            batch=number,
            way=way,
            system=plan.system,
            mapping=plan.mapping,
            digest=plan.digest,
            rows=plan.rows,
            **counts,
            account=account,
        )
    )
    return number


def settle_difference(tx: Tx, code: str, kind: str, account: int | None) -> None:
    """Note that somebody has seen a difference. Raises `Unknown("dossiers.off" | "exchange.no_difference")`."""
    require_dossiers(tx)
    records.settle_difference(tx.db, code, kind, tx.at, account)
    tx.emit(DifferenceSettled(code, of=kind, account=account))
