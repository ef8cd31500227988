"""Slips of a fee on the tickets' paper: what is due with its code for a transfer, or that it was paid."""

from motcua.desk import Desk, Json, Planned, Reader, get_zone, parse
from motcua.desk.messages import translate_into_each
from motcua.dossiers.events.fees import DossierFeeSlipPrinted
from motcua.dossiers.model.dossier import Dossier
from motcua.dossiers.model.fees import MEANS_LABELS, Payment
from motcua.dossiers.rules.fees import make_purpose, write_number
from motcua.dossiers.rules.vietqr import write_vietqr
from motcua.dossiers.store import dossiers, fees
from motcua.procedures.store import find_procedure
from motcua.settings import store as settings_store
from motcua.settings.model import Settings
from motcua.wiring.dossier_slips import find_slip_printer
from motcua.wiring.printer import PRINT_TTL_MS

NO_RECEIPT = "Xác nhận thu, không thay biên lai"
DUE_TITLE, PAID_TITLE = "PHÍ, LỆ PHÍ PHẢI NỘP", "XÁC NHẬN THU PHÍ, LỆ PHÍ"
DUE_LAYOUT = f"""\
bold {{centre}}
normal {{unit}}
rule
bold {DUE_TITLE}
normal Mã hồ sơ:
bold {{number}}
normal {{service}}
rule
large {{wait}}
small {{follow_url?}}Quét mã VietQR bằng ứng dụng ngân hàng:
qr {{follow_url}}
small {{seat}}
small {{issued_at}}
rule
small {{footer}}
"""
PAID_LAYOUT = f"""\
bold {{centre}}
normal {{unit}}
rule
bold {PAID_TITLE}
normal {{seat}}
normal Mã hồ sơ:
bold {{number}}
normal {{service}}
rule
large {{wait}}
normal {{due_at}}
small {{issued_at}}
rule
bold {NO_RECEIPT}
small {{footer}}
"""


def plan_fee_slip(event: DossierFeeSlipPrinted, db: Reader) -> list[Planned]:
    """Return the print job of a fee's slip."""
    printer = find_slip_printer(db)
    if printer is None:
        return []
    settings, dossier = settings_store.get_settings(db), dossiers.get_dossier(db, event.dossier)
    payment = fees.find_payment(db, event.payment) if event.payment is not None else None
    return [Planned(printer, "print", compose_fee_slip(db, settings, dossier, payment), PRINT_TTL_MS)]


def compose_fee_slip(db: Reader, settings: Settings, dossier: Dossier, payment: Payment | None) -> dict[str, Json]:
    """Return what a print job of the slip carries; without a payment that of the fee that is due."""
    procedure = find_procedure(db, dossier.procedure, dossier.received_on)
    phone = settings.dossiers.phone or settings.unit.phone
    payload: dict[str, Json] = {
        "ticket": dossier.code.replace(".", "-"),
        "number": dossier.provincial_code or dossier.code,
        "service": procedure.name if procedure else dossier.procedure,
        "unit": settings.unit.name,
        "centre": settings.unit.centre,
        "people_ahead": None,
        "priority": False,
        "footer": f"Điện thoại: {phone}" if phone else "",
        "short_code": None,
        "reprint": False,
    }
    lines = _compose_due(db, settings, dossier) if payment is None else _compose_paid(settings, payment)
    return payload | lines | ({"paper_mm": settings.printing.paper_mm} if settings.printing.paper_mm else {})


def write_dong(amount: int) -> str:
    """Return an amount as people write it, `15.000 đồng`."""
    return f"{amount:,} đồng".replace(",", ".")


def _compose_due(db: Reader, settings: Settings, dossier: Dossier) -> dict[str, Json]:
    charge, rule = fees.find_due_charge(db, dossier.code), settings.fees
    amount, purpose = (charge.amount if charge else 0), make_purpose(dossier.code)
    has_code = bool(rule.bank and rule.account and amount)
    words = f"{rule.bank_name or rule.bank} · {rule.account} · {rule.account_name} · Nội dung: {purpose}"
    return {
        "title": DUE_TITLE,
        "layout": DUE_LAYOUT,
        "wait": write_dong(amount),
        "due_at": None,
        "seat": words if has_code else None,
        "issued_at": None,
        "follow_url": write_vietqr(rule.bank, rule.account, amount, purpose) if has_code else "",
    }


def _compose_paid(settings: Settings, payment: Payment) -> dict[str, Json]:
    at = parse(payment.at).astimezone(get_zone(settings.timezone))
    means = translate_into_each(MEANS_LABELS[payment.means])["vi"]
    receipt = f" · Biên lai {payment.receipt}" if payment.receipt else ""
    return {
        "title": PAID_TITLE,
        "layout": PAID_LAYOUT,
        "wait": write_dong(payment.amount),
        "due_at": f"{means} {payment.reference}".strip() + receipt,
        "seat": f"Số {write_number(payment)}",
        "issued_at": f"Thu lúc {at:%H:%M %d/%m/%Y}",
        "follow_url": "",
    }


def install(desk: Desk) -> None:
    """Plan a print job with each wish for a slip."""
    desk.plan(DossierFeeSlipPrinted, plan_fee_slip)
