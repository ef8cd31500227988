"""What confirms a job: one byte that comes alone.

Noise on a cable is none, and a wrong speed is named before anything is sent.
"""

import os
import threading
import tty
from collections.abc import Callable, Iterator

import pytest

from motcua.devices.contract import DeviceError, JobOutcome
from motcua.devices.printer.escpos import EscposOptions, EscposPrinter
from tests.unit.devices.printer.test_not_a_printer import JOB, PATIENT


class Answering:
    """A printer on a line that answers questions rightly and confirms with `confirms`."""

    def __init__(self, answers: bytes, confirms: bytes) -> None:
        self._far, near = os.openpty()
        tty.setraw(near)
        self.path, self._near = os.ttyname(near), near
        self._answers, self._confirms = answers, confirms
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        tail = b""
        while True:
            try:
                came = os.read(self._far, 4096)
            except OSError:
                return
            tail = (tail + came)[-16:]
            if tail.endswith(b"the end"):
                return
            if tail[-3:-1] == b"\x10\x04":
                os.write(self._far, self._answers)
            elif tail.endswith(b"\x1dr\x01"):
                os.write(self._far, self._confirms)

    def close(self) -> None:
        os.write(self._near, b"the end")
        self._thread.join()
        os.close(self._far)
        os.close(self._near)


Lines = Callable[[bytes, bytes], Answering]


@pytest.fixture
def answering() -> Iterator[Lines]:
    lines: list[Answering] = []

    def make(answers: bytes, confirms: bytes) -> Answering:
        lines.append(Answering(answers, confirms))
        return lines[-1]

    yield make
    for line in lines:
        line.close()


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("confirms", "outcome"),
    [
        (b"\x00", JobOutcome("done")),
        (b"\x11\x03\x13", JobOutcome("done", "paper_low")),
        (b"\x00\x00", JobOutcome("unknown", "garbage")),
        (b"\x00\xff\x80\x9c", JobOutcome("unknown", "garbage")),
        (b"@Ba`\x00\x1f\x9d", JobOutcome("unknown", "garbage")),
    ],
)
def test_a_confirmation_is_one_byte_and_nothing_else(answering: Lines, confirms: bytes, outcome: JobOutcome) -> None:
    line = answering(b"\x12", confirms)
    driver = EscposPrinter(EscposOptions(port=f"serial:{line.path}?baud=115200", profile="80mm"), PATIENT)
    driver.open()
    assert driver.work("print", JOB) == outcome
    driver.close()


@pytest.mark.thorough
def test_a_cable_at_another_speed_is_named_and_prints_nothing(answering: Lines) -> None:
    line = answering(b"\xf8\x00\x9e\x80", b"\x00")
    driver = EscposPrinter(EscposOptions(port=f"serial:{line.path}?baud=115200", profile="80mm"), PATIENT)
    with pytest.raises(DeviceError, match=r"check the speed \(baud\)") as caught:
        driver.open()
    assert (caught.value.permanent, caught.value.code) == (False, "garbage")
    assert driver.work("print", JOB) == JobOutcome("failed", "garbage")
    driver.close()
