"""The settings file's shape of what is said: the voice, and the sentences it says."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from motcua.settings.model import CALL_PRIORITY, CALL_RECALL, CALL_SEAT, CALL_TRANSFER
from motcua.setup.values import Footer, Spoken, SpokenAtSeat


class Shape(BaseModel):
    """A part of the file: exact types, no unknown keys."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class VoiceShape(Shape):
    """`[voice]`."""

    is_on: bool = True
    region: Literal["north", "central", "south"] = "north"
    mode: Literal["digits", "hybrid", "cardinal"] = "digits"
    speed: Annotated[int, Field(ge=100, le=170)] = 130
    repeat: Literal[1, 2] = 2
    chime: bool = True
    volume: Annotated[int, Field(ge=10, le=100)] = 100


class Call(Shape):
    """The sentence that calls a number."""

    vi: Spoken
    en: Spoken


class PriorityCall(Shape):
    """The sentence for a number with priority."""

    vi: Spoken = CALL_PRIORITY[0]
    en: Spoken = CALL_PRIORITY[1]


class Recall(Shape):
    """The sentence for a number that is called once more."""

    vi: Spoken = CALL_RECALL[0]
    en: Spoken = CALL_RECALL[1]


class TransferCall(Shape):
    """The sentence for a number that was sent on from another counter."""

    vi: Spoken = CALL_TRANSFER[0]
    en: Spoken = CALL_TRANSFER[1]


class SeatCall(Shape):
    """The sentence for a number whose officer comes to the seat."""

    vi: SpokenAtSeat = CALL_SEAT[0]
    en: SpokenAtSeat = CALL_SEAT[1]


class FooterText(Shape):
    """The last line of a ticket, which may be empty."""

    vi: Footer
    en: Footer


class TextsShape(Shape):
    """`[texts]`."""

    call: Call
    call_priority: PriorityCall = PriorityCall()
    call_recall: Recall = Recall()
    call_transfer: TransferCall = TransferCall()
    call_seat: SeatCall = SeatCall()
    ticket_footer: FooterText
