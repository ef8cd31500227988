"""The one table of rating channels. Rules, calls, audit and pages read it; no other place lists channels.

To add a channel: one row in `Channel`, and the call or the press that sends ratings by it.
"""

from enum import StrEnum
from typing import Literal

from motcua.desk.messages import mark

Door = Literal["counter", "ticket"]


class Channel(StrEnum):
    """Where a rating comes from: its name, its label for people, its door.

    By the door `counter` a device at a counter asks after a visit, and an answer counts for `rating.window_s` seconds.
    By the door `ticket` the ticket's page rates its own visit, for `rating.qr_days` days.
    """

    PAD = "pad", mark("rating pad"), "counter"
    KEYPAD = "keypad", mark("keypad"), "counter"
    QR = "qr", mark("ticket's page"), "ticket"

    _value_: str
    label: str
    door: Door

    def __new__(cls, name: str, label: str, door: Door) -> "Channel":
        """Return one row; its value is the name."""
        channel = str.__new__(cls, name)
        channel._value_ = name
        channel.label = label
        channel.door = door
        return channel


_BY_NAME = {channel.value: channel for channel in Channel}


def find_channel(name: str) -> Channel | None:
    """Return the channel that calls and journal name `name`, None where there is no such channel."""
    return _BY_NAME.get(name)


def get_channel(name: str) -> Channel:
    """Return the channel with this name. Raises `KeyError`."""
    return _BY_NAME[name]
