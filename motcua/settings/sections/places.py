"""Seats that officers come to, and paper."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from motcua.desk.messages import mark
from motcua.settings.fields import Label, SectionPart
from motcua.settings.values import STRICT, Layout, Seat, bound_length

WAYS = {
    "auto": mark("Automatically: by the device program if one is connected, otherwise by the browser"),
    "browser": mark("By the kiosk's browser, on the printer of that computer"),
    "agent": mark("By the device program"),
    "none": mark("Not at all: citizens scan the code on the screen"),
}
WIDTHS = {0: mark("As the device program is set, otherwise 80 mm"), 80: "80 mm", 58: "58 mm"}


@dataclass(frozen=True)
class Seats:
    """The places where citizens sit until an officer comes; none: everybody is called to a counter."""

    part: ClassVar[SectionPart] = SectionPart(
        "Chỗ ngồi mà cán bộ đến phục vụ tận nơi (dịch vụ có at_seat = true); [] là không có"
    )
    __pydantic_config__ = STRICT

    labels: Annotated[tuple[Seat, ...], bound_length(0, 200)] = ()


@dataclass(frozen=True)
class Printing:
    """Who prints tickets, on which paper, and what stands on them: `layout` is empty for the usual one.

    `paper_mm` is the paper's width where the device program is told none, 0 for 80.
    """

    part: ClassVar[SectionPart] = SectionPart(
        "In phiếu: auto, browser, agent hoặc none; paper_mm: khổ giấy 58 hoặc 80 (0: theo máy in); "
        "layout: mẫu phiếu, mỗi dòng một kiểu chữ rồi nội dung (để trống: mẫu thường dùng)"
    )
    __pydantic_config__ = STRICT

    paper: Annotated[
        Literal["auto", "browser", "agent", "none"], Label(mark("How tickets are printed"), choices=WAYS)
    ] = "auto"
    paper_mm: Annotated[Literal[0, 58, 80], Label(mark("Width of the paper"), choices=WIDTHS)] = 0
    layout: Layout = ""
