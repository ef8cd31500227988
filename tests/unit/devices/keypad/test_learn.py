"""A keypad teaches its frames: three presses a key, one more to be sure."""

import itertools
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings

from motcua.devices.contract import Stroke
from motcua.devices.keypad.checksums import KINDS, compute_checksum
from motcua.devices.keypad.codec.frame import FrameCodec
from motcua.devices.keypad.keys import get_label, get_stroke
from motcua.devices.keypad.learn.learner import ASKED, ByteLearner, PanelLearner
from motcua.devices.keypad.profile import parse
from tests.unit.devices.keypad.test_codec_frame import shapes

SIX = ["next", "recall", "start", "finish", "hold", "pause"]
RATES = ["rate:5", "rate:4", "rate:3", "rate:2", "rate:1"]
Send = Callable[[str], bytes]


def taught(learner: ByteLearner, send: Send) -> dict[str, Any]:
    """Press what is asked for, once a second, until the lesson is over."""
    at = 0.0
    while (key := learner.key) and at < 300:
        learner.receive(send(key), at)
        learner.end_silence(at + 0.5)
        at += 1.0
    return learner.get_state()


def understood(text: str, sent: bytes) -> list[Stroke]:
    codec = parse(text, "learnt").make_serial_codec()
    return codec.feed(sent, 1.0) + codec.end_silence(2.0)


def counted(shape: Callable[[str, int], bytes]) -> Send:
    count = itertools.count(250)
    return lambda key: shape(key, next(count) % 256)


def code(key: str) -> int:
    return 0x21 + (SIX + RATES).index(key)


PADS: dict[str, Send] = {
    "text": lambda key: f"03:{key.upper()}\r\n".encode(),
    "text, CR only": lambda key: f"K{code(key)}\r".encode(),
    "text without end": lambda key: f"<{key}>".encode(),
    "one letter": lambda key: bytes((code(key) + 0x40,)),
    "text that counts": counted(lambda key, count: f"#{count};{key.replace(':', '')};ok\r\n".encode()),
    "text sent twice": lambda key: f"{key}\r\n".encode() * 2,
    "one byte": lambda key: bytes((code(key) | 0x80,)),
    "constant frame": lambda key: bytes((0x02, 0x10, code(key), 0x00, 0x03)),
    "frame sent three times": lambda key: bytes((0x02, 0x10, code(key), 0x00, 0x03)) * 3,
    "two lengths": lambda key: bytes((0xAA, 0xF1)) if key == "next" else bytes((0xAA, 0xF2, code(key))),
    "a complement": lambda key: bytes((0xFE, code(key), code(key) ^ 0xFF)),
    "sum that spares the header": lambda key: (
        bytes((0xAA, 0x05, code(key), 0x33)) + compute_checksum("sum", bytes((0x05, code(key), 0x33)))
    ),
    "an end behind the checksum": counted(
        lambda key, count: (body := bytes((0x02, count, code(key), 0x01))) + compute_checksum("xor", body) + b"\x03"
    ),
    "length field": lambda key: (
        (body := bytes((0x7E, 5 + len(key), 0x01)) + key.encode()) + compute_checksum("crc16_modbus", body, "big")
    ),
}


@pytest.mark.parametrize("name", list(PADS))
@pytest.mark.parametrize("keys", [SIX, RATES])
def test_a_pad_of_any_kind_is_learnt_and_its_keys_are_told_apart(name: str, keys: list[str]) -> None:
    send = PADS[name]
    state = taught(ByteLearner("keypad", keys), send)
    assert (state["step"], state["errors"]) == ("done", []), state
    assert [set(understood(state["profile"], send(key))) for key in keys] == [{get_stroke(key)} for key in keys]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("order", ["little", "big"])
def test_each_checksum_is_found_and_a_frame_with_a_wrong_one_is_no_press(kind: Any, order: Any) -> None:
    def frame(key: str, count: int) -> bytes:
        body = bytes((0xAA, 0x55, 0x07, count, code(key), 0x00))
        return body + compute_checksum(kind, body, order)

    send = counted(frame)
    state = taught(ByteLearner("pad", RATES), send)
    assert state["step"] == "done"
    assert f"kind: {kind}" in state["profile"]
    wrong = bytearray(send("rate:5"))
    wrong[-1] ^= 1
    assert understood(state["profile"], bytes(wrong)) == []


@pytest.mark.thorough
@settings(max_examples=15, deadline=None)
@given(shapes())
def test_what_any_frame_teaches_is_read_as_it_was_meant(codec: FrameCodec) -> None:
    count = itertools.count(3)
    keys = ["next", "recall", "rate:5"]

    def send(key: str) -> bytes:
        stroke = get_stroke(key)
        return codec.encode(Stroke(stroke.key, stroke.number, 9), next(count))

    state = taught(ByteLearner("keypad", keys), send)
    assert state["step"] == "done"
    assert [understood(state["profile"], send(key)) for key in keys] == [[get_stroke(key)] for key in keys]


def test_key_up_frames_and_one_press_with_noise_do_not_confuse_it() -> None:
    learner, at, spoilt = ByteLearner("pad", RATES), 0.0, 0
    while key := learner.key:
        spoilt += 1
        learner.receive((b"\xff\x00" if spoilt == 2 else b"") + bytes((0xA5, 0x01, code(key))), at)
        learner.receive(bytes((0xA5, 0x00, code(key))), at + 0.2)
        learner.end_silence(at + 0.9)
        at += 1
    assert learner.step == "done"
    assert understood(learner.render_profile(), bytes((0xA5, 0x00, code("rate:5")))) == []


