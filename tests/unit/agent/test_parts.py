"""The agent's parts, each by itself: its memory, its worker, its printer, its configuration."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from motcua.agent.config import Config, load
from motcua.agent.errors import AgentError, DeviceError
from motcua.agent.file_printer import WIDTH, FilePrinter, ticket
from motcua.agent.link import Job, read
from motcua.agent.outbox import Outbox
from motcua.agent.run import Worker

PAYLOAD = {
    "ticket": "20261123-A001",
    "number": "A001",
    "service": "Chứng thực bản sao từ bản chính giấy tờ, văn bản do cơ quan có thẩm quyền cấp",
    "unit": "Phường Mẫu",
    "centre": "Trung tâm Phục vụ hành chính công",
    "issued_at": "08:00:00 23/11/2026",
    "people_ahead": 3,
    "priority": True,
    "follow_path": "/t/abcdefghijkl",
    "footer": "Vui lòng giữ phiếu và chờ gọi số. Xin cảm ơn!",
    "reprint": True,
}


class Printer:
    """A device that does what `work` is told to do."""

    kind = "print"

    def __init__(self, *answers: Exception | None) -> None:
        self.answers, self.papers = list(answers), list[Mapping[str, Any]]()

    def work(self, payload: Mapping[str, Any]) -> None:
        if (answer := self.answers.pop(0)) is not None:
            raise answer
        self.papers.append(payload)


def job(number: int = 1, ttl_ms: int = 30_000, desk: str = "d1") -> Job:
    return Job(desk, number, "print", {"ticket": str(number)}, ttl_ms)


def ended(outbox: Outbox) -> list[tuple[str, int, str, str | None]]:
    return [(found.desk, found.job, found.state, found.detail) for found in outbox.results()]


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


def test_a_result_is_kept_under_one_key_until_it_is_acknowledged_and_sent_again_when_the_job_comes_again(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path)
    outbox.take("d1", 1)
    outbox.end("d1", 1, "failed", "no paper")
    (result,) = outbox.results()
    assert outbox.results() == [result]
    outbox.acknowledge(result)
    assert outbox.results() == []
    assert not outbox.take("d1", 1)
    assert outbox.results() == [result]
    outbox.close()


def test_a_restored_desk_has_jobs_of_its_own_under_the_same_numbers(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path)
    assert (outbox.take("d1", 1), outbox.take("d2", 1)) == (True, True)
    outbox.close()


def test_two_agents_cannot_share_a_memory(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path)
    with pytest.raises(AgentError, match="Another agent is using the folder"):
        Outbox(tmp_path)
    outbox.close()


def test_a_damaged_memory_is_named(tmp_path: Path) -> None:
    (tmp_path / "outbox.db").write_bytes(b"no database" * 100)
    with pytest.raises(AgentError, match="is damaged: file is not a database"):
        Outbox(tmp_path)


def test_a_worker_does_each_job_at_most_once_and_says_how_it_ended(tmp_path: Path) -> None:
    outbox, now, told = Outbox(tmp_path), [100.0], list[str]()
    printer = Printer(None, DeviceError("no paper"), RuntimeError("odd"), None)
    worker = Worker(printer, outbox, lambda: told.append("ended"), lambda: now[0])
    for number in range(1, 6):
        outbox.take("d1", number)
    worker.do(job(1), 100)
    worker.do(job(2), 100)
    assert worker.health == {"state": "failing", "detail": "no paper"}
    worker.do(job(3), 100)
    now[0] = 130.001
    worker.do(job(4), 100)
    now[0] = 130
    worker.do(job(5), 100)
    assert worker.health == {"state": "ok", "detail": None}
    assert ended(outbox) == [
        ("d1", 1, "done", None),
        ("d1", 2, "failed", "no paper"),
        ("d1", 3, "unknown", "RuntimeError('odd')"),
        ("d1", 4, "failed", "expired"),
        ("d1", 5, "done", None),
    ]
    assert (printer.papers, told) == ([{"ticket": "1"}, {"ticket": "5"}], ["ended"] * 5)
    outbox.close()


def test_a_stopped_worker_leaves_what_waits(tmp_path: Path) -> None:
    outbox, printer = Outbox(tmp_path), Printer()
    worker = Worker(printer, outbox, lambda: None)
    outbox.take("d1", 1)
    worker.add(job(1))
    worker._stopping = True
    worker.start()
    worker.stop()
    assert (ended(outbox), printer.papers) == ([], [])
    outbox.close()


def test_a_paper_is_whole_and_none_is_overwritten(tmp_path: Path) -> None:
    printer = FilePrinter(tmp_path / "printed", "http://desk:8080/")
    printer.open()
    for _ in range(2):
        printer.work(PAYLOAD)
    printer.work({**PAYLOAD, "ticket": "../../etc/x"})
    printer.work({})
    assert sorted(path.name for path in (tmp_path / "printed").iterdir()) == [
        "20261123-A001.2.txt",
        "20261123-A001.txt",
        "etcx.txt",
        "ticket.txt",
    ]


def test_a_folder_that_is_gone_is_a_failure_and_no_paper(tmp_path: Path) -> None:
    printer = FilePrinter(tmp_path / "printed", "http://desk")
    with pytest.raises(DeviceError, match="No such file or directory"):
        printer.work(PAYLOAD)
    (tmp_path / "printed").write_text("")
    with pytest.raises(DeviceError, match="File exists"):
        printer.open()


def test_what_stands_on_the_paper() -> None:
    paper = ticket(PAYLOAD, "http://desk:8080")
    assert [line.strip() for line in paper.splitlines()] == [
        "Trung tâm Phục vụ hành chính công",
        "PHƯỜNG MẪU",
        "-" * WIDTH,
        "SỐ THỨ TỰ",
        "A 0 0 1",
        "Chứng thực bản sao từ bản chính giấy tờ,",
        "văn bản do cơ quan có thẩm quyền cấp",
        "Ưu tiên",
        "-" * WIDTH,
        "Số người chờ phía trước: 3",
        "08:00:00 23/11/2026",
        "-" * WIDTH,
        "Theo dõi số trên điện thoại:",
        "http://desk:8080/t/abcdefghijkl",
        "-" * WIDTH,
        "Vui lòng giữ phiếu và chờ gọi số. Xin cảm",
        "ơn!",
        "IN LẠI",
    ]
    assert max(map(len, paper.splitlines())) <= WIDTH
    assert "http://lan:8080/t/x" in ticket({**PAYLOAD, "follow_url": "http://lan:8080/t/x"}, "http://desk:8080")


def test_a_booked_number_says_when_and_a_seat_says_where() -> None:
    booked = ticket({**PAYLOAD, "due_at": "09:00", "wait": None, "seat": None}, "http://desk:8080")
    seated = ticket({**PAYLOAD, "due_at": None, "wait": "khoảng 10 phút", "seat": "Ghế 5"}, "http://desk:8080")
    assert [line.strip() for line in booked.splitlines()][9:11] == ["Giờ hẹn: 09:00", "08:00:00 23/11/2026"]
    assert [line.strip() for line in seated.splitlines()][9:13] == [
        "Chỗ ngồi: Ghế 5",
        "Số người chờ phía trước: 3",
        "Thời gian chờ: khoảng 10 phút",
        "08:00:00 23/11/2026",
    ]


def test_what_is_no_job_is_told_from_a_job() -> None:
    whole = {"desk": "d1", "id": 1, "device": "printer:1", "kind": "print", "payload": {"ticket": "1"}, "ttl_ms": 30_000}
    assert read(whole) == job()
    assert [read({**whole, name: value}) for name, value in (("desk", 1), ("id", "1"), ("id", True), ("payload", []), ("ttl_ms", 1.5))] == [
        None
    ] * 5
    odd: list[object] = [None, [], {}, json.dumps(whole)]
    assert [read(given) for given in odd] == [None] * 4


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ("[printer", "agent.toml cannot be read: Expected"),
        ('printer = "file"', "agent.toml: printer must be a group of settings, [printer]."),
        ('[printer]\nport = "COM1"', "agent.toml: there is no setting printer.port; known are: kind, folder."),
        ('printers = ""', "agent.toml: there is no setting printers; known are: state, printer."),
        ('[printer]\nkind = "laser"', "agent.toml: printer.kind is laser; known are: file."),
        ("[printer]\nfolder = 3", "agent.toml: printer.folder must be the name of a folder in quotation marks."),
        ('state = ""', "agent.toml: state must be the name of a folder in quotation marks."),
    ],
)
def test_a_mistake_in_the_configuration_is_named(tmp_path: Path, config: str, message: str) -> None:
    path = tmp_path / "agent.toml"
    path.write_text(config)
    with pytest.raises(AgentError) as found:
        load(path)
    assert str(found.value).startswith(f"{tmp_path}/{message}")


def test_folders_start_where_the_configuration_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "conf" / "agent.toml"
    path.parent.mkdir()
    path.write_text(f'state = "memory"\n[printer]\nkind = "file"\nfolder = "{tmp_path}/papers"\n', encoding="utf-8-sig")
    assert load(path) == Config(tmp_path / "conf" / "memory", tmp_path / "papers")
    monkeypatch.chdir(tmp_path)
    assert load(None) == Config(tmp_path / "agent-data", tmp_path / "printed")
