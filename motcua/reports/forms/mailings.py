"""The list with which letters are handed to the post, and their address labels, as plain values. Pure.

Official papers, and therefore always in Vietnamese. What was erased is left to be written over.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct

from motcua.reports.forms.printing import DOTS, STATE, write_day
from motcua.settings.model import Unit

LIST_LAYOUT, LABELS_LAYOUT = "mailing_list", "mailing_labels"
TITLE = "DANH SÁCH BÀN GIAO KẾT QUẢ GỬI BƯU CHÍNH"
COLUMNS = ("STT", "Mã hồ sơ", "Người nhận", "Địa chỉ", "Điện thoại", "Số hiệu bưu gửi", "Ghi chú")
SIGNATURES = ("BÊN GIAO", "BÊN NHẬN (BƯU CHÍNH)")


class LetterFacts(Struct, frozen=True):
    """A letter; a receiver that was erased is empty."""

    code: str
    name: str
    address: str
    phone: str
    tracking: str


def print_list(unit: Unit, number: str, at: datetime, letters: Sequence[LetterFacts]) -> dict[str, Any]:
    """Return the values of the hand-over list."""
    rows = [
        [str(place), one.code, one.name or DOTS, one.address or DOTS, one.phone, one.tracking, ""]
        for place, one in enumerate(letters, start=1)
    ]
    return {
        "unit": unit.name,
        "centre": unit.centre,
        "state": list(STATE),
        "title": TITLE,
        "number": f"Số: {number}",
        "day": write_day(at),
        "columns": list(COLUMNS),
        "rows": rows,
        "total": f"Tổng số: {len(rows)} bưu gửi.",
        "signatures": list(SIGNATURES),
    }


def print_labels(unit: Unit, letters: Sequence[LetterFacts]) -> dict[str, Any]:
    """Return the values of a sheet of labels: sender, receiver, the dossier's code."""
    sender = ", ".join(filter(None, (unit.centre, unit.name)))
    return {
        "title": "Nhãn địa chỉ",
        "unit": unit.name,
        "sender": ", ".join(filter(None, (sender, unit.address))),
        "phone": unit.phone,
        "labels": [
            {"name": one.name or DOTS, "address": one.address or DOTS, "phone": one.phone, "code": one.code}
            for one in letters
        ],
    }
