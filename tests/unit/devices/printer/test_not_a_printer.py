"""What answers at a printer's address and is none: named, never taken for paper.

Real sockets; the programs' own bytes.
"""

import http.server
import threading
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.devices.contract import DeviceError, JobOutcome, Report
from motcua.devices.paper.ticket import SAMPLE
from motcua.devices.printer import ways
from motcua.devices.printer.emulator import PrinterEmulator
from motcua.devices.printer.escpos import EscposOptions, EscposPrinter
from motcua.devices.printer.limits import Limits
from motcua.devices.strangers import find_other_protocol, find_protocol
from motcua.devices.supervisor import Supervisor
from tests.unit.devices.strangers import ANSWERS, BANNERS, Stranger, stranger

PATIENT = Limits(connect_s=30, answer_s=30, start_s=30, stall_s=30, after_s=30)
"""For who answers: nothing is waited for longer than the answer takes."""
HASTY = Limits(connect_s=30, answer_s=0.05, start_s=30, stall_s=30, after_s=0.05, probe_s=0.05, last_s=0.05)
"""For who is silent."""
AT_A_LINE = Limits(connect_s=30, answer_s=0.05, start_s=30, stall_s=30, after_s=30, probe_s=30, last_s=30)
"""For who is silent until a line has come."""
JOB = {**SAMPLE, "layout": "number {number}\nsmall {service}\nqr {follow_url}"}
NO_PRINTER = JobOutcome("failed", "not_a_printer")


def printer_at(port: int, limits: Limits = PATIENT, **more: Any) -> EscposPrinter:
    return EscposPrinter(EscposOptions(port=f"tcp://127.0.0.1:{port}", **more), limits)


def refusal(driver: EscposPrinter) -> DeviceError:
    with pytest.raises(DeviceError) as caught:
        driver.open()
    return caught.value


@pytest.mark.parametrize("protocol", BANNERS)
def test_a_program_that_says_its_name_is_no_printer(protocol: str) -> None:
    with stranger(says=BANNERS[protocol]) as other:
        driver = printer_at(other.port)
        error = refusal(driver)
        assert (error.permanent, error.code, error.params) == (
            True,
            "not_a_printer",
            {"address": f"127.0.0.1:{other.port}", "protocol": protocol},
        )
        assert str(error).startswith(f"127.0.0.1:{other.port} is not a printer: {protocol} answers there.")
        assert driver.work("print", JOB) == NO_PRINTER
        driver.close()


@pytest.mark.parametrize("protocol", ANSWERS)
def test_a_program_that_complains_is_no_printer(protocol: str) -> None:
    with stranger(answers=ANSWERS[protocol]) as other:
        driver = printer_at(other.port)
        assert refusal(driver).params["protocol"] == protocol
        driver.close()


@pytest.mark.thorough
@pytest.mark.parametrize("ends", [{}, {"hangs_up": True}, {"resets": True}], ids=["stays", "hangs_up", "resets"])
@pytest.mark.parametrize("protocol", ["HTTP (web)", "TLS (https)"])
def test_a_program_that_waits_for_a_line_is_no_printer(protocol: str, ends: dict[str, bool]) -> None:
    with stranger(answers=ANSWERS[protocol], at_line=True, **ends) as other:
        driver = printer_at(other.port, AT_A_LINE)
        assert refusal(driver).params["protocol"] == protocol
        assert driver.work("print", JOB) == NO_PRINTER
        driver.close()


@pytest.mark.parametrize("status", ["none", "auto"])
def test_a_web_server_that_answers_in_the_middle_of_a_job_printed_nothing(
    status: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with stranger(answers=ANSWERS["HTTP (web)"], at_line=True, resets=True) as other:
        monkeypatch.setattr(ways, "RAW_PORTS", (other.port,))  # else it would have been asked for an answer before
        driver = printer_at(other.port, AT_A_LINE, status=status)
        driver._has_answered = True
        assert driver.work("print", JOB) == NO_PRINTER
        assert driver.report() == Report("down", "not_a_printer")
        with pytest.raises(DeviceError, match="is not a printer: HTTP"):
            driver.step()
        driver.close()


@pytest.mark.thorough
def test_python_s_own_web_server_is_no_printer() -> None:
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_arguments: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet)
    serving = threading.Thread(target=server.serve_forever, args=(0.005,))
    serving.start()
    try:
        driver = printer_at(server.server_address[1], AT_A_LINE)
        assert refusal(driver).params["protocol"] == "HTTP (web)"
        assert driver.work("print", JOB) == NO_PRINTER
        driver.close()
    finally:
        server.shutdown()
        serving.join()
        server.server_close()


def test_an_echo_is_no_printer() -> None:
    with stranger(echoes=True) as other:
        driver = printer_at(other.port)
        assert refusal(driver).params["protocol"] == "echo"
        assert driver.work("print", JOB) == NO_PRINTER
        driver.close()


