"""What is drawn is what is printed: the bytes read back by a decoder of our own are the preview, dot for dot."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from motcua.devices.contract import DeviceError
from motcua.devices.paper import faces
from motcua.devices.paper.bands import DANGEROUS, ROWS_MAX, Band, Paper, defuse_bytes, split_into_bands
from motcua.devices.paper.layout import DEFAULT, SHORT, STYLES, Row, fill, parse
from motcua.devices.paper.render import draw_picture, preview, render, wrap_text
from motcua.devices.paper.ticket import SAMPLE, get_values
from motcua.devices.printer import library
from motcua.devices.printer.codec import encode
from tests.unit.devices.printer.reading import Reader, StrangeError, paper

FULL: dict[str, Any] = {**SAMPLE, "due_at": "09:00", "seat": "Ghế 7, khu B", "reprint": True}


def job(payload: dict[str, Any], dots: int, layout: str = DEFAULT) -> tuple[Paper, bytes]:
    paper_of_job = render(fill(parse(layout), get_values(payload)), dots)
    return paper_of_job, encode(paper_of_job, library.build_pen(), "full")


@pytest.mark.thorough
@pytest.mark.parametrize("dots", [576, 384, pytest.param(512, marks=pytest.mark.thorough)])
def test_a_decoded_ticket_is_the_preview(dots: int) -> None:
    expected = preview(DEFAULT, get_values(FULL), dots)
    _, data = job(FULL, dots)
    read = paper(data, dots)
    assert read.image(expected.height).tobytes() == expected.tobytes()
    assert not any(read.rows[expected.height :])
    assert (read.starts, read.cuts, read.questions) == (1, [len(read.rows)], [])


WORDS = st.text("aăâđêôơưẪỔỮỆẶQgjỵ 0123456789.,:/–", max_size=60)  # noqa: RUF001 -- the dash of a range


@pytest.mark.thorough
@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(STYLES), WORDS), min_size=1, max_size=6), st.sampled_from([576, 512, 384]))
def test_whatever_is_written_is_printed_as_it_is_shown(written: list[tuple[str, str]], dots: int) -> None:
    rows = [Row(style, " ".join(text.split()) or "x") for style, text in written]
    rendered = render(rows, dots)
    read = paper(encode(rendered, library.build_pen(), "part"), dots)
    assert read.image(max(rendered.height, 1)).tobytes() == draw_picture(rendered).tobytes()
    assert len(read.cuts) == 1


def test_a_full_ticket_stays_below_twenty_kilobytes() -> None:
    sizes = [len(job(FULL, dots)[1]) for dots in (576, 384)]
    assert sizes[0] <= 20_000
    assert sizes[1] <= 11_000


def test_every_band_is_small_and_its_ink_lies_in_its_box() -> None:
    rendered, _ = job(FULL, 576)
    assert max(part.rows for part in rendered.parts if isinstance(part, Band)) <= ROWS_MAX
    drawn = draw_picture(rendered)
    for box in rendered.boxes:
        ink = ImageChops.invert(drawn.convert("L").crop((0, box.top, 576, box.bottom))).getbbox()
        assert ink is not None
        assert (ink[0], ink[2]) == (box.left, box.right), box
    assert [box.text for box in rendered.boxes if box.style == "number"] == ["A012"]


def test_text_keeps_off_the_edges() -> None:
    rendered = render(
        fill(parse("normal {service}\nnumber {number}"), {"service": "Ẫ" * 190, "number": "A0123456789"}), 384
    )
    assert all(box.left >= 2 and box.right <= 382 for box in rendered.boxes)
    assert len([box for box in rendered.boxes if box.style == "normal"]) > 5


@pytest.mark.thorough
@settings(max_examples=25, deadline=None)
@given(cuts=st.lists(st.integers(0, 1_900), max_size=6))
def test_any_cutting_of_the_stream_reads_the_same(cuts: list[int]) -> None:
    _, data = job(SAMPLE, 384, "small {issued_at}\nrule {number?}\nqr {follow_url}")
    whole = paper(data, 384)
    places = [0, *sorted(cuts), len(data)]
    pieces = Reader(384)
    for start, end in pairwise(places):
        pieces.feed(data[start:end])
    assert (pieces.rows, pieces.cuts, pieces.unread) == (whole.rows, whole.cuts, 0)


def test_the_decoder_refuses_what_no_ticket_has_and_says_where() -> None:
    _, data = job(SAMPLE, 384)
    with pytest.raises(StrangeError) as strange:
        paper(data + b"\x1bZ", 384)
    assert strange.value.offset == len(data)
    with pytest.raises(StrangeError):
        paper(data[:-1], 384)


@pytest.mark.thorough
@given(st.binary(max_size=400))
def test_no_dangerous_command_is_left_in_a_picture(data: bytes) -> None:
    clean = defuse_bytes(data)
    assert len(clean) == len(data)
    assert not any(pattern in clean for pattern in DANGEROUS)
    assert all((before ^ after).bit_count() <= 1 for before, after in zip(data, clean, strict=True))


@pytest.mark.thorough
@given(st.lists(st.sampled_from([0x10, 0x05, 0x14, 0x00, 0x04, 0x07, 0x16]), max_size=60).map(bytes))
def test_defusing_makes_no_new_danger(data: bytes) -> None:
    clean = defuse_bytes(data)
    assert not any(pattern in clean for pattern in DANGEROUS)
    hidden = sum(data.count(pattern) for pattern in DANGEROUS)
    assert sum(before != after for before, after in zip(data, clean, strict=True)) == hidden


def test_a_picture_full_of_commands_is_printed_without_them() -> None:
    parts = tuple(split_into_bands(2, b"\x10\x05\x10\x14\x10\x04" * 100, 1))
    rendered = Paper(384, parts)
    data = encode(rendered, library.build_pen(), "part")
    assert b"\x10\x05" not in data
    assert b"\x10\x14" not in data
    assert paper(data, 384).image(rendered.height).tobytes() == draw_picture(rendered).tobytes()


def test_the_short_layout_fits_a_slow_line() -> None:
    rendered = render(fill(parse(SHORT), get_values(SAMPLE)), 576, native_code=True)
    data = encode(rendered, library.build_pen(), "none")
    read = paper(data, 576)
    assert read.codes == [SAMPLE["follow_url"]]
    assert read.cuts == []
    assert len(data) < 5_000


def test_wide_words_are_broken_and_lines_are_not_longer_than_the_paper() -> None:
    face = faces.get_face(faces.get_regular_path(), 24)
    lines = wrap_text("Đăng ký " + "x" * 100 + " xong", face, 300)
    assert "".join(lines).replace(" ", "") == "Đăngký" + "x" * 100 + "xong"
    assert all(face.measure_width(line) <= 300 for line in lines)


def test_a_line_box_holds_stacked_capitals() -> None:
    for path in (faces.get_regular_path(), faces.get_bold_path()):
        face = faces.get_face(path, 28)
        tall = Image.new("L", (400, 200), 0)
        box = face.font.getbbox("ẪỔỮỆẶ", anchor="ls")
        assert (face.top <= box[1], face.bottom >= box[3]) == (True, True)
        assert tall.size == (400, 200)


def test_a_font_without_vietnamese_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "font.ttf"
    broken.write_bytes(b"no font")
    with pytest.raises(DeviceError) as unreadable:
        faces.get_face(broken, 20)
    assert unreadable.value.permanent
    with pytest.raises(DeviceError) as lacking:
        faces.get_face(
            Path("/usr/share/fonts/truetype/noto/NotoSansMono-Regular.ttf").with_name("NotoSansThai-Regular.ttf"), 20
        )
    assert "lacks Vietnamese letters" in str(lacking.value)


@pytest.mark.parametrize(("row", "dots"), [("qr {follow_url}", 384), ("normal a", 575), ("normal a", 4096)])
def test_what_no_paper_holds_is_refused(row: str, dots: int) -> None:
    with pytest.raises(DeviceError) as refused:
        render(fill(parse(row), {"follow_url": "x" * 600}), dots)
    assert refused.value.permanent
