"""A broker's topics (MQTT 3.1.1): messages that stay at the broker until they are taken on purpose."""

import time
from collections.abc import Callable
from typing import Any

import paho.mqtt.client as mqtt
from msgspec import Struct
from paho.mqtt.enums import CallbackAPIVersion, MQTTErrorCode

from motcua.devices.contract import DeviceError
from motcua.typed.sentences import mark

CONNECT_S = 2.0
KEEPALIVE_S = 15
QOS = 1
FRESH_S = 10.0
"""What came while nobody was there for less than this is as good as new."""
SETTLED_S = 0.5
"""The broker has brought what it kept when nothing came for so long."""
_GOOD = MQTTErrorCode.MQTT_ERR_SUCCESS


class Message(Struct, frozen=True):
    """A payload and the numbers with which it is acknowledged.

    `is_old`: the broker kept it for an unknown time while nobody was there.
    """

    topic: str
    payload: bytes
    mid: int
    qos: int
    is_old: bool = False


class MqttLine:
    """One subscription.

    It has no thread: messages move while `read` waits. `client_id` must stay the same for ever: by it the broker
    knows what was not yet acknowledged.
    """

    def __init__(self, host: str, port: int, topic: str, client_id: str, user: str = "", password: str = "") -> None:
        self._address, self._topic, self._client_id, self._user, self._password = (
            (host, port),
            topic,
            client_id,
            user,
            password,
        )
        self._client: mqtt.Client | None = None
        self._arrived: list[Message] = []
        self._refused: str | None = None
        self._subscribed = False
        self._here_at: float | None = None
        self._old_until = 0.0

    @property
    def name(self) -> str:
        """Return the broker's address for messages to people."""
        return f"{self._address[0]}:{self._address[1]}"

    def open(self) -> None:
        """Connect and subscribe. Raises `DeviceError`, permanent when the broker knows us not."""
        self.close()
        client = mqtt.Client(CallbackAPIVersion.VERSION2, self._client_id, clean_session=False, manual_ack=True)
        client.connect_timeout = CONNECT_S
        client.on_connect, client.on_subscribe, client.on_message = (
            self._on_connect,
            self._on_subscribe,
            self._on_message,
        )
        if self._user:
            client.username_pw_set(self._user, self._password)
        self._client, self._refused, self._subscribed, self._arrived = client, None, False, []
        try:
            client.connect(*self._address, keepalive=KEEPALIVE_S)
        except (OSError, ValueError) as error:
            self.close()
            raise DeviceError(
                mark("The broker %(broker)s does not answer: %(problem)s"), broker=self.name, problem=str(error)
            ) from error
        until = time.monotonic() + CONNECT_S
        while not self._ready() and time.monotonic() < until:
            self._turn(0.05)
        if not self._ready():
            self.close()
            raise DeviceError(
                mark("The broker %(broker)s does not answer: %(problem)s"), broker=self.name, problem="time-out"
            )

    def read(self, wait_s: float) -> list[Message]:
        """Return the messages that arrived, at the latest after `wait_s`.

        Raises `DeviceError` when the broker is gone.
        """
        if not self._arrived:
            self._turn(wait_s)
        self._here_at = time.monotonic()
        arrived, self._arrived = self._arrived, []
        return arrived

    def acknowledge(self, message: Message) -> None:
        """Tell the broker that `message` is safe. Raises `DeviceError`."""
        self._checked(lambda client: client.ack(message.mid, message.qos))

    def publish(self, topic: str, payload: bytes) -> None:
        """Send `payload`. Raises `DeviceError`."""
        self._checked(lambda client: client.publish(topic, payload, QOS).rc)

    def close(self) -> None:
        """Leave; the broker goes on collecting. Never raises, may be called twice."""
        client, self._client = self._client, None
        if client is not None:
            client.on_message = client.on_connect = client.on_subscribe = None
            try:
                client.disconnect()
                client.loop(0)
            except (OSError, ValueError):  # it was gone already
                return

    def _ready(self) -> bool:
        """Return whether the subscription stands.

        Raises `DeviceError` when the broker refused it; permanent unless it is busy.
        """
        if self._refused is not None:
            self.close()
            message = mark("The broker %(broker)s refuses: %(problem)s")
            raise DeviceError(
                message, permanent="unavailable" not in self._refused.lower(), broker=self.name, problem=self._refused
            )
        return self._subscribed

    def _turn(self, wait_s: float) -> None:
        self._checked(lambda client: client.loop(wait_s))

    def _checked(self, act: Callable[[mqtt.Client], MQTTErrorCode]) -> None:
        if self._client is None:
            raise DeviceError(
                mark("The connection to the broker %(broker)s is lost: %(problem)s"), broker=self.name, problem="closed"
            )
        try:
            code = act(self._client)
        except (OSError, ValueError, RuntimeError) as error:
            self.close()
            raise DeviceError(
                mark("The connection to the broker %(broker)s is lost: %(problem)s"),
                broker=self.name,
                problem=str(error),
            ) from error
        if code != _GOOD and self._refused is None:
            self.close()
            raise DeviceError(
                mark("The connection to the broker %(broker)s is lost: %(problem)s"),
                broker=self.name,
                problem=mqtt.error_string(code),
            )

    def _on_connect(self, client: mqtt.Client, _data: Any, flags: Any, reason: Any, _properties: Any) -> None:
        now = time.monotonic()
        was_here = self._here_at is not None and now - self._here_at < FRESH_S
        self._old_until = now + SETTLED_S if flags.session_present and not was_here else 0.0
        if reason.is_failure:
            self._refused = str(reason)
        else:
            client.subscribe(self._topic, QOS)

    def _on_subscribe(self, _client: mqtt.Client, _data: Any, _mid: int, reasons: Any, _properties: Any) -> None:
        refused = [str(reason) for reason in reasons if reason.is_failure]
        self._refused, self._subscribed = (refused[0], False) if refused else (None, True)

    def _on_message(self, _client: mqtt.Client, _data: Any, message: mqtt.MQTTMessage) -> None:
        """Keep it. What the broker retained is old: it is acknowledged unread. Must not raise."""
        if message.retain:
            self.acknowledge(Message("", b"", message.mid, message.qos))
            return
        try:
            topic = message.topic
        except UnicodeDecodeError:
            topic = ""
        now = time.monotonic()
        is_old = now < self._old_until
        self._old_until = now + SETTLED_S if is_old else 0.0
        self._arrived.append(Message(topic, bytes(message.payload), message.mid, message.qos, is_old))
