"""Keypads and rating pads that publish to an MQTT broker.

A press stays at the broker until the agent has it on disk.
"""

import json
import logging
import time
from collections.abc import Callable
from typing import Annotated, ClassVar

from pydantic import Field, field_validator

from motcua.copies import replace
from motcua.devices import options as explained
from motcua.devices.contract import Press, Report
from motcua.devices.keypad.codec.mqtt import Published, find_address, find_topic_mistake
from motcua.devices.keypad.line import PadLine, PadOptions, explain_profile
from motcua.devices.keypad.oddities import Oddities
from motcua.devices.keypad.outputs import Output
from motcua.devices.keypad.profile import load
from motcua.devices.transports.mqtt import Message, MqttLine
from motcua.typed.sentences import mark

WAIT_S = 0.05
logger = logging.getLogger(__name__)


TOPIC = explained.explain(mark("Topic"), mark("Where the keypads send their keys."), rank=explained.TOPIC)
CLIENT_ID = explained.explain(
    mark("Name for the MQTT server"), mark("Each connection needs a different name."), rank=explained.CLIENT_ID
)


class MqttOptions(PadOptions):
    """`topic` may hold `+` and `#`.

    `client_id` must stay the same for ever, and differ from every other client of the broker.

    `answers` is the topic to which lights and sounds are sent, with `{address}` in it; without it pads have none.
    """

    profile: Annotated[str, explain_profile("mqtt")] = "mqtt"
    host: Annotated[
        str,
        explained.explain(mark("Address of the MQTT server"), mark("For example 192.168.1.10"), rank=explained.HOST),
    ]
    port: Annotated[int, explained.explain(mark("Port"))] = Field(default=1883, ge=1, le=65_535)
    topic: Annotated[str, TOPIC] = Field(default="motcua/keypads/+", min_length=1)
    client_id: Annotated[str, CLIENT_ID] = Field(min_length=1, max_length=64)
    user: Annotated[str, explained.explain(mark("User name"))] = ""
    password: Annotated[str, explained.explain(mark("Password"))] = Field(default="", repr=False)
    answers: Annotated[str | None, explained.explain(mark("Topic of the answers"))] = None

    @field_validator("topic")
    @classmethod
    def _can_be_subscribed(cls, topic: str) -> str:
        if mistake := find_topic_mistake(topic):
            raise ValueError(mistake)
        return topic


class MqttKeypads(PadLine):
    """All keypads of one topic."""

    Options: ClassVar[type[MqttOptions]] = MqttOptions

    def __init__(self, options: MqttOptions, now: Callable[[], float] = time.monotonic) -> None:
        """Read the profile. Raises `DeviceError` (permanent) for a wrong one."""
        profile = load(options.profile)
        super().__init__(options, profile, now)
        self._codec = profile.make_mqtt_codec()
        self._topic, self._answers = options.topic, options.answers
        self._own_topics = {self._topic_of(counter) for counter in self._addresses} if options.answers else set()
        self._line = MqttLine(
            options.host, options.port, options.topic, options.client_id, options.user, options.password
        )
        self._unstored: list[tuple[Message, Published | None]] = []

    def open(self) -> None:
        """Connect. What was not stored comes again, and counts then. Raises `DeviceError`."""
        for _message, published in self._unstored:
            self._codec.forget(published)
        self._unstored = []
        self._line.open()
        if self.rates or self._lamps:
            self._relight()

    def close(self) -> None:
        """Leave the broker."""
        self._line.close()

    def confirm_stored(self) -> None:
        """All presses returned so far are on disk: the broker may forget them. Raises `DeviceError`."""
        unstored, self._unstored = self._unstored, []
        for message, _published in unstored:
            self._line.acknowledge(message)

    def _read_presses(self) -> list[Press]:
        presses: list[Press] = []
        for message in self._line.read(WAIT_S):
            if (
                message.topic.startswith("$") or message.topic in self._own_topics
            ):  # the broker's, or what pads are sent by us
                self._done_with(message)
                continue
            published = self._codec.read(message.payload, find_address(message.topic, self._topic))
            message_presses = self._presses(
                [published.stroke] if published else [], published.id if published else None
            )
            message_presses = [replace(press, is_old=message.is_old) for press in message_presses]
            presses += message_presses
            if message_presses or self._unstored:  # in their order, as the broker wants them
                self._unstored.append((message, published))
            else:
                self._line.acknowledge(message)
        return presses

    def report(self) -> Report:
        """Return `degraded` with `no_id` while pads send keys that cannot be counted, as a repeat looks like another
        press.
        """
        return Report("degraded", "no_id") if self._codec.nameless else super().report()

    def _done_with(self, message: Message) -> None:
        """Acknowledge what is no press, after those that came before it."""
        if self._unstored:
            self._unstored.append((message, None))
        else:
            self._line.acknowledge(message)

    def _topic_of(self, counter: int) -> str:
        return (self._answers or "").replace("{address}", str(self._addresses[counter] or 0))

    def _send(self, _counter: int, _name: str, _output: Output) -> bool:
        return False  # profiles of this kind have no outputs: see `_show`

    def _show(self, counter: int, name: str) -> bool | None:
        if self._answers is None:
            return None
        address = self._addresses[counter]
        self._line.publish(self._topic_of(counter), json.dumps({"show": name, "address": address}).encode())
        return True

    def _odd(self) -> list[Oddities]:
        return [self._codec.odd]


class MqttPadOptions(MqttOptions):
    """The same options with the default profile and topic of rating pads."""

    profile: Annotated[str, explain_profile("mqtt_pad")] = "mqtt_pad"
    topic: Annotated[str, TOPIC] = Field(default="motcua/pads/+", min_length=1)


class MqttPads(MqttKeypads):
    """All rating pads of one topic."""

    rates = True
    Options: ClassVar[type[MqttOptions]] = MqttPadOptions
