"""A form of a dossier as plain values for its layout. Pure.

Forms are official papers and therefore always in Vietnamese. What is not known is printed as dots to be written over.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from motcua.reports.counter_sheets import make_code
from motcua.reports.forms.model import BookEntry, FormFacts, FormKind, FormPaper, FormStep
from motcua.reports.forms.texts import BOOK, choose_text, fill_places, load_texts
from motcua.reports.values import CellType, Period, Phrase, ReportColumn, ReportSheet, ReportTable
from motcua.settings.model import Unit

FORM_LAYOUT, BOOK_LAYOUT = "dossier_form", "dossier_book"
DOTS = "…" * 12
NOTHING = "–"  # noqa: RUF001 -- the dash of an empty cell
STATE = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
APPLICANT, AUTHORITY = "NGƯỜI NỘP HỒ SƠ", "ĐẠI DIỆN CƠ QUAN"
FROM_DATA = "khai thác từ cơ sở dữ liệu, không thu giấy"
PAPER_COLUMNS = ("STT", "Tên giấy tờ", "Bản chính", "Bản sao", "Ghi chú")
STEP_COLUMNS = ("Bước", "Người thực hiện", "Bắt đầu", "Phải xong", "Đã xong", "Kết quả", "Ghi chú")
BOOK_COLUMNS = (
    "STT", "Mã hồ sơ", "Tên thủ tục hành chính", "Số bộ", "Tên tổ chức, cá nhân", "Địa chỉ, số điện thoại",
    "Ngày nhận", "Ngày hẹn trả", "Ngày trả", "Kết quả", "Ký nhận", "Ghi chú",
)  # fmt: skip


EMPTY_BOOK = "Không có hồ sơ nào trong những ngày này."


def print_form(form: FormKind, facts: FormFacts) -> dict[str, Any]:
    """Return the values of a form by the text that holds on the day of `facts.at`."""
    text = choose_text(load_texts(), form, facts.at.date().isoformat())
    places = _list_places(facts)
    return {
        **_head(facts.unit, text.number, text.basis, text.title),
        "code": facts.code,
        "number": facts.number or DOTS,
        "place_and_day": write_day(facts.at),
        "parts": [_print_part(kind, words, places, facts) for kind, words in text.parts],
        "signatures": [{"title": title, "name": _find_signer(title, facts)} for title in text.signatures],
        "qr": list(make_code(facts.follow_url)) if facts.follow_url else [],
        "address": facts.follow_url.removeprefix("https://").removeprefix("http://"),
    }


def print_book(unit: Unit, entries: Sequence[BookEntry], first: str, last: str) -> dict[str, Any]:
    """Return the values of the book of the days from `first` to `last` (`YYYY-MM-DD`)."""
    text = choose_text(load_texts(), BOOK, last)
    return {
        **_head(unit, text.number, text.basis, text.title),
        "period": f"Từ ngày {_turn(first)} đến ngày {_turn(last)}",
        "columns": list(BOOK_COLUMNS),
        "rows": [_print_entry(entry) for entry in entries],
        "empty": EMPTY_BOOK,
    }


def make_book_sheet(entries: Sequence[BookEntry], first: str, last: str) -> ReportSheet:
    """Return the book as a sheet with the columns of the form, for a workbook."""
    title = choose_text(load_texts(), BOOK, last).title
    columns = tuple(ReportColumn(f"column{place}", CellType.TEXT, label) for place, label in enumerate(BOOK_COLUMNS))
    rows = tuple(tuple(_print_entry(entry)) for entry in entries)
    table = ReportTable("book", title, columns, rows, EMPTY_BOOK)
    return ReportSheet(Phrase(title), Period(first, last), (table,), ())


def write_moment(moment: datetime | None) -> str:
    """Return `09 giờ 05 phút, ngày 26 tháng 11 năm 2026`; empty for None."""
    return "" if moment is None else f"{moment:%H} giờ {moment:%M} phút, {write_day(moment)}"


def write_day(moment: datetime) -> str:
    """Return `ngày 26 tháng 11 năm 2026`."""
    return f"ngày {moment:%d} tháng {moment:%m} năm {moment.year}"


def _head(unit: Unit, number: str, basis: str, title: str) -> dict[str, Any]:
    return {
        "unit": unit.name,
        "centre": unit.centre,
        "state": list(STATE),
        "form": f"Mẫu số {number}",
        "basis": basis,
        "title": title,
    }


def _list_places(facts: FormFacts) -> dict[str, str]:
    applicant = facts.applicant
    return {
        "code": facts.code,
        "applicant": applicant.name,
        "address": applicant.address,
        "phone": applicant.phone,
        "email": applicant.email,
        "procedure": facts.procedure,
        "sets": f"{facts.sets:02d}",
        "limit": facts.limit,
        "received_at": write_moment(facts.received_at),
        "due_at": write_moment(facts.due_at),
        "new_due_at": write_moment(facts.new_due_at),
        "results_at": facts.results_at or facts.unit.centre or facts.unit.name,
        "book": facts.book,
        "book_number": facts.book_number,
        "reason": facts.reason,
        "legal": facts.legal,
        "centre": facts.unit.centre or facts.unit.name,
        "unit_phone": facts.unit.phone,
    }


def _find_signer(title: str, facts: FormFacts) -> str:
    """Return the name under a signature; who signs for the unit writes theirs by hand."""
    if title == APPLICANT:
        return facts.applicant.name
    return "" if title in {"", AUTHORITY} else facts.officer


def _print_part(kind: str, words: str, places: dict[str, str], facts: FormFacts) -> dict[str, Any]:
    if kind == "block":
        return _print_block(words, facts)
    filled = fill_places(words, {name: value or DOTS for name, value in places.items()})
    label, colon, value = filled.partition(": ") if kind == "line" else ("", "", filled)
    return {"kind": "line" if colon else "text", "label": label, "value": value}


def _print_block(name: str, facts: FormFacts) -> dict[str, Any]:
    if name == "missing":
        return {"kind": "list", "items": list(facts.missing) or [DOTS]}
    if name == "papers":
        rows = [_print_paper(place, paper) for place, paper in enumerate(facts.papers, start=1)]
        return {"kind": "table", "columns": list(PAPER_COLUMNS), "rows": rows or [["", DOTS, "", "", ""]]}
    return {"kind": "table", "columns": list(STEP_COLUMNS), "rows": [_print_step(step) for step in facts.steps]}


def _print_paper(place: int, paper: FormPaper) -> list[str]:
    counts = ("" if paper.from_data else str(paper.originals or ""), "" if paper.from_data else str(paper.copies or ""))
    return [str(place), paper.name, *counts, FROM_DATA if paper.from_data else ""]


def _print_step(step: FormStep) -> list[str]:
    moments = [f"{moment:%H:%M %d/%m}" if moment else "" for moment in (step.begun_at, step.due_at, step.done_at)]
    return [step.name, step.officer, *moments, _judge(step), step.note]


def _judge(step: FormStep) -> str:
    """Say whether a step was done early, in time or late; empty while it is open. Early is on an earlier day."""
    done, due = step.judged_at or step.done_at, step.due_at
    if done is None or due is None:
        return ""
    if done.date() < due.date():
        return "Trước hạn"
    return "Đúng hạn" if done <= due or (step.is_judged_by_day and done.date() == due.date()) else "Quá hạn"


def _print_entry(entry: BookEntry) -> list[str]:
    days = [f"{day:%d/%m/%Y}" if day else "" for day in (entry.received_at, entry.due_at, entry.returned_at)]
    return [
        str(entry.number),
        entry.code,
        entry.procedure,
        str(entry.sets),
        entry.applicant or NOTHING,
        entry.contact,
        *days,
        entry.state,
        "",
        entry.note,
    ]


def _turn(day: str) -> str:
    return "/".join(reversed(day.split("-")))
