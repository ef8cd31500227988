"""The master of a Modbus line: frames as the specification prints them, and lines that are noisy, slow, deaf or hear
themselves.
"""

import contextlib
import os
import select
import threading
import time
import tty
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.devices.contract import DeviceError
from motcua.devices.keypad.checksums import compute_checksum
from motcua.devices.transports import modbus_frames as frames
from motcua.devices.transports.modbus_line import ModbusLine, SilentError
from motcua.devices.transports.pseudo_terminal import PseudoTerminal

WRITES = 8
"""Bytes of each request that the devices here answer, but for function 16."""
LONG_S = 30.0
"""Nobody waits so long: what is awaited here comes."""
SHORT_S, STEP_S = 0.02, 0.001


def framed(text: str) -> bytes:
    body = bytes.fromhex(text)
    return body + compute_checksum("crc16_modbus", body)


def answer_to(exchange: frames.Exchange, data: bytes, count: int = 0) -> list[int] | None:
    answer = exchange.find_answer(data)
    return None if answer is None else frames.list_values(answer, count)


# The examples of "Modbus application protocol specification 1.1b3", sections 6.1 to 6.12, at address 17.
EXAMPLES = [
    (
        frames.make_read(17, 1, 0x13, 19),
        "11 01 00 13 00 13",
        "11 01 03 CD 6B 05",
        19,
        [1, 0, 1, 1, 0, 0, 1, 1, 1, 1, 0, 1, 0, 1, 1, 0, 1, 0, 1],
    ),
    (frames.make_read(17, 2, 0xC4, 22), "11 02 00 C4 00 16", "11 02 03 AC DB 35", 8, [0, 0, 1, 1, 0, 1, 0, 1]),
    (frames.make_read(17, 3, 0x6B, 3), "11 03 00 6B 00 03", "11 03 06 02 2B 00 00 00 64", 3, [555, 0, 100]),
    (frames.make_read(17, 4, 8, 1), "11 04 00 08 00 01", "11 04 02 00 0A", 1, [10]),
    (frames.make_coil_write(17, 0xAC, 1), "11 05 00 AC FF 00", "11 05 00 AC FF 00", 0, []),
    (frames.make_coil_write(17, 0xAC, 0), "11 05 00 AC 00 00", "11 05 00 AC 00 00", 0, []),
    (frames.make_write(17, 1, 3), "11 06 00 01 00 03", "11 06 00 01 00 03", 0, []),
    (frames.make_long_write(17, 1, [10, 258]), "11 10 00 01 00 02 04 00 0A 01 02", "11 10 00 01 00 02", 0, []),
]


@pytest.mark.parametrize(("exchange", "request_hex", "answer_hex", "count", "values"), EXAMPLES)
def test_frames_are_those_of_the_specification(
    exchange: frames.Exchange, request_hex: str, answer_hex: str, count: int, values: list[int]
) -> None:
    answer = framed(answer_hex)
    assert (exchange.frame, exchange.answer_bytes) == (framed(request_hex), len(answer))
    assert answer_to(exchange, answer, count) == values
    assert [answer_to(exchange, answer[:end], count) for end in range(len(answer))] == [None] * len(answer)
    broken = bytes([*answer[:-1], answer[-1] ^ 1])
    assert answer_to(exchange, broken, count) is None
    with pytest.raises(frames.AnswerError, match="refuses: code 2"):
        exchange.find_answer(framed(f"11 {exchange.frame[1] | 0x80:02x} 02"))


@pytest.mark.thorough
@settings(max_examples=50)
@given(st.sampled_from(EXAMPLES), st.binary(max_size=40), st.binary(max_size=40))
def test_an_answer_is_understood_in_any_noise(
    example: tuple[frames.Exchange, str, str, int, list[int]], before: bytes, after: bytes
) -> None:
    exchange, _request, answer, count, values = example
    noise = bytes(byte for byte in before if byte != 17)  # a frame of the same device before it would be an answer
    assert answer_to(exchange, noise + framed(answer) + after, count) == values


@settings(max_examples=50)
@given(st.sampled_from(EXAMPLES), st.binary(max_size=300))
def test_noise_stops_nothing(example: tuple[frames.Exchange, str, str, int, list[int]], noise: bytes) -> None:
    with contextlib.suppress(frames.AnswerError):
        example[0].find_answer(noise)


