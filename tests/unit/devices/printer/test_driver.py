"""The driver against the emulator, over real sockets: each way in which a printer fails gives its own result, and no
second paper.
"""

import io
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any, Literal

import pytest
from PIL import Image

from motcua.copies import replace
from motcua.devices.contract import DeviceError, JobOutcome, Report
from motcua.devices.paper.bands import Band, split_into_bands
from motcua.devices.paper.layout import DEFAULT
from motcua.devices.paper.render import preview
from motcua.devices.paper.ticket import SAMPLE, get_values
from motcua.devices.printer.delivery import Delivery, PrintJob
from motcua.devices.printer.emulator import PrinterEmulator
from motcua.devices.printer.escpos import EscposOptions, EscposPrinter
from motcua.devices.printer.limits import Limits
from motcua.devices.transports.tcp import TcpPort
from tests.waiting import PATIENCE_S, wait_until

PATIENT = Limits(connect_s=PATIENCE_S, answer_s=PATIENCE_S, start_s=PATIENCE_S, stall_s=PATIENCE_S, after_s=PATIENCE_S)
"""What comes is waited for, however busy the computer is."""
SHORT_S = 0.1
"""For what does not come, at no time: the result is the same after any time."""
LAYOUT = "bold {unit}\nnumber {number}\nqr {follow_url}\nsmall {issued_at}"
JOB = {**SAMPLE, "layout": LAYOUT}
Connect = Callable[..., EscposPrinter]


@pytest.fixture
def printer() -> Iterator[PrinterEmulator]:
    """Lend a printer whose clock goes a second each thousand bytes that it is sent."""
    emulator = PrinterEmulator(late_s=0.5, break_at=3000, now=lambda: len(emulator.received) / 1000)
    emulator.start()
    yield emulator
    emulator.stop()


@pytest.fixture
def connect(printer: PrinterEmulator) -> Iterator[Connect]:
    drivers: list[EscposPrinter] = []

    def make(**more: Any) -> EscposPrinter:
        options = {
            name: value for name, value in printer.describe_entry().items() if name not in {"name", "kind", "driver"}
        }
        drivers.append(EscposPrinter(EscposOptions(**options | more), PATIENT))
        return drivers[-1]

    yield make
    for driver in drivers:
        driver.close()


def hasten(driver: EscposPrinter, *limits: str) -> None:
    """Let a driver that knows its printer wait a short time only, as nothing will come."""
    driver._limits = replace(PATIENT, **dict.fromkeys(limits, SHORT_S))


@pytest.mark.thorough
@pytest.mark.parametrize("profile", ["epson", "80mm"])
def test_the_paper_that_comes_out_is_the_preview(printer: PrinterEmulator, connect: Connect, profile: str) -> None:
    driver = connect(profile=profile)
    driver.open()
    assert driver.report() == Report("ok")
    assert driver.work("print", JOB) == JobOutcome("done")
    wait_until(lambda: printer.papers)
    expected = preview(LAYOUT, get_values(SAMPLE), 576)
    came = printer.papers[0]
    assert came.crop((0, 0, 576, expected.height)).tobytes() == expected.tobytes()
    drawn = printer.draw_picture()
    assert drawn is not None
    assert Image.open(io.BytesIO(drawn)).size == came.size
    assert [printer.commands.count(name) for name in ("1d56", "unknown")] == [1, 0]
    assert driver.report() == Report("ok")


BEFORE: list[tuple[str, JobOutcome, Report, int]] = [
    ("paper_out", JobOutcome("failed", "paper_out"), Report("down", "paper_out"), 0),
    ("cover_open", JobOutcome("failed", "cover_open"), Report("down", "cover_open"), 0),
    ("paper_low", JobOutcome("done", "paper_low"), Report("degraded", "paper_low"), 1),
    ("unplug", JobOutcome("failed", "offline"), Report("down", "offline"), 0),
    ("away", JobOutcome("failed", "offline"), Report("down", "offline"), 0),
    ("silent", JobOutcome("done", "sent_unconfirmed"), Report("unknown", "no_answer"), 1),
    ("late", JobOutcome("done", "sent_unconfirmed"), Report("unknown", "no_answer"), 1),
    ("stall", JobOutcome("unknown", "lost"), Report("unknown", "lost"), 0),
    ("hang_up", JobOutcome("unknown", "lost"), Report("unknown", "lost"), 0),
    ("reset", JobOutcome("unknown", "lost"), Report("unknown", "lost"), 0),
    ("hears_pictures", JobOutcome("done"), Report("ok"), 1),
    ("busy", JobOutcome("unknown", "lost"), Report("unknown", "lost"), 0),
]


