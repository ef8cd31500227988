"""What a camera shows while somebody sets it up, and how it says that it is."""

import base64
from pathlib import Path
from typing import Any

import pytest

from motcua.devices.camera import parts
from motcua.devices.camera.codec import Preview
from motcua.devices.camera.processes import AnalysisState
from motcua.devices.contract import DeviceError, Expression, JobOutcome, PreviewPicture, Report
from motcua.vision.model_file import MODEL_SHA256
from tests.unit.devices.camera.scripted import ScriptedEye
from tests.unit.devices.camera.watched import DONE, FIRST, SECOND, Watched

# --- preview ----------------------------------------------------------------------------------------------------------


def test_a_preview_shows_pictures_for_five_seconds_after_it_was_asked_for_last(watched: Watched) -> None:
    watched.driver.preview(is_on=True)
    assert (watched.eye.is_previewed, watched.eye.look, watched.eye.request.model) == (True, None, None)
    watched.eye.waiting.append(Preview(b"\xff\xd8 jpeg", 640, 360))
    jpeg = base64.b64encode(b"\xff\xd8 jpeg").decode()
    assert watched.driver.step() == [PreviewPicture(jpeg, 640, 360)]
    watched.hands.advance(4)
    watched.driver.preview(is_on=True)
    watched.hands.advance(4)
    assert (watched.driver.step(), watched.running) == ([], 1)
    watched.hands.advance(1)
    watched.eye.waiting.append(Preview(b"\xff\xd8 late", 640, 360))
    assert (watched.driver.step(), watched.running) == ([], 0)


def test_a_preview_can_be_ended(watched: Watched) -> None:
    watched.driver.preview(is_on=True)
    watched.driver.preview(is_on=False)
    assert watched.running == 0


def test_no_preview_while_it_looks_at_a_visit_and_a_begin_ends_one(watched: Watched) -> None:
    watched.driver.preview(is_on=True)
    watched.look("begin")
    watched.eye.waiting.append(Preview(b"\xff\xd8 jpeg", 640, 360))
    assert watched.driver.step() == []
    assert (watched.running, watched.eye.is_previewed) == (1, False)
    with pytest.raises(DeviceError, match="looking at a visit") as caught:
        watched.driver.preview(is_on=True)
    assert caught.value.code == parts.BUSY
    assert watched.look("stop") == DONE
    assert watched.running == 0


def test_a_lost_server_ends_a_preview(watched: Watched) -> None:
    watched.driver.preview(is_on=True)
    watched.driver.blank()
    assert watched.running == 0


def test_neither_a_score_nor_a_picture_can_come_into_a_log() -> None:
    message = Expression(FIRST, 92, 80, 37, 37, None, MODEL_SHA256).to_message()
    assert (message.event, message.is_kept, message.id, message.log) == (
        "expression", True, FIRST, f"looked at visit {FIRST}",
    )  # fmt: skip
    picture = PreviewPicture("c2VjcmV0", 640, 360)
    assert (picture.to_message().is_kept, picture.to_message().log) == (False, "")
    assert "c2VjcmV0" not in repr(picture)


# --- how it is --------------------------------------------------------------------------------------------------------


def test_a_camera_without_pictures_is_down_until_they_come(watched: Watched) -> None:
    watched.look("begin")
    watched.hands.advance(2)
    watched.driver.step()
    assert watched.driver.report() == Report("ok")
    watched.hands.advance(10)
    watched.driver.step()
    assert watched.driver.report() == Report("down", parts.SILENT)
    watched.look("stop")
    watched.driver.step()
    assert watched.driver.report() == Report("down", parts.SILENT)
    watched.look("begin")
    watched.watch(1)
    assert watched.driver.report() == Report("ok")


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("IsolationError", parts.NOT_ISOLATED),
        ("ModelError", parts.NO_MODEL),
        ("ExtraMissingError", parts.NO_EXTRA),
        ("VisionError", parts.ANALYSIS_DOWN),
    ],
)
def test_an_analysis_that_cannot_work_says_why(watched: Watched, kind: str, code: str) -> None:
    watched.look("begin")
    refused = AnalysisState(ready=False, isolation=None, problem="no", kind=kind, params={})
    watched.eye.see(analysis=refused)
    watched.driver.step()
    assert watched.driver.report() == Report("down", code)


def test_a_check_opens_the_camera_counts_its_pictures_and_closes_it(watched: Watched) -> None:
    numbers = iter(range(1, 1000))

    def see(eye: ScriptedEye) -> None:
        eye.see(number=next(numbers) * 2)

    watched.driver.preview(is_on=True)
    watched.hands.advance(9)
    original = watched._build

    def build(request: Any) -> ScriptedEye:
        eye = original(request)
        eye.on_wait = see
        return eye

    watched.driver._build = build
    assert watched.driver.work("check", {}) == JobOutcome("done", "1280x720, 20/s")
    assert (watched.running, watched.driver.report()) == (0, Report("ok"))


def test_a_check_of_a_camera_that_is_not_there_says_so_and_waits_no_longer_than_it_may(watched: Watched) -> None:
    began = watched.hands()
    assert watched.driver.work("check", {}) == JobOutcome("failed", parts.SILENT)
    assert watched.hands() - began < 20
    assert (watched.running, watched.driver.report()) == (0, Report("down", parts.SILENT))


def test_a_check_does_not_disturb_a_look(watched: Watched) -> None:
    watched.look("begin")
    watched.watch(10)
    assert watched.driver.work("check", {}) == DONE
    watched.look("finish")
    assert len(watched.watch(5)) == 1
    watched.look("begin", SECOND)
    watched.hands.advance(10)
    assert watched.driver.work("check", {}) == JobOutcome("failed", parts.SILENT)


def test_without_a_model_it_cannot_be_opened_and_says_how_to_get_one(
    watched: Watched, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "LIBRARIES", ())
    monkeypatch.delenv("MOTCUA_FACE_MODEL", raising=False)
    watched.driver.use_folder(str(tmp_path))
    with pytest.raises(DeviceError, match="motcua camera install-model") as caught:
        watched.driver.open()
    assert (caught.value.code, caught.value.permanent) == (parts.NO_MODEL, True)
    (tmp_path / "face_landmarker.task").write_bytes(b"another file")
    with pytest.raises(DeviceError, match="damaged"):
        watched.driver.open()


def test_a_service_that_is_named_must_be_there(
    watched: Watched, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "LIBRARIES", ())
    monkeypatch.setenv(parts.SERVICE, str(tmp_path / "faces.sock"))
    with pytest.raises(DeviceError, match=r"motcua-faces\.socket") as caught:
        watched.driver.open()
    assert caught.value.code == parts.NOT_ISOLATED


def test_without_the_libraries_it_cannot_be_opened_and_says_how_to_get_them(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "LIBRARIES", ("no_such_library",))
    with pytest.raises(DeviceError, match="make setup") as caught:
        watched.driver.open()
    assert caught.value.code == parts.NO_EXTRA