def test_keys_that_send_the_same_are_named() -> None:
    state = taught(
        ByteLearner("pad", RATES), lambda key: b"OK\r\n" if key in {"rate:5", "rate:2"} else key.encode() + b"\r\n"
    )
    assert state["step"] == "failed"
    assert [(error["code"], sorted(error["params"].values())) for error in state["errors"]] == [
        ("same", ["rate:2", "rate:5"])
    ]


def test_bytes_at_a_wrong_speed_bring_the_next_one_into_play() -> None:
    learner = ByteLearner("pad", RATES, baud=19_200)
    for at in range(2):
        learner.receive(bytes.fromhex("00 f8 80 ff e0"), at)
        learner.end_silence(at + 0.9)
    assert [(error["code"], error["params"]) for error in learner.get_state()["errors"]] == [
        ("baud", {"baud": 115_200})
    ]


def test_a_pad_that_sends_at_random_is_given_up() -> None:
    sizes = itertools.count(1)
    state = taught(ByteLearner("pad", RATES), lambda _key: bytes(next(sizes)))
    assert (state["step"], [error["code"] for error in state["errors"]]) == ("failed", ["differs"])


def test_keys_that_are_not_there_are_skipped_and_nothing_at_all_is_a_failure() -> None:
    learner = ByteLearner("keypad")
    while (key := learner.key) and learner.step == "asking":
        if key in {"next", "recall"}:
            learner.receive(key.encode() + b"\r\n", learner.get_state()["times"])
            learner.end_silence(learner.get_state()["times"] + 0.5)
        else:
            learner.skip()
    assert learner.get_state()["keys"] == 2
    nothing = ByteLearner("pad")
    for _ in RATES:
        nothing.skip()
    assert (nothing.step, nothing.get_state()["errors"][0]["code"]) == ("failed", "none")
    with pytest.raises(ValueError, match="failed"):
        nothing.render_profile()


def test_a_wrong_key_in_the_second_pass_is_said_and_asked_for_again() -> None:
    learner = ByteLearner("pad", RATES)
    while learner.step == "asking":
        taught_once(learner, PADS["text"](learner.key or ""))
    taught_once(learner, PADS["text"]("rate:1"))
    assert (learner.key, learner.get_state()["errors"][0]["code"]) == ("rate:5", "wrong")
    for _ in range(2):
        taught_once(learner, b"03:RATE:9\r\n")
    assert (learner.step, learner.get_state()["errors"][0]["code"]) == ("failed", "not_learnt")


def taught_once(learner: ByteLearner, sent: bytes) -> None:
    at = getattr(learner, "_last_at", 0.0)
    at = max(at, 0.0) + 1
    learner.receive(sent, at)
    learner.end_silence(at + 0.5)


def test_again_forgets_what_was_heard_of_a_key() -> None:
    learner = ByteLearner("pad", RATES)
    taught_once(learner, b"wrong\r\n")
    assert (learner.get_state()["times"], learner.get_state()["seen"]) == (1, b"wrong\r\n".hex(" "))
    learner.ask_again()
    assert learner.get_state()["times"] == 0


def panel_taught(
    keys: list[str], registers_for: Callable[[str], dict[int, int]], *, counts: bool = False
) -> dict[str, Any]:
    learner, at, presses = PanelLearner("keypad", keys), 0.0, 0
    learner.take_values(3, 0, [0, 0, 0, 77], at)
    while (key := learner.key) and at < 200:
        presses += counts
        for values in (registers_for(key), {}):
            at += 0.1
            learner.take_values(3, 0, [values.get(register, 0) for register in range(3)] + [77 + presses], at)
        at += 0.6
        learner.take_values(3, 0, [0, 0, 0, 77 + presses], at)
    return learner.get_state()


@pytest.mark.parametrize("counts", [False, True])
def test_bits_and_codes_of_a_panel_are_learnt_beside_a_register_that_counts(counts: bool) -> None:
    bits = panel_taught(SIX, lambda key: {0: 1 << SIX.index(key), 1: 1}, counts=counts)
    codes = panel_taught(SIX, lambda key: {2: 1 + SIX.index(key)}, counts=counts)
    assert [bits["step"], codes["step"]] == ["done", "done"]
    assert [f"0.{bit}" for bit in range(6)] == [
        line.split("'")[1] for line in bits["profile"].splitlines() if line.startswith("  '0")
    ]
    assert "2=3: start" in codes["profile"]


def test_panel_keys_that_show_alike_are_named() -> None:
    state = panel_taught(SIX, lambda key: {0: 1 if key in {"next", "pause"} else 1 << SIX.index(key)})
    assert (state["step"], state["errors"][0]["code"]) == ("failed", "same")
    assert sorted(state["errors"][0]["params"].values()) == ["next", "pause"]


def test_every_key_that_is_asked_for_has_a_name_for_people() -> None:
    assert all(get_label(key) for keys in ASKED.values() for key in keys)
    with pytest.raises(ValueError, match="dance"):
        ByteLearner("pad", ["dance"])
