"""The other ways to a printer: a serial line, the kernel's USB file, a print queue, a file.

Real pseudo-terminals; a queue of files.
"""

import os
import select
import threading
import tty
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from motcua.devices.contract import DeviceError, JobOutcome, Report
from motcua.devices.paper.ticket import SAMPLE
from motcua.devices.printer.emulator import PrinterEmulator
from motcua.devices.printer.escpos import EscposOptions, EscposPrinter
from motcua.devices.printer.limits import Limits
from motcua.devices.printer.paper import EscPosReader
from motcua.devices.printer.ways import find_baud
from motcua.devices.transports.spool import LOOK_S, WATCH_S, SpoolPort
from motcua.devices.transports.tcp import TcpPort
from tests.unit.devices.printer.reading import paper
from tests.unit.devices.sign.by_hand import Hand
from tests.waiting import PATIENCE_S, wait_until

PATIENT = Limits(connect_s=PATIENCE_S, answer_s=PATIENCE_S, start_s=PATIENCE_S, stall_s=PATIENCE_S, after_s=PATIENCE_S)
JOB = {**SAMPLE, "layout": "number {number}\nsmall {service}"}


class Line:
    """A printer at the far end of a pseudo-terminal: answers questions, keeps the rest."""

    def __init__(self) -> None:
        self._far, self._near = os.openpty()
        tty.setraw(self._near)
        self.path = os.ttyname(self._near)
        self.job = bytearray()
        self._ends = False
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        stream = EscPosReader()  # however the system cuts what is sent
        while not self._ends:
            if not select.select([self._far], [], [], 0.02)[0]:
                continue
            for command in stream.feed(os.read(self._far, 4096)):
                if command.name == "1004":
                    os.write(self._far, b"\x13\x12\x11")
                elif command.name == "1d72":
                    os.write(self._far, b"\x00")
                else:
                    self.job += bytes.fromhex(command.name) + command.data

    def close(self) -> None:
        self._ends = True
        self._thread.join()
        os.close(self._far)
        os.close(self._near)


@pytest.fixture
def line() -> Iterator[Line]:
    device = Line()
    yield device
    device.close()


def test_a_job_over_a_serial_line_is_confirmed_in_order(line: Line) -> None:
    driver = EscposPrinter(EscposOptions(port=f"serial:{line.path}?baud=115200", profile="80mm", poll_s=0.2), PATIENT)
    driver.open()
    assert driver.report() == Report("ok")
    assert driver.work("print", JOB) == JobOutcome("done")
    assert paper(bytes(line.job), 576).cuts != []
    line.job.clear()
    driver._next_at = 0.0  # it is time to ask again
    wait_until(lambda: driver.step() == [] and driver._asking is None and driver._next_at > 0)
    assert driver.report() == Report("ok")
    driver.close()


def test_a_slow_line_gets_the_short_ticket(line: Line) -> None:
    driver = EscposPrinter(EscposOptions(port=f"serial:{line.path}", profile="TM-T20II", status="none"), PATIENT)
    driver.open()
    assert driver.work("print", {**SAMPLE, "layout": "bold {centre}\n" * 20}) == JobOutcome("done", "sent_unconfirmed")
    driver.close()
    read = paper(bytes(line.job), 576)
    assert read.codes == [SAMPLE["follow_url"]]
    assert len(line.job) < 5_000
    assert find_baud(f"serial:{line.path}") == 9600
    assert find_baud("tcp://host") is None


def test_a_serial_port_that_is_not_there_is_offline(tmp_path: Path) -> None:
    driver = EscposPrinter(EscposOptions(port=f"serial:{tmp_path}/none?baud=115200"), PATIENT)
    with pytest.raises(DeviceError):
        driver.open()
    assert driver.work("print", JOB) == JobOutcome("failed", "offline")
    driver.close()


def test_the_kernels_usb_file_is_used_like_a_socket(line: Line, tmp_path: Path) -> None:
    driver = EscposPrinter(EscposOptions(port=f"usb:{line.path}", profile="80mm"), PATIENT)
    driver.open()
    assert driver.report() == Report("ok")
    assert driver.work("print", JOB) == JobOutcome("done")
    driver.close()
    assert paper(bytes(line.job), 576).starts == 1
    gone = EscposPrinter(EscposOptions(port=f"usb:{tmp_path}/lp9"), PATIENT)
    assert gone.work("print", JOB) == JobOutcome("failed", "offline")
    gone.close()


