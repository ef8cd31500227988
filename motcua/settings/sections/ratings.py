"""How long a rating counts, and how long what people wrote is kept."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from pydantic import Field

from motcua.desk.messages import mark
from motcua.settings.fields import Heading, Label, SectionPart
from motcua.settings.values import STRICT, Choices, Whole


@dataclass(frozen=True)
class RatingRules:
    """How long a rating counts: seconds on pad and keypad, days after closing for the ticket's QR."""

    part: ClassVar[SectionPart] = SectionPart("Đánh giá", is_operational=True)
    __pydantic_config__ = STRICT

    window_s: Annotated[
        Whole,
        Field(ge=5, le=300),
        Heading(mark("Asking citizens")),
        Label(mark("Seconds in which the pad asks"), basis="rating-devices"),
    ] = 30
    qr_days: Annotated[
        Whole,
        Field(ge=0, le=30),
        Label(mark("Days after closing on which the ticket's code still rates"), basis="honest-ratings"),
    ] = 3
    reasons: Choices = ()


@dataclass(frozen=True)
class Retention:
    """After how many days personal data is erased."""

    part: ClassVar[SectionPart] = SectionPart("Thời hạn lưu trữ, tính bằng ngày")
    __pydantic_config__ = STRICT

    priority_days: Annotated[
        Whole,
        Field(ge=1, le=3650),
        Heading(mark("What is erased, and when")),
        Label(mark("Days until priority classes are erased"), mark("They may be health data."), basis="retention"),
    ] = 30
    text_days: Annotated[
        Whole, Field(ge=1, le=3650), Label(mark("Days until comments and notes are erased"), basis="retention")
    ] = 365
    booking_days: Annotated[
        Whole,
        Field(ge=1, le=3650),
        Label(
            mark("Days after a booked time until phone numbers are erased"),
            mark("E-mail addresses too."),
            basis="retention",
        ),
    ] = 30
    suggestion_days: Annotated[
        Whole,
        Field(ge=30, le=3650),
        Label(
            mark("Days until suggestions, their answers and photos are erased"),
            mark("Counted from the day on which each was written."),
            basis="retention",
        ),
    ] = 730
