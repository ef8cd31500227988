"""Taking a file of dossiers, and removing one."""

from motcua.copies import replace
from motcua.desk import Invalid, Refused, Tx
from motcua.dossiers import rules, store
from motcua.dossiers.events import DossiersImported, DossiersRemoved
from motcua.dossiers.model.outcomes import DossierFile, DossierImport
from motcua.dossiers.rules.placing import require_officers
from motcua.staff import store as staff_store
from motcua.typed.sheet_columns import fold


def import_dossiers(tx: Tx, file: DossierFile, account: int | None) -> DossierImport:
    """Store the dossiers of `file`, in the place of an earlier file of exactly the same days.

    Raises `Refused("dossiers.overlap" | "dossiers.same")`, `Invalid("dossiers.officer" | "dossiers.empty")`.
    """
    if not file.rows:
        raise Invalid("dossiers.empty", "The file has no dossiers below its headings.")
    earlier = rules.require_place(file.first, file.last, store.list_imports(tx.db))
    if earlier is not None and earlier.digest == file.digest:
        raise Refused("dossiers.same", "Exactly this file was imported already. Nothing was changed.")
    accounts = {fold(item.name): item.id for item in staff_store.list_accounts(tx.db)}
    require_officers(file.rows, accounts)
    dossiers = [replace(row.dossier, officer=accounts.get(row.officer)) for row in file.rows]
    if earlier is not None:
        store.remove_import(tx.db, earlier.id)
    content = rules.make_content_digest(dossiers)
    draft = DossierImport(0, file.first, file.last, file.digest, content, len(dossiers), tx.at, account)
    added = store.add_import(tx.db, draft, dossiers)
    tx.emit(
        DossiersImported(
            file=added.id,
            first=file.first,
            last=file.last,
            digest=file.digest,
            content=content,
            rows=len(dossiers),
            replaces=earlier.id if earlier else None,
            account=account,
        )
    )
    return added


def remove_dossiers(tx: Tx, number: int) -> None:
    """Remove a file with all its dossiers. Raises `Unknown("dossiers.unknown")`."""
    store.get_import(tx.db, number)
    store.remove_import(tx.db, number)
    tx.emit(DossiersRemoved(file=number))
