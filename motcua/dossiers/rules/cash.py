"""The figures of a cash sheet, and who may do what with it. Pure."""

from collections.abc import Iterable

from motcua.copies import replace
from motcua.desk.errors import Forbidden, Invalid, Refused
from motcua.dossiers.model.cash import CashFigures, CashSheet
from motcua.dossiers.model.fees import Payment, PaymentMeans, PaymentState
from motcua.dossiers.rules.moves import FEE_MAX
from motcua.typed.lines import clean_text

REASON_MAX = 500


def compute_figures(payments: Iterable[Payment], day: str) -> CashFigures:
    """Return what the payments of one officer (or of all) come to on `day`.

    A payment that was entered by mistake counts nowhere but in `mistakes`. What was given back on another day than it
    was paid is a taking of one day and a return of the other.
    """
    counts = {way: dict.fromkeys(PaymentMeans, (0, 0)) for way in ("in", "out")}
    mistakes = 0
    for payment in payments:
        if payment.state is PaymentState.MISTAKEN:
            mistakes += payment.day == day
            continue
        ways = [("in", payment.day == day), ("out", payment.returned_on == day)]
        for way in [name for name, is_here in ways if is_here]:
            count, total = counts[way][payment.means]
            counts[way][payment.means] = count + 1, total + payment.amount
    return CashFigures(counts["in"], counts["out"], mistakes)


def split_by_officer(payments: Iterable[Payment], day: str) -> dict[int | None, list[Payment]]:
    """Return the payments of each account that took or gave back something on `day`; None: nobody, as for the bank.

    One that an account took and another gave back on the same day is one half in each.
    """
    by: dict[int | None, list[Payment]] = {}
    for payment in payments:
        if payment.day == day:
            is_whole = payment.state is not PaymentState.REFUNDED or payment.returned_by == payment.officer
            by.setdefault(payment.officer, []).append(payment if is_whole else replace(payment, returned_on=None))
        is_elsewhere = payment.day != day or payment.returned_by != payment.officer
        if payment.state is PaymentState.REFUNDED and payment.returned_on == day and is_elsewhere:
            by.setdefault(payment.returned_by, []).append(replace(payment, day=""))
    return by


def read_amount(amount: int) -> int:
    """Return a sum in a drawer. Raises `Invalid("cash.amount")`."""
    if not 0 <= amount <= FEE_MAX:
        raise Invalid("cash.amount", "Write an amount from 0 to %(most)s VND.", most=FEE_MAX)
    return amount


def require_open(sheet: CashSheet | None) -> None:
    """Raise `Refused("cash.closed")` once the officer has closed the day's sheet."""
    if sheet is not None and sheet.is_closed:
        raise Refused(
            "cash.closed", "The cash sheet of this day is closed. A leader can open it again until it is signed."
        )


def read_reason(text: str, difference: int) -> str:
    """Return why the drawer holds more or less. Raises `Invalid("cash.reason" | "cash.reason_long")`."""
    reason = clean_text(text) if difference else ""
    if difference and not reason:
        raise Invalid("cash.reason", "The drawer differs from the sheet. Write down the reason.")
    if len(reason) > REASON_MAX:
        raise Invalid("cash.reason_long", "A reason can have at most %(most)s characters.", most=REASON_MAX)
    return reason


def require_signable(sheet: CashSheet | None, leader: int) -> CashSheet:
    """Return a sheet that `leader` can sign. Raises `Refused("cash.not_closed" | "cash.signed")`, `Forbidden`."""
    if sheet is None or not sheet.is_closed:
        raise Refused("cash.not_closed", "The officer has not closed this sheet yet.")
    if sheet.signed_by is not None:
        raise Refused("cash.signed", "This sheet is signed already.")
    if sheet.officer == leader:
        raise Forbidden("cash.own", "Somebody else has to sign your own cash sheet.")
    return sheet