SILENCES = {
    "silent": ("answer_s",),
    "late": ("answer_s",),
    "stall": ("answer_s", "stall_s"),
    "busy": ("answer_s", "stall_s"),
}
"""Which limits a fault runs into."""


@pytest.mark.parametrize(
    ("fault", "outcome", "report", "papers"),
    [pytest.param(*row, id=row[0], marks=pytest.mark.thorough if row[0] in SILENCES else ()) for row in BEFORE],
)
def test_each_failure_has_its_own_result(
    printer: PrinterEmulator, connect: Connect, fault: str, outcome: JobOutcome, report: Report, papers: int
) -> None:
    driver = connect()
    driver.open()
    hasten(driver, *SILENCES.get(fault, ()))
    printer.do(fault)
    big = {**SAMPLE, "layout": DEFAULT}  # more than all buffers on the way together
    assert (driver.work("print", big), driver.report()) == (outcome, report)
    if papers:
        wait_until(lambda: len(printer.papers) == papers)
    assert len(printer.papers) == papers


def test_a_printer_that_hangs_up_before_the_job_has_none_of_it(printer: PrinterEmulator, connect: Connect) -> None:
    driver = connect()
    printer.break_at = 2
    printer.do("reset")
    assert driver.work("print", JOB) == JobOutcome("failed", "offline")


@pytest.mark.parametrize("confirm", ["mark", "paper"])
def test_an_answer_that_nobody_asked_for_is_not_listened_to(
    printer: PrinterEmulator, confirm: Literal["mark", "paper"]
) -> None:
    printer.do("hears_pictures")
    hidden = b"".join(
        banded_job(band) for band in split_into_bands(3, b"\x10\x04\x01\x10\x04\x02\x10\x04\x04" * 120, 1)
    )
    way = TcpPort(printer.host, printer.port)
    delivery = Delivery(way, PrintJob(b"\x1b@" + hidden, 0.1, b"0007"), PATIENT, asks=True, confirm=confirm)
    assert delivery.run() == JobOutcome("done")
    assert bytes(printer.received).count(b"\x10\x04") == 360 + 3
    with socket.create_connection((printer.host, printer.port), PATIENCE_S) as asking:
        asking.sendall(hidden)
        answers = b""
        while len(answers) < 3:
            answers += asking.recv(64)
        assert answers.startswith(b"\x12\x12\x12")


def banded_job(band: Band) -> bytes:
    return b"\x1dv0\x00" + bytes((band.width_bytes, 0, band.rows, 0)) + band.data


def test_a_plain_printer_confirms_by_its_paper_sensor(printer: PrinterEmulator, connect: Connect) -> None:
    driver = connect(profile="80mm")
    printer.do("paper_low")
    assert driver.work("print", JOB) == JobOutcome("done", "paper_low")
    assert ("1d72" in printer.commands, "1d61" in printer.commands) == (True, False)


def test_paper_that_ends_in_the_middle_is_named(printer: PrinterEmulator, connect: Connect) -> None:
    driver = connect()
    driver.open()
    printer.do_after(900, "paper_out")
    assert driver.work("print", {**SAMPLE, "layout": DEFAULT}) == JobOutcome("failed", "paper_out")
    assert driver.report() == Report("down", "paper_out")
    assert printer.papers == []


@pytest.mark.thorough
def test_a_printer_that_is_back_prints_again_and_nothing_twice(printer: PrinterEmulator, connect: Connect) -> None:
    driver = connect(poll_s=0.2)
    printer.do("unplug")
    with pytest.raises(DeviceError):
        driver.open()
    assert driver.work("print", JOB) == JobOutcome("failed", "offline")
    printer.do("mend")
    driver.open()
    assert driver.report() == Report("ok")
    assert driver.work("print", JOB) == JobOutcome("done")
    assert len(printer.papers) == 1


