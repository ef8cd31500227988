"""Cash sheets as officers and leaders see them: of one account's day, and of the whole desk."""

from motcua.desk import Reader
from motcua.desk.messages import translate_into_each
from motcua.desk.texts import find_text
from motcua.dossiers.model.cash import CashFigures, CashSheet
from motcua.dossiers.model.fees import MEANS_LABELS, PAYMENT_STATE_LABELS, Payment, PaymentMeans, PaymentState
from motcua.dossiers.rules import cash as rules
from motcua.dossiers.rules.fees import write_number
from motcua.dossiers.store import cash, fees
from motcua.settings import store as settings_store
from motcua.staff import store as staff_store
from motcua.views.shapes import View, format_local

NOBODY = "–"  # noqa: RUF001 -- the dash of an empty cell


def describe_cash_day(db: Reader, day: str, account: int | None) -> View:
    """Return the sheets of a day: that of `account` alone, for None each and the desk's sums."""
    payments = fees.list_payments_of_day(db, day)
    by = rules.split_by_officer(payments, day)
    sheets = {sheet.officer: sheet for sheet in cash.list_sheets(db, day)}
    names = staff_store.list_full_names(db)
    people = (
        [account] if account is not None else sorted({*by, *sheets} - {None}, key=lambda one: names.get(one or 0, ""))
    )
    return {
        "day": day,
        "sheets": [
            _describe_sheet(db, sheets.get(one) or CashSheet(day, one), by.get(one, []), names)
            for one in people
            if one is not None
        ],
        "unsigned": _describe_figures(rules.compute_figures(by.get(None, []), day)) if account is None else None,
        "total": _describe_figures(rules.compute_figures(payments, day)) if account is None else None,
        "payments": [
            _describe_line(db, payment, day, names)
            for payment in (by.get(account, []) if account is not None else payments)
        ],
    }


def _describe_sheet(db: Reader, sheet: CashSheet, payments: list[Payment], names: dict[int, str]) -> View:
    figures = rules.compute_figures(payments, sheet.day)
    zone = settings_store.get_timezone(db)
    return {
        "officer": sheet.officer,
        "name": names.get(sheet.officer, NOBODY),
        "opening": sheet.opening,
        "expected": sheet.opening + figures.drawer,
        "counted": sheet.counted,
        "difference": sheet.difference,
        "reason": find_text(db, sheet.text),
        "has_reason": sheet.text is not None,
        "closed_at": format_local(sheet.closed_at, zone),
        "signed_by": names.get(sheet.signed_by, NOBODY) if sheet.signed_by is not None else None,
        "signed_at": format_local(sheet.signed_at, zone),
        **_describe_figures(figures),
    }


def _describe_figures(figures: CashFigures) -> View:
    return {
        "ways": [
            {
                "means": means.value,
                "label": translate_into_each(MEANS_LABELS[means]),
                "taken": figures.takings[means],
                "returned": figures.returns[means],
            }
            for means in PaymentMeans
        ],
        "mistakes": figures.mistakes,
    }


def _describe_line(db: Reader, payment: Payment, day: str, names: dict[int, str]) -> View:
    is_return = payment.state is PaymentState.REFUNDED and payment.returned_on == day and payment.day != day
    return {
        "number": write_number(payment),
        "at": format_local(payment.at, settings_store.get_timezone(db)),
        "dossier": payment.dossier,
        "amount": payment.amount,
        "means": translate_into_each(MEANS_LABELS[payment.means]),
        "reference": payment.reference,
        "receipt": payment.receipt,
        "state": translate_into_each(PAYMENT_STATE_LABELS[payment.state]),
        "is_valid": payment.state is PaymentState.VALID,
        "is_return": is_return,
        "officer": names.get(payment.officer, NOBODY) if payment.officer is not None else NOBODY,
    }
