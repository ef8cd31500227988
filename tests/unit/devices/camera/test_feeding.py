"""The newest picture is looked at five times a second at most, and an analysis that ends or hangs is started again."""

from itertools import pairwise
from typing import Any

import pytest

from motcua.devices.camera.feeding import Feeder, LookRequest, cut_frame, read_gates
from motcua.devices.camera.reader import Picture
from motcua.vision.errors import IsolationError
from motcua.vision.frames import AnalysedFrame
from motcua.vision.gates import VISIT_GATES, FrameReading, Gates, Reason
from tests.unit.devices.camera.scripted import Hands, ScriptedAnalysis
from tests.unit.devices.camera.streams import draw_number, np, read_number

LOOK = LookRequest(3)


class Fed:
    """A feeder, its clock and its analyses, the last one last."""

    def __init__(self) -> None:
        self.hands = Hands()
        self.analyses: list[ScriptedAnalysis] = []
        self.cannot_start = False
        self.feeder = Feeder(self._build, None, self.hands)

    def _build(self) -> ScriptedAnalysis:
        self.analyses.append(ScriptedAnalysis())
        self.analyses[-1].cannot_start = self.cannot_start
        return self.analyses[-1]

    @property
    def analysis(self) -> ScriptedAnalysis:
        return self.analyses[-1]

    def ready(self) -> None:
        self.feeder.step(None)
        self.analysis.isolation = "namespace"

    def step(self, number: int) -> list[dict[str, Any]]:
        return self.feeder.step(Picture(number, self.hands(), draw_number(number)))

    def answer(self, reading: FrameReading) -> None:
        self.analysis.busy = False
        self.analysis.answers.append(AnalysedFrame(self.analysis.submitted[-1].at_s, reading))

    def numbers(self) -> list[int]:
        return [
            read_number(np.frombuffer(frame.pixels, np.uint8).reshape(frame.height, frame.width, 3))
            for frame in self.analysis.submitted
        ]


@pytest.fixture
def fed() -> Fed:
    return Fed()


def test_an_analysis_that_is_slow_gets_the_newest_picture_and_none_of_those_before(fed: Fed) -> None:
    fed.ready()
    fed.feeder.change_look(LOOK)
    for number in range(1, 50):
        fed.hands.advance(0.04)
        fed.step(number)
    assert fed.numbers() == [1]
    fed.answer(FrameReading(1, 0.5, 80, None))
    assert fed.step(50) == [{"look": 3, "at": 100.04, "faces": 1, "smile": 0.5, "quality": 80, "reason": None}]
    assert fed.numbers() == [1, 50]


def test_five_pictures_a_second_are_looked_at_however_many_come(fed: Fed) -> None:
    fed.ready()
    fed.feeder.change_look(LOOK)
    for number in range(1, 251):
        fed.hands.advance(0.04)
        fed.step(number)
        fed.analysis.busy = False
    assert len(fed.analysis.submitted) in {50, 51}


def test_a_picture_is_looked_at_once(fed: Fed) -> None:
    fed.ready()
    fed.feeder.change_look(LOOK)
    for _ in range(10):
        fed.hands.advance(1)
        fed.step(7)
        fed.analysis.busy = False
    assert fed.numbers() == [7]


def test_without_a_look_nothing_is_looked_at_and_what_was_said_is_dropped(fed: Fed) -> None:
    fed.ready()
    fed.step(1)
    fed.feeder.change_look(LOOK)
    fed.step(2)
    fed.answer(FrameReading(0, None, 0, Reason.NO_FACE))
    fed.feeder.change_look(None)
    assert fed.step(3) == []
    assert (fed.numbers(), fed.analysis.forgets) == ([2], 2)


def test_a_reading_says_for_which_look_its_picture_was_taken(fed: Fed) -> None:
    fed.ready()
    fed.feeder.change_look(LOOK)
    fed.step(1)
    fed.feeder.change_look(LookRequest(4))
    fed.answer(FrameReading(0, None, 0, Reason.NO_FACE))
    fed.hands.advance(1)
    (note,) = fed.step(2)
    assert (note["look"], note["reason"]) == (3, "no_face")


def test_an_analysis_that_ends_is_started_again_later_each_time(fed: Fed) -> None:
    starts = []
    for _ in range(2000):
        count = len(fed.analyses)
        fed.feeder.step(None)
        if len(fed.analyses) > count:
            starts.append(round(fed.hands() - 100, 1))
            fed.analysis.is_over = True
            fed.analysis.problem = IsolationError("refused by %(who)s", who="the kernel")
        fed.hands.advance(0.1)
    waits = [round(later - earlier) for earlier, later in pairwise(starts)]
    assert waits == [1, 2, 4, 8, 16, 30, 30, 30, 30, 30]
    assert fed.feeder.describe() == {
        "ready": False,
        "isolation": None,
        "problem": "refused by %(who)s",
        "kind": "IsolationError",
        "params": {"who": "the kernel"},
    }


def test_one_that_works_again_has_no_problem_any_more(fed: Fed) -> None:
    fed.ready()
    fed.analysis.is_over = True
    fed.feeder.step(None)
    assert fed.feeder.describe()["problem"] == "The process that reads faces ended by itself."
    fed.hands.advance(1.1)
    fed.ready()
    fed.feeder.step(None)
    assert (fed.feeder.describe()["ready"], fed.feeder.describe()["problem"]) == (True, None)


def test_one_that_cannot_be_started_is_tried_again(fed: Fed) -> None:
    fed.cannot_start = True
    assert fed.feeder.step(None) == []
    assert fed.feeder.describe()["params"] == {"problem": "Too many open files"}
    fed.cannot_start = False
    fed.hands.advance(1.1)
    fed.ready()
    assert len(fed.analyses) == 2


def test_one_that_hangs_is_ended_and_started_again(fed: Fed) -> None:
    fed.ready()
    fed.feeder.change_look(LOOK)
    fed.step(1)
    fed.hands.advance(31)
    fed.step(2)
    assert fed.analysis.kills == 1
    fed.hands.advance(2)
    fed.feeder.step(None)
    assert len(fed.analyses) == 2
    fed.hands.advance(121)
    fed.feeder.step(None)
    assert fed.analysis.kills == 1
    fed.feeder.close()


def test_closing_ends_the_analysis(fed: Fed) -> None:
    fed.feeder.close()
    fed.ready()
    fed.feeder.close()
    assert fed.analysis.kills == 1


def test_only_the_square_of_the_region_is_cut_out_and_a_large_one_is_shrunk() -> None:
    pixels: Any = np.zeros((720, 1280, 3), np.uint8)
    pixels[72:432, 320:680] = 255
    frame = cut_frame(Picture(1, 2.0, pixels), (0.25, 0.1, 0.5))
    assert (frame.at_s, frame.width, frame.height, set(frame.pixels)) == (2.0, 360, 360, {255})
    assert cut_frame(Picture(1, 2.0, pixels), None).width == 640


def test_limits_of_an_order_are_read_and_garbage_is_none() -> None:
    assert read_gates({"width_px": 60, "yaw": 10.5}) == Gates(width_px=60, yaw=10.5)
    assert read_gates({}) == VISIT_GATES
    assert read_gates({"width_px": "60"}) is None
    assert read_gates({"colour": 1}) is None
    assert read_gates(7) is None
