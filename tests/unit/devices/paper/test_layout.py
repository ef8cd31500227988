"""The layout of a ticket: lines to rows, empty ones left out, mistakes by their line."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.devices.contract import DeviceError
from motcua.devices.paper.layout import (
    DEFAULT,
    LINES_MAX,
    PLACES,
    SHORT,
    STYLES,
    TEXT_MAX,
    Row,
    fill,
    list_faults,
    parse,
)
from motcua.devices.paper.ticket import SAMPLE, get_values


def test_a_line_is_a_style_and_what_it_says() -> None:
    rows = fill(
        parse("# của quầy 3\n\nbold {unit}\nrule\nnormal Số: {number}, mời chờ\ngap\nqr {follow_url}"),
        get_values(SAMPLE),
    )
    assert rows == [
        Row("bold", "Phường Nguyễn Ưu Đàm"),
        Row("rule"),
        Row("normal", "Số: A012, mời chờ"),
        Row("gap"),
        Row("qr", "http://192.168.1.10:8080/t/k7q2m9xd"),
    ]


def test_a_line_whose_places_are_all_empty_is_left_out_with_its_label() -> None:
    lines = parse("normal Hẹn: {due_at}\nnormal {seat} {due_at} {number}\nsmall {seat?}Chỗ ngồi\nsmall {number?}Số")
    assert fill(lines, get_values(SAMPLE)) == [Row("normal", "A012"), Row("small", "Số")]


def test_a_rule_stands_neither_at_an_end_nor_beside_another() -> None:
    assert fill(
        parse("rule\nnormal a\nrule\nrule\nnormal {seat}\nrule {number?}\nnormal b\nrule\ngap"), get_values(SAMPLE)
    ) == [
        Row("normal", "a"),
        Row("rule"),
        Row("normal", "b"),
    ]


def test_the_usual_layout_says_what_the_text_printer_says() -> None:
    booked = {**SAMPLE, "due_at": "09:00", "seat": "Ghế 7", "reprint": True}
    assert [(row.style, row.text) for row in fill(parse(DEFAULT), get_values(booked)) if row.text] == [
        ("large", "IN LẠI"),
        ("bold", "Trung tâm Phục vụ hành chính công"),
        ("normal", "Phường Nguyễn Ưu Đàm"),
        ("normal", "SỐ THỨ TỰ"),
        ("number", "A012"),
        ("bold", "Đăng ký, thay đổi, tạm ngừng, chấm dứt hoạt động hộ kinh doanh"),
        ("bold", "Ưu tiên"),
        ("normal", "Giờ hẹn: 09:00"),
        ("normal", "Chỗ ngồi: Ghế 7"),
        ("normal", "Thời gian chờ: khoảng 10–20 phút"),  # noqa: RUF001 -- the dash of a range
        ("small", "08:00:00 23/11/2026"),
        ("small", "Theo dõi số trên điện thoại:"),
        ("qr", "http://192.168.1.10:8080/t/k7q2m9xd"),
        ("small", "Mã đánh giá tại quầy: 4071"),
        ("small", "Vui lòng giữ phiếu cho đến khi được gọi."),
    ]
    assert list_faults(DEFAULT) == list_faults(SHORT) == []


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("normal a\nhuge b", 2, "Line 2: there is no style “huge”"),
        ("\n\nnormal {nobody}", 3, "Line 3: “{nobody}” is not a valid place"),
        ("normal {number", 1, "Line 1: a brace"),
        ("rule text", 1, "Line 1: “rule” has no text."),
        ("rule {number}", 1, "Line 1: “rule” has no text."),
        ("normal", 1, "Line 1: after “normal” a text or a place is missing."),
        ("normal " + "x" * 200, 1, "Line 1 is longer than 200 characters."),
        ("gap\n" * (LINES_MAX + 1), LINES_MAX + 1, "at most 60 lines"),
        ("x" * (TEXT_MAX + 1), 1, "more than 4000 characters"),
        ("# only a note", 1, "This ticket has no text."),
    ],
)
def test_a_mistake_names_its_line(text: str, line: int, says: str) -> None:
    problems = list_faults(text)
    assert [fault.line for fault in problems] == [line]
    with pytest.raises(DeviceError) as refused:
        parse(text)
    assert says in str(refused.value)
    assert refused.value.permanent


def test_every_wrong_line_is_named() -> None:
    assert [fault.line for fault in list_faults("huge a\nnormal b\nrule c\nnormal {d}")] == [1, 3, 4]


def test_a_value_is_composed_and_stays_on_one_line() -> None:
    decomposed = unicodedata.normalize("NFD", "Ưu Đàm\n  Ẫ\x07")
    assert fill(parse("normal {unit}"), {"unit": decomposed}) == [Row("normal", "Ưu Đàm Ẫ")]


@pytest.mark.thorough
@given(st.text(max_size=200))
def test_any_text_is_either_right_or_named(text: str) -> None:
    problems = list_faults(text)
    if problems:
        assert all(str(fault.line) in fault.message % fault.params for fault in problems if fault.params)
    else:
        fill(parse(text), get_values(SAMPLE))


@pytest.mark.thorough
@given(st.lists(st.tuples(st.sampled_from(STYLES), st.sampled_from(PLACES)), min_size=1, max_size=20))
def test_what_is_filled_in_never_begins_or_ends_with_a_rule(written: list[tuple[str, str]]) -> None:
    text = "\n".join(style if style in {"rule", "gap"} else f"{style} {{{place}}}" for style, place in written)
    rows = fill(parse(text), get_values(SAMPLE))
    assert all(row.text for row in rows if row.style not in {"rule", "gap"})
    assert not rows or ("rule" not in {rows[0].style, rows[-1].style})


def test_papers_that_were_looked_up_stand_on_a_line_each() -> None:
    payload = {**SAMPLE, "procedure": "Đăng ký khai sinh", "papers": ["[x] Giấy chứng sinh", "[ ] Tờ khai theo mẫu"]}
    lines = parse("small {procedure?}Giấy tờ cho: {procedure}\nsmall {papers}\nbold {number}")
    assert fill(lines, get_values(payload)) == [
        Row("small", "Giấy tờ cho: Đăng ký khai sinh"),
        Row("small", "[x] Giấy chứng sinh"),
        Row("small", "[ ] Tờ khai theo mẫu"),
        Row("bold", "A012"),
    ]
    assert fill(lines, get_values(SAMPLE)) == [Row("bold", "A012")]
    assert fill(lines, get_values({**SAMPLE, "procedure": "Tách hộ", "papers": "no list"})) == [
        Row("small", "Giấy tờ cho: Tách hộ"),
        Row("bold", "A012"),
    ]
