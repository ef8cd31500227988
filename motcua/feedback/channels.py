"""The one table of rating channels. Rules, calls, audit and pages read it; no other place lists channels.

To add a channel: one row in `Channel`, and the call or the press that sends ratings by it.
"""

from enum import StrEnum
from typing import Literal

from motcua.desk.messages import mark
from motcua.staff.model import PEOPLE, Role

Proof = Literal["device", "ticket", "short_code", "typist", "ticket_or_device"]
"""What shows that the citizen was here.

`device`: a paired device at the counter. `ticket`: the long code of the ticket's page. `short_code`: the ticket's
number with the four digits of its paper; without them a rating belongs to no visit. `typist`: a person of the desk
types what a paper says, and the journal says who.
"""
Window = Literal["window_s", "qr_days", "visit_day", "slip_days"]
"""How long a rating by the channel counts: so many seconds after the question, so many days after the visit, or on
the visit's own day. All but `visit_day` are settings of `rating`."""
_AT_COUNTER = frozenset({Role.PAD, Role.AGENT, Role.ADMIN})
_CITIZENS: frozenset[Role] | None = None


class Channel(StrEnum):
    """Where a rating comes from.

    Each row has its name, its label for people, its proof of presence and its window. Then it says whether a press
    shows that the visit was asked about, and which roles send by it (None: citizens, without a sign-in).
    """

    PAD = "pad", mark("rating pad"), "device", "window_s", True, _AT_COUNTER
    KEYPAD = "keypad", mark("keypad"), "device", "window_s", True, _AT_COUNTER
    QR = "qr", mark("ticket's page"), "ticket", "qr_days", False, _CITIZENS
    COUNTER_QR = "counter_qr", mark("counter's code"), "short_code", "visit_day", False, _CITIZENS
    SLIP = "slip", mark("paper slip"), "typist", "slip_days", False, PEOPLE
    FORM = "form", mark("form of questions"), "ticket_or_device", "qr_days", False, _CITIZENS

    _value_: str
    label: str
    proof: Proof
    window: Window
    implies_asked: bool
    users: frozenset[Role] | None

    def __new__(
        cls, name: str, label: str, proof: Proof, window: Window, implies_asked: bool, users: frozenset[Role] | None
    ) -> "Channel":
        """Return one row; its value is the name."""
        channel = str.__new__(cls, name)
        channel._value_ = name
        channel.label, channel.proof, channel.window = label, proof, window
        channel.implies_asked, channel.users = implies_asked, users
        return channel

    def has_proof(self, proof: Proof) -> bool:
        """Say whether ratings by this channel may come with `proof`."""
        return proof in self.proof.split("_or_")


_BY_NAME = {channel.value: channel for channel in Channel}


def find_channel(name: str) -> Channel | None:
    """Return the channel that calls and journal name `name`, None where there is no such channel."""
    return _BY_NAME.get(name)


def get_channel(name: str) -> Channel:
    """Return the channel with this name. Raises `KeyError`."""
    return _BY_NAME[name]
