"""The many ways in which pads write the same press over MQTT: one meaning each, and what cannot be known is no
press.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from motcua.agent.config import DeviceEntry
from motcua.agent.outbox import Outbox
from motcua.agent.worker import Worker
from motcua.devices.contract import Acknowledging, Press, Report, Stroke
from motcua.devices.keypad.codec.mqtt import MqttCodec, find_address, find_topic_mistake
from motcua.devices.keypad.mqtt import MqttOptions
from motcua.devices.keypad.profile import load
from tests.unit.agent.test_parts import Cable
from tests.unit.devices.keypad.lines import pressed
from tests.unit.devices.keypad.test_mqtt_pads import Broker, Pad, broker, driver, pad  # noqa: F401 -- fixtures

CALL = Stroke("call", 12, 3)
PROFILE = load("mqtt")


def read(payload: bytes | str | dict[str, Any], topic: str = "pads/x") -> tuple[str, Stroke] | None:
    data = (
        json.dumps(payload).encode()
        if isinstance(payload, dict)
        else payload.encode()
        if isinstance(payload, str)
        else payload
    )
    published = PROFILE.make_mqtt_codec().read(data, find_address(topic, "pads/+"))
    return (published.id, published.stroke) if published else None


@pytest.mark.parametrize(
    "payload",
    [
        {"id": "7", "key": "call", "number": "12", "address": "3"},
        {"id": 7, "key": "call", "number": 12, "address": 3},
        {"id": 7.0, "key": "call", "number": 12.0, "address": 3.0},
        {"ID": "7", "Key": "CALL", "NUMBER": " 012 ", "Address": "03"},
        {" id ": " 7 ", "key": " Call ", "number": 12, "address": 3, "battery": 87, "gps": {"lat": 1}},
        {"press": {"id": "7", "key": "call", "number": "12", "address": 3}},
        {"id": 7, "address": 3, "data": {"button": {"key": "call", "number": 12}}},
        {"id": "7", "address": 9, "data": {"key": "call", "number": 12, "address": 3}},
        {"id": "7", "key": "call", "number": "１２", "address": 3},  # noqa: RUF001 -- a Japanese pad's wide figures
        b'\xef\xbb\xbf \r\n{"id": 7, "key": "call", "number": 12, "address": 3}\r\n\x00',
        '{"id": "7", "key": "call", "number": 12, "address": 3}'.encode("utf-16"),
        b'{"id": 7, "id": 7, "key": "call", "number": 12, "address": 3}',
    ],
)
def test_all_of_these_mean_the_same(payload: bytes | dict[str, Any]) -> None:
    assert read(payload) == ("7", CALL)


@pytest.mark.parametrize(
    "payload",
    [
        "next",
        "3",
        '"next"',
        "true",
        "null",
        "[]",
        '["next"]',
        "",
        b"\xff\xfe\x00",
        b"\xc3\x28",
        "NaN",
        {"key": "next"},
        {"id": None, "key": "next"},
        {"id": True, "key": "next"},
        {"id": "", "key": "next"},
        {"id": [7], "key": "next"},
        {"id": "x" * 65, "key": "next"},
        {"id": 7, "key": True},
        {"id": 7, "key": None},
        {"id": 7, "key": "call", "number": True},
        {"id": 7, "key": "call", "number": "A012"},
        {"id": 7, "key": "call", "number": "1 2"},
        {"id": 7, "key": "call", "number": -1},
        {"id": 7, "key": "call", "number": 12.5},
        {"id": 7, "key": "call", "number": 1234567},
        {"id": 7, "key": "next", "address": "quay 3"},
        {"id": 7, "one": {"key": "next"}, "other": {"key": "recall"}},
        {"device": {"id": "pad-7"}, "key": "next"},
        b'{"id": 7, "id": 8, "key": "next"}',
        b'{"id": 7, "key": "next", "KEY": "recall"}',
        '{"id":7,"key":"next"' + " " * 2000 + "}",
        "[" * 900,
        '{"a":' * 150 + "1" + "}" * 150,
    ],
)
def test_none_of_these_is_a_press(payload: bytes | str | dict[str, Any]) -> None:
    assert read(payload) is None


def test_an_id_is_the_same_as_number_and_as_text_so_a_repeat_counts_once() -> None:
    codec = PROFILE.make_mqtt_codec()
    assert codec.read(b'{"id": 7, "key": "next"}', 3) is not None
    assert codec.read(b'{"id": "7", "key": "next"}', 3) is None
    assert codec.read(b'{"ID": 7.0, "key": "NEXT", "address": "3"}', None) is None
    assert codec.read(b'{"id": 7, "key": "next"}', 4) is not None


def test_a_profile_with_capitals_of_its_own_is_read_by_its_capitals() -> None:
    codec = MqttCodec({"n": ("next", None), "N": ("recall", None), "H": ("hold", None)})
    presses = [
        codec.read(json.dumps({"id": number, "key": key}).encode()) for number, key in enumerate(["n", "N", "h", "x"])
    ]
    assert [press and press.stroke.key for press in presses] == ["next", "recall", "hold", None]


@pytest.mark.parametrize(
    ("topic", "subscription", "address"),
    [
        ("pads/3", "pads/+", 3),
        ("pads/03/press", "pads/+/press", 3),
        ("pads/quay-3", "pads/+", 3),
        ("Pads/QUAY_12/nut", "Pads/#", 12),
        ("ward/5/pads/3", "ward/+/pads/+", None),
        ("ward/5/pads/3", "ward/5/pads/+", 3),
        ("pads/a1b2c3", "pads/+", None),
        ("pads/x", "pads/+", None),
        ("pads/3", "pads/3", None),
        ("pads/", "pads/+", None),
        ("pads", "pads/#", None),
        ("3", "#", 3),
        ("pads/1234567", "pads/+", None),
        ("", "pads/+", None),
    ],
)
def test_an_address_may_be_in_the_topic_alone(topic: str, subscription: str, address: int | None) -> None:
    assert find_address(topic, subscription) == address
    if subscription == "pads/+":
        assert read({"id": 1, "key": "next"}, topic) == ("1", Stroke("next", None, address))
        assert read({"id": 1, "key": "next", "address": 8}, topic) == ("1", Stroke("next", None, 8))


@pytest.mark.parametrize("topic", ["pads/+", "#", "+/pads/+/press", "pads/3", "/pads", "pads/#", "Phường/+"])
def test_a_topic_that_a_broker_takes(topic: str) -> None:
    assert find_topic_mistake(topic) is None


@pytest.mark.parametrize("topic", ["pads+", "pads/#/x", "pads#", "$SYS/#", "$share/a/pads", "pads\n", "", "pads/a+/x"])
def test_a_topic_that_no_broker_takes_is_refused_with_its_place(topic: str) -> None:
    with pytest.raises(ValidationError, match="topic"):
        MqttOptions(host="h", client_id="c", topic=topic, counter=1)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "key", "Number", "ADDRESS", "data", "x"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@pytest.mark.thorough
@settings(deadline=None)
@given(
    st.one_of(st.binary(max_size=80), VALUES.map(lambda value: json.dumps(value).encode())),
    st.none() | st.integers(0, 99),
)
def test_no_payload_raises_and_each_press_has_an_id(payload: bytes, address: int | None) -> None:
    published = PROFILE.make_mqtt_codec().read(payload, address)
    assert published is None or (
        (0 < len(published.id) <= 64 and published.stroke.number is None) or published.stroke.number is not None
    )


def ways_to_write(number: int) -> st.SearchStrategy[Any]:
    return st.sampled_from([number, str(number), f" {number} ", f"{number:05d}", float(number)])


@pytest.mark.thorough
@settings(deadline=None)
@given(st.data(), st.integers(1, 9999), st.integers(0, 99), st.integers(0, 10**12))
def test_every_mixture_of_ways_gives_the_press_that_was_meant(
    data: st.DataObject, number: int, address: int, press_id: int
) -> None:
    def spelled(word: str) -> str:
        return data.draw(st.sampled_from([word, word.upper(), word.title(), f" {word}"]))

    body = {
        spelled("id"): data.draw(st.sampled_from([press_id, str(press_id), f"{press_id} "])),
        spelled("key"): spelled("call"),
        spelled("number"): data.draw(ways_to_write(number)),
        spelled("address"): data.draw(ways_to_write(address)),
    }
    wrapped: dict[str, Any] = body
    for _ in range(data.draw(st.integers(0, 3))):
        wrapped = {"data": wrapped, "rssi": -67}
    payload = data.draw(st.sampled_from([b"", b"\xef\xbb\xbf", b"\n "])) + json.dumps(wrapped).encode()
    published = PROFILE.make_mqtt_codec().read(payload)
    assert published is not None
    assert (published.id, published.stroke) == (str(press_id), Stroke("call", number, address))


@pytest.mark.process
def test_pads_that_name_themselves_by_their_topic_alone(broker: Broker, pad: Pad) -> None:  # noqa: F811
    keypads = driver(broker, "ways-a")
    keypads.open()
    pad.publish("ways-a/3", id=1, key="NEXT")
    pad.publish("ways-a/quay-3", ID="2", Key="Call", Number="12")
    pad.publish("ways-a/4", id=3, key="next")
    pad.publish("ways-a/3", id="1", key="next")
    pad.publish("ways-a/3", id=4, key="recall")
    assert pressed(keypads, 3) == [
        Press(11, "next", None, "1"),
        Press(11, "call", 12, "2"),
        Press(11, "recall", None, "4"),
    ]
    keypads.close()


@pytest.mark.process
def test_a_pad_without_ids_is_named_until_it_sends_some(broker: Broker, pad: Pad) -> None:  # noqa: F811
    keypads = driver(broker, "ways-b")
    keypads.open()
    pad.publish("ways-b/3", key="next")
    step_until(lambda: keypads.report() == Report("degraded", "no_id"), keypads.step)
    pad.publish("ways-b/3", key="next", id="1")
    assert pressed(keypads) == [Press(11, "next", None, "1")]
    assert keypads.report() == Report()
    keypads.close()


@pytest.mark.process
def test_what_pads_are_shown_is_no_rubbish_from_them(broker: Broker, pad: Pad) -> None:  # noqa: F811
    pads = driver(broker, "ways-c", "pad", answers="ways-c/{address}")
    pads.open()
    for number in range(20):
        pads.work("ask", {"counter": 11, "visit": str(number), "window_s": 60})
    pad.publish("ways-c/x", id="1", key="rate", number=5, address=3)
    assert pressed(pads) == [Press(11, "rate", 5, "1")]
    assert pads.report() == Report()
    pads.close()


@pytest.mark.process
def test_presses_that_the_broker_kept_while_nobody_was_there_are_of_unknown_age(
    broker: Broker,  # noqa: F811
    pad: Pad,  # noqa: F811
    tmp_path: Path,
) -> None:
    first = driver(broker, "ways-d")
    first.open()
    first.close()
    for number in range(30):  # more than a broker has on the way at once
        pad.publish("ways-d/3", id=number, key="next")
    outbox = Outbox(tmp_path)
    later = driver(broker, "ways-d")
    worker = Worker(DeviceEntry("phim", "keypad", "mqtt", {}), later, outbox, Cable())
    step_until(lambda: len(outbox.list_messages()) == 30, worker._turn)
    assert {done.age_ms for done in outbox.list_messages()} == {None}
    assert isinstance(later, Acknowledging)
    later.close()
    outbox.close()


def step_until(is_so: Callable[[], bool], step: Callable[[], object]) -> None:
    for _ in range(2_000):
        if is_so():
            return
        step()
    raise AssertionError
