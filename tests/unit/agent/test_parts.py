"""The agent's memory and worker, each by itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from motcua.agent import memory
from motcua.agent.config import DeviceEntry
from motcua.agent.errors import AgentError
from motcua.agent.outbox import Outbox
from motcua.agent.worker import ReceivedJob, Worker
from motcua.devices.contract import DeviceError, DeviceMessage, JobOutcome, Observation, Press, Report, Scan

ENTRY = DeviceEntry("may-in", "printer", "escpos", {})


class Device:
    """A device that does what it is told to, one answer after the other, and gives what people did."""

    def __init__(self, *answers: Exception | JobOutcome) -> None:
        self.answers, self.done = list(answers), list[Mapping[str, Any]]()
        self.observations: list[Observation] = []
        self.is_missing = False
        self.signals: list[str] = []

    def open(self) -> None:
        if self.is_missing:
            raise DeviceError("There is no %(port)s.", port="/dev/ttyUSB0")

    def step(self) -> list[Observation]:
        if self.is_missing:
            raise DeviceError("The cable is gone.")
        observations, self.observations = self.observations, []
        return observations

    def work(self, kind: str, payload: Mapping[str, Any]) -> JobOutcome:
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        self.done.append(payload)
        return answer

    def report(self) -> Report:
        return Report()

    def blank(self) -> None:
        self.signals.append("--")

    def close(self) -> None:
        self.signals.append("closed")


class Cable:
    """What a worker says to the cable."""

    def __init__(self) -> None:
        self.woken, self.mentioned = 0, list[tuple[str, dict[str, Any]]]()

    def wake(self) -> None:
        self.woken += 1

    def mention(self, event: str, fields: dict[str, Any]) -> None:
        self.mentioned.append((event, fields))

    def prepare(self, kind: str, payload: Mapping[str, Any]) -> Mapping[str, Any]:
        if payload.get("audio_path"):
            raise OSError("no route to the desk")
        return payload


def job(number: int = 1, ttl_ms: int = 30_000, desk: str = "d1", kind: str = "print", **payload: Any) -> ReceivedJob:
    return ReceivedJob(desk, number, kind, payload or {"ticket": str(number)}, ttl_ms, "printer:1:may-in")


def ended(outbox: Outbox) -> list[tuple[str, int, str, str | None]]:
    return [(result.desk, result.job, result.state, result.detail) for result in outbox.list_results()]


def test_the_outbox_knows_what_was_done_over_a_crash(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path / "state")
    assert [outbox.take("d1", number) for number in (1, 2, 3, 1)] == [True, True, True, False]
    outbox.start("d1", 1)
    outbox.end("d1", 1, "done", None)
    outbox.start("d1", 2)
    outbox.close()
    again = Outbox(tmp_path / "state")
    expected = [
        ("d1", 1, "done", None),
        ("d1", 2, "unknown", "the agent stopped while printing"),
        ("d1", 3, "failed", "the agent stopped before printing"),
    ]
    assert ended(again) == expected
    again.close()


def test_a_result_is_kept_under_one_key_until_it_is_acknowledged_and_sent_again_when_the_job_comes_again(
    tmp_path: Path,
) -> None:
    outbox = Outbox(tmp_path)
    outbox.take("d1", 1)
    outbox.end("d1", 1, "failed", "no paper")
    (result,) = outbox.list_results()
    assert outbox.list_results() == [result]
    outbox.acknowledge(result)
    assert outbox.list_results() == []
    assert not outbox.take("d1", 1)
    assert outbox.list_results() == [result]
    outbox.close()


def test_a_restored_desk_has_jobs_of_its_own_under_the_same_numbers(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path)
    assert (outbox.take("d1", 1), outbox.take("d2", 1)) == (True, True)
    outbox.close()


def test_two_agents_cannot_share_a_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "BUSY_MS", 0)
    outbox = Outbox(tmp_path)
    with pytest.raises(AgentError, match="Another agent is using the folder"):
        Outbox(tmp_path)
    outbox.close()


def test_a_damaged_memory_is_named(tmp_path: Path) -> None:
    (tmp_path / "outbox.db").write_bytes(b"no database" * 100)
    with pytest.raises(AgentError, match="is damaged: file is not a database"):
        Outbox(tmp_path)


def test_a_worker_does_each_job_at_most_once_and_says_how_it_ended(tmp_path: Path) -> None:
    outbox, now, cable = Outbox(tmp_path), [100.0], Cable()
    done = JobOutcome("done")
    device = Device(done, JobOutcome("failed", "paper_out"), DeviceError("no cable"), RuntimeError("odd"), done)
    worker = Worker(ENTRY, device, outbox, cable, lambda: now[0])
    for number in range(1, 8):
        outbox.take("d1", number)
    for number in range(1, 5):
        worker.do(job(number), 100)
    now[0] = 130.001
    worker.do(job(5), 100)
    now[0] = 130
    worker.do(job(6), 100)
    worker.do(job(7, kind="say", audio_path="/voice/x.wav"), 100)
    assert ended(outbox) == [
        ("d1", 1, "done", None),
        ("d1", 2, "failed", "paper_out"),
        ("d1", 3, "failed", "device_down"),
        ("d1", 4, "unknown", "defect"),
        ("d1", 5, "failed", "expired"),
        ("d1", 6, "done", None),
        ("d1", 7, "failed", "desk_silent"),
    ]
    assert ([item["order"] for item in device.done], cable.woken) == ([1, 2, 6], 7)
    outbox.close()


def test_in_a_busy_hall_a_call_loses_its_repeat_and_never_its_first_saying(tmp_path: Path) -> None:
    outbox, now, played = Outbox(tmp_path), [100.0], list[str]()

    class Speaker(Device):
        def work(self, kind: str, payload: Mapping[str, Any]) -> JobOutcome:
            played.append(payload["path"])
            now[0] += 14
            return JobOutcome("done")

    class Line(Cable):
        def prepare(self, kind: str, payload: Mapping[str, Any]) -> Mapping[str, Any]:
            return {"path": payload["audio_path"]}

    worker = Worker(ENTRY, Speaker(), outbox, Line(), lambda: now[0])
    for number in range(1, 13):
        outbox.take("d1", number)
        worker.add(job(number, 15_000, kind="say", audio_path=f"/{number}?times=2"))
    worker._turn()
    assert played == ["/1?times=2", "/2?times=2", *(f"/{number}?times=1" for number in range(3, 11))]
    assert ended(outbox)[-2:] == [("d1", 11, "failed", "expired"), ("d1", 12, "failed", "expired")]
    outbox.close()


def test_a_stopped_worker_leaves_what_waits_and_closes_the_device(tmp_path: Path) -> None:
    outbox, device = Outbox(tmp_path), Device()
    worker = Worker(ENTRY, device, outbox, Cable())
    outbox.take("d1", 1)
    worker.add(job(1))
    worker._stopping = True
    worker.start()
    worker.stop()
    assert (ended(outbox), device.done, device.signals) == ([], [], ["closed"])
    outbox.close()


@dataclass(frozen=True)
class Glance:
    """Something that no device of today sees."""

    is_kept: bool

    def to_message(self) -> DeviceMessage:
        return DeviceMessage("glance", {"smiles": 3}, is_kept=self.is_kept, id="g-1" if self.is_kept else None)


def test_the_agent_passes_on_whatever_says_itself_how_it_travels(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    cable, device = Cable(), Device()
    outbox = Outbox(tmp_path)
    worker = Worker(ENTRY, device, outbox, cable)
    device.observations = [Glance(is_kept=True), Glance(is_kept=False), Glance(is_kept=True)]
    with caplog.at_level("INFO"):
        for _turn in range(2):
            worker._turn()
    assert [(done.event, done.fields, done.key) for done in outbox.list_messages()] == [
        ("glance", {"device": "may-in", "smiles": 3}, "may-in:g-1")
    ]
    assert cable.mentioned == [("glance", {"device": "may-in", "smiles": 3})]
    assert "smiles" not in caplog.text
    outbox.close()


def test_a_press_is_on_disk_before_the_desk_is_told_and_knows_its_age_until_the_agent_starts_again(
    tmp_path: Path,
) -> None:
    now, cable, device = [50.0], Cable(), Device()
    outbox = Outbox(tmp_path, lambda: now[0])
    worker = Worker(ENTRY, device, outbox, cable, lambda: now[0])
    device.observations = [Press(3, "next"), Press(3, "transfer", 5, id="p-17"), Scan(age=75)]
    for _turn in range(2):
        worker._turn()
    device.observations = [Press(3, "transfer", 5, id="p-17")]
    worker._turn()
    now[0] = 51.5
    presses = [
        (done.event, done.fields["press"], done.fields["number"], done.age_ms) for done in outbox.list_messages()
    ]
    assert presses == [("press", "next", None, 1500), ("press", "transfer", 5, 1500)]
    assert cable.mentioned == [("scan", {"device": "may-in", "age": 75, "code": None, "refused": None})]
    outbox.close()
    again = Outbox(tmp_path, lambda: now[0])
    assert [done.age_ms for done in again.list_messages()] == [None, None]
    for done in again.list_messages():
        again.forget(done)
    assert again.list_messages() == []
    again.close()


def test_a_pad_that_asks_says_so_and_so_does_one_without_lights_as_the_end_of_the_visit_asks_there(
    tmp_path: Path,
) -> None:
    outbox, device = (
        Outbox(tmp_path),
        Device(JobOutcome("done"), JobOutcome("failed", "no_light"), JobOutcome("failed", "silent")),
    )
    worker = Worker(ENTRY, device, outbox, Cable(), lambda: 1.0)
    for number in (1, 2, 3):
        outbox.take("d1", number)
        worker.do(job(number, kind="ask", visit=f"20261123-A00{number}", counter=3), 1.0)
    expected = [("shown", {"device": "may-in", "visit": f"20261123-A00{number}", "counter": 3}) for number in (1, 2)]
    assert [(done.event, done.fields) for done in outbox.list_messages()] == expected
    outbox.close()


def test_a_missing_device_is_opened_again_and_again_later_each_time_and_found_when_it_comes(tmp_path: Path) -> None:
    now, device = [0.0], Device()
    device.is_missing = True
    outbox = Outbox(tmp_path)
    supervisor = Worker(ENTRY, device, outbox, Cable(), lambda: now[0]).supervisor
    waits = []
    for _try in range(7):
        _heard, wait_s = supervisor.step()
        waits.append(wait_s)
        now[0] += wait_s
    assert waits == [0.1, 0.2, 0.4, 0.8, 1.6, 2.0, 2.0]
    down = supervisor.report()
    assert (down["state"], down["problem"], down["error"]) == ("down", "device_down", "There is no /dev/ttyUSB0.")
    device.is_missing = False
    device.observations = [Press(1, "next")]
    assert (supervisor.step(), supervisor.report()["state"]) == (([], 0.0), "ok")
    assert supervisor.step() == ([Press(1, "next")], 0.0)
    device.is_missing = True
    assert (supervisor.step(), supervisor.report()["state"]) == (([], 0.1), "down")
    outbox.close()
