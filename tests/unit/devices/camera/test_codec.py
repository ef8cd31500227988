"""What crosses between the camera's processes: the same values come out, and garbage is never a picture."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.devices.camera.codec import (
    Preview,
    compute_size,
    compute_square,
    pack_note,
    pack_preview,
    unpack,
)

EDGES = st.integers(1, 4000)
FRACTIONS = st.floats(0, 1, exclude_max=True)


@pytest.mark.thorough
@given(st.tuples(FRACTIONS, FRACTIONS, st.floats(0.1, 1)), EDGES, EDGES)
def test_a_region_is_a_square_inside_the_picture_whatever_its_shape(
    region: tuple[float, float, float], width: int, height: int
) -> None:
    square = compute_square(region, width, height)
    assert square.left_px >= 0
    assert square.top_px >= 0
    assert 0 < square.side_px <= min(width, height)
    assert square.left_px + square.side_px <= width
    assert square.top_px + square.side_px <= height


def test_a_region_is_of_the_width_the_height_and_the_shorter_edge() -> None:
    square = compute_square((0.25, 0.1, 0.5), 1280, 720)
    assert (square.left_px, square.top_px, square.side_px) == (320, 72, 360)
    middle = compute_square(None, 1280, 720)
    assert (middle.left_px, middle.top_px, middle.side_px) == (280, 0, 720)


@pytest.mark.thorough
@given(EDGES, EDGES)
def test_a_preview_is_at_most_640_wide_and_keeps_its_shape(width: int, height: int) -> None:
    new_width, new_height = compute_size(width, height, 640)
    assert new_width == min(width, 640)
    assert abs(new_height - height * new_width / width) <= 1


@pytest.mark.thorough
@given(st.binary(max_size=80))
def test_no_message_raises_however_it_is_cut(message: bytes) -> None:
    unpack(message)
    whole = pack_preview(Preview(b"\xff\xd8 jpeg", 640, 360))
    for cut in range(len(whole)):
        unpack(whole[:cut])


def test_notes_and_previews_come_out_as_they_went_in() -> None:
    assert unpack(pack_note({"look": 3, "preview": True})) == {"look": 3, "preview": True}
    preview = Preview(b"\xff\xd8 jpeg", 640, 360)
    assert unpack(pack_preview(preview)) == preview


def test_what_a_child_process_may_not_say_is_nothing() -> None:
    assert unpack(b"N[1, 2]") is None
    assert unpack(b"N{") is None
    assert unpack(b"N" + b"[" * 50_000) is None
    assert unpack(b"P" + struct.pack("<HH", 640, 0) + b"\xff\xd8") is None
    assert unpack(b"P" + struct.pack("<HH", 640, 360) + b"MZ") is None
    assert unpack(b"") is None


def test_no_text_of_a_picture_holds_its_bytes() -> None:
    assert repr(Preview(b"\xff\xd8secret", 640, 360)) == "Preview(640x360)"
