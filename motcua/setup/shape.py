"""The settings file's shape: each value by itself, strictly typed, nothing unknown. How values fit together is in `checks`."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from motcua.setup.shape_sound import TextsShape, VoiceShape
from motcua.setup.values import (
    Address,
    BaseAddress,
    Code,
    Date,
    Host,
    Hours,
    Label,
    Layout,
    Letter,
    Line,
    Name,
    OptionalDate,
    Seat,
    Sessions,
    Time,
    WebAddress,
    Zone,
)


class Shape(BaseModel):
    """A part of the file: exact types, no unknown keys."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Names(Shape):
    """A name in both languages."""

    vi: Name
    en: Name


class Hint(Shape):
    """A small line in both languages, which may be empty."""

    vi: Line = ""
    en: Line = ""


class UnitShape(Shape):
    """`[unit]`."""

    name: Name
    centre: Name
    address: Line = ""
    phone: Line = ""


class DayShape(Shape):
    """`[day]`."""

    timezone: Zone = "Asia/Ho_Chi_Minh"
    close_after_min: Annotated[int, Field(ge=0, le=720)] = 60
    latest: Time = "23:55"


class HoursShape(Shape):
    """`[hours]`."""

    monday: Sessions
    tuesday: Sessions
    wednesday: Sessions
    thursday: Sessions
    friday: Sessions
    saturday: Sessions
    sunday: Sessions


class DayOffShape(Shape):
    """One of `[[days_off]]`."""

    date: Date
    name: Name
    source: Line = ""


class WorkingDayShape(Shape):
    """One of `[[working_days]]`."""

    date: Date
    hours: Annotated[list[Hours], Field(min_length=1, max_length=6)]
    name: Line = ""
    source: Line = ""


class ChoiceShape(Shape):
    """One reason to choose."""

    code: Code
    vi: Name
    en: Name


Choices = Annotated[list[ChoiceShape], Field(max_length=30)]


class QueueShape(Shape):
    """`[queue]`. The upper ends keep the guard a guard: nobody is passed over for a whole day. `guard_calls` 0 switches it off."""

    guard_calls: Annotated[int, Field(ge=0, le=20)] = 2
    guard_wait_min: Annotated[int, Field(ge=1, le=240)] = 20
    absent_grace_min: Annotated[int, Field(ge=1, le=240)] = 15
    absent_recalls: Annotated[int, Field(ge=0, le=5)] = 1
    absent_returns: Annotated[int, Field(ge=0, le=9)] = 3
    returned_first: bool = True
    transfer_keeps_place: bool = True
    transfer_binds: bool = True
    undo_s: Annotated[int, Field(ge=1, le=60)] = 5
    hold_reasons: Choices = []
    pause_reasons: Choices = []
    call_reasons: Choices = []


class PriorityShape(Shape):
    """One of `[[priorities]]`."""

    code: Code
    rank: Annotated[int, Field(ge=1, le=9)]
    label: Names
    basis: Line = ""
    valid_from: OptionalDate = ""


class GroupShape(Shape):
    """One of `[[groups]]`."""

    letter: Letter
    name: Names
    hint: Hint = Hint()


Quota = Annotated[int, Field(ge=0, le=9999)]


class QuotaShape(Shape):
    """How many numbers a service has in a half-day; what is left out has no limit."""

    morning: Quota | None = None
    afternoon: Quota | None = None


class ServiceShape(Shape):
    """One of `[[services]]`."""

    code: Code
    group: str
    name: Names
    procedures: Annotated[list[str], Field(max_length=200)] = []
    quota: QuotaShape = QuotaShape()
    at_seat: bool = False
    bookable: bool = False


class CounterShape(Shape):
    """One of `[[counters]]`."""

    number: Annotated[int, Field(ge=1, le=99)]
    label: Label = ""
    services: list[str]
    prefer: Annotated[list[str], Field(max_length=100)] = []
    must: Annotated[list[str], Field(max_length=100)] = []
    hours: Sessions = []


