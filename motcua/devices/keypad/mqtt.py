"""Keypads and rating pads that publish to an MQTT broker. A press stays at the broker until the agent has it on disk."""

import json
import logging
import time
from collections.abc import Callable
from typing import ClassVar

from pydantic import Field

from motcua.devices.contract import Press
from motcua.devices.keypad.codec_mqtt import Published
from motcua.devices.keypad.line import PadLine, PadOptions
from motcua.devices.keypad.oddities import Oddities
from motcua.devices.keypad.outputs import Output
from motcua.devices.keypad.profile import load
from motcua.devices.transports.mqtt import Message, MqttLine

WAIT_S = 0.05
logger = logging.getLogger(__name__)


class MqttOptions(PadOptions):
    """`topic` may hold `+` and `#`. `client_id` must stay the same for ever, and differ from every other client of the broker.

    `answers` is the topic to which lights and sounds are sent, with `{address}` in it; without it pads have none.
    """

    profile: str = "mqtt"
    host: str
    port: int = Field(default=1883, ge=1, le=65_535)
    topic: str = Field(default="motcua/keypads/+", min_length=1)
    client_id: str = Field(min_length=1, max_length=64)
    user: str = ""
    password: str = Field(default="", repr=False)
    answers: str | None = None


class MqttKeypads(PadLine):
    """All keypads of one topic."""

    Options: ClassVar[type[MqttOptions]] = MqttOptions

    def __init__(self, options: MqttOptions, now: Callable[[], float] = time.monotonic) -> None:
        """Read the profile. Raises `DeviceError` (permanent) for a wrong one."""
        profile = load(options.profile)
        super().__init__(options, profile, now)
        self._codec = profile.mqtt_codec()
        self._answers = options.answers
        self._line = MqttLine(options.host, options.port, options.topic, options.client_id, options.user, options.password)
        self._unstored: list[tuple[Message, Published | None]] = []

    def open(self) -> None:
        """Connect. What was not stored comes again, and counts then. Raises `DeviceError`."""
        for _message, published in self._unstored:
            self._codec.forget(published)
        self._unstored = []
        self._line.open()
        if self.rates:
            self._relight()

    def close(self) -> None:
        """Leave the broker."""
        self._line.close()

    def stored(self) -> None:
        """All presses returned so far are on disk: the broker may forget them. Raises `DeviceError`."""
        unstored, self._unstored = self._unstored, []
        for message, _published in unstored:
            self._line.acknowledge(message)

    def _heard(self) -> list[Press]:
        found: list[Press] = []
        for message in self._line.read(WAIT_S):
            published = self._codec.read(message.payload)
            presses = self._presses([published.stroke] if published else [], published.id if published else None)
            found += presses
            if presses or self._unstored:  # in their order, as the broker wants them
                self._unstored.append((message, published))
            else:
                self._line.acknowledge(message)
        return found

    def _send(self, _counter: int, _name: str, _output: Output) -> bool:
        return False  # profiles of this kind have no outputs: see `_show`

    def _show(self, counter: int, name: str) -> bool | None:
        if self._answers is None:
            return None
        address = self._addresses[counter]
        topic = self._answers.replace("{address}", str(address or 0))
        self._line.publish(topic, json.dumps({"show": name, "address": address}).encode())
        return True

    def _odd(self) -> list[Oddities]:
        return [self._codec.odd]


class MqttPads(MqttKeypads):
    """All rating pads of one topic."""

    rates = True

    class Options(MqttOptions):
        """The same, with other words where none are said."""

        profile: str = "mqtt_pad"
        topic: str = Field(default="motcua/pads/+", min_length=1)
