"""The confirmation of a payment on A5, as plain values for the layout of forms. Pure."""

from datetime import datetime
from typing import Any

from msgspec import Struct

from motcua.reports.forms.amounts import write_amount
from motcua.reports.forms.printing import DOTS, STATE, write_day, write_moment
from motcua.settings.model import Unit

TITLE, NO_RECEIPT = "XÁC NHẬN THU PHÍ, LỆ PHÍ", "Xác nhận thu, không thay biên lai"


class ConfirmationFacts(Struct, frozen=True):
    """What a confirmation says. `at` is a local moment; `ended` is empty, or why the payment counts no more."""

    unit: Unit
    number: str
    code: str
    procedure: str
    payer: str
    amount: int
    means: str
    receipt: str
    at: datetime
    officer: str
    ended: str = ""


def print_confirmation(facts: ConfirmationFacts) -> dict[str, Any]:
    """Return the values of a confirmation."""
    lines = {
        "Mã hồ sơ": facts.code,
        "Thủ tục": facts.procedure,
        "Người nộp": facts.payer or DOTS,
        "Số tiền": f"{facts.amount:,} đồng".replace(",", "."),
        "Bằng chữ": write_amount(facts.amount),
        "Hình thức": facts.means,
        "Thời gian thu": write_moment(facts.at),
        "Số biên lai": facts.receipt or DOTS,
    }
    parts = [{"kind": "line", "label": label, "value": value} for label, value in lines.items()]
    if facts.ended:
        parts.append({"kind": "line", "label": "Tình trạng", "value": facts.ended})
    parts.append({"kind": "text", "label": "", "value": f"{NO_RECEIPT}."})
    return {
        "unit": facts.unit.name,
        "centre": facts.unit.centre,
        "state": list(STATE),
        "form": NO_RECEIPT,
        "basis": f"Số {facts.number}",
        "title": TITLE,
        "code": facts.code,
        "number": facts.number,
        "place_and_day": write_day(facts.at),
        "parts": parts,
        "signatures": [{"title": "NGƯỜI NỘP", "name": facts.payer}, {"title": "NGƯỜI THU", "name": facts.officer}],
        "qr": [],
        "address": "",
    }