@pytest.mark.thorough
@pytest.mark.parametrize("each", [b"OK\r\n", b"\x00\x01\x02\x03\x04", b"\x12\xff\x80\xc4", b"{}[]\n" * 9])
def test_bytes_that_are_no_answers_are_no_printer(each: bytes) -> None:
    with stranger(each=each) as other:
        driver = printer_at(other.port)
        assert refusal(driver).code == "not_a_printer"
        assert driver.work("print", JOB) == NO_PRINTER
        driver.close()


@pytest.mark.thorough
def test_silence_is_no_printer_but_at_a_printers_port_or_where_a_person_said_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with stranger() as other:
        asking_printer = printer_at(other.port, HASTY)
        error = refusal(asking_printer)
        assert (error.code, error.permanent) == ("not_a_printer", True)
        assert "does not answer" in str(error)
        assert asking_printer.work("print", JOB) == NO_PRINTER
        assert SAMPLE["number"].encode() not in other.received
        for status in ("none", False):
            trusted = printer_at(other.port, HASTY, status=status)
            trusted.open()
            assert trusted.work("print", JOB) == JobOutcome("done", "sent_unconfirmed")
            trusted.close()
        monkeypatch.setattr(ways, "RAW_PORTS", (other.port,))
        usual = printer_at(other.port, HASTY)
        usual.open()
        assert usual.report() == Report("unknown", "no_answer")
        assert usual.work("print", JOB) == JobOutcome("done", "sent_unconfirmed")
        usual.close()
        asking_printer.close()


@pytest.mark.thorough
def test_a_printer_that_has_answered_may_be_silent_later() -> None:
    printer = PrinterEmulator()
    printer.start()
    try:
        driver = printer_at(printer.port)
        driver.open()
        driver._limits = HASTY
        printer.do("silent")
        assert driver.work("print", JOB) == JobOutcome("done", "sent_unconfirmed")
        driver.open()
        assert driver.report() == Report("unknown", "no_answer")
        driver.close()
    finally:
        printer.stop()


@pytest.mark.thorough
def test_the_probe_moves_no_paper() -> None:
    printer = PrinterEmulator()
    printer.start()
    printer.do("silent")
    try:
        driver = printer_at(printer.port, HASTY)
        with pytest.raises(DeviceError):
            driver.open()
        printer.do("mend")
        driver._limits = PATIENT
        driver.open()
        assert driver.work("print", JOB) == JobOutcome("done")
        assert "unknown" not in printer.commands
        driver.close()
    finally:
        printer.stop()


def test_the_supervisor_tells_what_is_there_and_leaves_it_alone_for_half_a_minute() -> None:
    now = [0.0]
    with stranger(says=BANNERS["SSH"]) as other:
        supervisor = Supervisor("may-in", printer_at(other.port), lambda: now[0])
        assert supervisor.step()[1] == 30
        report = supervisor.report()
        assert (report["state"], report["problem"]) == ("down", "not_a_printer")
        assert report["why"]["message"].startswith("%(address)s is not a printer: %(protocol)s")
        now[0] = 29.0
        assert (supervisor.step()[1], other.connections) == (1.0, 1)
        assert supervisor.work("print", JOB) == NO_PRINTER
        supervisor.close()


def test_a_name_with_several_addresses_is_tried_at_each() -> None:
    printer = PrinterEmulator()  # 127.0.0.1 only; `localhost` may be ::1 first
    printer.start()
    try:
        driver = EscposPrinter(EscposOptions(port=f"tcp://localhost:{printer.port}"), PATIENT)
        driver.open()
        assert driver.report() == Report("ok")
        driver.close()
    finally:
        printer.stop()


STATUS = st.lists(
    st.sampled_from(
        [b"\x12", b"\x16", b"\x1a", b"\x1e", b"\x32", b"\x52", b"\x72", b"\x7e", b"\x10\x00\x00\x00", b"\x11"]
    )
)


@pytest.mark.thorough
@given(STATUS)
def test_no_true_answer_is_taken_for_another_program(parts: list[bytes]) -> None:
    assert find_other_protocol(b"".join(parts), b"\x10\x04\x01") is None


@pytest.mark.thorough
@given(st.sampled_from([*BANNERS.values(), *ANSWERS.values()]), st.integers(0, 200), st.binary(max_size=60))
def test_naming_who_speaks_never_raises_and_stays(data: bytes, cut: int, rest: bytes) -> None:
    named = find_other_protocol(data)
    assert named is not None
    assert find_protocol(data[:cut]) in {None, named}
    if find_protocol(data) == named:
        assert find_protocol(data + rest) == named


def test_a_stranger_is_closed() -> None:
    other = Stranger()
    other.close()
