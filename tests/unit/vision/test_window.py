"""The window of a visit: what counts, what is forgotten, and the reason where there is no score."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.vision.gates import FrameReading, Reason
from motcua.vision.score import SmileConstants, score_smile
from motcua.vision.window import SmileReading, SmileWindow, read_frames

STEP_S = 0.2


def smiling(smile: float = 0.5, quality: int = 80) -> FrameReading:
    return FrameReading(1, smile, quality, None)


def refused(reason: Reason) -> FrameReading:
    return FrameReading(1, None, 0, reason)


def collect(*frames: FrameReading, begin_s: float = 0, step_s: float = STEP_S) -> SmileWindow:
    window = SmileWindow()
    for number, frame in enumerate(frames):
        window.add(begin_s + number * step_s, frame)
    return window


def test_the_median_of_the_frames_is_the_score() -> None:
    frames = [smiling(0.5, 80)] * 6 + [smiling(0.0, 20), smiling(0.9, 100), smiling(0.1, 90)]
    assert collect(*frames).read() == SmileReading(round(score_smile(0.5)), 80, 9, 9, None)


def test_frames_that_cannot_be_read_are_seen_but_do_not_count() -> None:
    frames = [smiling()] * 9 + [refused(Reason.NO_FACE)] * 20
    assert collect(*frames).read() == SmileReading(round(score_smile(0.5)), 80, 9, 29, None)


def test_seven_frames_are_too_few() -> None:
    assert collect(*[smiling()] * 7).read() == SmileReading(None, None, 7, 7, Reason.TOO_FEW_FRAMES)


def test_eight_frames_of_one_moment_are_too_few() -> None:
    assert collect(*[smiling()] * 8, step_s=0.2).read().reason is Reason.TOO_FEW_FRAMES
    assert collect(*[smiling()] * 9, step_s=0.1875).read().reason is None


def test_the_commonest_reason_is_said() -> None:
    frames = [smiling()] * 3 + [refused(Reason.BLURRED)] * 4 + [refused(Reason.TURNED_AWAY)] * 5
    assert collect(*frames).read() == SmileReading(None, None, 3, 12, Reason.TURNED_AWAY)


def test_of_two_reasons_as_common_the_first_of_the_list_is_said() -> None:
    frames = [refused(Reason.BLURRED), refused(Reason.NO_FACE)] * 3
    assert collect(*frames).read().reason is Reason.NO_FACE


def test_a_camera_that_showed_nothing_is_stale() -> None:
    window = SmileWindow()
    window.finish(5)
    assert window.read() == SmileReading(None, None, 0, 0, Reason.STALE_CAMERA)


def test_only_the_last_six_seconds_before_the_end_count() -> None:
    window = collect(*[smiling(0.0)] * 50, begin_s=0)
    for number in range(35):
        window.add(10 + number * STEP_S, smiling(0.9))
    window.finish(16.9)
    reading = window.read()
    assert reading.score == round(score_smile(0.9))
    assert reading.seen_frames == 30


def test_frames_of_a_long_visit_are_forgotten_as_it_goes_on() -> None:
    window = collect(*[smiling()] * 500)
    assert window.read().seen_frames == 31


def test_three_seconds_after_the_end_still_count_and_no_more() -> None:
    window = collect(*[smiling(0.0)] * 5)
    window.finish(1)
    for number in range(40):
        window.add(1.1 + number * STEP_S, smiling(0.9))
    assert window.read().seen_frames == 5 + 15
    assert not window.is_complete(3.9)
    assert window.is_complete(4)


def test_a_window_whose_visit_goes_on_is_never_complete() -> None:
    assert not collect(*[smiling()] * 50).is_complete(1e9)


def test_the_first_end_counts() -> None:
    window = collect(*[smiling()] * 10)
    window.finish(2)
    window.finish(60)
    assert window.is_complete(5)
    assert window.read().seen_frames == 10


def test_a_frame_out_of_order_is_ignored() -> None:
    window = collect(*[smiling()] * 3, begin_s=10)
    window.add(9, smiling())
    window.add(10.4, smiling())
    assert window.read().seen_frames == 3


def test_the_constants_of_the_ward_make_the_score() -> None:
    window = collect(*[smiling(0.05)] * 10)
    assert window.read().score == round(score_smile(0.05))
    assert window.read(SmileConstants(offset=9)).score == round(score_smile(0.05, SmileConstants(offset=9)))


@pytest.mark.thorough
@given(st.lists(st.builds(smiling, st.floats(0, 1), st.integers(0, 100)) | st.builds(refused, st.sampled_from(Reason))))
def test_a_reading_is_whole_numbers_or_a_reason(frames: list[FrameReading]) -> None:
    reading = read_frames([(number * STEP_S, frame) for number, frame in enumerate(frames)])
    assert (reading.score is None) == (reading.quality is None) == (reading.reason is not None)
    assert reading.seen_frames == len(frames)
    if reading.score is not None and reading.quality is not None:
        assert 0 <= reading.score <= 100
        assert 0 <= reading.quality <= 100
