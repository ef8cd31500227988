"""What the agent does for a camera and for no other device: previews, an end that came too late, a score that goes."""

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from motcua.agent.outbox import Outbox
from motcua.agent.worker import Worker
from motcua.devices.contract import DeviceError, Expression, JobOutcome
from tests.unit.agent.test_parts import ENTRY, Cable, Device, ended, job
from tests.waiting import PATIENCE_S


def test_of_a_score_that_the_desk_has_nothing_stays_on_the_disk(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path)
    expression = Expression("20261129-A001", 92, 80, 40, 41, None, "ab" * 32)
    device = Device()
    device.observations = [expression, expression]
    worker = Worker(ENTRY, device, outbox, Cable())
    worker.supervisor.step()
    worker._turn()
    (message,) = outbox.list_messages()
    assert (message.event, message.key, message.fields) == (
        "expression", "may-in:20261129-A001", {"device": "may-in", **expression.to_message().fields}
    )  # fmt: skip
    assert b"20261129-A001" in read_all(tmp_path)
    outbox.forget(message)
    assert b"20261129-A001" not in read_all(tmp_path)
    outbox.close()


def read_all(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


class Camera(Device):
    """A device that can show what it sees, and hears of jobs that came too late."""

    def __init__(self, *answers: Exception | JobOutcome) -> None:
        super().__init__(*answers)
        self.skipped: list[tuple[str, Mapping[str, Any]]] = []
        self.is_shown, self.is_busy = False, False

    def skip_job(self, kind: str, payload: Mapping[str, Any]) -> None:
        self.skipped.append((kind, payload))

    def preview(self, *, is_on: bool) -> None:
        if self.is_busy:
            raise DeviceError("The camera is looking at a visit now.", code="camera_busy")
        self.is_shown = is_on


def test_a_camera_hears_of_an_end_that_came_too_late(tmp_path: Path) -> None:
    camera, at = Camera(), 5.0
    with closing(Outbox(tmp_path)) as outbox:
        worker = Worker(ENTRY, camera, outbox, Cable(), lambda: at)
        outbox.take("d1", 1)
        worker.do(job(1, ttl_ms=5000, kind="look", visit="v", step="finish"), arrived=-0.1)
        assert ended(outbox) == [("d1", 1, "failed", "expired")]
    assert camera.skipped == [("look", {"visit": "v", "step": "finish"})]


def test_a_preview_is_the_devices_own_thread_s_and_a_refusal_comes_back_in_words(tmp_path: Path) -> None:
    camera, printer = Camera(), Device()
    with closing(Outbox(tmp_path)) as outbox:
        workers = [Worker(ENTRY, device, outbox, Cable()) for device in (camera, printer)]
        for worker in workers:
            worker.start()
        assert workers[0].preview(is_on=True, within_s=PATIENCE_S) is None
        assert camera.is_shown
        camera.is_busy = True
        refusal = workers[0].preview(is_on=True, within_s=PATIENCE_S)
        assert (str(refusal), refusal and refusal.code) == ("The camera is looking at a visit now.", "camera_busy")
        assert str(workers[1].preview(is_on=True, within_s=PATIENCE_S)) == "This device has no picture."
        for worker in workers:
            worker.stop()
        printer.is_missing = camera.is_missing = True
        # waits: for nothing, as nobody answers any more
        assert str(workers[0].preview(is_on=True, within_s=0)) == "The device may-in does not answer."


def test_a_camera_that_cannot_be_opened_shows_nothing_and_says_why(tmp_path: Path) -> None:
    camera = Camera()
    camera.is_missing = True
    with closing(Outbox(tmp_path)) as outbox:
        worker = Worker(ENTRY, camera, outbox, Cable())
        worker.start()
        assert str(worker.preview(is_on=True, within_s=PATIENCE_S)) == "There is no /dev/ttyUSB0."
        worker.stop()
    assert not camera.is_shown
