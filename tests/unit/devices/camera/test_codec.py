"""What crosses between the camera's processes: the same values come out, and garbage is never a picture."""

import struct

from hypothesis import given
from hypothesis import strategies as st

from motcua.devices.camera.codec import (
    Preview,
    RawFrame,
    compute_size,
    compute_square,
    pack_frame,
    pack_note,
    pack_preview,
    unpack,
    unpack_frame,
)

EDGES = st.integers(1, 4000)
FRACTIONS = st.floats(0, 1, exclude_max=True)


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


@given(EDGES, EDGES)
def test_a_preview_is_at_most_640_wide_and_keeps_its_shape(width: int, height: int) -> None:
    new_width, new_height = compute_size(width, height, 640)
    assert new_width == min(width, 640)
    assert abs(new_height - height * new_width / width) <= 1


@given(st.integers(0, 2**32 - 1), st.integers(0, 2**63), st.floats(0, 1e9), st.binary(max_size=40))
def test_a_frame_comes_out_as_it_went_in(look: int, number: int, at: float, pixels: bytes) -> None:
    width = len(pixels) // 3
    frame = RawFrame(look, number, at, width, 1, pixels[: width * 3])
    assert unpack_frame(pack_frame(frame)) == (frame if width else None)


@given(st.binary(max_size=80))
def test_a_cut_or_foreign_message_is_no_frame_and_never_raises(message: bytes) -> None:
    whole = pack_frame(RawFrame(1, 2, 3.0, 4, 2, bytes(24)))
    for cut in range(len(whole)):
        assert unpack_frame(whole[:cut]) is None
    frame = unpack_frame(message)
    assert frame is None or len(frame.pixels) == frame.width * frame.height * 3
    unpack(message)


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
    assert repr(RawFrame(1, 7, 3.0, 4, 2, b"secret")) == "RawFrame(7, 4x2)"
    assert repr(Preview(b"\xff\xd8secret", 640, 360)) == "Preview(640x360)"
