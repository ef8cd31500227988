"""What a job `look` says, and when a look is over: numbers and times only."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.devices.camera.looking import ScoreRules, VisitLook, read_order, read_rules
from motcua.devices.contract import Expression
from motcua.vision.gates import VISIT_GATES, FrameReading, Reason
from motcua.vision.model_file import MODEL_SHA256
from motcua.vision.score import CONSTANTS

VISIT = "20261129-A001"
SMILING, NOBODY = FrameReading(1, 0.5, 80, None), FrameReading(0, None, 0, Reason.NO_FACE)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda part: st.lists(part, max_size=3) | st.dictionaries(st.text(max_size=5), part, max_size=3),
    max_leaves=6,
)


def begin(**payload: Any) -> VisitLook:
    order = read_order({"visit": VISIT, "step": "begin", **payload})
    assert order is not None
    return VisitLook(1, order)


def test_a_job_says_by_which_constants_and_limits_a_smile_is_scored() -> None:
    order = read_order(
        {
            "visit": VISIT,
            "step": "begin",
            "constants": {"slope": 2, "offset": 3.5, "width_px": 60, "yaw": 15, "of_a_newer_desk": "x"},
        }
    )
    assert order is not None
    assert (order.visit, order.step) == (VISIT, "begin")
    assert (order.rules.constants.slope, order.rules.constants.offset) == (2, 3.5)
    assert (order.rules.gates.width_px, order.rules.gates.yaw, order.rules.gates.pitch) == (60, 15, VISIT_GATES.pitch)


def test_without_constants_the_usual_ones_count() -> None:
    assert read_rules(None) == ScoreRules(CONSTANTS, VISIT_GATES)


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"visit": VISIT},
        {"visit": VISIT, "step": "start"},
        {"visit": "", "step": "stop"},
        {"visit": 7, "step": "stop"},
        {"visit": "x" * 41, "step": "stop"},
        {"visit": VISIT, "step": "begin", "constants": []},
        {"visit": VISIT, "step": "begin", "constants": {"slope": "2.52"}},
        {"visit": VISIT, "step": "begin", "constants": {"slope": True}},
        {"visit": VISIT, "step": "begin", "constants": {"offset": float("nan")}},
        {"visit": VISIT, "step": "begin", "constants": {"yaw": 1e9}},
    ],
)
def test_a_job_that_cannot_be_understood_is_no_order(payload: dict[str, Any]) -> None:
    assert read_order(payload) is None


@pytest.mark.thorough
@given(st.dictionaries(st.sampled_from(["visit", "step", "constants"]), JSON))
def test_no_payload_raises(payload: dict[str, Any]) -> None:
    read_order(payload)


def test_the_last_seconds_before_the_end_and_the_first_after_it_count() -> None:
    look = begin()
    for tick in range(200):
        look.add(tick / 5, NOBODY if tick < 150 else SMILING)
    look.finish(40.0)
    for tick in range(200, 220):
        look.add(tick / 5, SMILING)
    assert look.read() == Expression(VISIT, 92, 80, 46, 46, None, MODEL_SHA256)


def test_it_is_over_three_seconds_after_the_end_once_the_last_picture_was_read() -> None:
    look = begin()
    assert not look.is_over(1e9)
    look.finish(10.0)
    assert look.is_finishing
    assert not look.is_over(12.9)
    assert not look.is_over(13.5)
    assert look.is_over(14.0)
    look.add(13.1, SMILING)
    assert look.is_over(13.2)


def test_a_camera_that_saw_nothing_says_so() -> None:
    look = begin()
    look.finish(10.0)
    assert look.read() == Expression(VISIT, None, None, 0, 0, "stale_camera", MODEL_SHA256)


def test_the_commonest_reason_is_told_where_there_is_no_score() -> None:
    look = begin()
    for tick in range(20):
        look.add(tick / 5, NOBODY)
    look.finish(4.0)
    assert look.read() == Expression(VISIT, None, None, 0, 20, "no_face", MODEL_SHA256)
