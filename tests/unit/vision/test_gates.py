"""Which frames are read, and the one reason why another is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.copies import replace
from motcua.vision.gates import PHOTO_GATES, VISIT_GATES, FaceMeasures, FrameReading, Reason, read_frame

GOOD = FaceMeasures(width_px=120, sharpness=80, brightness=130, contrast=40, yaw=0, pitch=5, inside=1, smile=0.5)
BAD = [
    ({"brightness": 24.9}, Reason.TOO_DARK),
    ({"brightness": 225.1}, Reason.TOO_BRIGHT),
    ({"brightness": 40, "contrast": 7}, Reason.TOO_DARK),
    ({"brightness": 200, "contrast": 7}, Reason.TOO_BRIGHT),
    ({"width_px": 47.9}, Reason.FACE_TOO_SMALL),
    ({"yaw": 20.1}, Reason.TURNED_AWAY),
    ({"yaw": -20.1}, Reason.TURNED_AWAY),
    ({"pitch": 25.1}, Reason.TURNED_AWAY),
    ({"pitch": -25.1}, Reason.TURNED_AWAY),
    ({"sharpness": 11.9}, Reason.BLURRED),
    ({"smile": None}, Reason.UNREADABLE),
    ({"inside": 0.5}, Reason.UNREADABLE),
]


def test_a_good_face_is_read() -> None:
    assert read_frame([GOOD]) == FrameReading(1, 0.5, 100, None)


@pytest.mark.parametrize(("changed", "reason"), BAD)
def test_a_face_beyond_a_limit_is_not_read(changed: dict[str, float | None], reason: Reason) -> None:
    assert read_frame([replace(GOOD, **changed)]) == FrameReading(1, None, 0, reason)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changed",
    [{"brightness": 25}, {"brightness": 225}, {"width_px": 48}, {"yaw": 20}, {"pitch": -25}, {"sharpness": 12}],
)
def test_a_face_at_a_limit_is_read_with_less_quality_or_the_same(changed: dict[str, float]) -> None:
    frame = read_frame([replace(GOOD, **changed)])
    assert frame.reason is None
    assert 0 < frame.quality <= 100


def test_the_light_is_blamed_before_the_sharpness_that_falls_with_it() -> None:
    assert read_frame([replace(GOOD, brightness=16, contrast=5, sharpness=5)]).reason is Reason.TOO_DARK


def test_nobody_there_is_a_reason() -> None:
    assert read_frame([]) == FrameReading(0, None, 0, Reason.NO_FACE)


def test_two_people_of_about_one_size_have_no_score() -> None:
    assert read_frame([replace(GOOD, width_px=81), GOOD]) == FrameReading(2, None, 0, Reason.TWO_PEOPLE)


def test_somebody_far_behind_does_not_count() -> None:
    behind = replace(GOOD, width_px=79, smile=0.0)
    assert read_frame([behind, GOOD]) == FrameReading(2, 0.5, 100, None)


def test_a_single_photo_may_be_turned_further_than_a_frame_of_a_visit() -> None:
    turned = [replace(GOOD, yaw=24)]
    assert read_frame(turned, VISIT_GATES).reason is Reason.TURNED_AWAY
    assert read_frame(turned, PHOTO_GATES).reason is None


@pytest.mark.thorough
@given(
    st.lists(
        st.builds(
            FaceMeasures,
            width_px=st.floats(1, 1000),
            sharpness=st.floats(0, 500),
            brightness=st.floats(0, 255),
            contrast=st.floats(0, 128),
            yaw=st.floats(-180, 180),
            pitch=st.floats(-90, 90),
            inside=st.floats(0, 1),
            smile=st.none() | st.floats(0, 1),
        ),
        max_size=3,
    )
)
def test_there_is_either_a_smile_or_a_reason(faces: list[FaceMeasures]) -> None:
    frame = read_frame(faces)
    assert (frame.smile is None) == (frame.reason is not None)
    assert 0 <= frame.quality <= 100
    assert frame.faces == len(faces)