class AppointmentsShape(Shape):
    """`[appointments]`."""

    is_open: bool = False
    slot_min: Annotated[int, Field(ge=5, le=240)] = 30
    capacity: Annotated[int, Field(ge=1, le=200)] = 4
    days_ahead: Annotated[int, Field(ge=0, le=60)] = 3
    lead_min: Annotated[int, Field(ge=0, le=1440)] = 30
    grace_min: Annotated[int, Field(ge=0, le=240)] = 15
    missed_max: Annotated[int, Field(ge=0, le=20)] = 2
    missed_days: Annotated[int, Field(ge=1, le=365)] = 30


class NoticesShape(Shape):
    """`[notices]`."""

    smtp_host: Host = ""
    smtp_port: Annotated[int, Field(ge=1, le=65535)] = 587
    smtp_security: Literal["none", "starttls", "tls"] = "starttls"
    smtp_user: Line = ""
    sender: Address = ""
    webhook_url: WebAddress = ""
    allow_local: bool = False


class StaffShape(Shape):
    """`[staff]`. ASVS 5.0 asks for 8 characters at least; without a second factor a long password has to do."""

    password_length: Annotated[int, Field(ge=8, le=64)] = 14
    refuse_common_passwords: bool = True
    idle_min: Annotated[int, Field(ge=5, le=480)] = 30


class WebShape(Shape):
    """`[web]`."""

    base_url: BaseAddress = ""
    connections: Annotated[int, Field(ge=20, le=4000)] = 400


class WaitsShape(Shape):
    """`[waits]`. A figure from fewer than 30 visits would be a guess."""

    least_visits: Annotated[int, Field(ge=30, le=1000)] = 30
    window_days: Annotated[int, Field(ge=7, le=365)] = 60
    target_min: Annotated[int, Field(ge=1, le=240)] = 15


class SeatsShape(Shape):
    """`[seats]`."""

    labels: Annotated[list[Seat], Field(max_length=200)] = []


class RatingShape(Shape):
    """`[rating]`."""

    window_s: Annotated[int, Field(ge=5, le=300)] = 30
    qr_days: Annotated[int, Field(ge=0, le=30)] = 3
    reasons: Choices = []


class PrintingShape(Shape):
    """`[printing]`."""

    paper: Literal["auto", "browser", "agent", "none"] = "auto"
    paper_mm: Literal[0, 58, 80] = 0
    layout: Layout = ""


class RetentionShape(Shape):
    """`[retention]`, in days."""

    priority_days: Annotated[int, Field(ge=1, le=3650)] = 30
    text_days: Annotated[int, Field(ge=1, le=3650)] = 365
    booking_days: Annotated[int, Field(ge=1, le=3650)] = 30


class FileShape(Shape):
    """The whole file but for its version."""

    unit: UnitShape
    day: DayShape = DayShape()
    hours: HoursShape
    days_off: Annotated[list[DayOffShape], Field(max_length=400)] = []
    working_days: Annotated[list[WorkingDayShape], Field(max_length=200)] = []
    queue: QueueShape = QueueShape()
    priorities: Annotated[list[PriorityShape], Field(min_length=1, max_length=20)]
    groups: Annotated[list[GroupShape], Field(min_length=1)]
    services: Annotated[list[ServiceShape], Field(min_length=1, max_length=100)]
    counters: Annotated[list[CounterShape], Field(min_length=1)]
    seats: SeatsShape = SeatsShape()
    appointments: AppointmentsShape = AppointmentsShape()
    web: WebShape = WebShape()
    notices: NoticesShape = NoticesShape()
    staff: StaffShape = StaffShape()
    waits: WaitsShape = WaitsShape()
    rating: RatingShape = RatingShape()
    voice: VoiceShape = VoiceShape()
    printing: PrintingShape = PrintingShape()
    texts: TextsShape
    retention: RetentionShape = RetentionShape()