@pytest.mark.parametrize(
    ("exchange", "answer"),
    [
        (frames.make_read(17, 3, 0, 2), "11 03 02 00 01"),
        (frames.make_read(17, 3, 0, 1), "11 03 04 00 01 00 02"),
        (frames.make_read(17, 1, 0, 9), "11 01 01 FF"),
        (frames.make_write(17, 1, 3), "11 06 00 01 00 04"),
        (frames.make_write(17, 1, 3), "11 06 00 02 00 03"),
        (frames.make_coil_write(17, 1, 1), "11 05 00 01 00 00"),
        (frames.make_long_write(17, 1, [1, 2]), "11 10 00 01 00 01"),
    ],
)
def test_an_answer_to_something_else_is_none(exchange: frames.Exchange, answer: str) -> None:
    with pytest.raises(frames.AnswerError, match="another answer"):
        exchange.find_answer(framed(answer))


def test_another_device_and_another_function_are_not_the_answer() -> None:
    exchange = frames.make_read(17, 3, 0, 1)
    assert exchange.find_answer(framed("12 03 02 00 01")) is None
    assert exchange.find_answer(framed("11 04 02 00 01")) is None
    assert answer_to(exchange, framed("12 03 02 00 01") + framed("11 03 02 00 07"), 1) == [7]


