"""Registers, key records and payloads to strokes."""

import itertools
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.devices.contract import Stroke
from motcua.devices.keypad.codec.hid import CODES, RECORD
from motcua.devices.keypad.codec.modbus import ModbusShape, PanelKeys, Spot, plan_reads
from motcua.devices.keypad.profile import load


def panel(*, latched: bool = False, number: int | None = None) -> PanelKeys:
    keys = {Spot(0, 0): ("next", None), Spot(0, 3): ("call", None), Spot(2, None, 7): ("rate", 5)}
    return PanelKeys(ModbusShape(3, latched, number), keys, 9)


def test_a_bit_that_comes_up_and_a_value_that_is_taken_on_are_presses() -> None:
    keys = panel()
    looks = [{0: 0, 2: 0}, {0: 1, 2: 0}, {0: 9, 2: 0}, {0: 8, 2: 7}, {0: 8, 2: 7}, {0: 0, 2: 0}, {0: 1, 2: 7}]
    pressed_keys = [[stroke.key for stroke in keys.feed(look)] for look in looks]
    assert pressed_keys == [[], ["next"], ["call"], ["rate"], [], [], ["next", "rate"]]
    assert keys.feed({0: 0, 2: 0}) + keys.feed({0: 1, 2: 0}) == [Stroke("next", None, 9)]


def test_what_is_down_at_the_first_look_or_after_an_absence_is_no_press() -> None:
    keys = panel()
    assert keys.feed({0: 1, 2: 7}) == []
    keys.forget()
    assert keys.feed({0: 8, 2: 0}) == []


def test_a_latched_key_is_one_press_until_it_was_cleared() -> None:
    keys = panel(latched=True)
    keys.feed({0: 0, 2: 0})
    assert (len(keys.feed({0: 1, 2: 7})), keys.to_clear()) == (2, [0, 2])
    assert keys.feed({0: 1, 2: 7}) == []
    keys.note_cleared(0)
    assert keys.feed({0: 1, 2: 7}) == [Stroke("next", None, 9)]
    assert panel().to_clear() == []


def test_a_register_may_hold_the_number() -> None:
    keys = panel(number=5)
    assert keys.registers == {0, 2, 5}
    keys.feed({0: 0, 2: 0, 5: 0})
    assert keys.feed({0: 8, 2: 0, 5: 117}) == [Stroke("call", 117, 9)]
    assert keys.encode(Stroke("call", 117)) == {0: 8, 5: 117}


@pytest.mark.thorough
@given(st.sets(st.integers(0, 300), min_size=1), st.integers(0, 12))
def test_reads_cover_all_registers_without_wide_holes(registers: set[int], hole: int) -> None:
    reads = plan_reads(registers, hole)
    covered = [register for start, count in reads for register in range(start, start + count)]
    assert registers <= set(covered)
    assert len(covered) == len(set(covered))
    assert all(count <= 120 for _start, count in reads)
    assert {edge for start, count in reads for edge in (start, start + count - 1)} <= registers
    wide = [later[0] - sum(before) for before, later in itertools.pairwise(reads)]
    assert all(
        gap > hole or later - first >= 120
        for gap, (first, _n), (later, _m) in zip(wide, reads, reads[1:], strict=False)
    )


def test_a_key_counts_when_it_goes_down_and_not_while_it_is_held() -> None:
    codec = load("numpad").make_hid_codec()
    enter = CODES["KPENTER"]
    values = b"".join(RECORD.pack(0, 0, 1, enter, value) + RECORD.pack(0, 0, 0, 0, 0) for value in (1, 2, 2, 0))
    assert [codec.feed(values[at : at + 7], 1.0) for at in range(0, len(values), 7)].count([Stroke("next")]) == 1
    assert codec.encode(Stroke("digit", 0)) == codec.encode(Stroke("digit", 0))


def test_a_key_of_no_meaning_is_counted() -> None:
    codec = load("numpad_pad").make_hid_codec()
    assert codec.feed(RECORD.pack(0, 0, 1, CODES["KP9"], 1), 1.0) == []
    assert codec.odd.unknown == 1


def test_a_payload_counts_once_and_needs_its_own_id() -> None:
    codec = load("mqtt").make_mqtt_codec()
    payload = codec.encode(Stroke("call", 12, 3), "7f3a")
    assert json.loads(payload) == {"id": "7f3a", "key": "call", "number": 12, "address": 3}
    published = codec.read(payload)
    assert published is not None
    assert (published.id, published.stroke) == ("7f3a", Stroke("call", 12, 3))
    assert codec.read(payload) is None
    for wrong in (
        b"",
        b"[]",
        b'{"key": "next"}',
        b'{"id": "", "key": "next"}',
        b'{"id": "1", "key": "dance"}',
        b'{"id": "1", "key": ["next"]}',
    ):
        assert codec.read(wrong) is None
    for number in ("-1", "true", "1.5", '"3a"', "1e9", "NaN"):
        assert codec.read(b'{"id": "2", "key": "call", "number": %s}' % number.encode()) is None
    assert codec.odd.unknown == 12
