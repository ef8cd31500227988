"""A locker's doors: done is only what was seen open and closed again; everything else is said as it was."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.devices.contract import JobOutcome, Report
from motcua.devices.keypad.checksums import compute_checksum
from motcua.devices.locker.codec import LockerShape
from motcua.devices.locker.emulator import LockerEmulator
from motcua.devices.locker.modbus import ModbusLocker, ModbusLockerOptions
from motcua.devices.locker.slave import DoorSlave


@pytest.fixture
def emulator() -> Iterator[LockerEmulator]:
    made = LockerEmulator("tu")
    made.start()
    yield made
    made.stop()


class Steps:
    """A clock that goes on by what is slept, so that no test waits for a door."""

    def __init__(self) -> None:
        self.at = 0.0

    def now(self) -> float:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.at += seconds


@pytest.fixture
def locker(emulator: LockerEmulator) -> Iterator[ModbusLocker]:
    entry = {key: value for key, value in emulator.describe_entry().items() if key not in {"name", "kind", "driver"}}
    steps = Steps()
    made = ModbusLocker(ModbusLockerOptions(**entry), steps.now, steps.sleep)
    made.open()
    yield made
    made.close()


def test_a_door_that_opened_and_was_closed_is_done(locker: ModbusLocker, emulator: LockerEmulator) -> None:
    assert locker.report() == Report("unknown")
    assert locker.step() == []
    assert locker.report() == Report()
    assert locker.work("unlock", {"door": 2}) == JobOutcome("done")
    assert emulator.get_state()["open"] == []


def test_a_jammed_door_did_not_open(locker: ModbusLocker, emulator: LockerEmulator) -> None:
    emulator.do("2/jam")
    assert locker.work("unlock", {"door": 2}) == JobOutcome("failed", "not_opened")


@pytest.mark.thorough
def test_a_door_that_stays_open_is_not_done_and_opens_no_more(locker: ModbusLocker, emulator: LockerEmulator) -> None:
    emulator.do("3/hold")
    assert locker.work("unlock", {"door": 3}) == JobOutcome("unknown", "left_open")
    assert locker.report() == Report("degraded", "door_open")
    assert locker.work("unlock", {"door": 3}) == JobOutcome("failed", "door_open")
    emulator.do("3/close")
    emulator.do("3/hold")
    assert locker.work("unlock", {"door": 3}) == JobOutcome("done")


def test_a_silent_board_opens_nothing(locker: ModbusLocker, emulator: LockerEmulator) -> None:
    emulator.slave.is_off = True
    assert locker.work("unlock", {"door": 1}) == JobOutcome("failed", "panel_silent")
    assert locker.work("check", {}) == JobOutcome("failed", "panel_silent")
    assert locker.report() == Report("down", "panel_silent")
    emulator.slave.is_off = False
    assert locker.work("check", {}) == JobOutcome("done")


@pytest.mark.parametrize("payload", [{}, {"door": 0}, {"door": 5}, {"door": "1"}, {"door": True}])
def test_a_door_that_is_not_there_is_said(locker: ModbusLocker, payload: dict[str, object]) -> None:
    assert locker.work("unlock", payload) == JobOutcome("failed", "door_unknown")


@pytest.mark.thorough
@given(
    st.lists(st.tuples(st.sampled_from([1, 2, 5, 6]), st.integers(0, 9), st.integers(1, 9)), max_size=6),
    st.data(),
)
def test_requests_are_answered_alike_however_the_line_cuts_them(
    requests: list[tuple[int, int, int]], data: st.DataObject
) -> None:
    frames = b""
    for function, start, value in requests:
        body = bytes((1, function)) + start.to_bytes(2) + (0xFF00 if function == 5 else value).to_bytes(2)
        frames += body + compute_checksum("crc16_modbus", body)
    whole = DoorSlave(LockerShape(4), now=lambda: 0.0)
    parts = DoorSlave(LockerShape(4), now=lambda: 0.0)
    answers = []
    rest = frames
    while rest:
        cut = data.draw(st.integers(1, len(rest)))
        answers += parts.feed(rest[:cut])
        rest = rest[cut:]
    assert answers == whole.feed(frames)
    assert len(answers) == len(requests)


@pytest.mark.thorough
@given(st.integers(1, 40), st.integers(0, 50), st.integers(0, 50), st.integers(0, 1), st.data())
def test_a_shape_finds_the_open_doors(doors: int, coil: int, first: int, closed: int, data: st.DataObject) -> None:
    shape = LockerShape(doors, coil, first, closed)
    open_doors = data.draw(st.sets(st.integers(1, doors)))
    inputs = [1 - closed if door in open_doors else closed for door in range(1, doors + 1)]
    assert shape.list_open(inputs) == sorted(open_doors)
    assert [shape.get_coil(door) for door in (1, doors)] == [coil, coil + doors - 1]
    assert not shape.has_door(0)
    assert not shape.has_door(doors + 1)
