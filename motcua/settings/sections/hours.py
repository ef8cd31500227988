"""When the hall is open, and when its day ends."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from pydantic import Field

from motcua.desk.messages import mark
from motcua.settings.fields import Heading, Label, SectionPart
from motcua.settings.values import STRICT, Date, Hours, Line, Minute, Name, Session, Sessions, Whole, Zone, bound_length


@dataclass(frozen=True)
class Day:
    """The desk's time zone, and when its day ends by itself: some minutes after the last closing, in any case at
    `latest_min`.
    """

    part: ClassVar[SectionPart] = SectionPart(
        "Ngày làm việc: tự kết thúc sau giờ đóng cửa từng này phút, muộn nhất lúc latest"
    )
    __pydantic_config__ = STRICT

    timezone: Annotated[Zone, Heading(mark("The end of the day")), Label(mark("Time zone"))] = "Asia/Ho_Chi_Minh"
    close_after_min: Annotated[
        Whole,
        Field(ge=0, le=720),
        Label(mark("Minutes from closing until the day ends by itself"), mark("Only while nobody is being served.")),
    ] = 60
    latest_min: Annotated[
        Minute,
        Field(alias="latest"),
        Label(mark("Latest end of the day"), mark("The day then ends in any case, for example at 23:55.")),
    ] = 23 * 60 + 55


@dataclass(frozen=True)
class OpeningHours:
    """When numbers are given out on each day of the week."""

    part: ClassVar[SectionPart] = SectionPart("Giờ cấp số của từng thứ trong tuần; [] là không mở", is_required=True)
    __pydantic_config__ = STRICT

    monday: Sessions
    tuesday: Sessions
    wednesday: Sessions
    thursday: Sessions
    friday: Sessions
    saturday: Sessions
    sunday: Sessions

    @property
    def week(self) -> tuple[tuple[Session, ...], ...]:
        """Return the sessions of the seven days, Monday first."""
        return self.monday, self.tuesday, self.wednesday, self.thursday, self.friday, self.saturday, self.sunday


@dataclass(frozen=True)
class DayOff:
    """A date on which the hall stays closed, and where that was decided."""

    part: ClassVar[SectionPart] = SectionPart("Ngày nghỉ")
    __pydantic_config__ = STRICT

    date: Date
    name: Name
    source: Line = ""


@dataclass(frozen=True)
class WorkingDay:
    """A date with hours of its own: a day off that is worked."""

    part: ClassVar[SectionPart] = SectionPart("Ngày làm bù: giờ ở đây thay cho giờ của thứ đó")
    __pydantic_config__ = STRICT

    date: Date
    sessions: Annotated[tuple[Hours, ...], Field(alias="hours"), bound_length(1, 6)]
    name: Line = ""
    source: Line = ""
