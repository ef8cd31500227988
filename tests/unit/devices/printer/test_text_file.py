"""The printer that writes text files: what stands in them, whole or not at all, and nothing overwritten."""

from pathlib import Path

import pytest

from motcua.devices.contract import DeviceError, JobOutcome, Report
from motcua.devices.loading import build_driver
from motcua.devices.printer.text_file import FilePrinter

JOB = {
    "ticket": "20261123-A001",
    "number": "A001",
    "service": "Chứng thực bản sao từ bản chính",
    "unit": "Phường Mẫu",
    "centre": "Trung tâm Phục vụ hành chính công",
    "issued_at": "08:00:00 23/11/2026",
    "people_ahead": 3,
    "wait": None,
    "priority": True,
    "follow_url": "http://192.168.1.10:8080/t/abc",
    "follow_path": "/t/abc",
    "footer": "Xin cảm ơn!",
    "reprint": False,
}
RULE = "-" * 42


def test_a_ticket_is_a_file_of_its_own(tmp_path: Path) -> None:
    printer = build_driver("printer", "file", {"folder": tmp_path / "papers"})
    printer.open()
    assert printer.work("print", JOB) == JobOutcome("done")
    assert printer.work(
        "print", {**JOB, "reprint": True, "due_at": "09:00", "seat": "Ghế 7", "wait": "khoảng 5 phút"}
    ) == JobOutcome("done")
    first, second = sorted((tmp_path / "papers").iterdir(), key=lambda path: len(path.name))
    assert (first.name, second.name) == ("20261123-A001.txt", "20261123-A001.2.txt")
    blocks = [
        [line.strip() for line in part.strip("\n").split("\n")]
        for part in first.read_text(encoding="utf-8").split(RULE)
    ]
    assert blocks == [
        ["Trung tâm Phục vụ hành chính công", "PHƯỜNG MẪU"],
        ["SỐ THỨ TỰ", "A 0 0 1", "Chứng thực bản sao từ bản chính", "Ưu tiên"],
        ["Số người chờ phía trước: 3", "08:00:00 23/11/2026"],
        ["Theo dõi số trên điện thoại:", "http://192.168.1.10:8080/t/abc"],
        ["Xin cảm ơn!"],
    ]
    again = second.read_text(encoding="utf-8")
    assert [
        text in again
        for text in ("IN LẠI", "Giờ hẹn: 09:00", "Chỗ ngồi: Ghế 7", "Thời gian chờ: khoảng 5 phút", "phía trước")
    ] == [
        *[True] * 4,
        False,
    ]
    assert (printer.step(), printer.report()) == ([], Report())
    printer.blank()
    printer.close()


def test_a_relative_address_starts_at_the_server(tmp_path: Path) -> None:
    printer = build_driver("printer", "file", {"folder": tmp_path, "server": "http://desk:8080/"})
    printer.work("print", {**JOB, "follow_url": None})
    assert "http://desk:8080/t/abc" in (tmp_path / "20261123-A001.txt").read_text(encoding="utf-8")


def test_a_test_ticket_is_written_too_and_other_jobs_are_refused(tmp_path: Path) -> None:
    printer = build_driver("printer", "file", {"folder": tmp_path})
    assert printer.work("check", {}) == JobOutcome("done")
    assert [path.name for path in tmp_path.iterdir()] == ["check.txt"]
    with pytest.raises(DeviceError):
        printer.work("say", {})


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    printer = build_driver("printer", "file", {"folder": tmp_path / "taken"})
    with pytest.raises(DeviceError) as refused:
        printer.open()
    assert "taken" in str(refused.value)
    with pytest.raises(DeviceError):
        printer.work("print", JOB)
    assert isinstance(printer, FilePrinter)
