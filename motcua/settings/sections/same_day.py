"""No-appointment days: on which days which procedures are settled on the spot."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from motcua.desk.messages import mark
from motcua.desk.moment import parse_day
from motcua.settings.fields import Heading, Label, SectionPart
from motcua.settings.sections.answers import Words
from motcua.settings.values import STRICT, Choice, Choices, Flag, Time

REASONS = (
    Choice("data", ("Chưa tra cứu được dữ liệu", "Data could not be looked up")),
    Choice("system", ("Phần mềm hoặc đường truyền bị lỗi", "A system or the line failed")),
    Choice("signer", ("Người ký vắng mặt", "Nobody was there to sign")),
    Choice("check", ("Phải xác minh thêm", "Something had to be verified")),
    Choice("citizen", ("Người nộp không chờ nhận", "The applicant did not wait")),
    Choice("other", ("Lý do khác", "Another reason")),
)


def _require_days(days: tuple[str, ...]) -> tuple[str, ...]:
    """Return days of a list. Raises `PydanticCustomError("date")`."""
    if any(parse_day(day) is None for day in days):
        raise PydanticCustomError("date", "no date")
    return days


@dataclass(frozen=True)
class SameDayRules:
    """The days without appointments, and the procedures that are settled on the spot on them."""

    part: ClassVar[SectionPart] = SectionPart(
        "Ngày không hẹn: thủ tục trong danh sách được giải quyết và trả kết quả ngay trong ngày"
    )
    __pydantic_config__ = STRICT

    monday: Annotated[
        Flag,
        Heading(
            mark("No-appointment days"),
            mark(
                "On these days the listed procedures are settled on the spot, and receipts promise it."
                " Only where dossiers are taken in here."
            ),
        ),
        Label(mark("Each Monday")),
    ] = False
    tuesday: Annotated[Flag, Label(mark("Each Tuesday"))] = False
    wednesday: Annotated[Flag, Label(mark("Each Wednesday"))] = False
    thursday: Annotated[Flag, Label(mark("Each Thursday"))] = False
    friday: Annotated[Flag, Label(mark("Each Friday"))] = False
    saturday: Annotated[Flag, Label(mark("Each Saturday"))] = False
    sunday: Annotated[Flag, Label(mark("Each Sunday"))] = False
    dates: Annotated[
        Words, AfterValidator(_require_days), Label(mark("Other days"), mark("One on each line, like 2026-12-31."))
    ] = ()
    until: Annotated[
        Time,
        Label(mark("For dossiers that are complete by"), mark("Who comes later on such a day gets the usual day.")),
    ] = "15:00"
    procedures: Annotated[
        Words, Label(mark("Codes of the procedures that are settled on the spot"), mark("One on each line."))
    ] = ()
    reasons: Choices = REASONS
