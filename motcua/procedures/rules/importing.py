"""A file of procedures: what its rows say, what becomes of the catalogue by them, and the catalogue as such rows. Pure.

An empty cell leaves what is there. What a row cannot say (cases, prices by number, questions) is changed on the page.
"""

import base64
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import count
from typing import Any

from motcua.copies import replace
from motcua.desk.errors import Invalid
from motcua.desk.messages import mark
from motcua.procedures.model import Checklist, ChecklistItem, Fee, LimitUnit, OnlineLevel, Procedure, TimeLimit
from motcua.procedures.rules.cells import READERS
from motcua.procedures.rules.checking import list_faults
from motcua.procedures.rules.columns import COLUMNS
from motcua.typed.sheet_columns import CellError, SheetMistake, read_headings, read_values
from motcua.typed.sheet_readings import SheetReading, ValuedRow, write_reading
from motcua.typed.sheets import SheetBounds, SheetError, SheetRow, read_rows

ROWS_MAX = 1_000
"""More than any ward has; the journal keeps what a file changes in one row."""
_BOUNDS = SheetBounds(ROWS_MAX, cell=8_000)
_STRANGE = mark("Column “%(column)s” is not in the template. Remove it, or name it as in the template.")
_ON_PAGE = mark("This cannot be said in one row: the procedure has several, or cases. Change it on its page.")
UNIT_WORDS = {
    LimitUnit.SAME_DAY: "trong ngày",
    LimitUnit.WORKING_DAYS: "ngày làm việc",
    LimitUnit.DAYS: "ngày",
}
ONLINE_WORDS = {OnlineLevel.NONE: "không", OnlineLevel.PARTIAL: "một phần", OnlineLevel.WHOLE: "toàn trình"}
Values = Mapping[str, Any]


def task(job: dict[str, Any]) -> dict[str, Any]:
    """Return what `{"file": base64}` says, as plain values.

    Raises `Invalid` with `procedures.` and the code of `SheetError` for a file that cannot be read as a whole.
    """
    try:
        reading = read_procedures(read_rows(base64.b64decode(job["file"]), _BOUNDS))
    except SheetError as error:
        raise make_refusal(error) from error
    return write_reading(reading)


def make_refusal(error: SheetError) -> Invalid:
    """Return the refusal of a file that cannot be read as a whole."""
    return Invalid(f"procedures.{error.code}", error.message, **error.params)


def read_procedures(rows: Sequence[SheetRow]) -> SheetReading:
    """Return what the rows of a file say; the first has the headings. Raises `SheetError`."""
    if not rows:
        raise SheetError("empty", mark("The file is empty. Start from the template."))
    places = read_headings(COLUMNS, rows[0], _STRANGE)
    if len(rows) == 1:
        raise SheetError("empty", mark("The file has no procedures below its headings."))
    valued: list[ValuedRow] = []
    mistakes: list[SheetMistake] = []
    row_of_code: dict[str, int] = {}
    for row in rows[1:]:
        values, wrong = read_values(COLUMNS, places, READERS, row)
        mistakes += wrong
        if wrong:
            continue
        earlier = row_of_code.setdefault(values["code"], row.number)
        if earlier != row.number:
            params = {"earlier": earlier}
            mistakes.append(SheetMistake(row.number, "code", mark("Row %(earlier)s has the same code."), params))
        valued.append(ValuedRow(row.number, values))
    return SheetReading(tuple(valued), tuple(mistakes), len(mistakes))


def apply_rows(
    rows: Iterable[ValuedRow], offered: Mapping[str, Procedure]
) -> tuple[list[Procedure], list[SheetMistake]]:
    """Return each procedure as it is with its row, and what is wrong with rows in the face of the catalogue."""
    procedures: list[Procedure] = []
    mistakes: list[SheetMistake] = []
    for row in rows:
        code = row.values["code"]
        before = offered.get(code)
        if before is None and not row.values["name"]:
            sentence = mark("This procedure is not in the catalogue. Write its name to add it.")
            mistakes.append(SheetMistake(row.number, "name", sentence))
            continue
        procedure = before or Procedure(code, row.values["name"], level="ward")
        for column, apply in _STEPS:
            try:
                procedure = apply(procedure, row.values)
            except CellError as error:
                mistakes.append(SheetMistake(row.number, column, error.message, error.params))
        procedures.append(refresh_sentences(before, procedure))
        mistakes += [SheetMistake(row.number, "", item.message, item.params) for item in list_faults(procedure)]
    return procedures, mistakes


def refresh_sentences(before: Procedure | None, procedure: Procedure) -> Procedure:
    """Return `procedure` without a sentence that was left as it was while the values that it tells of changed."""
    if before is None:
        return procedure
    if procedure.limits != before.limits and procedure.time_limit == before.time_limit:
        procedure = replace(procedure, time_limit="")
    if procedure.fees != before.fees and procedure.fee == before.fee:
        procedure = replace(procedure, fee="")
    return procedure


