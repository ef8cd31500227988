"""Files of another system by a mapping: what is read, and every mistake by its row and column."""

import io
import json
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from motcua.desk import Invalid
from motcua.dossiers.model.dossier import DossierState
from motcua.exchange.model.mappings import DateOrder, ExchangeMapping
from motcua.exchange.model.records import ProvincialRecord
from motcua.exchange.rules.names import guess_columns, guess_state
from motcua.exchange.rules.reading import list_columns, read_plain_rows, read_records, task
from motcua.exchange.store.mappings import write_body
from motcua.typed.sheet_columns import SheetMistake
from motcua.typed.sheets import SheetError, SheetRow
from tests.unit.exchange.files import MAPPING, encode, write_csv


def read(content: bytes, mapping: ExchangeMapping = MAPPING) -> dict[str, Any]:
    return task({"file": encode(content), "mapping": describe(mapping)})


def describe(mapping: ExchangeMapping) -> dict[str, Any]:
    plain = json.loads(write_body(mapping))
    return {"id": 1, "name": mapping.name, "system": mapping.system, **plain}


def list_mistakes(content: bytes, mapping: ExchangeMapping = MAPPING) -> list[tuple[int, str]]:
    return [(item["row"], item["column"]) for item in read(content, mapping)["mistakes"]]


def test_a_row_is_read_by_the_names_of_the_other_system_and_nothing_else_of_it() -> None:
    result = read(write_csv(["H29.17-261102-0001;Nguyễn Văn An;Đang xử lý;02/11/2026;09/11/2026;03/11/2026 08:30"]))
    assert [row.record for row in read_plain_rows(result["rows"])] == [
        ProvincialRecord(
            "H29.17-261102-0001",
            DossierState.PROCESSING,
            "2026-11-02",
            due_on="2026-11-09",
            changed_there="2026-11-03T08:30:00",
        )
    ]
    assert "Nguyễn" not in str(result)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (";A;Đang xử lý;02/11/2026;;", "code"),
        ("001090012345;A;Đang xử lý;02/11/2026;;", "code"),
        ("H29-261102-0001;A;Đang bay;02/11/2026;;", "state"),
        ("H29-261102-0001;A;Đang xử lý;31/02/2026;;", "received_on"),
        ("H29-261102-0001;A;Đang xử lý;02/11/2026;01/11/2026;", "due_on"),
        ("H29-261102-0001;A;Đang xử lý;=TODAY();;", "received_on"),
        ("H29-261102-0001;A;Đang xử lý;02/11/2026;;02/11/2026 25:00", "changed_there"),
        ("H29-261102-0001;A;;02/11/2026;;", "state"),
    ],
)
def test_each_mistake_has_its_row_and_column_and_then_nothing_is_read(row: str, column: str) -> None:
    good = "H29-261102-0009;A;Đang xử lý;02/11/2026;;"
    result = read(write_csv([good, row]))
    assert [(item["row"], item["column"]) for item in result["mistakes"]] == [(3, column)]
    assert result["rows"] == []


def test_a_code_that_comes_twice_is_a_mistake() -> None:
    row = "H29-261102-0001;A;Đang xử lý;02/11/2026;;"
    assert list_mistakes(write_csv([row, row])) == [(3, "code")]


@pytest.mark.parametrize(
    ("order", "text", "day"),
    [
        (DateOrder.DAY_FIRST, "02/11/2026", "2026-11-02"),
        (DateOrder.DAY_FIRST, "2/11/2026 17:05:09", "2026-11-02"),
        (DateOrder.MONTH_FIRST, "11-02-2026", "2026-11-02"),
        (DateOrder.YEAR_FIRST, "2026/11/02", "2026-11-02"),
        (DateOrder.DAY_FIRST, "2026-11-02T08:00:00+07:00", "2026-11-02"),
        (DateOrder.MONTH_FIRST, "13/02/2026", None),
        (DateOrder.DAY_FIRST, "02/11/26", None),
        (DateOrder.DAY_FIRST, "02/11/1026", None),
        (DateOrder.YEAR_FIRST, "02/11/2026", None),
    ],
)
def test_days_are_read_as_the_mapping_says(order: DateOrder, text: str, day: str | None) -> None:
    mapping = ExchangeMapping(0, "x", "Tỉnh", MAPPING.columns, MAPPING.states, order)
    rows = read(write_csv([f"H29-261102-0001;A;Đang xử lý;{text};;"]), mapping)["rows"]
    assert [row["record"]["received_on"] for row in rows] == ([day] if day else [])


