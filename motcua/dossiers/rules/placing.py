"""Which file is taken: of which days, of whom, and what its content is. Pure."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence

from msgspec import to_builtins

from motcua.desk.errors import Invalid, Refused
from motcua.desk.messages import mark
from motcua.dossiers.model.outcomes import DossierImport, DossierOutcome, DossierRow
from motcua.typed.sheet_columns import SheetMistake

UNKNOWN_OFFICER = mark("There is no account with this sign-in name.")


def require_place(first: str, last: str, imports: Iterable[DossierImport]) -> DossierImport | None:
    """Return the file of exactly these days, which the new one replaces; None for none.

    Raises `Refused("dossiers.overlap")` where the days of another file overlap.
    """
    same = None
    for item in imports:
        if (item.first, item.last) == (first, last):
            same = item
        elif item.first <= last and first <= item.last:
            raise Refused(
                "dossiers.overlap",
                "There is a file of %(first)s to %(last)s, which overlaps with these days. Choose exactly its days to"
                " replace it, or remove it first.",
                first=item.first,
                last=item.last,
            )
    return same


def find_officers(rows: Sequence[DossierRow], accounts: Mapping[str, int]) -> list[SheetMistake]:
    """Return a mistake for each row whose officer is no account."""
    return [
        SheetMistake(row.number, "officer", UNKNOWN_OFFICER)
        for row in rows
        if row.officer and row.officer not in accounts
    ]


def require_officers(rows: Sequence[DossierRow], accounts: Mapping[str, int]) -> None:
    """Raise `Invalid("dossiers.officer")` for the first row whose officer is no account."""
    for mistake in find_officers(rows, accounts):
        raise Invalid("dossiers.officer", "Row %(row)s: there is no account with this sign-in name.", row=mistake.row)


def make_content_digest(dossiers: Iterable[DossierOutcome]) -> str:
    """Return the SHA-256 in hex of dossiers as they are stored, in the order of their codes."""
    plain = [to_builtins(item) for item in sorted(dossiers, key=lambda item: item.code)]
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
