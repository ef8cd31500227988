"""How long a rating counts, and how long what people wrote is kept."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from pydantic import Field

from motcua.desk.messages import mark
from motcua.settings.fields import Heading, Label, SectionPart
from motcua.settings.values import STRICT, Choices, Code, Flag, Whole, bound_length


@dataclass(frozen=True)
class RatingRules:
    """How long a rating counts: seconds on pad and keypad, days after closing for the ticket's QR and for slips."""

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
    slip_days: Annotated[
        Whole,
        Field(ge=0, le=30),
        Label(
            mark("Days after the visit on which a paper slip may be typed in"),
            mark("After that it counts for no visit."),
            basis="honest-ratings",
        ),
    ] = 7


@dataclass(frozen=True)
class QuarantineRules:
    """When a rating is set aside; 0 switches a rule off. One from a device of the desk's own people always is."""

    part: ClassVar[SectionPart] = SectionPart(
        "Đánh giá chờ xem xét (0: tắt quy tắc); không đánh giá nào bị xóa, lãnh đạo xem và quyết định",
        is_operational=True,
    )
    __pydantic_config__ = STRICT

    burst_presses: Annotated[
        Whole,
        Field(ge=0, le=100),
        Heading(mark("Ratings that are set aside")),
        Label(
            mark("Many presses on one pad: from how many"),
            mark("0 switches this rule off."),
            basis="honest-ratings",
        ),
    ] = 8
    burst_s: Annotated[Whole, Field(ge=1, le=600), Label(mark("Many presses on one pad: within how many seconds"))] = 30
    outside_presses: Annotated[
        Whole,
        Field(ge=0, le=100),
        Label(mark("Presses outside any visit: from how many"), mark("0 switches this rule off.")),
    ] = 4
    outside_min: Annotated[
        Whole, Field(ge=1, le=240), Label(mark("Presses outside any visit: within how many minutes"))
    ] = 10
    browser_visits: Annotated[
        Whole,
        Field(ge=0, le=100),
        Label(
            mark("Tickets that one browser may rate within a day"),
            mark("One person may come with several tickets of a family. 0 switches this rule off."),
        ),
    ] = 4
    quick_ms: Annotated[
        Whole, Field(ge=100, le=10_000), Label(mark("Pressed too soon after asking: below how many milliseconds"))
    ] = 2000
    quick_visits: Annotated[
        Whole,
        Field(ge=0, le=50),
        Label(mark("Pressed too soon after asking: how many visits in a row"), mark("0 switches this rule off.")),
    ] = 5
    closed_counter: Annotated[Flag, Label(mark("Set aside presses while the counter is closed"))] = True


@dataclass(frozen=True)
class RatingForm:
    """For which services the form of questions is offered after a visit, and how many questions it has at most."""

    part: ClassVar[SectionPart] = SectionPart(
        "Phiếu hỏi theo tiêu chí (chọn theo dịch vụ bằng mã); questions: số câu hỏi tối đa", is_operational=True
    )
    __pydantic_config__ = STRICT

    services: Annotated[tuple[Code, ...], bound_length(0, 100)] = ()
    questions: Annotated[
        Whole,
        Field(ge=1, le=8),
        Heading(mark("Form of questions")),
        Label(
            mark("Questions of the form at most"),
            mark("Which question comes next depends on the answer before."),
            basis="what-citizens-rate",
        ),
    ] = 8


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
    work_days: Annotated[
        Whole,
        Field(ge=30, le=3650),
        Label(
            mark("Days until officers' tasks, notes and corrected working hours lose their words"),
            mark("Counted from the day on which each was written. Days and figures stay."),
            basis="retention",
        ),
    ] = 1095