@pytest.mark.thorough
def test_an_idle_printer_is_asked_and_its_state_follows(printer: PrinterEmulator, connect: Connect) -> None:
    driver = connect(poll_s=0.2)
    driver.open()

    def becomes(report: Report) -> bool:
        driver.step()
        return driver.report() == report

    for fault, report in [
        ("paper_out", Report("down", "paper_out")),
        ("mend", Report("ok")),
        ("paper_low", Report("degraded", "paper_low")),
        ("silent", Report("unknown", "no_answer")),
    ]:
        printer.do(fault)
        hasten(driver, *SILENCES.get(fault, ()))
        wait_until(lambda report=report: becomes(report))  # type: ignore[misc]
    printer.do("unplug")
    with pytest.raises(DeviceError):
        wait_until(lambda: becomes(Report("down", "offline")))


@pytest.mark.thorough
def test_a_step_in_which_a_job_comes_leaves_the_printer_free(printer: PrinterEmulator, connect: Connect) -> None:
    driver = connect()
    driver.open()
    driver._next_at = 0.0  # it is time to ask again
    driver.step()
    assert driver.work("print", JOB) == JobOutcome("done")


@pytest.mark.thorough
def test_two_jobs_at_once_are_printed_one_after_the_other(printer: PrinterEmulator, connect: Connect) -> None:
    first, second = connect(), connect(status="none")
    results: list[JobOutcome] = []
    other = threading.Thread(target=lambda: results.append(second.work("print", JOB)))
    other.start()
    results.append(first.work("print", JOB))
    other.join()
    wait_until(lambda: len(printer.papers) == 2)
    assert {result.state for result in results} == {"done"}
    assert printer.papers[0].tobytes() == printer.papers[1].tobytes()


def test_a_printer_without_status_is_not_asked(printer: PrinterEmulator, connect: Connect) -> None:
    driver = connect(status="none")
    driver.open()
    assert driver.work("print", JOB) == JobOutcome("done", "sent_unconfirmed")
    assert driver.report() == Report("unknown")
    assert {"1004", "1d72", "1d28", "1d61"} & set(printer.commands) == set()


@pytest.mark.thorough
def test_a_test_ticket_is_printed_and_other_jobs_are_refused(printer: PrinterEmulator, connect: Connect) -> None:
    driver = connect(paper_mm=58, cut="none")
    assert driver.work("check", {"layout": LAYOUT}) == JobOutcome("done")
    assert printer.commands.count("1d56") == 0
    for kind, payload in [("say", {}), ("print", {**SAMPLE, "layout": "huge {number}"})]:
        with pytest.raises(DeviceError) as refused:
            driver.work(kind, payload)
        assert refused.value.permanent


def test_a_code_of_the_printers_own_is_drawn_by_the_printer(printer: PrinterEmulator, connect: Connect) -> None:
    driver = connect(qr="native")
    assert driver.work("print", {**SAMPLE, "layout": "number {number}\nqr {follow_url}"}) == JobOutcome("done")
    import zxingcpp

    barcode = zxingcpp.read_barcode(printer.papers[0].convert("L"))
    assert barcode is not None
    assert barcode.text == SAMPLE["follow_url"]


@pytest.mark.thorough
@pytest.mark.parametrize(("profile", "dots"), [("58mm", 384), ("TM-T88V", 512), ("POS-5890", 384), ("", 384)])
def test_the_width_comes_from_the_model_or_the_settings(printer: PrinterEmulator, profile: str, dots: int) -> None:
    driver = EscposPrinter(
        EscposOptions(port=f"tcp://{printer.host}:{printer.port}", profile=profile, status="none"), PATIENT
    )
    assert driver.work("print", {**JOB, "paper_mm": 58}).state == "done"
    driver.close()
    received = bytes(printer.received)
    assert (
        max(
            received[at + 4] * (2 if received[at + 3] else 1)
            for at in range(len(received) - 8)
            if received[at : at + 3] == b"\x1dv0"
        )
        * 8
        <= dots
    )


def test_an_address_where_nobody_listens_is_offline() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        driver = EscposPrinter(EscposOptions(port=f"tcp://127.0.0.1:{port}"), PATIENT)
        assert driver.work("print", JOB) == JobOutcome("failed", "offline")
        driver.close()


@pytest.mark.thorough
def test_a_slow_printer_is_waited_for(printer: PrinterEmulator, connect: Connect) -> None:
    driver = connect()
    printer._now = time.monotonic
    printer.baud = 57_600
    printer.do("slow")
    assert driver.work("print", {**SAMPLE, "layout": DEFAULT}) == JobOutcome("done")