def test_a_file_takes_job_after_job(tmp_path: Path) -> None:
    driver = EscposPrinter(EscposOptions(port=f"file:{tmp_path}/out/jobs.bin"), PATIENT)
    driver.open()
    assert driver.step() == []
    assert [driver.work("print", JOB) for _ in range(2)] == [JobOutcome("done", "sent_unconfirmed")] * 2
    driver.close()
    assert len(paper((tmp_path / "out" / "jobs.bin").read_bytes(), 576).cuts) == 2
    assert driver.report() == Report("unknown")
    wrong = EscposPrinter(EscposOptions(port=f"file:{tmp_path}"), PATIENT)
    with pytest.raises(DeviceError):
        wrong.open()
    wrong.close()


class FolderQueue:
    """A print queue made of files: `states` says what it answers, one look after the other, then that the job has
    left.
    """

    def __init__(self, folder: Path, *states: str) -> None:
        self.folder, self.states = folder, list(states)
        self.open_handles = 0
        self.is_broken = False

    def open(self, printer: str) -> Path:
        if not (self.folder / printer).is_dir():
            raise FileNotFoundError(2, "no such printer", printer)
        self.open_handles += 1
        return self.folder / printer

    def put(self, handle: Path, title: str, data: bytes) -> int:
        if self.is_broken:
            raise OSError(5, "access denied")
        number = len(list(handle.iterdir())) + 1
        (handle / f"{title}-{number}.raw").write_bytes(data)
        return number

    def look(self, handle: Path, job: int) -> str | None:
        return self.states.pop(0) if self.states else None

    def drop(self, handle: Path, job: int) -> None:
        next(handle.glob(f"*-{job}.raw")).unlink()

    def close(self, handle: Path) -> None:
        self.open_handles -= 1


def over_queue(queue: FolderQueue, name: str = "HP", **more: Any) -> EscposPrinter:
    """Return a printer whose way is `queue`."""
    driver = EscposPrinter(EscposOptions(port="file:/unused"), PATIENT)
    driver._way = SpoolPort(name, queue, **more)
    return driver


LOOKS = round(WATCH_S / LOOK_S) + 1


@pytest.mark.parametrize(
    ("states", "outcome", "left"),
    [
        ([], JobOutcome("done", "sent_unconfirmed"), 1),
        (["waiting", "printing"], JobOutcome("done", "sent_unconfirmed"), 1),
        (["waiting", "paper_out"], JobOutcome("failed", "paper_out"), 0),
        (["error", "printing"], JobOutcome("done", "sent_unconfirmed"), 1),
        (["offline"] * LOOKS, JobOutcome("failed", "offline"), 0),
        (["waiting"] * LOOKS, JobOutcome("done", "sent_unconfirmed"), 1),
    ],
)
def test_a_print_queue_tells_at_most_what_is_wrong(
    tmp_path: Path, states: list[str], outcome: JobOutcome, left: int
) -> None:
    hand = Hand()
    (tmp_path / "HP").mkdir()
    queue = FolderQueue(tmp_path, *states)
    driver = over_queue(queue, now=hand.now, sleep=hand.sleep)
    driver.open()
    assert driver.work("print", JOB) == outcome
    driver.close()
    jobs = [path.read_bytes() for path in (tmp_path / "HP").iterdir()]
    assert [paper(job, 576).starts for job in jobs] == [1] * left
    assert queue.open_handles == 0


def test_a_queue_that_is_missing_or_refuses_is_told_apart(tmp_path: Path) -> None:
    (tmp_path / "HP").mkdir()
    queue = FolderQueue(tmp_path)
    missing = over_queue(queue, "Canon")
    with pytest.raises(DeviceError):
        missing.open()
    assert missing.work("print", JOB) == JobOutcome("failed", "offline")
    refusing = over_queue(queue)
    queue.is_broken = True
    assert refusing.work("print", JOB) == JobOutcome("unknown", "lost")
    assert queue.open_handles == 0


def test_a_socket_is_a_port_like_any_other() -> None:
    printer = PrinterEmulator()
    printer.start()
    port = TcpPort(printer.host, printer.port)
    try:
        with pytest.raises(DeviceError):
            port.read(0)
        port.open()
        port.write(b"\x10\x04\x01")
        assert port.read(2) == b"\x12"
        assert port.read(0) == b""
        printer.do("unplug")
        with pytest.raises(DeviceError):
            port.read(2)
        port.close()
        port.close()
        with pytest.raises(DeviceError):
            port.open()
    finally:
        printer.stop()
