"""When a camera looks and what it says: only for who agreed, once a visit, and nothing after a no."""

from typing import Any

import pytest

from motcua.devices.camera import parts
from motcua.devices.contract import Expression, JobOutcome, Report
from motcua.vision.model_file import MODEL_SHA256
from tests.unit.devices.camera.watched import DONE, FIRST, SECOND, Watched


def test_a_visit_with_a_yes_gives_one_reading_and_then_no_camera_is_open(watched: Watched) -> None:
    assert watched.look("begin") == DONE
    assert watched.running == 1
    assert watched.watch(20) == []
    assert watched.look("finish") == DONE
    assert watched.watch(10) == [Expression(FIRST, 92, 80, 37, 37, None, MODEL_SHA256)]
    assert (watched.running, len(watched.eyes)) == (0, 1)


def test_while_nobody_agreed_nothing_runs(watched: Watched) -> None:
    watched.watch(5)
    assert watched.eyes == []
    assert watched.driver.report() == Report("ok")


def test_a_withdrawal_ends_it_at_once_and_nothing_is_said(watched: Watched) -> None:
    watched.look("begin")
    watched.watch(10)
    assert watched.look("stop") == DONE
    assert watched.running == 0
    assert watched.look("finish") == JobOutcome("failed", parts.NOT_LOOKING)
    assert watched.watch(10) == []


def test_a_withdrawal_in_the_seconds_after_the_end_counts_too(watched: Watched) -> None:
    watched.look("begin")
    watched.watch(10)
    watched.look("finish")
    watched.watch(2)
    assert watched.look("stop") == DONE
    assert watched.watch(10) == []


def test_a_lost_server_ends_it_at_once_and_nothing_is_said(watched: Watched) -> None:
    watched.look("begin")
    watched.watch(10)
    watched.look("finish")
    watched.driver.blank()
    assert watched.running == 0
    assert watched.watch(10) == []
    assert watched.look("finish") == JobOutcome("failed", parts.NOT_LOOKING)


def test_a_second_begin_forgets_the_first_visit(watched: Watched) -> None:
    watched.look("begin")
    watched.watch(10, 0.9)
    watched.look("begin", SECOND)
    assert watched.look("finish") == JobOutcome("failed", parts.NOT_LOOKING)
    watched.watch(10, None)
    watched.look("finish", SECOND)
    assert watched.watch(10, None) == [Expression(SECOND, None, None, 0, 37, "no_face", MODEL_SHA256)]
    assert len(watched.eyes) == 1


def test_a_picture_of_the_visit_before_never_counts_for_the_next(watched: Watched) -> None:
    watched.look("begin")
    watched.watch(1)
    watched.look("begin", SECOND)
    watched.eye.smile(1, 1.0)
    watched.look("finish", SECOND)
    watched.driver.step()
    watched.hands.advance(5)
    assert watched.driver.step() == [Expression(SECOND, None, None, 0, 0, "stale_camera", MODEL_SHA256)]


def test_a_begin_that_comes_again_goes_on_by_the_new_rules(watched: Watched) -> None:
    watched.look("begin")
    watched.watch(10)
    watched.look("begin", constants={"slope": 0, "offset": 0, "width_px": 60})
    assert watched.eye.look is not None
    assert (watched.eye.look.number, watched.eye.look.gates.width_px) == (1, 60)
    watched.look("finish")
    assert watched.watch(5) == [Expression(FIRST, 50, 80, 37, 37, None, MODEL_SHA256)]


def test_a_finish_without_a_begin_says_nothing(watched: Watched) -> None:
    assert watched.look("finish") == JobOutcome("failed", parts.NOT_LOOKING)
    assert watched.look("stop") == DONE
    assert (watched.watch(5), watched.eyes) == ([], [])


def test_a_second_finish_does_not_make_the_window_longer(watched: Watched) -> None:
    watched.look("begin")
    watched.watch(10)
    watched.look("finish")
    watched.watch(2)
    assert watched.look("finish") == DONE
    assert len(watched.watch(1.2)) == 1


def test_an_end_that_came_too_late_was_not_seen_and_a_stop_never_is_too_late(watched: Watched) -> None:
    watched.look("begin")
    watched.watch(10)
    watched.driver.skip_job("look", {"visit": SECOND, "step": "finish"})
    watched.driver.skip_job("look", {"visit": FIRST, "step": "begin"})
    watched.driver.skip_job("print", {})
    assert watched.running == 1
    watched.driver.skip_job("look", {"visit": FIRST, "step": "finish"})
    assert watched.running == 0
    assert watched.watch(5) == [Expression(FIRST, None, None, 0, 0, "stale_camera", MODEL_SHA256)]
    watched.look("begin", SECOND)
    watched.driver.skip_job("look", {"visit": SECOND, "step": "stop"})
    assert (watched.running, watched.watch(5)) == (0, [])


@pytest.mark.parametrize("payload", [{}, {"visit": 7, "step": "begin"}, {"visit": FIRST, "step": "peek"}])
def test_a_job_that_cannot_be_understood_changes_nothing(watched: Watched, payload: dict[str, Any]) -> None:
    assert watched.driver.work("look", payload) == JobOutcome("failed", parts.WRONG_JOB)
    assert watched.driver.work("print", payload) == JobOutcome("failed", "unknown_job")
    assert watched.eyes == []


def test_the_camera_that_runs_has_the_options_and_the_model(watched: Watched) -> None:
    watched.look("begin")
    request = watched.eye.request
    assert (request.kind, request.place, request.region) == ("network", "http://192.0.2.7/stream.mjpg", (0.2, 0.1, 0.6))
    assert "192.0.2.7" not in repr(request)
