"""The cash sheet as a paper and as a workbook, from its view. Pure.

An official paper, and therefore always in Vietnamese.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from motcua.reports.forms.amounts import write_amount
from motcua.reports.forms.printing import DOTS, STATE
from motcua.reports.values import CellType, Period, Phrase, ReportColumn, ReportSheet, ReportTable
from motcua.settings.model import Unit

CASH_LAYOUT, TITLE = "cash_sheet", "BẢNG KÊ THU PHÍ, LỆ PHÍ TRONG NGÀY"
SUM_COLUMNS = ("Hình thức", "Số lần thu", "Tiền thu", "Số lần trả lại", "Tiền trả lại", "Còn lại")
LINE_COLUMNS = ("Số", "Giờ", "Mã hồ sơ", "Số tiền", "Hình thức", "Số tham chiếu", "Biên lai", "Cán bộ", "Ghi chú")
SHEET_COLUMNS = (
    "Cán bộ", "Đầu ngày", "Phải có trong két", "Kiểm đếm", "Chênh lệch", "Lý do", "Chốt lúc", "Lãnh đạo ký",
)  # fmt: skip
ERASED, NONE = "(đã xóa theo thời hạn)", "Không có khoản thu nào."


def print_cash(unit: Unit, view: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of the paper: one sheet, or all of a day with the desk's sums."""
    sheets = view["sheets"]
    figures = view["total"] or sheets[0]
    net = sum(way["taken"][1] - way["returned"][1] for way in figures["ways"])
    return {
        "unit": unit.name,
        "centre": unit.centre,
        "state": list(STATE),
        "title": TITLE,
        "day": f"Ngày {_turn(view['day'])}",
        "sum_columns": list(SUM_COLUMNS),
        "sums": [_print_way(way) for way in figures["ways"]],
        "total": f"Tổng cộng: {_dong(net)} đồng" + (f" ({write_amount(net)})" if net >= 0 else ""),
        "sheet_columns": list(SHEET_COLUMNS),
        "sheets": [_print_sheet(sheet) for sheet in sheets],
        "line_columns": list(LINE_COLUMNS),
        "lines": [_print_line(line) for line in view["payments"]],
        "empty": NONE,
        "signatures": [
            {
                "title": "NGƯỜI THU",
                "name": sheets[0]["name"] if len(sheets) == 1 else "",
                "note": _note(sheets, "closed_at"),
            },
            {
                "title": "LÃNH ĐẠO",
                "name": (sheets[0]["signed_by"] or "") if len(sheets) == 1 else "",
                "note": _note(sheets, "signed_at"),
            },
        ],
    }


def make_cash_sheet(view: Mapping[str, Any]) -> ReportSheet:
    """Return the same as a workbook: sums, sheets, payments. Amounts are numbers."""
    day = view["day"]
    figures = view["total"] or view["sheets"][0]
    sums = [
        (way["label"]["vi"], *way["taken"], *way["returned"], way["taken"][1] - way["returned"][1])
        for way in figures["ways"]
    ]
    sheets = [
        (one["name"], one["opening"], one["expected"], one["counted"], one["difference"], _reason(one),
         _hour(one["closed_at"]), one["signed_by"] or "")
        for one in view["sheets"]
    ]  # fmt: skip
    lines = [
        (line["number"], _hour(line["at"]), line["dossier"], line["amount"], *_print_line(line)[4:])
        for line in view["payments"]
    ]
    tables = (
        _table("sums", "Theo hình thức", SUM_COLUMNS, sums, {1, 2, 3, 4, 5}),
        _table("sheets", "Theo cán bộ", SHEET_COLUMNS, sheets, {1, 2, 3, 4}),
        _table("payments", "Từng lần thu", LINE_COLUMNS, lines, {3}),
    )
    return ReportSheet(Phrase(TITLE), Period(day, day), tables, ())


def _table(
    name: str, title: str, labels: Iterable[str], rows: Iterable[tuple[Any, ...]], numbers: set[int]
) -> ReportTable:
    columns = tuple(
        ReportColumn(f"column{place}", CellType.COUNT if place in numbers else CellType.TEXT, label)
        for place, label in enumerate(labels)
    )
    return ReportTable(name, title, columns, tuple(rows), NONE)


def _print_way(way: Mapping[str, Any]) -> list[str]:
    (taken, taken_sum), (returned, returned_sum) = way["taken"], way["returned"]
    sums = (str(taken), _dong(taken_sum), str(returned), _dong(returned_sum), _dong(taken_sum - returned_sum))
    return [way["label"]["vi"], *sums]


def _print_sheet(sheet: Mapping[str, Any]) -> list[str]:
    counted = [_dong(sheet[name]) if sheet[name] is not None else DOTS for name in ("counted", "difference")]
    return [
        sheet["name"], _dong(sheet["opening"]), _dong(sheet["expected"]), *counted, _reason(sheet),
        _hour(sheet["closed_at"]), sheet["signed_by"] or "",
    ]  # fmt: skip


def _print_line(line: Mapping[str, Any]) -> list[str]:
    note = line["state"]["vi"] if not line["is_valid"] else ""
    return [
        line["number"], _hour(line["at"]), line["dossier"], _dong(line["amount"]), line["means"]["vi"],
        line["reference"], line["receipt"], line["officer"], note,
    ]  # fmt: skip


def _reason(sheet: Mapping[str, Any]) -> str:
    return sheet["reason"] or (ERASED if sheet["has_reason"] else "")


def _note(sheets: list[Mapping[str, Any]], name: str) -> str:
    """Say when one sheet was signed in the program; of several their table says it."""
    if len(sheets) != 1 or not sheets[0][name]:
        return ""
    return f"Đã ký trên phần mềm lúc {_hour(sheets[0][name])}"


def _hour(moment: str | None) -> str:
    """Return `2026-11-23T08:05:00+07:00` as `08:05 23/11`."""
    return f"{moment[11:16]} {moment[8:10]}/{moment[5:7]}" if moment else ""


def _dong(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")


def _turn(day: str) -> str:
    return "/".join(reversed(day.split("-")))
