"""Booking a time from a phone, and how people hear of it."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from motcua.desk.messages import mark
from motcua.settings.fields import Heading, Label, SectionPart
from motcua.settings.values import STRICT, Address, Flag, Host, Line, WebAddress, Whole


@dataclass(frozen=True)
class Appointments:
    """Booking a time: whether it is possible, how long and how full a slot is, how far ahead, and what lateness costs.

    A booked ticket is callable from its slot on, ahead of those who arrived later than `grace_min` before it.
    Checked in more than `grace_min` late, it is an ordinary one.
    A phone number that missed `missed_max` bookings in `missed_days` days cannot book (0: it can).
    """

    part: ClassVar[SectionPart] = SectionPart(
        "Đặt lịch hẹn bằng điện thoại (dịch vụ có bookable = true)", is_operational=True
    )
    __pydantic_config__ = STRICT

    is_open: Annotated[
        Flag,
        Heading(
            mark("Booking a time"),
            mark(
                "Citizens choose a service and a time on their phones."
                " At the kiosk their code gives them a number that is called from that time on."
            ),
        ),
        Label(mark("Citizens can book times"), mark("Existing bookings stay valid when you switch this off.")),
    ] = False
    slot_min: Annotated[
        Whole,
        Field(ge=5, le=240),
        Label(mark("Minutes of a slot"), mark("The first slot begins with each opening session.")),
    ] = 30
    capacity: Annotated[
        Whole,
        Field(ge=1, le=200),
        Label(mark("Bookings in each slot"), mark("For the whole hall, all services together.")),
    ] = 4
    days_ahead: Annotated[Whole, Field(ge=0, le=60), Label(mark("Days ahead"), mark("0: only for today."))] = 3
    lead_min: Annotated[Whole, Field(ge=0, le=1440), Label(mark("Minimum minutes ahead"))] = 30
    grace_min: Annotated[
        Whole,
        Field(ge=0, le=240),
        Label(mark("Minutes a citizen may be late"), mark("A later citizen gets an ordinary number.")),
    ] = 15
    missed_max: Annotated[
        Whole,
        Field(ge=0, le=20),
        Label(
            mark("Missed bookings after which a phone number cannot book"), mark("0: a phone number can always book.")
        ),
    ] = 2
    missed_days: Annotated[
        Whole,
        Field(ge=1, le=365),
        Label(mark("Days in which missed bookings count"), mark("Never longer than phone numbers are kept.")),
    ] = 30


SECURITY = {
    "starttls": mark("STARTTLS (usually port 587)"),
    "tls": mark("TLS (usually port 465)"),
    "none": mark("None: only inside the office's network"),
}


@dataclass(frozen=True)
class Notices:
    """How people who booked hear of it outside the hall: e-mail through the ward's server, a webhook.

    Empty: not at all.

    Passwords and secrets are no settings: they lie in the data folder's `keys`.
    """

    part: ClassVar[SectionPart] = SectionPart(
        "Báo tin ra ngoài: thư điện tử (SMTP) và webhook; mật khẩu để trong thư mục keys, không ghi ở đây; "
        "allow_local: nơi nhận là chính máy này"
    )
    __pydantic_config__ = STRICT

    smtp_host: Annotated[
        Host,
        Heading(
            mark("Messages by e-mail"),
            mark(
                "A citizen who gives an e-mail address gets the code, and a message when a booking is cancelled."
                " Without a mail server the booking page asks for no address."
            ),
        ),
        Label(mark("Mail server"), mark("Such as smtp.example.vn; empty: no e-mail.")),
    ] = ""
    smtp_port: Annotated[Whole, Field(ge=1, le=65535), Label(mark("Port"))] = 587
    smtp_security: Annotated[Literal["none", "starttls", "tls"], Label(mark("Encryption"), choices=SECURITY)] = (
        "starttls"
    )
    smtp_user: Annotated[Line, Label(mark("User name"), mark("Empty: without signing in."))] = ""
    sender: Annotated[Address, Label(mark("Sender's address"))] = ""
    webhook_url: Annotated[
        WebAddress,
        Heading(
            mark("Messages to a program of the ward"),
            mark("For a text message gateway or the city's systems. Each message is signed (Standard Webhooks)."),
        ),
        Label(mark("Web address"), mark("It should begin with https:// unless it stays inside the office's network.")),
    ] = ""
    webhook_bookings: Annotated[
        Flag, Label(mark("Bookings, with phone number and text"), mark("Not to be seen by any other program."))
    ] = True
    webhook_tickets: Annotated[Flag, Label(mark("Numbers: taken, called, served"))] = False
    webhook_ratings: Annotated[Flag, Label(mark("Ratings, without texts"))] = False
    webhook_suggestions: Annotated[Flag, Label(mark("Suggestions, without texts and senders"))] = False
    webhook_alerts: Annotated[Flag, Label(mark("Alerts and calls for help"))] = False
    webhook_health: Annotated[Flag, Label(mark("Whether the desk can work"))] = False
    allow_local: Annotated[
        Flag,
        Label(
            mark("The receiver or the mail server runs on this computer"),
            mark("Otherwise nothing is sent to this computer, even if a name leads there."),
        ),
    ] = False
