"""How large a file of dossiers may be, and how its refusals are called. Pure."""

from motcua.desk.errors import Invalid
from motcua.typed import sheets
from motcua.typed.sheets import SheetBounds, SheetError, SheetRow

BYTES_MAX = sheets.BYTES_MAX
ROWS_MAX = 20_000
_BOUNDS = SheetBounds(ROWS_MAX, cell=200)


def read_rows(content: bytes) -> list[SheetRow]:
    """Return the rows of a CSV or XLSX file, empty ones left out.

    Raises `Invalid` with `dossiers.large`, `dossiers.file`, `dossiers.sheets`, `dossiers.csv` or `dossiers.encoding`.
    """
    try:
        return sheets.read_rows(content, _BOUNDS)
    except SheetError as error:
        raise make_refusal(error) from error


def make_refusal(error: SheetError) -> Invalid:
    """Return the refusal of a file that cannot be read as a whole."""
    return Invalid(f"dossiers.{error.code}", error.message, **error.params)
