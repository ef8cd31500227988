"""Papers that citizens hand in at a kiosk while the hall is closed: whether, when, how many, how long they stay."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from pydantic import Field

from motcua.desk.messages import mark
from motcua.settings.fields import Heading, Label, SectionPart
from motcua.settings.values import STRICT, Flag, Minute, Whole


@dataclass(frozen=True)
class DropOffRules:
    """Handing papers in at a kiosk outside opening hours. It also needs dossiers to be switched on."""

    part: ClassVar[SectionPart] = SectionPart(
        "Nộp hồ sơ tại máy ngoài giờ làm việc: mặc định tắt; chỉ có tác dụng khi bật tiếp nhận hồ sơ (dossiers)"
    )
    __pydantic_config__ = STRICT

    is_on: Annotated[
        Flag,
        Heading(
            mark("Handing papers in outside opening hours"),
            mark(
                "While the hall is closed a kiosk takes photos or scans of papers. Officers look at them at the next"
                " opening. It needs a camera or a document scanner at the kiosk, and dossiers must be switched on."
            ),
        ),
        Label(
            mark("Kiosks take papers while the hall is closed"),
            mark("What is handed in counts as received at the next opening."),
            basis="personal-data",
        ),
    ] = False
    begin_min: Annotated[Minute, Label(mark("From"), mark("Never within opening hours, whatever stands here."))] = (
        5 * 60
    )
    end_min: Annotated[Minute, Label(mark("Until"))] = 22 * 60
    has_box: Annotated[
        Flag,
        Label(
            mark("There is a locked box for the papers themselves"),
            mark("The kiosk then asks to write the code on an envelope and to put it into the box."),
        ),
    ] = False
    pages_most: Annotated[Whole, Field(ge=1, le=40), Label(mark("How many pages at most"))] = 30
    keep_days: Annotated[
        Whole,
        Field(ge=3, le=90),
        Label(
            mark("Days until scans that nobody took in are erased"),
            mark("When a dossier was taken in or refused, its scans are erased at once."),
            basis="retention",
        ),
    ] = 30