def write_cells(procedure: Procedure) -> list[str]:
    """Return a procedure as a row of a file; what a row cannot say is left empty, which changes nothing."""
    limit, fee, checklist = find_plain_limit(procedure), find_plain_fee(procedure), procedure.checklist
    has_list = checklist is not None and not checklist.questions
    cells = {
        "code": procedure.code,
        "name": procedure.name,
        "official_name": procedure.official_name,
        "field": procedure.field,
        "level": "có" if procedure.level else "không",
        "limit_count": str(limit.count) if limit and limit.count else "",
        "limit_unit": UNIT_WORDS[limit.unit] if limit else "",
        "time_limit": procedure.time_limit,
        "fee_amount": str(fee.amount) if fee else "",
        "fee_per": fee.per[0] if fee else "",
        "fee": procedure.fee,
        "is_immediate": "có" if procedure.is_immediate else "không",
        "online": ONLINE_WORDS[procedure.online],
        "online_page": procedure.online_page,
        "papers": "\n".join(item.name[0] for item in checklist.items) if checklist and has_list else "",
        "source": checklist.source if checklist and has_list else "",
        "words": "\n".join(procedure.words),
    }
    return [cells[column.name] for column in COLUMNS]


def find_plain_limit(procedure: Procedure) -> TimeLimit | None:
    """Return the usual limit, None where there is none or several."""
    usual = [item for item in procedure.limits if not item.case[0] and not item.is_added]
    return usual[0] if len(usual) == 1 else None


def find_plain_fee(procedure: Procedure) -> Fee | None:
    """Return the usual fee, None where there is none, several, or one with prices by number or a maximum."""
    usual = [item for item in procedure.fees if not item.case[0]]
    return usual[0] if len(usual) == 1 and not usual[0].tiers and usual[0].maximum is None else None


def _apply_texts(procedure: Procedure, values: Values) -> Procedure:
    names = ("name", "official_name", "field", "time_limit", "fee", "level", "is_immediate", "online_page")
    texts = {name: values[name] for name in names if values[name] is not None}
    if values["online"] is not None:
        texts["online"] = OnlineLevel(values["online"])
    if values["words"] is not None:
        texts["words"] = tuple(values["words"])
    return replace(procedure, **texts)


def _apply_limit(procedure: Procedure, values: Values) -> Procedure:
    unit, days = values["limit_unit"], values["limit_count"]
    if unit is None and days is None:
        return procedure
    old = find_plain_limit(procedure)
    if old is None and any(not item.case[0] and not item.is_added for item in procedure.limits):
        raise CellError(_ON_PAGE)
    if unit is None and (old is None or old.unit is LimitUnit.SAME_DAY):
        raise CellError(mark("Write how the days are counted: ngày làm việc or ngày."))
    unit = LimitUnit(unit) if unit is not None else (old.unit if old else LimitUnit.DAYS)
    days = 0 if unit is LimitUnit.SAME_DAY else days if days is not None else (old.count if old else 0)
    if old is not None and (old.unit, old.count) == (unit, days):
        return procedure
    others = tuple(item for item in procedure.limits if item is not old)
    return replace(procedure, limits=(TimeLimit(unit, days), *others))


def _apply_fee(procedure: Procedure, values: Values) -> Procedure:
    amount, per = values["fee_amount"], values["fee_per"]
    if amount is None and per is None:
        return procedure
    old = find_plain_fee(procedure)
    if old is None and any(not item.case[0] for item in procedure.fees):
        raise CellError(_ON_PAGE)
    if amount is None and old is None:
        raise CellError(mark("Write the sum too."))
    amount = amount if amount is not None else (old.amount if old else 0)
    per = per if per is not None else (old.per[0] if old else "")
    if old is not None and (old.amount, old.per[0]) == (amount, per):
        return procedure
    others = tuple(item for item in procedure.fees if item is not old)
    return replace(procedure, fees=(Fee(amount, (per, "")), *others))


def _apply_papers(procedure: Procedure, values: Values) -> Procedure:
    names, source, old = values["papers"], values["source"], procedure.checklist
    if names is None and (source is None or old is None or old.source == source):
        return procedure
    if old is not None and old.questions:
        raise CellError(_ON_PAGE)
    if names is None:
        return replace(procedure, checklist=replace(old or Checklist(()), source=source))
    items = _make_items(names, old.items if old else ())
    checked_on = old.checked_on if old and source in {None, old.source} and items == old.items else ""
    source = source if source is not None else (old.source if old else "")
    return replace(procedure, checklist=Checklist(items, (), source, checked_on))


def _make_items(names: Iterable[str], old: Iterable[ChecklistItem]) -> tuple[ChecklistItem, ...]:
    """Return a paper for each name; one that was there before stays as it was."""
    papers = {item.name[0]: item for item in old}
    taken = {item.code for item in papers.values()}
    codes = (code for code in (f"paper-{number}" for number in count(1)) if code not in taken)
    return tuple(papers.get(name) or ChecklistItem(next(codes), (name, "")) for name in names)


_STEPS: tuple[tuple[str, Callable[[Procedure, Values], Procedure]], ...] = (
    ("", _apply_texts),
    ("limit_count", _apply_limit),
    ("fee_amount", _apply_fee),
    ("papers", _apply_papers),
)
