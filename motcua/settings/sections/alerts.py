"""When somebody has to be told, and who is told by which way."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from motcua.desk.messages import mark
from motcua.settings.fields import Heading, Label, SectionPart
from motcua.settings.values import STRICT, Address, Code, Flag, Minute, Name, Whole, bound_length

KINDS_MAX = 20


@dataclass(frozen=True)
class AlertRules:
    """The thresholds of alerts (0: no such alert), the quiet hours, and what keeps alerts from becoming a flood."""

    part: ClassVar[SectionPart] = SectionPart("Cảnh báo cho lãnh đạo: ngưỡng (0: tắt) và giờ không gửi tin ra ngoài")
    __pydantic_config__ = STRICT

    wait_min: Annotated[
        Whole,
        Field(ge=0, le=240),
        Heading(
            mark("When leaders are alerted"),
            mark("An alert is raised once when a threshold is crossed. 0 switches an alert off."),
        ),
        Label(mark("Minutes that somebody may wait"), mark("From the number to its first call, for each group.")),
    ] = 30
    queue_max: Annotated[Whole, Field(ge=0, le=1000), Label(mark("People who may wait in one group"))] = 20
    idle_min: Annotated[
        Whole,
        Field(ge=0, le=120),
        Label(mark("Minutes that a counter may call nobody while people wait for it")),
    ] = 5
    low_ratings: Annotated[
        Whole, Field(ge=0, le=50), Label(mark("Low ratings at one counter (“dissatisfied” or worse)"))
    ] = 3
    low_minutes: Annotated[Whole, Field(ge=1, le=480), Label(mark("Minutes within which low ratings are counted"))] = 30
    quarantine: Annotated[Whole, Field(ge=0, le=100), Label(mark("Ratings set aside within an hour"))] = 1
    device_min: Annotated[
        Whole,
        Field(ge=0, le=60),
        Label(mark("Minutes that a device may be down"), mark("While the hall is in use.")),
    ] = 2
    deadlines: Annotated[Flag, Label(mark("Deadlines of suggestions that are near or over"))] = True
    again_min: Annotated[
        Whole,
        Field(ge=1, le=240),
        Label(mark("Minutes before the same alert can be raised again")),
    ] = 10
    quiet_from: Annotated[
        Minute,
        Heading(
            mark("Messages outside the hall"),
            mark("The leaders' screens always show everything. These limits are for messages by the ways below."),
        ),
        Label(mark("No messages from"), mark("Calls for help are always sent.")),
    ] = 22 * 60
    quiet_to: Annotated[Minute, Label(mark("until"), mark("The same time twice: messages at any hour."))] = 6 * 60
    hourly_max: Annotated[Whole, Field(ge=1, le=200), Label(mark("Maximum alerts in an hour that are sent"))] = 20
    dossiers_soon: Annotated[
        Whole,
        Field(ge=0, le=1000),
        Heading(
            mark("Dossiers that need attention"),
            mark(
                "Only where dossiers are taken in. Each alert is raised once a working day for each officer,"
                " and cleared when nothing is left to do. 0 switches one off."
            ),
        ),
        Label(
            mark("Dossiers due soon, of one officer at one step"),
            mark("Which days count as soon is a setting of dossiers."),
        ),
    ] = 5
    dossiers_today: Annotated[Whole, Field(ge=0, le=1000), Label(mark("Dossiers due today, of one officer"))] = 1
    dossiers_late: Annotated[Whole, Field(ge=0, le=1000), Label(mark("Dossiers that are late, of one officer"))] = 1
    unanswered_days: Annotated[
        Whole, Field(ge=0, le=400), Label(mark("Days that an applicant may leave a request for papers unanswered"))
    ] = 15
    unfetched_days: Annotated[
        Whole, Field(ge=0, le=400), Label(mark("Days that a result may wait for its applicant"))
    ] = 10
    unassigned_days: Annotated[
        Whole, Field(ge=0, le=60), Label(mark("Working days that a dossier may be with nobody"))
    ] = 1
    unattended_days: Annotated[
        Whole, Field(ge=0, le=60), Label(mark("Working days in which nothing may happen to a dossier"))
    ] = 5
    callbacks_late: Annotated[
        Whole,
        Field(ge=0, le=1000),
        Heading(
            mark("Call backs that nobody makes"),
            mark("Only where people can ask for a call. Raised once a working day, cleared when all are called."),
        ),
        Label(mark("Overdue call backs")),
    ] = 1


@dataclass(frozen=True)
class AlertReceiver:
    """Who is told of which kinds of alerts by which way. `kinds` empty: of all. `address` is for e-mail only."""

    part: ClassVar[SectionPart] = SectionPart(
        "Người nhận cảnh báo: way là email, push (trình duyệt đã bật thông báo) hoặc apprise; kinds để trống: mọi loại"
    )
    __pydantic_config__ = STRICT

    name: Name
    way: Literal["email", "push", "apprise"]
    address: Address = ""
    kinds: Annotated[tuple[Code, ...], bound_length(0, KINDS_MAX)] = ()


RECEIVERS = (AlertReceiver("Trình duyệt đã bật thông báo", "push"),)
"""Those of a new desk: whoever switched messages on in their own browser."""