@pytest.mark.parametrize(
    "make",
    [
        lambda: frames.make_write(1, 1, 70_000),
        lambda: frames.make_write(1, 1, -1),
        lambda: frames.make_write(1, 70_000, 1),
        lambda: frames.make_write(300, 1, 1),
        lambda: frames.make_read(1, 3, 0, 126),
        lambda: frames.make_read(1, 3, 0, 0),
        lambda: frames.make_read(1, 3, 65_536, 1),
        lambda: frames.make_long_write(1, 0, [1, 70_000]),
    ],
)
def test_what_no_frame_can_carry_is_refused(make: Callable[[], frames.Exchange]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 -- which words pymodbus finds does not matter
        make()


class Device:
    """A device on a pseudo-terminal: `answers` say what it writes to each request, piece by piece.

    `now` is a clock that stops until the device has answered, then each look at it takes a step.
    """

    def __init__(self, *answers: list[bytes], baud: int | None = None) -> None:
        self.requests: list[bytes] = []
        self._answers, self._input = list(answers), b""
        self._has_answered, self._now_s = False, 0.0
        self._line = PseudoTerminal(None, baud, self._received)
        self._line.start()
        self.path, self.stop, self.pull = self._line.path, self._line.stop, self._line.unplug

    def _received(self, data: bytes) -> None:
        self._input += data
        while len(self._input) >= WRITES:
            request, self._input = self._input[:WRITES], self._input[WRITES:]
            self.requests.append(request)
            for piece in self._answers.pop(0) if self._answers else []:
                self._line.write(piece)
            self._has_answered = True

    def now(self) -> float:
        self._now_s += STEP_S * self._has_answered
        return self._now_s


@pytest.fixture
def plugged() -> Iterator[Callable[..., tuple[Device, ModbusLine]]]:
    opened: list[tuple[Device, ModbusLine]] = []

    def plug(
        *answers: list[bytes], timeout_s: float = LONG_S, echoes: bool = False, baud: int | None = None
    ) -> tuple[Device, ModbusLine]:
        device = Device(*answers, baud=baud)
        now = device.now if timeout_s == SHORT_S else time.monotonic
        line = ModbusLine(device.path, baud or 9600, timeout_s=timeout_s, echoes=echoes, now=now)
        line.open()
        opened.append((device, line))
        return device, line

    yield plug
    for device, line in opened:
        line.close()
        device.stop()


SEVEN = framed("05 03 02 00 07")
ASK = framed("05 03 00 00 00 01")


@pytest.mark.parametrize(
    "pieces", [[SEVEN], [SEVEN[:1], SEVEN[1:]], [SEVEN[at : at + 1] for at in range(len(SEVEN))], [b"\xff\x05", SEVEN]]
)
def test_an_answer_may_come_in_pieces_and_after_noise(
    plugged: Callable[..., tuple[Device, ModbusLine]], pieces: list[bytes]
) -> None:
    device, line = plugged(pieces)
    assert line.read(5, 3, 0, 1) == [7]
    assert device.requests == [ASK]


def test_what_came_before_the_question_is_not_its_answer() -> None:
    master, slave = os.openpty()
    tty.setraw(slave)
    line = ModbusLine(os.ttyname(slave), timeout_s=LONG_S)
    line.open()
    os.write(master, framed("05 03 02 00 08"))
    select.select([slave], [], [])
    device = threading.Thread(target=lambda: os.read(master, 99) and os.write(master, SEVEN))
    device.start()
    assert line.read(5, 3, 0, 1) == [7]
    device.join()
    line.close()
    os.close(master)
    os.close(slave)


@pytest.mark.parametrize(
    ("pieces", "reason"),
    [
        ([], "no answer"),
        ([SEVEN[:-1]], "no understandable answer: 05 03"),
        ([framed("06 03 02 00 07")], "no understandable answer: 06 03"),
    ],
)
def test_a_device_that_says_nothing_understandable_is_silent(
    plugged: Callable[..., tuple[Device, ModbusLine]], pieces: list[bytes], reason: str
) -> None:
    _device, line = plugged(pieces, [SEVEN], timeout_s=SHORT_S)
    with pytest.raises(SilentError, match=reason):
        line.read(5, 3, 0, 1)


def test_a_refusal_is_told_at_once(plugged: Callable[..., tuple[Device, ModbusLine]]) -> None:
    _device, line = plugged([framed("05 83 02")])
    with pytest.raises(SilentError, match="refuses: code 2"):
        line.read(5, 3, 0, 1)


def test_values_that_no_frame_carries_are_not_sent(plugged: Callable[..., tuple[Device, ModbusLine]]) -> None:
    device, line = plugged()
    with pytest.raises(SilentError):
        line.write(5, 0, 70_000)
    assert device.requests == []


def test_an_adapter_that_hears_itself(plugged: Callable[..., tuple[Device, ModbusLine]]) -> None:
    write = framed("05 06 00 08 00 01")
    _device, line = plugged([ASK[:3], ASK[3:] + SEVEN], [write, write], echoes=True)
    assert line.read(5, 3, 0, 1) == [7]
    line.write(5, 8, 1)


def test_an_echo_alone_is_no_answer_to_a_write(plugged: Callable[..., tuple[Device, ModbusLine]]) -> None:
    """The echo of a write is the same bytes as its answer."""
    _device, line = plugged([framed("05 06 00 08 00 01")], timeout_s=SHORT_S, echoes=True)
    with pytest.raises(SilentError):
        line.write(5, 8, 1)


def test_an_adapter_that_was_thought_to_hear_itself_and_does_not(
    plugged: Callable[..., tuple[Device, ModbusLine]],
) -> None:
    _device, line = plugged([SEVEN], echoes=True)
    with pytest.raises(SilentError, match="hears something else"):
        line.read(5, 3, 0, 1)


@pytest.mark.thorough
def test_a_slow_line_gets_the_time_that_its_bytes_need(plugged: Callable[..., tuple[Device, ModbusLine]]) -> None:
    """`timeout_s` is for thinking: 45 bytes need 1.5 s at 300 bits a second."""
    _device, line = plugged([framed("05 03 28" + "00 07" * 20)], timeout_s=1.0, baud=300)
    assert line.read(5, 3, 0, 20) == [7] * 20


def test_the_line_is_quiet_between_two_frames() -> None:
    master, slave = os.openpty()
    tty.setraw(slave)
    pauses: list[float] = []
    line = ModbusLine(os.ttyname(slave), 1200, timeout_s=LONG_S, now=lambda: 100.0, sleep=pauses.append)
    line.open()
    device = threading.Thread(target=lambda: [os.write(master, SEVEN) for _ in range(2) if os.read(master, 99)])
    device.start()
    assert [*line.read(5, 3, 0, 1), *line.read(5, 3, 0, 1)] == [7, 7]
    device.join()
    line.close()
    os.close(master)
    os.close(slave)
    assert pauses == [0.0, pytest.approx(3.5 * 11 / 1200)]


def test_a_cable_that_is_pulled_is_an_error_of_the_line(plugged: Callable[..., tuple[Device, ModbusLine]]) -> None:
    device, line = plugged()
    device.pull()
    with pytest.raises(DeviceError, match="was removed"):
        line.read(5, 3, 0, 1)
    with pytest.raises(DeviceError, match="not open"):
        line.read(5, 3, 0, 1)
