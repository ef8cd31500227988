"""How calls sound and what they say."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from motcua.desk.messages import mark
from motcua.settings.fields import Label, SectionPart
from motcua.settings.values import STRICT, Bilingual, Flag, Footer, Spoken, SpokenAtSeat, Whole, write_in_both

CALL: Bilingual = (
    "Xin mời công dân có số thứ tự {letter}, {digits}, đến quầy số {counter}.",
    "Ticket {letter}, {digits}, please go to counter {counter}.",
)
"""The sentence that calls a number, while the desk is not set up."""
CALL_SEAT: Bilingual = (
    "Mời công dân có số thứ tự {letter}, {digits}, ngồi tại chỗ. Cán bộ sẽ đến {seat}.",
    "Number {letter}, {digits}, please stay seated. An officer will come to {seat}.",
)
"""The sentence for a number whose officer comes to the seat, while the ward has no other."""
CALL_PRIORITY: Bilingual = (
    "Xin mời công dân ưu tiên có số thứ tự {letter}, {digits}, đến quầy số {counter}.",
    "Priority number {letter}, {digits}, please go to counter {counter}.",
)
CALL_RECALL: Bilingual = (
    "Xin nhắc lại, mời công dân có số thứ tự {letter}, {digits}, đến quầy số {counter}.",
    "Once more: number {letter}, {digits}, please go to counter {counter}.",
)
CALL_TRANSFER: Bilingual = (
    "Xin mời công dân có số thứ tự {letter}, {digits}, chuyển sang quầy số {counter}.",
    "Number {letter}, {digits}, please move on to counter {counter}.",
)
"""The same for whoever has priority, is called once more, was sent on from another counter."""

REGIONS = {"north": mark("the north"), "central": mark("the centre"), "south": mark("the south")}
MODES = {
    "digits": mark("figure by figure: A, không hai bốn"),
    "hybrid": mark("as a number after its zeros: A, không hai mươi tư"),
    "cardinal": mark("as a number: A, hai mươi tư"),
}


@dataclass(frozen=True)
class Voice:
    """How calls are heard: the region whose words and voice are used, how a number is read, how fast (words a
    minute), how often.

    `volume` (percent) is that of the wall's page. Without `is_on` nothing is spoken; the `chime` is a wish of its own.
    """

    part: ClassVar[SectionPart] = SectionPart(
        "Giọng đọc: region north, central hoặc south; mode digits (từng chữ số), hybrid hoặc cardinal; speed "
        "tính bằng từ/phút"
    )
    __pydantic_config__ = STRICT

    is_on: Annotated[Flag, Label(mark("Calls are spoken"), mark("Otherwise there is only the chime."))] = True
    region: Annotated[
        Literal["north", "central", "south"],
        Label(mark("Voice and words of"), mark("linh or lẻ, nghìn or ngàn, tư or bốn"), choices=REGIONS),
    ] = "north"
    mode: Annotated[Literal["digits", "hybrid", "cardinal"], Label(mark("Numbers are read"), choices=MODES)] = "digits"
    speed: Annotated[
        Whole, Field(ge=100, le=170), Label(mark("Words a minute"), mark("130 is easy to understand in a loud hall."))
    ] = 130
    repeat: Annotated[Literal[1, 2], Label(mark("Each call is said"), choices={1: mark("once"), 2: mark("twice")})] = 2
    chime: Annotated[Flag, Label(mark("A chime before each call"))] = True
    volume: Annotated[Whole, Field(ge=10, le=100), Label(mark("Volume of the wall page in percent"))] = 100


@dataclass(frozen=True, kw_only=True)
class Texts:
    """The sentences of calls and the last line of a ticket. A desk set up before one was known has its default."""

    part: ClassVar[SectionPart] = SectionPart(
        "Lời gọi và chân phiếu: giữ nguyên các chỗ trong ngoặc nhọn", is_required=True
    )
    __pydantic_config__ = STRICT

    call: Annotated[Bilingual, write_in_both(Spoken)]
    call_priority: Annotated[Bilingual, write_in_both(Spoken, CALL_PRIORITY)] = CALL_PRIORITY
    call_recall: Annotated[Bilingual, write_in_both(Spoken, CALL_RECALL)] = CALL_RECALL
    call_transfer: Annotated[Bilingual, write_in_both(Spoken, CALL_TRANSFER)] = CALL_TRANSFER
    call_seat: Annotated[Bilingual, write_in_both(SpokenAtSeat, CALL_SEAT)] = CALL_SEAT
    ticket_footer: Annotated[Bilingual, write_in_both(Footer)]
