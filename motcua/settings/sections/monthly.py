"""Reports of the past month: which are made, and who gets them by e-mail."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field, Strict

from motcua.desk.messages import mark
from motcua.settings.fields import Heading, Label, SectionPart
from motcua.settings.values import STRICT, Code, Flag, OneLine, Whole, bound_length, require_mail

ReceiverAddress = Annotated[str, Strict(), AfterValidator(OneLine(1, 200)), AfterValidator(require_mail)]


@dataclass(frozen=True)
class MonthlyReports:
    """Which reports of the past month are made on the first working day; `reports` empty: each that there is."""

    part: ClassVar[SectionPart] = SectionPart(
        "Báo cáo tháng: lập vào ngày làm việc đầu tiên của tháng sau và gửi đến receivers (địa chỉ thư điện tử); "
        "reports để trống: mọi báo cáo nhiều ngày"
    )
    __pydantic_config__ = STRICT

    is_on: Annotated[
        Flag,
        Heading(
            mark("Reports of the past month"),
            mark("They are made as PDF on the first working day of each month, at the opening of the hall."),
        ),
        Label(mark("Make the reports each month"), mark("Leaders find them on the page “Monthly reports”.")),
    ] = False
    language: Annotated[
        Literal["vi", "en"],
        Label(mark("Language of the reports"), choices={"vi": "Tiếng Việt", "en": "English"}),
    ] = "vi"
    reports: Annotated[tuple[Code, ...], bound_length(0, 20)] = ()
    receivers: Annotated[
        tuple[ReceiverAddress, ...],
        bound_length(0, 20),
        Label(
            mark("E-mail addresses of those who get them"),
            mark("One on each line. The mail server is on the page “Bookings and messages”."),
        ),
    ] = ()
    keep_months: Annotated[
        Whole,
        Field(ge=12, le=240),
        Label(mark("Months until a stored report is erased"), basis="retention"),
    ] = 60