def test_a_workbook_with_true_dates_is_read_and_merged_cells_are_named() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Mã hồ sơ", "Người nộp", "Trạng thái", "Ngày tiếp nhận", "Hẹn trả", "Cập nhật"])
    sheet.append(["H29-261102-0001", "A", "Đang xử lý", date(2026, 11, 2), None, None])
    sheet.append(["H29-261102-0002", "A", "Đang xử lý", date(2026, 11, 2), None, None])
    plain = io.BytesIO()
    book.save(plain)
    assert [row["record"]["received_on"] for row in read(plain.getvalue())["rows"]] == ["2026-11-02"] * 2
    sheet.merge_cells("A3:B3")
    merged = io.BytesIO()
    book.save(merged)
    assert list_mistakes(merged.getvalue()) == [(3, "")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "exchange.empty"),
        (write_csv([]), "exchange.empty"),
        (write_csv(["x"], "Mã hồ sơ;Trạng thái"), "exchange.heading"),
        (write_csv(["x"], "Mã hồ sơ;Mã hồ sơ;Trạng thái;Ngày tiếp nhận;Hẹn trả;Cập nhật"), "exchange.column"),
        ("Mã hồ sơ;Trạng thái".encode("utf-16"), "exchange.encoding"),
        (b"M\xb7 h\xe5 s\xac;Tr\xb9ng th\xb8i", "exchange.encoding"),
        (b"PK\x03\x04 broken", "exchange.file"),
    ],
)
def test_a_file_that_is_none_is_refused_as_a_whole(content: bytes, code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        read(content)
    assert refusal.value.code == code


@pytest.mark.thorough
def test_more_rows_than_allowed_are_refused() -> None:
    rows = "".join(f"H29-261102-{number:06d};A;Đang xử lý;02/11/2026;;\n" for number in range(50_001))
    with pytest.raises(Invalid) as refusal:
        read(write_csv([rows.rstrip()]))
    assert (refusal.value.code, refusal.value.params) == ("exchange.large", {"count": 50_000})


def test_a_sample_tells_its_columns_and_which_values_can_be_states() -> None:
    content = write_csv([f"H29-261102-{number:04d};A;{number % 3};02/11/2026;;" for number in range(50)])
    columns = {item["heading"]: item["values"] for item in task({"file": encode(content)})["columns"]}
    assert columns["Trạng thái"] == ("0", "1", "2")
    assert columns["Mã hồ sơ"] == ()


def test_usual_names_are_guessed() -> None:
    assert guess_columns(["STT", "Số hồ sơ", "Tình trạng hồ sơ", "Ngày tiếp nhận", "Ngày hẹn trả kết quả"]) == {
        "code": "Số hồ sơ",
        "state": "Tình trạng hồ sơ",
        "received_on": "Ngày tiếp nhận",
        "due_on": "Ngày hẹn trả kết quả",
    }
    assert (guess_state("Đã xử lý xong"), guess_state("10"), guess_state("lạ")) == (
        DossierState.READY, DossierState.RETURNED, None,
    )  # fmt: skip


CELLS = st.one_of(st.text(max_size=12), st.dates(), st.sampled_from(["Đang xử lý", "02/11/2026", "H29-261102-0001"]))


@pytest.mark.thorough
@given(st.lists(st.lists(CELLS, max_size=7), max_size=5))
def test_any_cells_are_read_or_named(cells: list[list[Any]]) -> None:
    rows = [SheetRow(number, tuple(row)) for number, row in enumerate(cells, start=2)]
    heading = SheetRow(1, tuple(MAPPING.columns.values()))
    filler = SheetRow(99, ("H29-261102-0001", "Đang xử lý", "02/11/2026"))
    records, mistakes = read_records([heading, *rows, filler], MAPPING)
    assert all(isinstance(item, SheetMistake) for item in mistakes)
    assert len(records) + len({item.row for item in mistakes}) >= len(rows) + 1


@pytest.mark.thorough
@given(st.lists(CELLS, max_size=7))
def test_any_headings_are_columns_or_refused(cells: list[Any]) -> None:
    with suppress(SheetError):
        assert list_columns([SheetRow(1, tuple(cells))])
