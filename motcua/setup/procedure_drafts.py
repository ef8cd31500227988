"""A procedure that somebody sent, read and checked: every mistake with its place."""

from typing import Any

from pydantic import ValidationError

from motcua.procedures.model import Procedure
from motcua.procedures.model.plain import from_plain
from motcua.procedures.rules.checking import list_faults
from motcua.setup.mistakes import Mistake, Mistakes, translate_schema_mistake


def read_draft(values: dict[str, Any]) -> Procedure:
    """Return the procedure of plain values, as `procedures.model.plain` writes them.

    Raises `Mistakes("procedure.wrong")` with places such as `checklist.items[2].name[0]`.
    """
    try:
        procedure = from_plain(values)
    except ValidationError as error:
        wrong = [translate_schema_mistake(item) for item in error.errors(include_url=False)]
    else:
        wrong = [Mistake(item.place, item.code, item.message, item.params) for item in list_faults(procedure)]
        if not wrong:
            return procedure
    raise Mistakes("procedure.wrong", "This procedure has %(count)s mistakes, the first at %(first)s.", wrong)
