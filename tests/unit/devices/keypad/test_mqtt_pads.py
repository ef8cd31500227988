"""Pads that publish, against a real broker: no press is lost, none is counted twice."""

import json
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

import paho.mqtt.client as mqtt
import pytest
from paho.mqtt.enums import CallbackAPIVersion

from motcua.devices.contract import Acknowledging, DeviceError, Driver, JobOutcome, Press
from motcua.devices.loading import build_driver
from tests.ports import free_port
from tests.unit.devices.keypad.lines import pressed
from tests.waiting import PATIENCE_S, wait_until

pytestmark = pytest.mark.process
BROKER = "/usr/sbin/mosquitto"


def is_there(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), PATIENCE_S).close()
    except OSError:
        return False
    return True


class Broker:
    def __init__(self, folder: Path, access: str = "allow_anonymous true") -> None:
        self.port = free_port()
        self._config = folder / "mosquitto.conf"
        self._config.write_text(f"listener {self.port} 127.0.0.1\n{access}\npersistence false\n", encoding="utf-8")
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen([BROKER, "-c", str(self._config)], stderr=subprocess.DEVNULL)  # noqa: S603 -- our own configuration
        wait_until(lambda: is_there(self.port))

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    with Broker(tmp_path_factory.mktemp("mqtt")) as server:
        yield server


class Pad:
    """A pad that publishes; it also hears what it is shown."""

    def __init__(self, port: int) -> None:
        self.messages: list[Any] = []
        self.client = mqtt.Client(CallbackAPIVersion.VERSION2)
        self.client.on_message = lambda _client, _data, message: self.messages.append(json.loads(message.payload))
        self.client.connect("127.0.0.1", port)
        self.client.subscribe("shown/#", 1)
        self.client.loop_start()

    def publish(self, topic: str, *, retain: bool = False, **body: Any) -> None:
        self.client.publish(topic, json.dumps(body), 1, retain).wait_for_publish(PATIENCE_S)

    def close(self) -> None:
        self.client.disconnect()
        self.client.loop_stop()


@pytest.fixture
def pad(broker: Broker) -> Iterator[Pad]:
    client = Pad(broker.port)
    yield client
    client.close()


def driver(broker: Broker, client_id: str, kind: str = "keypad", **more: Any) -> Driver:
    options = {
        "host": "127.0.0.1",
        "port": broker.port,
        "client_id": client_id,
        "topic": f"{client_id}/+",
        "counters": {"3": 11},
    }
    return build_driver(kind, "mqtt", options | more)


def test_a_press_that_was_not_stored_comes_again_and_one_that_was_does_not(broker: Broker, pad: Pad) -> None:
    first, again, last = (driver(broker, "a") for _ in range(3))
    first.open()
    for number in range(3):
        pad.publish("a/3", id=f"n{number}", key="call", number=number + 1, address=3)
    presses = [Press(11, "call", number + 1, f"n{number}") for number in range(3)]
    for _ in range(2):
        assert pressed(first, 3) == presses
        first.close()
        first.open()
    first.close()
    again.open()
    assert pressed(again, 3) == presses
    assert isinstance(again, Acknowledging)
    again.confirm_stored()
    pad.publish("a/3", id="n3", key="next", address=3)
    assert pressed(again) == [Press(11, "next", None, "n3")]
    again.confirm_stored()
    again.close()
    last.open()
    assert [press for _ in range(4) for press in last.step()] == []
    last.close()


def test_a_repeat_with_the_same_id_what_was_retained_and_rubbish_are_no_presses(broker: Broker, pad: Pad) -> None:
    pad.publish("b/3", retain=True, id="old", key="next", address=3)
    keypads = driver(broker, "b")
    keypads.open()
    for _ in range(2):
        pad.publish("b/3", id="1", key="next", address=3)
    pad.publish("b/3", key="next", address=3)
    pad.publish("b/3", id="2", key="next", address=9)
    pad.publish("b/3", id="3", key="digit", number=7, address=3)
    pad.publish("b/3", id="4", key="call", address=3)
    assert pressed(keypads, 2) == [Press(11, "next", None, "1"), Press(11, "call", 7, "4")]
    pad.publish("b/3", retain=True)
    keypads.close()


def test_a_pad_is_shown_that_it_asks(broker: Broker, pad: Pad) -> None:
    pads = driver(broker, "c", "pad", answers="shown/{address}")
    pads.open()
    assert pads.work("ask", {"counter": 11, "visit": "1", "window_s": 60}) == JobOutcome("done")
    wait_until(lambda: pads.step() == [] and len(pad.messages) == 2)
    assert pad.messages == [{"show": "idle", "address": 3}, {"show": "asked", "address": 3}]
    pads.close()
    dark = driver(broker, "d", "pad")
    assert dark.work("ask", {"counter": 11, "visit": "1", "window_s": 60}) == JobOutcome("failed", "no_light")


def test_a_broker_that_goes_away_is_said_and_found_again(tmp_path: Path) -> None:
    with Broker(tmp_path) as broker:
        said_and_found_again(broker)


def said_and_found_again(broker: Broker) -> None:
    keypads = driver(broker, "e")
    keypads.open()
    broker.stop()
    with pytest.raises(DeviceError, match="is lost"):
        pressed(keypads)
    with pytest.raises(DeviceError, match="does not answer"):
        keypads.open()
    broker.start()
    keypads.open()
    pad = Pad(broker.port)
    pad.publish("e/3", id="1", key="next", address=3)
    assert pressed(keypads) == [Press(11, "next", None, "1")]
    pad.close()
    keypads.close()


def test_a_broker_that_does_not_know_us_says_so_for_a_person(tmp_path: Path) -> None:
    with Broker(tmp_path, "allow_anonymous false") as broker:
        keypads = driver(broker, "f", user="pad", password="sai")  # noqa: S106 -- no account has it
        with pytest.raises(DeviceError, match="refuses: ") as caught:
            keypads.open()
    assert caught.value.permanent
    assert caught.value.params["problem"] in {"Not authorized", "Bad user name or password"}
