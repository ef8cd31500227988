"""The cash sheet of an officer's day: begun, counted and signed, signed by a leader."""

from motcua.copies import replace
from motcua.desk import Invalid, Tx, parse_day
from motcua.desk.texts import keep_text
from motcua.dossiers.actions import common
from motcua.dossiers.events.cash import CashSheetClosed, CashSheetOpened, CashSheetReopened, CashSheetSigned
from motcua.dossiers.model.cash import CashSheet, CountRequest
from motcua.dossiers.rules import cash as rules
from motcua.dossiers.store import cash, fees


def open_sheet(tx: Tx, officer: int, opening: int) -> CashSheet:
    """Say what is in the officer's drawer before anybody pays today; again until the sheet is closed.

    Raises `Invalid("cash.amount")`, `Refused("cash.closed")`, `Unknown("dossiers.off")`.
    """
    common.get_switched_on(tx)
    sheet = cash.find_sheet(tx.db, tx.day, officer) or CashSheet(tx.day, officer)
    rules.require_open(sheet)
    begun = replace(sheet, opening=rules.read_amount(opening))
    cash.save_sheet(tx.db, begun)
    tx.emit(CashSheetOpened(begun.day, officer, begun.opening))
    return begun


def close_sheet(tx: Tx, request: CountRequest) -> CashSheet:
    """Sign the sheet of a day with what was counted; a difference needs its reason.

    Raises `Invalid("cash.amount" | "cash.reason" | "cash.reason_long" | "cash.day")`, `Refused("cash.closed")`.
    """
    settings = common.get_switched_on(tx)
    if parse_day(request.day) is None or request.day > tx.day:
        raise Invalid("cash.day", "Choose today or a day before it.")
    sheet = cash.find_sheet(tx.db, request.day, request.officer) or CashSheet(request.day, request.officer)
    rules.require_open(sheet)
    payments = rules.split_by_officer(fees.list_payments_of_day(tx.db, request.day), request.day).get(
        request.officer, []
    )
    figures = rules.compute_figures(payments, request.day)
    difference = rules.read_amount(request.counted) - sheet.opening - figures.drawer
    reason = rules.read_reason(request.reason, difference)
    text = keep_text(tx, reason, settings.dossiers.dossier_days) if reason else None
    closed = replace(sheet, counted=request.counted, difference=difference, text=text, closed_at=tx.at)
    cash.save_sheet(tx.db, closed)
    tx.emit(CashSheetClosed(closed.day, closed.officer, closed.opening, request.counted, difference, text))
    return closed


def reopen_sheet(tx: Tx, day: str, officer: int, leader: int) -> CashSheet:
    """Let the officer count once more, until the sheet is signed. Raises `Refused("cash.not_closed" | "cash.signed")`,
    `Forbidden("cash.own")`.
    """
    common.get_switched_on(tx)
    sheet = rules.require_signable(cash.find_sheet(tx.db, day, officer), leader)
    again = CashSheet(sheet.day, sheet.officer, sheet.opening)
    cash.save_sheet(tx.db, again)
    tx.emit(CashSheetReopened(day, officer))
    return again


def sign_sheet(tx: Tx, day: str, officer: int, leader: int) -> CashSheet:
    """Sign a closed sheet as a leader. Raises `Refused("cash.not_closed" | "cash.signed")`, `Forbidden("cash.own")`."""
    common.get_switched_on(tx)
    sheet = rules.require_signable(cash.find_sheet(tx.db, day, officer), leader)
    signed = replace(sheet, signed_by=leader, signed_at=tx.at)
    cash.save_sheet(tx.db, signed)
    tx.emit(CashSheetSigned(day, officer, leader))
    return signed
